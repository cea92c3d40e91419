"""The change request's workflow (R-13.1; domain.md 5.9): the leader's consent first, then the technical service group."""

from typing import Any

from substanced.util import set_acl

from content_types.content import shelf
from content_types.permission_change import Step
from content_types.system_change import SystemChange
from govrepo import clock
from govrepo.i18n import _
from govrepo.security.acl import Allow
from policies.actor import Actor
from policies.engine import Act, Reason, Refused, Table, Transition, record, table_of
from policies.permission_change import says_why
from policies.permissions import Permission as P
from policies.roles import Role
from policies.scopes import operator_office

STATES = {
    "drafted": _("待厅领导同意"),
    "consented": _("厅领导已同意，待提交"),
    "submitted": _("已提交技术服务组"),
    "assessed": _("已评估"),
    "accepted": _("已接受，待实施"),
    "rejected": _("不予变更"),
    "done": _("已实施"),
}


def apply(actor: Actor, root: Any, subject: str, words: str) -> SystemChange:
    """Draft a request; raise Refused, with reasons by field, when it says nothing."""
    reasons = [Reason(_("请填写申请事项。"), "R-13.1", "subject")] if not subject.strip() else []
    if not words.strip():
        reasons.append(Reason(_("请写明接入或变更的内容和理由。"), "R-13.1", "words"))
    if reasons or actor.person is None:
        raise Refused(
            tuple(reasons),
            {"action": "system_change.apply", "subject": "/system_changes", "subject_uid": "", "reason": "R-13.1"},
        )
    made = SystemChange(subject.strip(), words.strip(), actor.person)
    now = clock.now()
    made.year = clock.local(now).year
    year = shelf(root["admin"], "system_changes", str(made.year))
    made.number = len(year) + 1
    year[str(made.number)] = made
    set_acl(made, _acl(made, root), registry=actor.registry)
    record(table_of(made), "apply", Act(made, actor, now, {"note": made.subject}), "")
    return made


def _acl(made: SystemChange, root: Any) -> list[tuple[str, str, tuple[str, ...]]]:
    """The requester submits; the leaders of the operating office consent."""
    own = (str(P.SYSTEM_CHANGE_READ), str(P.SYSTEM_CHANGE_SUBMIT))
    grants: list[tuple[str, str, tuple[str, ...]]] = [(Allow, made.requester.principal, own)]
    office = operator_office(root)
    if office is not None:
        leaders = (str(P.SYSTEM_CHANGE_READ), str(P.SYSTEM_CHANGE_CONSENT))
        grants.append((Allow, f"{Role.OFFICE_LEADER}@{office.scope}", leaders))
    return grants


def has_consent(act: Act) -> Reason | None:
    """R-13.1: no submission without the responsible leader's consent."""
    if act.context.consent is not None:
        return None
    return Reason(_("分管厅领导尚未同意，不能提交技术服务组。"), "R-13.1")


def not_ones_own(act: Act) -> Reason | None:
    """Nobody consents to the own request (SOD-4)."""
    own = act.context.requester is act.actor.person
    return Reason(_("不得同意自己提出的申请。"), "SOD-4") if own else None


def keep_consent(act: Act) -> None:
    """Who consented, when, with which words."""
    act.context.consent = Step(act.actor.person, act.now, str(act.given.get("note", "")).strip())


TABLE = Table(
    noun="system_change", label=_("接入和功能变更"), begun={"apply": _("申请")},
    content_type="SystemChange",
    initial="drafted",
    states=STATES,
    transitions=(
        Transition(
            "consent", _("同意"), ("drafted",), "consented", P.SYSTEM_CHANGE_CONSENT, guards=(not_ones_own,),
            effects=(keep_consent,), article="R-13.1",
        ),
        Transition(
            "refuse", _("不同意"), ("drafted",), "rejected", P.SYSTEM_CHANGE_CONSENT, guards=(not_ones_own,),
            inputs=(says_why,), article="R-13.1",
        ),
        Transition(
            "submit", _("提交技术服务组"), ("drafted", "consented"), "submitted", P.SYSTEM_CHANGE_SUBMIT,
            guards=(has_consent,), article="R-13.1",
        ),
        Transition(
            "assess", _("评估"), ("submitted",), "assessed", P.SYSTEM_CHANGE_ASSESS, inputs=(says_why,), article="5.9"
        ),
        Transition("accept", _("接受"), ("assessed",), "accepted", P.SYSTEM_CHANGE_DECIDE, article="5.9"),
        Transition(
            "reject", _("不接受"), ("assessed",), "rejected", P.SYSTEM_CHANGE_DECIDE, inputs=(says_why,), article="5.9"
        ),
        Transition("finish", _("实施完成"), ("accepted",), "done", P.SYSTEM_CHANGE_DECIDE, article="5.9"),
    ),
)  # fmt: skip


def system_changes(root: Any, actor: Actor) -> list[SystemChange]:
    """The requests an actor may read, the newest first."""
    years = root["admin"].get("system_changes", {})
    found = [each for year in years.values() for each in year.values() if actor.allowed(P.SYSTEM_CHANGE_READ, each)]
    return sorted(found, key=lambda each: (each.year, each.number), reverse=True)


def includeme(config: Any) -> None:
    """Bind the table."""
    config.add_policy_table(SystemChange, TABLE)
