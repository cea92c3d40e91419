"""The permission change (权限变更申请, domain.md 4.14): a request that a person's rights be given, changed or taken (R-7.4, R-8.2)."""

import hashlib
import json
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from substanced.content import content

from content_types.appointment import Appointment, Capacity
from content_types.content import VolumeContent


class ChangeKind(StrEnum):
    """授予, 变更, 撤销, 指定代理, 停用, 恢复."""

    GRANT = "grant"
    CHANGE = "change"
    REVOKE = "revoke"
    DESIGNATE = "designate"
    SUSPEND = "suspend"
    RESTORE = "restore"


class Step(NamedTuple):
    """Who decided, executed or verified, when, and with which words."""

    by: Any
    at: datetime
    note: str = ""


@content("PermissionChange")
class PermissionChange(VolumeContent):
    """One request. ``number`` is gapless in its ``year`` (权变〔2013〕12号); ``name`` in the tree is the number.

    ``appointment`` is the one to be changed or taken, or, with a grant, the one of the predecessor whose post is taken over
    (R-6.3). ``since`` None means from the execution on; ``until`` is exclusive. ``result`` is the appointment it led to.
    ``immediate`` marks what took effect before the auditor's review: a designation (R-11.3), an emergency suspension (R-39.2).
    """

    immediate = False

    uid_prefix = "c"
    initial_state = "submitted"

    def __init__(self, person: Any, kind: ChangeKind, requested_by: Any) -> None:
        super().__init__()
        self.year = 0
        self.number = 0
        self.person = person
        self.kind = ChangeKind(kind)
        self.requested_by = requested_by
        self.role = ""
        self.scope = ""
        self.appointment: Appointment | None = None
        self.since: datetime | None = None
        self.until: datetime | None = None
        self.capacity = Capacity.REGULAR
        self.reason = ""
        self.basis = ""
        self.decided: Step | None = None
        self.executed: Step | None = None
        self.verified: Step | None = None
        self.result: Appointment | None = None

    @property
    def title(self) -> str:
        """Its number as people write it."""
        return f"权变〔{self.year}〕{self.number}号"

    @property
    def signed_as(self) -> str:
        """What a signer reads of it: number, kind, whose rights, and which: ``权变〔2013〕12号 grant zh1.officer receiver@division:zh1``."""
        taken = self.appointment.principal if self.appointment else ""
        return " ".join(filter(None, (self.title, str(self.kind), self.person.login, self.principal or taken)))

    def digest(self) -> str:
        """The version digest: SHA-256 over everything that was asked for, hexadecimal; what a reviewer's signature covers."""
        asked = {
            "uid": self.uid, "number": self.title, "person": self.person.id, "kind": self.kind, "role": self.role,
            "scope": self.scope, "appointment": self.appointment.uid if self.appointment else "",
            "since": str(self.since or ""), "until": str(self.until or ""), "capacity": self.capacity,
            "reason": self.reason, "basis": self.basis, "requested_by": self.requested_by.id,
        }  # fmt: skip
        canonical = json.dumps(asked, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()

    @property
    def principal(self) -> str:
        """The principal it is about; empty when it is about the whole account."""
        return f"{self.role}@{self.scope}" if self.role else ""
