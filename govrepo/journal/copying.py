"""The checkpoints' second home (SOD-12): another host's folder, mounted here, or a ``govrepo-keep`` there, reached over HTTP.

What the machine's owner could still change on this host, the other one keeps. Files go there once and are never written over; one that is
there with another content is a fork of the journal, and is named.
"""

import http.client
import re
import urllib.error
import urllib.request
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from govrepo.journal.checkpoint import write_once

NAME = re.compile(r"[0-9]{12}\.(checkpoint|sig|tsr|countersign)|[0-9a-f]{16}\.pem")
"""What lies in a folder of checkpoints."""
ORDER = {".pem": 0, ".sig": 1, ".checkpoint": 2, ".tsr": 3, ".countersign": 4}
SECONDS = 20.0
SIGNATURE = "X-Govrepo-Signature"


class CopyError(Exception):
    """The second home cannot be reached, or does not take a file; the words say why."""


class DiffersError(Exception):
    """The second home has another content under a file's name."""


class Home(Protocol):
    """A second home of checkpoints."""

    def names(self) -> set[str]:
        """The names of the files there. Raises CopyError."""
        ...

    def read(self, name: str) -> bytes:
        """The content of a file there. Raises CopyError."""
        ...

    def put(self, source: Path) -> None:
        """Bring a file there, once. Raises CopyError or DiffersError."""
        ...


class Folder:
    """A folder, mounted from another host."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def names(self) -> set[str]:
        """See :class:`Home`. The folder itself is never made: where it is not mounted, it is missing."""
        try:
            return {each.name for each in self._path.iterdir()}
        except OSError as error:
            raise CopyError(str(error)) from error

    def read(self, name: str) -> bytes:
        """See :class:`Home`."""
        try:
            return (self._path / name).read_bytes()
        except OSError as error:
            raise CopyError(str(error)) from error

    def put(self, source: Path) -> None:
        """See :class:`Home`."""
        try:
            write_once(self._path / source.name, source.read_bytes())
        except FileExistsError as error:
            raise DiffersError(source.name) from error
        except OSError as error:
            raise CopyError(str(error)) from error


class Keeper:
    """A ``govrepo-keep`` on another host. It checks what it is given; a signature goes with its checkpoint."""

    def __init__(self, address: str) -> None:
        self._address = address.rstrip("/")

    def names(self) -> set[str]:
        """See :class:`Home`."""
        found = self._ask("GET", "/").decode("ascii", "replace").split()
        return {*found, *(each.replace(".checkpoint", ".sig") for each in found)}

    def read(self, name: str) -> bytes:
        """See :class:`Home`."""
        return self._ask("GET", f"/{name}")

    def put(self, source: Path) -> None:
        """See :class:`Home`."""
        if source.suffix in (".sig", ".pem"):
            return
        signature = source.with_suffix(".sig").read_bytes().hex()
        self._ask("PUT", f"/{source.name}", source.read_bytes(), {SIGNATURE: signature})

    def _ask(self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None) -> bytes:
        asked = urllib.request.Request(self._address + path, body, headers or {}, method=method)  # noqa: S310 - http or https, see home().
        try:
            with urllib.request.urlopen(asked, timeout=SECONDS) as answer:  # noqa: S310 - As above.
                return bytes(answer.read())
        except urllib.error.HTTPError as error:
            words = error.read(500).decode("utf-8", "replace").strip()
            if error.code == http.client.CONFLICT:
                raise DiffersError(path.strip("/")) from error
            raise CopyError(f"{self._address}{path}: {error.code} {words}") from error
        except (OSError, http.client.HTTPException) as error:
            raise CopyError(f"{self._address}: {error}") from error


def home(setting: str) -> Home | None:
    """The second home that the setting ``checkpoints_copy`` names; None for an empty one."""
    if setting.startswith(("http://", "https://")):
        return Keeper(setting)
    return Folder(Path(setting)) if setting else None


def copy(folder: Path, to: Home) -> int:
    """Bring there what is missing, in order; how many files. Raises CopyError or DiffersError at the first that does not go.

    A checkpoint there that is not here, or whose newest is another one than here, shows that the journal here was set back or forked.
    """
    there, done = to.names(), 0
    signed = sorted(name for name in there if name.endswith(".checkpoint"))
    for name in signed:
        if not (folder / name).exists():
            raise DiffersError(name)
    if signed and to.read(signed[-1]) != (folder / signed[-1]).read_bytes():
        raise DiffersError(signed[-1])
    for path in waiting(folder, there):
        to.put(path)
        done += 1
    return done


def waiting(folder: Path, there: Iterable[str]) -> list[Path]:
    """The files of a folder of checkpoints that are not there: keys first, then by size, each signature before its checkpoint."""
    known = set(there)
    here = (path for path in folder.iterdir() if NAME.fullmatch(path.name) and path.name not in known)
    return sorted(here, key=lambda path: (path.suffix != ".pem", path.stem, ORDER[path.suffix]))
