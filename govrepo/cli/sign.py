"""``govrepo-sign``: sign a text file with the certificate and key of a ``.p12`` file, for logging in where the browser cannot sign.

``govrepo-sign TEXT P12 [--out FILE] [--password-file FILE]`` asks for the password of the ``.p12`` and writes ``TEXT.signed``: the text, the
signature and the certificate, to be chosen or pasted on the site's page. The key never leaves this machine. It ends with 0, or with 2
and words when a file or the password is wrong.
"""

import getpass
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12

from govrepo.trust.envelope import Envelope, pack
from govrepo.trust.signatures import sign_text


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; return its exit status."""
    arguments = _parser().parse_args(argv)
    try:
        text = arguments.text.read_text(encoding="utf-8-sig").replace("\r\n", "\n")
        print(text)
        key, certificate = _identity(arguments)
        signed = pack(Envelope(text, sign_text(text, key), certificate.public_bytes(Encoding.DER)))
        out = arguments.out or arguments.text.with_name(f"{arguments.text.name}.signed")
        out.write_text(signed, encoding="ascii")
    except (OSError, ValueError, TypeError) as error:
        print(f"govrepo-sign: {error}", file=sys.stderr)
        return 2
    print(f"signed as {certificate.subject.rfc4514_string()}: {out}")
    return 0


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="govrepo-sign", description="Sign a text file with a personal certificate.")
    parser.add_argument("text", type=Path, metavar="TEXT", help="the text to sign, as the site gave it")
    parser.add_argument("p12", type=Path, metavar="P12", help="certificate and key (PKCS #12)")
    parser.add_argument("--out", type=Path, metavar="FILE", help="where to write; TEXT.signed unless given")
    parser.add_argument("--password-file", type=Path, metavar="FILE", help="read the password from a file, for scripts")
    return parser


def _identity(arguments: Namespace) -> tuple[Any, x509.Certificate]:
    key, certificate, _others = pkcs12.load_key_and_certificates(arguments.p12.read_bytes(), _password(arguments))
    if key is None or certificate is None:
        raise ValueError(f"{arguments.p12} holds no key with its certificate")
    return key, certificate


def _password(arguments: Namespace) -> bytes:
    if arguments.password_file is not None:
        return bytes(arguments.password_file.read_bytes().strip())
    return getpass.getpass(f"password of {arguments.p12.name}: ").encode()
