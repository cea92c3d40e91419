"""``govrepo-keep``: on another host, keeps the checkpoints that a site sends, each once, and gives none away for another (SOD-12).

``govrepo-keep FOLDER --key FILE [--authorities FILE] [--listen HOST:PORT]`` serves until it is stopped. It needs no database and no secret: it takes only
checkpoints that the system's key has signed, and time stamps and countersignatures that lead to the authorities, each into a file of its
own that is never written over. ``GET /`` lists the names, ``GET /NAME`` gives a file, ``PUT /NAME`` brings one: 201 taken, 200 known, 409
another is there, 422 not what it should be.
"""

import hashlib
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Sequence
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from cryptography.x509 import Certificate

from govrepo.cli.verify import certificates, key
from govrepo.journal.checkpoint import Checkpoint, NoCheckpointError, parse, write_once
from govrepo.journal.copying import NAME, SIGNATURE
from govrepo.journal.testimony import BadTestimonyError, check_countersignature
from govrepo.trust.timestamp import BadTimeStampError, from_response, verify_token

LARGEST = 256 * 1024


class RefusedFileError(ValueError):
    """A file that is not what its name says; the words say why."""


class Keeping:
    """The folder, and what is believed: the system's public key in hexadecimal, and the authorities' certificates."""

    def __init__(self, folder: Path, public: str, authorities: list[Certificate]) -> None:
        self.folder, self._public, self._authorities = folder, public, authorities
        folder.mkdir(parents=True, exist_ok=True)

    def names(self) -> list[str]:
        """What is kept, in order; a checkpoint once its text and signature are there."""
        return sorted(
            path.name for path in self.folder.iterdir() if NAME.fullmatch(path.name) and path.suffix != ".sig"
        )

    def take(self, name: str, content: bytes, signature: str) -> bool:
        """Check a file and keep it; whether it was new. Raises RefusedFileError, FileExistsError or OSError."""
        path = self.folder / name
        known = path.exists()
        if path.suffix == ".checkpoint":
            self._look_at_checkpoint(path, content, signature)
            write_once(path.with_suffix(".sig"), bytes.fromhex(signature))
        else:
            self._look_at_testimony(path, content)
        write_once(path, content)
        return not known

    def _look_at_checkpoint(self, path: Path, content: bytes, signature: str) -> None:
        try:
            found = parse(content.decode(), signature)
        except ValueError as error:
            raise RefusedFileError(str(error)) from error
        if path.stem != f"{found.size:012d}" or not found.is_signed_by(self._public):
            raise RefusedFileError("the checkpoint was not signed by the system's key, or has another's name")

    def _look_at_testimony(self, path: Path, content: bytes) -> None:
        checkpoint = self._checkpoint(path)
        try:
            if path.suffix == ".tsr":
                digest = hashlib.sha256(checkpoint.text.encode()).digest()
                verify_token(from_response(content), digest, self._authorities)
            elif path.suffix == ".countersign":
                check_countersignature(checkpoint, content, self._authorities)
            else:
                raise RefusedFileError("such files are not taken")
        except (BadTestimonyError, BadTimeStampError) as error:
            raise RefusedFileError(str(error)) from error

    def _checkpoint(self, path: Path) -> Checkpoint:
        try:
            text = path.with_suffix(".checkpoint").read_bytes().decode()
            return parse(text, path.with_suffix(".sig").read_bytes().hex())
        except (OSError, NoCheckpointError) as error:
            raise RefusedFileError("there is no checkpoint of that number") from error


class Handler(BaseHTTPRequestHandler):
    """One request."""

    server: "Server"

    def do_GET(self) -> None:
        """The names, or a file."""
        name = self.path.strip("/")
        if not name:
            self._answer(HTTPStatus.OK, "".join(f"{each}\n" for each in self.server.keeping.names()).encode())
        elif NAME.fullmatch(name) and (self.server.keeping.folder / name).is_file():
            self._answer(HTTPStatus.OK, (self.server.keeping.folder / name).read_bytes())
        else:
            self._answer(HTTPStatus.NOT_FOUND)

    def do_PUT(self) -> None:
        """A file to keep."""
        name, length = self.path.strip("/"), self.headers.get("Content-Length", "")
        if not NAME.fullmatch(name):
            self._answer(HTTPStatus.NOT_FOUND)
        elif not length.isdecimal() or int(length) > LARGEST:
            self._answer(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        else:
            self._answer(*self._take(name, self.rfile.read(int(length))))

    def _take(self, name: str, content: bytes) -> tuple[HTTPStatus, bytes]:
        try:
            new = self.server.keeping.take(name, content, self.headers.get(SIGNATURE, ""))
        except FileExistsError:
            return HTTPStatus.CONFLICT, b"another one is there\n"
        except RefusedFileError as error:
            return HTTPStatus.UNPROCESSABLE_ENTITY, f"{error}\n".encode()
        except OSError as error:
            return HTTPStatus.INSUFFICIENT_STORAGE, f"{error}\n".encode()
        return (HTTPStatus.CREATED if new else HTTPStatus.OK), b""

    def _answer(self, status: HTTPStatus, body: bytes = b"") -> None:
        self.send_response(status)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class Server(ThreadingHTTPServer):
    """Serves one folder."""

    daemon_threads = True

    def __init__(self, address: tuple[str, int], keeping: Keeping) -> None:
        super().__init__(address, Handler)
        self.keeping = keeping


def main(argv: Sequence[str] | None = None) -> int:
    """Run until stopped."""
    arguments = _parser().parse_args(argv)
    with _server(arguments) as server:
        print(f"keeping checkpoints in {arguments.folder} on port {server.server_port}", flush=True)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            return 0
    return 0


def _server(arguments: Namespace) -> Any:
    return Server(arguments.listen, Keeping(arguments.folder, arguments.key, arguments.authorities))


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="govrepo-keep", description="Keep the checkpoints that a site sends.")
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="where they are kept")
    parser.add_argument("--key", type=key, required=True, metavar="FILE", help="the system's public key (PEM)")
    words = "certificates (PEM) that time stamps and countersignatures must lead to"
    parser.add_argument("--authorities", type=certificates, default=[], metavar="FILE", help=words)
    parser.add_argument("--listen", type=_address, default=("127.0.0.1", 8420), metavar="HOST:PORT")
    return parser


def _address(text: str) -> tuple[str, int]:
    host, _colon, port = text.rpartition(":")
    if not host or not port.isdecimal():
        raise ArgumentTypeError(f"expected HOST:PORT, got {text!r}")
    return host, int(port)


if __name__ == "__main__":
    sys.exit(main())
