"""Passwords: Argon2id hashes, a rule of length, and equal work for names that do not exist (P-17).

The cost (19 MiB, two passes, one lane) is the second of OWASP's equivalent choices: some 20 ms, and eight logins at
once take 150 MB, not half a gigabyte.
"""

import unicodedata
from datetime import timedelta
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from govrepo import clock
from govrepo.security.accounts import Account

MAX_BYTES = 1024
TOO_SHORT = "too_short"
TOO_LONG = "too_long"
IS_LOGIN = "is_login"
UNCHANGED = "unchanged"

_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


def hash_password(password: str) -> str:
    """The Argon2id hash to keep; raise ValueError for a password longer than MAX_BYTES."""
    if len(_octets(password)) > MAX_BYTES:
        raise ValueError(f"a password has at most {MAX_BYTES} bytes")
    return str(_HASHER.hash(_octets(password)))


def verify_password(stored: str, password: str) -> bool:
    """Whether a password fits a kept hash. No hash (``""``) costs the same time and fits nothing."""
    too_long = len(_octets(password)) > MAX_BYTES
    candidate = b"" if too_long else _octets(password)
    try:
        _HASHER.verify(stored or _nobody(), candidate)
    except (Argon2Error, InvalidHashError):
        return False
    return bool(stored) and not too_long


def needs_rehash(stored: str) -> bool:
    """Whether a kept hash was made with other parameters than today's."""
    return bool(_HASHER.check_needs_rehash(stored))


def set_password(account: Account, password: str, temporary: bool = False) -> None:
    """Give an account a password; a ``temporary`` one must be changed at the next login."""
    account.password_hash = hash_password(password)
    account.password_changed = clock.now()
    account.must_change_password = temporary


def weakness(account: Account, password: str, min_length: int) -> str | None:
    """Why a new password is refused: one of the codes above, or None."""
    if len(password) < min_length:
        return TOO_SHORT
    if len(_octets(password)) > MAX_BYTES:
        return TOO_LONG
    if _normal(password).casefold() == _normal(account.login).casefold():
        return IS_LOGIN
    return UNCHANGED if verify_password(account.password_hash, password) else None


def is_due(account: Account, days: int) -> bool:
    """Whether a password must be changed before anything else: an initial one, or one older than ``days``."""
    changed = account.password_changed
    if account.must_change_password or changed is None:
        return True
    return clock.now() - changed > timedelta(days=days)


@lru_cache(maxsize=1)
def _nobody() -> str:
    """A hash that stands in for an unknown account's."""
    return str(_HASHER.hash(b"nobody"))


def _normal(text: str) -> str:
    """One form for what looks alike, because input methods compose characters differently."""
    return unicodedata.normalize("NFC", text)


def _octets(password: str) -> bytes:
    return _normal(password).encode("utf-8", "surrogatepass")
