"""The system's signing key: Ed25519, kept in a file of mode 0600 outside ZODB.

Signatures carry the key's id and the algorithm's name as data, so that another algorithm can follow (domain.md part 11).
"""

import hashlib
import os
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

ALGORITHM = "Ed25519"


class SystemKey:
    """The private key of the site. ``key_id`` is the first 16 hexadecimal digits of its public key's SHA-256."""

    def __init__(self, private: Ed25519PrivateKey) -> None:
        self._private = private
        raw = private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        self.public = raw.hex()
        self.pem = private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
        self.key_id = hashlib.sha256(raw).hexdigest()[:16]

    @classmethod
    def load(cls, path: Path) -> "SystemKey":
        """Read the key; make it when the file is missing. Raises OSError, ValueError or TypeError for an unusable file."""
        if not path.exists():
            _write(path, Ed25519PrivateKey.generate())
        private = load_pem_private_key(path.read_bytes(), password=None)
        if not isinstance(private, Ed25519PrivateKey):
            raise TypeError(f"{path} holds no Ed25519 key")
        return cls(private)

    @property
    def public_pem(self) -> bytes:
        """The public half as PEM, for ``openssl`` and ``govrepo-verify``."""
        return self._private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)

    def sign(self, text: str) -> str:
        """Sign a text; the signature in hexadecimal."""
        return self._private.sign(text.encode()).hex()


def public_half(pem: bytes) -> str:
    """The public key of a PEM text in hexadecimal; raises ValueError or TypeError for anything but an Ed25519 one."""
    found = load_pem_public_key(pem)
    if not isinstance(found, Ed25519PublicKey):
        raise TypeError("the key is no Ed25519 key")
    return found.public_bytes(Encoding.Raw, PublicFormat.Raw).hex()


def _write(path: Path, private: Ed25519PrivateKey) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))


def verify(public: str, text: str, signature: str) -> bool:
    """Whether a signature over a text was made by the key whose public half is given in hexadecimal."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)).verify(bytes.fromhex(signature), text.encode())
    except (InvalidSignature, ValueError):
        return False
    return True
