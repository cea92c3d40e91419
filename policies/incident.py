"""Faults of exchange (R-12.1 to R-12.5, R-3.1, P-80; domain.md 5.9): reported, confirmed, fallen back from, restored, closed.

Anybody who works a box reports. The technical service group says whether it can be put right soon; if not, the box's receiver or the office's
registry clerk has a neighbouring box stand in, or sends on paper. When service returns, each re-routed delivery is taken back.
"""

from datetime import datetime
from typing import Any

from substanced.util import set_acl

from content_types.content import month_shelf
from content_types.incident import Fallback, Incident
from govrepo import clock
from govrepo.database import site
from govrepo.i18n import _
from govrepo.security.acl import Allow
from policies import rerouting
from policies.actor import Actor
from policies.engine import Act, Reason, Refused, Table, Transition, record, table_of
from policies.permissions import Permission as P
from policies.roles import ROLES, Role
from policies.scopes import operator_office

STATES = {
    "reported": _("已报告"),
    "confirmed": _("已确认"),
    "fallback": _("应急处理中"),
    "restored": _("已恢复"),
    "closed": _("已了结"),
}
WAYS = {Fallback.NEIGHBOUR: _("改投邻近交换箱"), Fallback.PAPER: _("改走纸质渠道")}
OPEN = ("reported", "confirmed", "fallback", "restored")


def report(box: Any, words: str, actor: Actor) -> Incident:
    """Record a fault of a box; raise Refused for those who do not work it, or for a report without words."""
    refusal = {
        "action": "incident.report",
        "subject": f"/exchange/{box.__name__}",
        "subject_uid": box.uid,
        "reason": "R-12.1",
    }
    if not actor.allowed(P.BOX_REPORT_FAULT, box):
        raise Refused((Reason(_("只有本箱的工作人员可以报告故障。"), "R-12.1"),), refusal)
    if not words.strip():
        raise Refused((Reason(_("请写明故障情况。"), "R-12.1", "words"),), refusal)
    incident = Incident(box, actor.person, words.strip())
    now = clock.now()
    month_shelf(site(box)["incidents"], now)[incident.uid] = incident
    set_acl(incident, _lines(incident), registry=actor.registry)
    record(table_of(incident), "report", Act(incident, actor, now, {"note": words.strip()[:200]}), "")
    return incident


def _lines(incident: Incident) -> list[tuple[Any, str, tuple[str, ...]]]:
    """Beside the site's roles: the box's own people see it, its receivers and the office's registry clerks fall back (5.3 reroute)."""
    scope, office = incident.box.owner.scope, operator_office(site(incident.box))
    acting = _at(scope, Role.RECEIVER, Role.UNIT_CLERK, Role.REGISTRY_CLERK)
    acting += [f"{Role.REGISTRY_CLERK}@{office.scope}"] if office is not None else []
    both = (str(P.INCIDENT_READ), str(P.INCIDENT_FALL_BACK))
    seeing = [*_at(scope, Role.HEAD, Role.UNIT_APPROVER, Role.CASE_OFFICER), incident.reported_by.principal]
    return [
        *((Allow, each, both) for each in dict.fromkeys(acting)),
        *((Allow, each, (str(P.INCIDENT_READ),)) for each in seeing),
    ]


def _at(scope: str, *roles: Role) -> list[str]:
    """The principals of those of the roles that are appointed for such a scope."""
    return [f"{role}@{scope}" for role in roles if ROLES[role].scope == scope.partition(":")[0]]


def duration(incident: Incident) -> tuple[datetime, datetime | None]:
    """From the report to the restoration; None while it lasts."""
    return incident.created, incident.restored_at


# Guards.


def words_given(act: Act) -> Reason | None:
    """What was found, or done, in words."""
    return None if str(act.given.get("note", "")).strip() else Reason(_("请写明情况。"), "R-12.1", "note")


def outlook_given(act: Act) -> Reason | None:
    """R-12.2: whether it can be put right soon."""
    return None if act.given.get("soon") in (True, False) else Reason(_("请选择短时能否恢复。"), "R-12.2", "soon")


def not_soon(act: Act) -> Reason | None:
    """R-12.2: what is put right soon needs no fallback."""
    return Reason(_("短时可以恢复，不必改投。"), "R-12.2") if act.context.soon else None


def nobody_stands_in(act: Act) -> Reason | None:
    """One box stands in for another at a time."""
    standing = rerouting.stand_in(act.context.box)
    return Reason(_("该箱已由邻近交换箱代收。"), "R-12.3") if standing not in (None, act.context) else None


def way_given(act: Act) -> Reason | None:
    """R-12.2, R-12.3: paper, or a box named as neighbour that can take it."""
    way, box = act.given.get("fallback"), act.given.get("neighbour")
    if way == Fallback.PAPER:
        return None
    if way != Fallback.NEIGHBOUR:
        return Reason(_("请选择应急办法。"), "R-12.2", "fallback")
    if box is None or box not in usable_neighbours(act.context.box):
        return Reason(_("请从该箱登记的邻近交换箱中选择。"), "R-12.3", "neighbour")
    return None


def usable_neighbours(box: Any) -> list[Any]:
    """The neighbours of a box that are open and not in trouble themselves, in their order (R-12.3)."""
    return [each for each in box.neighbours if each.is_open and rerouting.stand_in(each) is None]


def all_back(act: Act) -> Reason | None:
    """R-12.4: every re-routed delivery has been taken back by whom it is for."""
    left = len(act.context.still_away)
    words = _("还有 ${number} 件没有收回。", mapping={"number": left})
    return Reason(words, "R-12.4") if left else None


# Effects.


def confirm(done: Act) -> None:
    """Who looked, what it is, and whether it is soon put right."""
    incident = done.context
    incident.confirmed_by, incident.confirmed_at = done.actor.person, done.now
    incident.soon, incident.cause = bool(done.given["soon"]), str(done.given["note"]).strip()


def fall_back(done: Act) -> None:
    """R-12.3: what lies unsigned in the box goes to the neighbour, and so does what comes from now on."""
    incident = done.context
    incident.fallback = Fallback(done.given["fallback"])
    incident.fallen_back_at = done.now
    if incident.fallback is Fallback.NEIGHBOUR:
        incident.neighbour = done.given["neighbour"]
        incident.box.incident = incident
        for delivery in rerouting.waiting_in(incident.box):
            rerouting.send_over(incident, delivery, done)


def restore(done: Act) -> None:
    """From now on the box takes its own again; what went to the neighbour is listed for taking back (R-12.4)."""
    incident = done.context
    incident.restored_at, incident.measure = done.now, str(done.given["note"]).strip()
    if incident.box.incident is incident:
        incident.box.incident = None


def close(done: Act) -> None:
    """When it was over."""
    done.context.closed_at = done.now


TABLE = Table(
    noun="incident",
    label=_("故障"),
    begun={"report": _("报告故障")},
    content_type="Incident",
    initial="reported",
    states=STATES,
    transitions=(
        Transition("confirm", _("确认故障"), ("reported",), "confirmed", P.INCIDENT_HANDLE, (), (words_given, outlook_given), (confirm,), article="R-12.2"),
        Transition("dismiss", _("不是故障"), ("reported",), "closed", P.INCIDENT_HANDLE, (), (words_given,), (close,), article="R-12.1"),
        Transition("fall_back", _("应急处理"), ("confirmed",), "fallback", P.INCIDENT_FALL_BACK, (not_soon, nobody_stands_in), (way_given,), (fall_back,), article="R-12.3"),
        Transition("restore", _("恢复"), ("confirmed", "fallback"), "restored", P.INCIDENT_HANDLE, (), (words_given,), (restore,), article="R-12.4"),
        Transition("close", _("了结"), ("restored",), "closed", P.INCIDENT_HANDLE, (all_back,), effects=(close,), article="R-12.4"),
    ),
    register="incidents",
)  # fmt: skip


def includeme(config: Any) -> None:
    """Bind the table."""
    config.add_policy_table(Incident, TABLE)
