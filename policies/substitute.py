"""The substitute receiver (指定代收, R-11.3, R-11.4): a division's head names another person while the receiver cannot act.

It takes effect at once, for at most ``designation_days``, and ends by itself; the auditor finds it among the permission changes.
"""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from pyramid.traversal import resource_path

from content_types.appointment import Appointment, Capacity
from content_types.division import Division
from content_types.permission_change import ChangeKind, PermissionChange
from content_types.person import Person
from govrepo import clock, rules
from govrepo.catalog import Eq, register
from govrepo.database import site
from govrepo.i18n import _
from govrepo.journal import REFUSED, Entry, Event
from policies import separation_of_duties as sod
from policies.actor import Actor
from policies.appointment import end
from policies.engine import Reason, Refused
from policies.permission_change import take_effect_at_once
from policies.permissions import Permission as P
from policies.roles import Role


def designate(
    actor: Actor, division: Division, person: Person | None, last_day: date | None, reason: str
) -> PermissionChange:
    """Let a person of the division receive for it until the end of a day; raise Refused, with reasons by field."""
    reasons = tuple(_faults(actor, division, person, last_day, reason))
    if reasons or person is None or last_day is None:
        raise Refused(reasons, _refusal("substitute.designate", division, reasons))
    return take_effect_at_once(
        actor,
        person,
        ChangeKind.DESIGNATE,
        reason=reason,
        basis="R-11.3",
        role=Role.RECEIVER,
        scope=division.scope,
        until=_end_of(last_day),
    )


def _refusal(action: str, division: Division, reasons: tuple[Reason, ...]) -> dict[str, str]:
    words = "; ".join(sorted({each.article for each in reasons}))
    return {
        "action": action,
        "subject": f"/units/{division.unit.code}/{division.code}",
        "subject_uid": division.uid,
        "reason": words,
    }


def _end_of(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), datetime.min.time(), clock.LOCAL).astimezone(UTC)


def box_of(division: Division) -> Any:
    """The division's exchange box, whose ACL says who its head is."""
    return site(division)["exchange"].get(division.box_name)


def _faults(
    actor: Actor, division: Division, person: Person | None, last_day: date | None, reason: str
) -> list[Reason]:
    reasons = [] if _is_head(actor, division) else [Reason(_("只有本处室的主要负责同志可以指定代收人。"), "R-11.4")]
    if not reason.strip():
        reasons.append(Reason(_("请写明收文员不能履行职责的原因。"), "R-11.3", "reason"))
    return [*reasons, *_period(actor, division, last_day), *_person(actor, division, person)]


def _is_head(actor: Actor, division: Division) -> bool:
    box = box_of(division)
    return box is not None and actor.allowed(P.SUBSTITUTE_DESIGNATE, box)


def longest(division: Division, settings: Any) -> int:
    """How many days a designation may last now (R-11.3, R-41.1)."""
    return int(rules.value(division, settings, "designation_days"))


def _period(actor: Actor, division: Division, last_day: date | None) -> list[Reason]:
    most = longest(division, actor.registry.govrepo_settings)
    if last_day is None or not clock.today() <= last_day < clock.today() + timedelta(days=most):
        words = _("请填写指定的最后一天，从今天起最多${days}天。", mapping={"days": most})
        return [Reason(words, "R-11.3", "until")]
    return []


def _person(actor: Actor, division: Division, person: Person | None) -> list[Reason]:
    if person is None or person.division is not division or person.state != "active" or person is actor.person:
        return [Reason(_("请选择本处室的其他人员。"), "R-11.3", "person")]
    if f"{Role.RECEIVER}@{division.scope}" in person.principals(clock.now()):
        return [Reason(_("${name}已是本处室的收文员。", mapping={"name": person.name}), "R-11.3", "person")]
    broken = sod.problems(
        person, Role.RECEIVER, division.scope, clock.now(), None, root=site(division),
        settings=actor.registry.govrepo_settings,
    )  # fmt: skip
    return [each._replace(field="person") for each in broken]


def substitutes(division: Division) -> list[Appointment]:
    """The division's designations in force, the one that ends first before the others."""
    now, people = clock.now(), site(division)["people"].values()
    found = [
        each
        for person in people
        for each in person.appointments(now)
        if each.capacity is Capacity.DESIGNATED and each.principal == f"{Role.RECEIVER}@{division.scope}"
    ]
    return sorted(found, key=lambda each: each.until or now)


def designations(root: Any) -> list[PermissionChange]:
    """Every designation by a head, the newest first; those that came by a request and a review are none."""
    found = register(root, "permission_changes").query(
        Eq("kind", str(ChangeKind.DESIGNATE)), sort="order", reverse=True, limit=1000
    )
    return [each for each in found.objects if each.immediate]


def candidates(division: Division, actor: Actor) -> list[Person]:
    """Whom a head may name: the other active persons of the division who are not its receivers."""
    return [each for each in site(division)["people"].values() if not _person(actor, division, each)]


def end_designation(actor: Actor, division: Division, uid: str) -> None:
    """The head ends a designation early; raise Refused for others, LookupError when it is not in force."""
    if not _is_head(actor, division):
        reasons = (Reason(_("只有本处室的主要负责同志可以终止指定。"), "R-11.4"),)
        raise Refused(reasons, _refusal("substitute.end", division, reasons))
    appointment = next((each for each in substitutes(division) if each.uid == uid), None)
    if appointment is None:
        raise LookupError(uid)
    end(appointment, clock.now())
    entry = Entry(
        "substitute.end", actor.id, subject=resource_path(appointment), subject_uid=appointment.uid,
        certificate=actor.certificate,
        session=actor.session, address=actor.address,
    )  # fmt: skip
    actor.registry.journal.append(entry, division)


def includeme(config: Any) -> None:
    """Declare what the journal says of it."""
    config.add_journal_events(
        "substitute", _("代收人"), Event("designate", _("指定代收人"), results=(REFUSED,)), Event("end", _("终止指定"))
    )
