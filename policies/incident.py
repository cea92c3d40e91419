"""Fault reports (R-12.1): anybody who works a box reports; the report reaches the technical service group with time and box."""

from typing import Any

from content_types.content import month_shelf
from content_types.incident import Incident
from govrepo import clock
from govrepo.database import site
from govrepo.i18n import _
from policies.actor import Actor
from policies.engine import Act, Reason, Refused, Table, record, table_of
from policies.permissions import Permission

STATES = {"reported": _("已报告")}

TABLE = Table(
    noun="incident",
    label=_("故障"),
    begun={"report": _("报告故障")},
    content_type="Incident",
    initial="reported",
    states=STATES,
    transitions=(),
    register="incidents",
)


def report(box: Any, words: str, actor: Actor) -> Incident:
    """Record a fault of a box; raise Refused for those who do not work it, or for a report without words."""
    refusal = {
        "action": "incident.report",
        "subject": f"/exchange/{box.__name__}",
        "subject_uid": box.uid,
        "reason": "R-12.1",
    }
    if not actor.allowed(Permission.BOX_REPORT_FAULT, box):
        raise Refused((Reason(_("只有本箱的工作人员可以报告故障。"), "R-12.1"),), refusal)
    if not words.strip():
        raise Refused((Reason(_("请写明故障情况。"), "R-12.1", "words"),), refusal)
    incident = Incident(box, actor.person, words.strip())
    now = clock.now()
    month_shelf(site(box)["incidents"], now)[incident.uid] = incident
    record(table_of(incident), "report", Act(incident, actor, now, {"note": words.strip()[:200]}), "")
    return incident


def includeme(config: Any) -> None:
    """Bind the table."""
    config.add_policy_table(Incident, TABLE)
