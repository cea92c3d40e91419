"""What an entry says (R-25.1: every act carries the certificate), and what a reader of the journal gets back."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from govrepo.journal.chain import canonical

_ACTION = re.compile(r"[a-z0-9_]+(\.[a-z0-9_]+)+")


class JournalUnavailableError(Exception):
    """The journal cannot be written or read; whatever was asked for must not happen."""


@dataclass(frozen=True)
class Entry:
    """One act: ``action`` is ``<noun>.<verb>``, ``actor`` a principal, ``subject`` a resource path; never any content.

    ``details`` holds plain JSON values and is copied. Raises ValueError for a malformed action or an empty actor, and
    TypeError for details that JSON cannot hold.
    """

    action: str
    actor: str
    result: str = "allowed"
    reason: str = ""
    subject: str = ""
    subject_uid: str = ""
    version: str = ""
    certificate: str = ""
    session: str = ""
    address: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not _ACTION.fullmatch(self.action):
            raise ValueError(f"an action reads <noun>.<verb>, not {self.action!r}")
        if not self.actor:
            raise ValueError(f"{self.action}: an entry names its actor")
        # The caller may go on changing its dictionary; what was journaled must not follow.
        object.__setattr__(self, "details", json.loads(canonical(self.details)))


ENTRY_FIELDS = tuple(Entry.__dataclass_fields__)


@dataclass(frozen=True)
class Record:
    """An entry as it stands; ``committed`` turns false once its transaction is known not to have happened."""

    seq: int
    time: datetime
    txn: str
    entry: Entry
    prev: str
    hash: str
    committed: bool
    voids: str | None = None


@dataclass(frozen=True)
class Head:
    """The newest entry's number and hash: whoever keeps a copy elsewhere can prove a later cut or forgery."""

    seq: int
    hash: str


@dataclass(frozen=True)
class Query:
    """Which records to read: those with ``after < seq < before`` and every given value, in order of seq."""

    after: int | None = None
    before: int | None = None
    subject: str | None = None
    actor: str | None = None
    action: str | None = None
    result: str | None = None
    module: str | None = None
    address: str | None = None
    subject_uid: str | None = None
    certificate: str | None = None
    limit: int | None = None
    reverse: bool = False
