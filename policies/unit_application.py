"""How a unit joins (P-10, P-11, P-15, P-16, P-19, R-N6.1): the paper application, keyed in by the liaison or the administrator."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from content_types.unit import ApplicationForm, Connection, Contact, Unit, UnitKind
from govrepo import clock
from govrepo.i18n import _
from policies.access import refresh
from policies.actor import Actor
from policies.administration import refuse, require
from policies.engine import Act, Reason, record, table_of
from policies.permissions import Permission as P

ACTION = "unit.apply"
CODE = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
DOCUMENT_CODE = re.compile(r"[\u4e00-\u9fff]{1,12}")
PHONE = re.compile(r"[0-9+()（）\- ]{5,30}")
LONGEST_CODE, LONGEST_NAME, LONGEST_SHORT, LONGEST_LETTER = 30, 60, 20, 100
KINDS = {
    UnitKind.CITY: _("地级以上市"),
    UnitKind.DEPARTMENT: _("省政府部门"),
    UnitKind.AFFILIATED: _("直属机构"),
    UnitKind.OTHER: _("其他（参照执行）"),
}
"""The kinds a unit may join as; the provincial government and its office are there from the founding on."""
ALL_KINDS = {
    UnitKind.PROVINCE: _("省级人民政府"),
    UnitKind.GENERAL_OFFICE: _("省级政府办公厅"),
    UnitKind.SHUNDE: _("佛山市顺德区"),
    **KINDS,
}
FORMS = {ApplicationForm.ORGAN: _("机关事业单位"), ApplicationForm.ENTERPRISE: _("企业及其他")}
GONE = ("rejected", "merged", "cancelled")


@dataclass(frozen=True)
class Application:
    """The application form (P-11), as typed: which form, who, the approval letter, codes, whom to call, what is deployed."""

    form: str
    code: str
    name: str
    short_name: str
    kind: str
    letter: str
    document_codes: tuple[str, ...]
    contact: Contact
    group: str = ""
    has_plate: bool = False
    has_seal: bool = False
    planned: date | None = None
    by_reference: bool = False


def apply(root: Any, wanted: Application, actor: Actor) -> Unit:
    """Put a unit into the directory as applied for; raise Refused, with reasons by field, and store nothing when it may not be."""
    require(P.UNIT_PREPARE, root, actor, ACTION, "7.2")
    refuse(_problems(root, wanted), root, ACTION)
    unit = _unit(root, wanted)
    unit.created_by = actor.id
    root["units"].add(unit.code, unit, registry=actor.registry)
    refresh(unit, actor.registry)
    record(table_of(unit), "apply", Act(unit, actor, clock.now(), {"note": unit.letter}), "")
    return unit


def _unit(root: Any, wanted: Application) -> Unit:
    short = wanted.short_name.strip()
    unit = Unit(wanted.code.strip(), wanted.name.strip(), UnitKind(wanted.kind), short_name=short)
    unit.state, unit.form, unit.letter = "applied", ApplicationForm(wanted.form), wanted.letter.strip()
    unit.document_codes, unit.contacts = wanted.document_codes, (wanted.contact,)
    unit.groups = (wanted.group,) if wanted.group else ()
    unit.by_reference = wanted.by_reference
    unit.has_plate, unit.has_seal = wanted.has_plate, wanted.has_seal
    unit.connection, unit.connection_planned = Connection.NONE, wanted.planned
    unit.rank = max((each.rank for each in root["units"].values()), default=0) + 1
    return unit


def _problems(root: Any, wanted: Application) -> list[Reason]:
    problems = [] if wanted.form in FORMS else [Reason(_("请选择申请表类型。"), "P-11", "form")]
    problems += _code_problems(root, wanted.code.strip())
    problems += name_problems(root, wanted.name.strip(), wanted.short_name.strip())
    if wanted.kind not in KINDS:
        problems.append(Reason(_("请选择单位类型。"), "R-N6.1", "kind"))
    if not 1 <= len(wanted.letter.strip()) <= LONGEST_LETTER:
        problems.append(Reason(_("请填写书面申请的文号或者名称。"), "P-10", "letter"))
    if not wanted.document_codes or not all(DOCUMENT_CODE.fullmatch(each) for each in wanted.document_codes):
        problems.append(
            Reason(_("请填写机关代字，几个代字之间用空格隔开，如：江府 江府办。"), "P-15", "document_codes")
        )
    if wanted.group and wanted.group not in groups(root):
        problems.append(Reason(_("请选择列出的收文分组。"), "P-22", "group"))
    return [*problems, *contact_problems((wanted.contact,))]


def _code_problems(root: Any, code: str) -> list[Reason]:
    if not CODE.fullmatch(code) or len(code) > LONGEST_CODE:
        return [Reason(_("单位代码用小写英文字母开头，可含数字和连字符，不超过 30 个字符。"), "P-16", "code")]
    if code in root["units"] or code in root["exchange"]:
        return [Reason(_("这个代码已经用过，代码不重复使用。"), "P-16", "code")]
    return []


def name_problems(root: Any, name: str, short_name: str, itself: Unit | None = None) -> list[Reason]:
    """What is wrong with a unit's names: their length, or that another unit in the directory bears one (P-12)."""
    problems = []
    if not 2 <= len(name) <= LONGEST_NAME:
        problems.append(Reason(_("请填写全称，2 至 60 个字符。"), "P-12", "name"))
    if len(short_name) > LONGEST_SHORT:
        problems.append(Reason(_("规范化简称不超过 20 个字符。"), "P-12", "short_name"))
    others = [each for each in root["units"].values() if each is not itself and each.state not in GONE]
    if any(each.name == name for each in others):
        problems.append(Reason(_("已有单位使用这个全称。"), "P-12", "name"))
    if any(each.short_name == (short_name or name) for each in others):
        problems.append(Reason(_("已有单位使用这个简称。"), "P-12", "short_name"))
    if itself is not None and itself.name == name:
        problems.append(Reason(_("新名称与现名称相同。"), "P-12", "name"))
    return problems


def contact_problems(contacts: Iterable[Contact]) -> list[Reason]:
    """P-19: somebody to call, with an office phone; each number looks like one."""
    found = tuple(contacts)
    if not found or any(not each.name.strip() or len(each.name) > LONGEST_SHORT for each in found):
        return [Reason(_("请填写联系人姓名。"), "P-19", "contact")]
    if any(not PHONE.fullmatch(each.office_phone) for each in found):
        return [Reason(_("请填写办公电话。"), "P-19", "office_phone")]
    if any(each.mobile and not PHONE.fullmatch(each.mobile) for each in found):
        return [Reason(_("手机号码不对。"), "P-19", "mobile")]
    return []


def groups(root: Any) -> list[str]:
    """The recipient groups there are (P-22), in the order of their units."""
    units = sorted(root["units"].values(), key=lambda unit: unit.rank)
    return list(dict.fromkeys(group for unit in units for group in unit.groups))
