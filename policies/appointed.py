"""Whether an appointment was given by an act (SOD-12, R-7.4): nobody holds a role that the journal does not know of.

An appointment begins with an executed permission change, or the founding act, and never grows: role, scope and beginning stay, its end only
comes nearer. What stood in the database when the comparison began is taken as it was. ``root.reconciliation.appointments`` remembers.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from content_types.appointment import Appointment
from content_types.journal_gap import Discrepancy
from content_types.permission_change import PermissionChange
from content_types.reconciliation import Reconciliation

FOREVER = ""


def faults(context: Appointment, point: Reconciliation, registry: Any) -> tuple[Discrepancy, ...]:
    """What speaks against an appointment; where nothing does, it is remembered as it is."""
    said, now = point.appointments.get(context.uid), terms(context)
    if said is None and point.began:
        found = list(_unknown(context, registry))
    else:
        found = [] if said is None else list(_grown(said, now))
    if not found and said != now:
        point.appointments[context.uid] = now
    return tuple(found)


def terms(context: Appointment) -> tuple[str, ...]:
    """Whose, which role and scope, in which capacity, since when and until when."""
    person = context.__parent__.id
    kept = (person, context.role, context.scope, str(context.capacity), context.state)
    return (*kept, _moment(context.since), _moment(context.until))


def _moment(instant: datetime | None) -> str:
    return instant.isoformat() if instant else FOREVER


def _grown(said: tuple[str, ...], now: tuple[str, ...]) -> Iterator[Discrepancy]:
    sooner = now[-1] != FOREVER and (said[-1] == FOREVER or now[-1] <= said[-1])
    if said[:-1] != now[:-1] or (said[-1] != now[-1] and not sooner):
        yield Discrepancy("appointment", None, " ".join(said), " ".join(now))


def _unknown(context: Appointment, registry: Any) -> Iterator[Discrepancy]:
    if not _by_change(context, registry) and not _by_founding(context, registry):
        yield Discrepancy("appointment", None, "", " ".join(terms(context)))


def _by_change(context: Appointment, registry: Any) -> bool:
    """The change names the appointment, and the journal the change's version, which covers person, role and scope."""
    change = context.change
    if not isinstance(change, PermissionChange) or change.result is not context:
        return False
    asked = (change.person is context.__parent__, change.role == context.role, change.scope == context.scope)
    executed = [
        each.entry.version == change.digest()
        for each in registry.journal.entries(subject_uid=change.uid)
        if each.committed and each.entry.result == "allowed" and each.entry.details.get("to") == "executed"
    ]
    return all(asked) and any(executed)


def _by_founding(context: Appointment, registry: Any) -> bool:
    person = context.__parent__
    entries = registry.journal.entries(subject_uid=person.uid, action="site.founded")
    return any(each.committed and each.entry.reason == context.role for each in entries)
