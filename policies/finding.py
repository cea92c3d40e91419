"""The finding's workflow (R-7.5; SOD-4): drafted by the auditor on signed evidence, issued with the auditor's signature, noted by the leader.

It stands by itself: nothing follows from it for the person's account, which is others' to decide (R-7.6, R-39.3).
"""

from typing import Any

from substanced.util import set_acl

from content_types.content import shelf
from content_types.finding import Finding
from govrepo import clock
from govrepo.catalog import Eq, Range, register
from govrepo.database import site
from govrepo.i18n import _
from govrepo.security.acl import Allow
from policies.actor import Actor
from policies.administration import refuse, require
from policies.engine import Act, Reason, Table, Transition, record, table_of
from policies.permissions import Permission as P
from policies.roles import Role
from policies.scopes import operator_office

STATES = {"draft": _("草稿"), "issued": _("已认定，待厅领导阅知"), "noted": _("厅领导已阅知")}
ACTION = "finding.draft"
LISTED = 500


def draft(root: Any, made: Finding, actor: Actor) -> Finding:
    """File a draft. Raises Refused for those who may not, without words, persons or evidence, about oneself."""
    require(P.FINDING_RECORD, root, actor, ACTION, "R-7.5")
    refuse(faults(made, actor), root, ACTION)
    made.year = clock.local(clock.now()).year
    year = shelf(root["admin"], "findings", str(made.year))
    made.number = len(year) + 1
    year[str(made.number)] = made
    office = operator_office(root)
    if office is not None:
        leader = f"{Role.OFFICE_LEADER}@{office.scope}"
        set_acl(made, [(Allow, leader, (str(P.FINDING_NOTE),))], registry=actor.registry)
    record(table_of(made), "draft", Act(made, actor, clock.now()), "")
    return made


def faults(made: Finding, actor: Actor) -> list[Reason]:
    """Everything that speaks against a draft."""
    found = []
    if not made.text.strip():
        found.append(Reason(_("请写明认定的事实和责任。"), "R-7.5", "text"))
    if not made.persons:
        found.append(Reason(_("请填写责任人的账号。"), "R-7.5", "persons"))
    if not made.packages:
        found.append(Reason(_("请选择证据包。"), "R-7.5", "packages"))
    if actor.person in made.persons:
        found.append(Reason(_("不得认定本人的责任。"), "SOD-4", "persons"))
    return found


def is_the_maker(act: Act) -> Reason | None:
    """R-7.5: whoever drafted it signs it."""
    return None if act.actor.person is act.context.recorded_by else Reason(_("由起草的审计员本人办理。"), "R-7.5")


def on_signed_evidence(act: Act) -> Reason | None:
    """R-7.3: evidence is what bears its signatures."""
    if all(each.state == "sealed" for each in act.context.packages):
        return None
    return Reason(_("所附证据包尚未签名。"), "R-7.3")


def not_about_oneself(act: Act) -> Reason | None:
    """SOD-4: nobody has part in a finding about himself."""
    return Reason(_("认定涉及本人，须由他人办理。"), "SOD-4") if act.actor.person in act.context.persons else None


def has_words(act: Act) -> Reason | None:
    """R-7.5: a finding says what was found."""
    given = str(act.given.get("text", "")).strip()
    return None if given else Reason(_("请写明认定的事实和责任。"), "R-7.5", "text")


def keep_words(act: Act) -> None:
    """The draft's new words."""
    act.context.text = str(act.given["text"]).strip()


def show_to_leaders(act: Act) -> None:
    """From now on the leaders of the operating office read it."""
    finding = act.context
    office = operator_office(site(finding))
    if office is not None:
        leader = f"{Role.OFFICE_LEADER}@{office.scope}"
        allowed = (str(P.FINDING_NOTE), str(P.FINDING_READ))
        set_acl(finding, [(Allow, leader, allowed)], registry=act.actor.registry)


TABLE = Table(
    noun="finding", label=_("责任认定"), begun={"draft": _("起草责任认定")},
    content_type="Finding",
    initial="draft",
    states=STATES,
    transitions=(
        Transition(
            "revise", _("修改"), ("draft",), None, P.FINDING_RECORD, guards=(is_the_maker,), inputs=(has_words,),
            effects=(keep_words,), article="R-7.5",
        ),
        Transition(
            "issue", _("签发认定"), ("draft",), "issued", P.FINDING_RECORD,
            guards=(is_the_maker, on_signed_evidence, not_about_oneself), effects=(show_to_leaders,), article="R-7.5", signed=True,
        ),
        Transition(
            "note", _("阅知"), ("issued",), "noted", P.FINDING_NOTE, guards=(not_about_oneself,), article="R-7.5",
        ),
    ),
    register="findings",
    version=lambda finding: finding.digest(),
)  # fmt: skip


def readable(root: Any, actor: Actor) -> list[Finding]:
    """The findings an actor may read, the newest first."""
    found = register(root, "findings").query(Range("order", 0, None), sort="order", reverse=True, limit=LISTED)
    return [each for each in found.objects if actor.allowed(P.FINDING_READ, each)]


def about(root: Any, person: Any, actor: Actor) -> list[Finding]:
    """The issued findings about a person that an actor may read, the newest first."""
    found = register(root, "findings").query(Eq("person", person.id), sort="order", reverse=True, limit=LISTED)
    return [each for each in found.objects if each.state != "draft" and actor.allowed(P.FINDING_READ, each)]


def to_note(root: Any, actor: Actor) -> int:
    """How many wait for this leader."""
    found = register(root, "findings").query(Eq("state", "issued"), sort="order", limit=LISTED)
    return sum(actor.allowed(P.FINDING_NOTE, each) for each in found.objects)


def includeme(config: Any) -> None:
    """Bind the table."""
    config.add_policy_table(Finding, TABLE)
