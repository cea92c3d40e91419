"""The access proposal (权限变更申请 to a container's access control, domain.md 4.14, 5.7; R-7.4, R-8.2), and what it leaves there."""

from datetime import datetime
from typing import Any, NamedTuple

from substanced.content import content

from content_types.content import VolumeContent


class Override(NamedTuple):
    """An approved difference from the table of grants: a permission given to a role, or taken from it. ``until`` is exclusive."""

    proposal: str
    principal: str
    permission: str
    allowed: bool
    since: datetime
    until: datetime | None
    basis: str

    def in_force(self, at: datetime) -> bool:
        """Whether the override counts at an instant."""
        return self.since <= at and (self.until is None or at < self.until)


@content("AccessProposal")
class AccessProposal(VolumeContent):
    """That a role, for a scope, be allowed or no longer be allowed something in a container, from when until when, and why."""

    uid_prefix = "q"
    initial_state = "proposed"

    def __init__(self, carrier: Any, override: Override, reason: str, requested_by: Any) -> None:
        super().__init__()
        self.carrier = carrier
        self.role, _at, self.scope = override.principal.partition("@")
        self.permission = override.permission
        self.allowed = override.allowed
        self.since = override.since
        self.until = override.until
        self.basis = override.basis
        self.reason = reason
        self.requested_by = requested_by
        self.reviewed_by: Any = None
        self.reviewed_at: datetime | None = None
        self.executed_by: Any = None
        self.executed_at: datetime | None = None

    @property
    def principal(self) -> str:
        """The principal it is about: ``role@scope``."""
        return f"{self.role}@{self.scope}"

    @property
    def override(self) -> Override:
        """What its execution puts on the container."""
        return Override(self.uid, self.principal, self.permission, self.allowed, self.since, self.until, self.basis)

    @property
    def title(self) -> str:
        """What people read in a list."""
        return f"{self.principal} {'+' if self.allowed else '-'}{self.permission}"
