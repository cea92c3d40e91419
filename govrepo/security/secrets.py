"""The site's secret: one file with mode 0600, from which every use derives its own key.

The file is made on the first start and never enters ZODB, a setting or a log. Deleting it ends all sessions and
nothing else.
"""

import os
import stat
import tempfile
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.hashes import SHA512
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

LENGTH = 64


class Secrets:
    """Derives keys from the master secret: ``registry.secrets.key("session")``."""

    def __init__(self, master: bytes) -> None:
        self._master = master

    def key(self, use: str) -> bytes:
        """64 bytes for one use; two uses never share a key (HKDF-SHA512, RFC 5869)."""
        return HKDF(SHA512(), LENGTH, salt=None, info=f"govrepo/{use}".encode()).derive(self._master)


def master_secret(path: Path) -> bytes:
    """Read the secret file, making it first if there is none.

    Raises PermissionError if others than its owner may read it, ValueError if it is too short to be whole.
    """
    if not path.exists():
        _make(path)
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise PermissionError(f"{path}: the secret must be readable by its owner alone (chmod 600)")
    secret = bytes.fromhex(path.read_text(encoding="ascii"))
    if len(secret) < LENGTH:
        raise ValueError(f"{path}: the secret has {len(secret)} bytes, expected {LENGTH}")
    return secret


def _make(path: Path) -> None:
    """Write a whole file aside and link it into place, so that two processes starting at once read the same one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, partial = tempfile.mkstemp(dir=path.parent, prefix=".secret-")  # mkstemp gives mode 0600.
    try:
        with os.fdopen(handle, "w", encoding="ascii") as out:
            out.write(os.urandom(LENGTH).hex())
            out.flush()
            os.fsync(out.fileno())
        _link_unless_there(partial, path)
    finally:
        Path(partial).unlink()


def _link_unless_there(partial: str, path: Path) -> None:
    try:
        os.link(partial, path)
    except FileExistsError:
        return


def includeme(config: Any) -> None:
    """Keep the derivation as ``registry.secrets``."""
    config.registry.secrets = Secrets(master_secret(config.registry.govrepo_settings.path("secret_file")))
