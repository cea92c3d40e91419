"""The unit's life (domain.md 5.8, P-10..P-12, R-N6.1): applied for, approved by the leader, opened, renamed, suspended.

A unit's name is its visible title: renaming keeps the old one with its last day (P-12), the code and every address stay. Merging and
ending a unit (P-13, P-14) are not part of this yet.
"""

from dataclasses import dataclass
from typing import Any

from content_types.exchange_box import BoxKind
from content_types.permission_change import Step
from content_types.unit import ApplicationForm, Connection, Contact, FormerName, Renaming, Unit, UnitKind
from govrepo import clock
from govrepo.database import site
from govrepo.i18n import _
from policies.access import Grant, grants_of, put_acl
from policies.actor import Actor
from policies.appointment import holders_of
from policies.engine import Act, Reason, Refused, Table, Transition, record, table_of
from policies.exchange_box import make_box
from policies.permission_change import says_why
from policies.permissions import Permission as P
from policies.roles import Role
from policies.scopes import operator_office

STATES = {
    "applied": _("已申请，待厅领导批准"),
    "approved": _("已批准，待开通"),
    "rejected": _("未批准"),
    "active": _("在用"),
    "suspended": _("已停用"),
}
KINDS = {
    UnitKind.CITY: _("地级以上市"),
    UnitKind.DEPARTMENT: _("省政府部门"),
    UnitKind.AFFILIATED: _("直属机构"),
    UnitKind.OTHER: _("其他（参照执行）"),
}
"""The kinds that can be applied for; the province and its office are founded."""
FORMS = {ApplicationForm.ORGAN: _("机关事业单位"), ApplicationForm.ENTERPRISE: _("企业及其他")}
CODE_LENGTH = 40


@dataclass(frozen=True)
class Application:
    """The application form (P-10, P-11), as it was typed."""

    code: str
    name: str
    short_name: str
    kind: str
    form: str
    document_code: str
    group: str
    contact: str
    phone: str
    letter: str


@grants_of.register
def unit_grants(unit: Unit) -> tuple[Grant, ...]:
    """The leaders of the operating office decide on every unit (7.2 "units: approve")."""
    office = operator_office(site(unit))
    return (Grant(f"{Role.OFFICE_LEADER}@{office.scope}", (P.UNIT_VIEW, P.UNIT_APPROVE)),) if office else ()


def apply(actor: Actor, root: Any, form: Application) -> Unit:
    """Enter a unit's application; raise Refused, with reasons by field, for those who may not or for what lacks."""
    reasons = tuple(_faults(actor, root, form))
    if reasons:
        words = "; ".join(sorted({each.article for each in reasons}))
        raise Refused(reasons, {"action": "unit.apply", "subject": "/units", "subject_uid": "", "reason": words})
    unit = Unit(form.code, form.name.strip(), UnitKind(form.kind), short_name=form.short_name.strip())
    unit.state, unit.connection = "applied", Connection.NONE
    unit.form, unit.letter = ApplicationForm(form.form), form.letter.strip()
    unit.document_codes = (form.document_code.strip(),) if form.document_code.strip() else ()
    unit.groups = (form.group.strip(),) if form.group.strip() else ()
    unit.contacts = (Contact(form.contact.strip(), form.phone.strip()),)
    unit.rank = max((each.rank for each in root["units"].values()), default=0) + 1
    root["units"].add(unit.code, unit, registry=actor.registry)
    put_acl(unit, actor.registry)
    record(table_of(unit), "apply", Act(unit, actor, clock.now(), {"note": unit.letter}), "")
    return unit


def _faults(actor: Actor, root: Any, form: Application) -> list[Reason]:
    reasons = []
    if not actor.allowed(P.UNIT_PREPARE, root):
        reasons.append(Reason(_("单位申请由业务联络员或管理员登记。"), "P-10"))
    if (
        not (form.code.isascii() and form.code.replace("-", "").isalnum() and form.code == form.code.lower())
        or len(form.code) > CODE_LENGTH
    ):
        reasons.append(Reason(_("单位代码由小写字母、数字和连字符组成。"), "4.1", "code"))
    elif form.code in root["units"] or form.code in root["exchange"]:
        reasons.append(Reason(_("这个代码已经用过，单位代码不得重复使用。"), "4.1", "code"))
    for name, words in (
        ("name", _("请填写全称。")),
        ("contact", _("请填写联系人。")),
        ("letter", _("请填写批准文件。")),
    ):
        if not getattr(form, name).strip():
            reasons.append(Reason(words, "P-10", name))
    if form.kind not in KINDS:
        reasons.append(Reason(_("请选择单位类型。"), "4.1", "kind"))
    if form.form not in FORMS:
        reasons.append(Reason(_("请选择申请表类型。"), "P-11", "form"))
    return reasons


def staffed(act: Act) -> list[Reason]:
    """5.8: a unit is opened when its administrator and its clerk have been appointed (P-18, P-20)."""
    unit = act.context
    lacking = [
        role
        for role in (Role.UNIT_ADMINISTRATOR, Role.UNIT_CLERK)
        if not holders_of(site(unit), f"{role}@{unit.scope}", act.now)
    ]
    words = {Role.UNIT_ADMINISTRATOR: _("尚未任命单位管理员。"), Role.UNIT_CLERK: _("尚未任命单位收发员。")}
    return [Reason(words[role], "5.8") for role in lacking]


def new_name(act: Act) -> list[Reason]:
    """P-12: a renaming says the new name and the paper it rests on."""
    reasons = []
    name = str(act.given.get("new_name", "")).strip()
    if not name or name == act.context.name:
        reasons.append(Reason(_("请填写新的全称。"), "P-12", "new_name"))
    if not str(act.given.get("note", "")).strip():
        reasons.append(Reason(_("请填写更名的批准文件。"), "P-12", "note"))
    return reasons


def none_pending(act: Act) -> Reason | None:
    """One renaming after the other."""
    return Reason(_("已有一项更名在办理。"), "P-12") if act.context.renaming else None


def one_pending(act: Act) -> Reason | None:
    """There is a renaming that the leader has not decided on."""
    waiting = act.context.renaming is not None and act.context.renaming.agreed is None
    return None if waiting else Reason(_("没有待批准的更名。"), "P-12")


def agreed(act: Act) -> Reason | None:
    """P-12: renamed only after the approval."""
    renaming = act.context.renaming
    if renaming is not None and renaming.agreed is not None:
        return None
    return Reason(_("更名尚未经厅领导批准。"), "P-12")


def open_box(act: Act) -> None:
    """The unit's exchange box, under its code; from now on it is connected (R-N5.1)."""
    unit = act.context
    make_box(unit, unit.code, unit.short_name, BoxKind.UNIT, act.actor.registry)
    unit.connection = Connection.CONNECTED


def ask_name(act: Act) -> None:
    """Keep what was asked for until the leader has decided."""
    name, short = (str(act.given.get(each, "")).strip() for each in ("new_name", "new_short_name"))
    act.context.renaming = Renaming(name, short or name, str(act.given["note"]).strip(), None)


def agree(act: Act) -> None:
    """The leader's consent."""
    step = Step(act.actor.person, act.now, str(act.given.get("note", "")).strip())
    act.context.renaming = act.context.renaming._replace(agreed=step)


def drop_name(act: Act) -> None:
    """The old name stays."""
    act.context.renaming = None


def take_name(act: Act) -> None:
    """The new name, for the box too; the old one is kept with the moment it ended. Addresses and open deliveries stay."""
    unit, renaming = act.context, act.context.renaming
    unit.names = (*unit.names, FormerName(unit.name, unit.short_name, act.now))
    unit.name, unit.short_name, unit.renaming = renaming.name, renaming.short_name, None
    if unit.box_name:
        site(unit)["exchange"][unit.box_name].title = unit.short_name


def _row(name: str, title: Any, sources: str, target: str | None, permission: P, **more: Any) -> Transition:
    return Transition(name, title, tuple(sources.split()), target, permission, **({"article": "5.8"} | more))


TABLE = Table(
    noun="unit",
    content_type="Unit",
    initial="active",
    states=STATES,
    transitions=(
        _row("approve", _("批准"), "applied", "approved", P.UNIT_APPROVE),
        _row("reject", _("不批准"), "applied", "rejected", P.UNIT_APPROVE, inputs=(says_why,)),
        _row("activate", _("开通"), "approved", "active", P.UNIT_MANAGE, guards=(staffed,), effects=(open_box,)),
        _row(
            "ask_rename", _("申请更名"), "active", None, P.UNIT_PREPARE, guards=(none_pending,), inputs=(new_name,),
            effects=(ask_name,), article="P-12",
        ),
        _row("agree_rename", _("批准更名"), "active", None, P.UNIT_APPROVE, guards=(one_pending,), effects=(agree,), article="P-12"),
        _row(
            "decline_rename", _("不批准更名"), "active", None, P.UNIT_APPROVE, guards=(one_pending,), inputs=(says_why,),
            effects=(drop_name,), article="P-12",
        ),
        _row("rename", _("更名"), "active", None, P.UNIT_MANAGE, guards=(agreed,), effects=(take_name,), article="P-12"),
        _row("suspend", _("停用单位"), "active", "suspended", P.UNIT_MANAGE, inputs=(says_why,)),
        _row("resume", _("恢复使用"), "suspended", "active", P.UNIT_MANAGE),
    ),
)  # fmt: skip


def units(root: Any, actor: Actor) -> list[Unit]:
    """The units an actor may look at, in their official order."""
    found = [unit for unit in root["units"].values() if actor.allowed(P.UNIT_VIEW, unit)]
    return sorted(found, key=lambda unit: (unit.rank, unit.code))


def includeme(config: Any) -> None:
    """Bind the table."""
    config.add_policy_table(Unit, TABLE)
