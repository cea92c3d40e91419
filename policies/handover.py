"""The handover's workflow (R-6.3): the giver confirms, then the taker; only then may the taker's appointment start."""

from datetime import date
from typing import Any

from substanced.util import set_acl

from content_types.appointment import Appointment
from content_types.content import shelf
from content_types.handover import Handover
from content_types.person import Person
from govrepo import clock
from govrepo.database import site
from govrepo.i18n import _
from govrepo.security.acl import Allow
from policies.actor import Actor
from policies.engine import Act, Reason, Refused, Table, Transition, record, table_of
from policies.permissions import Permission as P
from policies.roles import OFFICERS, Role

STATES = {"open": _("待移交人确认"), "given": _("待接收人确认"), "confirmed": _("双方已确认")}


def record_handover(actor: Actor, giver: Person, taker: Person, role: str, *, items: str, day: date) -> Handover:
    """Record what an officer hands over; raise Refused for those not concerned, or when an element is missing."""
    reasons = tuple(_faults(actor, giver, taker, role, items))
    if reasons:
        words = "; ".join(reason.article for reason in reasons)
        subject = {"subject": f"/people/{giver.id}", "subject_uid": giver.uid}
        raise Refused(reasons, {"action": "handover.record", **subject, "reason": words})
    made = Handover(giver, taker, role, items.strip(), day)
    now = clock.now()
    shelf(site(giver)["admin"], "handovers", clock.local(now).strftime("%Y"))[made.uid] = made
    both = (str(P.HANDOVER_READ), str(P.HANDOVER_CONFIRM))
    set_acl(made, [(Allow, each.principal, both) for each in (giver, taker)], registry=actor.registry)
    giver.handovers = (*giver.handovers, made)
    taker.handovers = (*taker.handovers, made)
    record(table_of(made), "record", Act(made, actor, now, {"note": made.items[:200]}), "")
    return made


def _faults(actor: Actor, giver: Person, taker: Person, role: str, items: str) -> list[Reason]:
    reasons = []
    if actor.person not in (giver, taker) and not actor.holds(Role.ADMINISTRATOR):
        reasons.append(Reason(_("交接由移交人、接收人或管理员登记。"), "R-6.3", "giver"))
    if role not in OFFICERS or not any(each.role == role for each in giver.appointments(clock.now())):
        reasons.append(Reason(_("移交人没有担任这一角色。"), "R-6.3", "role"))
    if giver is taker:
        reasons.append(Reason(_("移交人和接收人应当是两个人。"), "R-6.3", "taker"))
    if not items.strip():
        reasons.append(Reason(_("请写明交接事项。"), "R-6.3", "items"))
    return reasons


def confirmed_handover(old: Appointment, taker: Person | None) -> Handover | None:
    """The confirmed handover of an appointment's post, to ``taker`` or to whoever holds the role now; None if there is none."""
    giver: Any = old.__parent__
    for each in giver.handovers:
        fits = (
            each.role == old.role and each.giver is giver and each.state == "confirmed" and each.taken_at >= old.since
        )
        if fits and (each.taker is taker or (taker is None and _holds(each.taker, old.role))):
            return each
    return None


def _holds(person: Person, role: str) -> bool:
    return any(each.role == role for each in person.appointments(clock.now()))


def is_giver(act: Act) -> Reason | None:
    """R-6.3: the giver confirms for the giver."""
    return None if act.actor.person is act.context.giver else Reason(_("应由移交人本人确认。"), "R-6.3")


def is_taker(act: Act) -> Reason | None:
    """R-6.3: the taker confirms for the taker."""
    return None if act.actor.person is act.context.taker else Reason(_("应由接收人本人确认。"), "R-6.3")


def mark_given(act: Act) -> None:
    """When the giver confirmed."""
    act.context.given_at = act.now


def mark_taken(act: Act) -> None:
    """When the taker confirmed."""
    act.context.taken_at = act.now


TABLE = Table(
    noun="handover",
    label=_("岗位交接"),
    begun={"record": _("登记交接")},
    content_type="Handover",
    initial="open",
    states=STATES,
    transitions=(
        Transition(
            "give", _("确认移交"), ("open",), "given", P.HANDOVER_CONFIRM, guards=(is_giver,), effects=(mark_given,)
        ),
        Transition(
            "take",
            _("确认接收"),
            ("given",),
            "confirmed",
            P.HANDOVER_CONFIRM,
            guards=(is_taker,),
            effects=(mark_taken,),
        ),
    ),
    register="handovers",
)


def includeme(config: Any) -> None:
    """Bind the table."""
    config.add_policy_table(Handover, TABLE)
