"""The private keys of seals: one file each below the folder of the authorities (``seals/<name>.key``), encrypted with their passphrase.

A key never enters ZODB, a log or the journal. It is written before the commit that names it and removed after the one that ended it
(ADR 0019): a file that no seal names is a leftover and opens nothing. Only what makes a seal and what sets it reads here (P-72).
"""

import os
import re
import secrets
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_pem_private_key,
)

from govrepo.trust.authorities import Authorities, Key, write_private

_NAME = re.compile(r"[A-Za-z0-9-]+")


def create(authorities: Authorities, uid: str) -> tuple[str, Key]:
    """Make and keep a key for the seal of a uid; its name, new each time, and the key itself."""
    name, key = f"{uid}-{secrets.token_hex(4)}", ec.generate_private_key(ec.SECP256R1())
    path = _path(authorities, name)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    sealed = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(authorities.passphrase))
    write_private(path, sealed)
    _sync(path)
    _sync(path.parent)
    return name, key


def load(authorities: Authorities, name: str) -> Key:
    """The key of a name. Raises FileNotFoundError for one that was destroyed, ValueError for a wrong passphrase."""
    key = load_pem_private_key(_path(authorities, name).read_bytes(), authorities.passphrase)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise TypeError(f"{name} is no key on an elliptic curve")
    return key


def destroy(authorities: Authorities, name: str) -> bool:
    """Remove a key for good; answer whether it was still there."""
    path = _path(authorities, name)
    if not path.exists():
        return False
    path.unlink()
    _sync(path.parent)
    return True


def _path(authorities: Authorities, name: str) -> Path:
    if not _NAME.fullmatch(name):
        raise ValueError(f"{name!r} names no key")
    return authorities.folder / "seals" / f"{name}.key"


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
