"""What every content object has: an identifier, its making, its state and its history (domain.md part 4, conventions)."""

from datetime import datetime
from typing import Any, NamedTuple

from persistent import Persistent
from substanced.content import content
from substanced.folder import Folder

from govrepo import clock
from govrepo.identifiers import new_uid
from govrepo.trust.attestation import Attestation


class HistoryEntry(NamedTuple):
    """One transition an object went through: what, when, by whom, the words given for it, and the person's signature if there is one."""

    at: datetime
    actor: str
    actor_name: str
    transition: str
    source: str
    target: str
    note: str = ""
    attestation: Attestation | None = None


class AclVersion(NamedTuple):
    """An ACL a carrier had, and since when."""

    at: datetime
    acl: tuple[Any, ...]


class Carrier:
    """Mixed into the few containers that carry an ACL (design.md sect. 4); the values are kept per object.

    ``overrides`` are the approved differences from the table of grants, in the order of their execution; ``acl_history`` is every
    ACL the carrier had, so that questions about a past date can be answered. Nothing shortens the history.
    """

    overrides: tuple[Any, ...] = ()
    acl_history: tuple[AclVersion, ...] = ()


class Recorded(Persistent):
    """The part shared by containers and leaves: uid, creation, state, and an append-only history."""

    uid_prefix = ""
    initial_state = ""

    def __init__(self) -> None:
        super().__init__()
        self.uid = new_uid(self.uid_prefix)
        self.created = clock.now()
        self.created_by = ""
        self.state = self.initial_state
        self.history: tuple[HistoryEntry, ...] = ()

    def remember(self, entry: HistoryEntry) -> None:
        """Append to the history; nothing ever shortens it."""
        self.history = (*self.history, entry)

    def state_at(self, at: datetime) -> str:
        """The state at an instant, as far as the history tells: before its first line, where that line began."""
        for entry in reversed(self.history):
            if entry.at <= at:
                return entry.target
        return (self.history[0].source or self.initial_state) if self.history else self.state


class VolumeContent(Recorded):
    """A leaf that comes in volume; it stays out of the object map (govrepo/objectmap.py)."""

    volume = True
    __name__: Any = None
    __parent__: Any = None


class Container(Folder, Recorded):
    """A folder with the common part. Substance D's folder events and checks stay as they are."""

    def __init__(self) -> None:
        Folder.__init__(self)
        Recorded.__init__(self)


@content("Shelf")
class Shelf(Folder):
    """A plain folder below a container: a year, a month, or a named part of it."""


def shelf(folder: Any, *names: str) -> Any:
    """The shelf below ``folder`` reached by names, made on the way where it is missing."""
    for name in names:
        if name not in folder:
            folder[name] = Shelf()
        folder = folder[name]
    return folder


def month_shelf(folder: Any, instant: datetime) -> Any:
    """The shelf of an instant's month (Asia/Shanghai), so that no folder grows past a few thousand children."""
    return shelf(folder, clock.local(instant).strftime("%Y-%m"))
