"""The forms of a unit's acts: which fields each needs, how what was typed is read, and what stands in them at first."""

from typing import Any

from content_types.unit import Contact, Unit
from govrepo import clock

from .act_form import Field
from .days import day_of
from .i18n import _

LETTER = Field("letter", _("书面申请（文号或者名称）"), required=True)
WHY = (Field("note", _("理由"), "area", required=True),)

FIELDS: dict[str, tuple[Field, ...]] = {
    "reject": WHY,
    "reject_change": WHY,
    "withdraw_change": WHY,
    "suspend": WHY,
    "resume": WHY,
    "set_contacts": (
        Field(
            "contacts",
            _("联系人"),
            "area",
            required=True,
            hint=_("每行一人：姓名 办公电话 手机，用空格隔开；手机可不填。"),
        ),
    ),
    "equip": (
        Field("connection", _("联通状态"), "select", required=True, hint=_("不是“已联通”的，交换箱停止接收。")),
        Field("planned", _("计划联通日期"), "date"),
        Field("actual", _("实际联通日期"), "date"),
        Field(
            "has_plate",
            _("制版系统"),
            "checks",
            hint=_("已部署的勾选。两个系统都部署的，发文须用盖章版式文件（R-N4）。"),
        ),
        Field("has_seal", _("盖章系统"), "checks", hint=_("已部署的勾选。")),
    ),
    "name_principal": (
        Field(
            "principal", _("主要负责人"), "select", required=True, hint=_("上行文和重要公文由主要负责人签发（S-8）。")
        ),
    ),
    "end_dual_track": (
        Field("day", _("自哪一天起不再发纸质件"), "date", required=True),
        Field("basis", _("依据"), required=True),
    ),
    "request_rename": (
        Field("new_name", _("新的全称"), required=True),
        Field("new_short_name", _("新的简称"), hint=_("不填则用全称。")),
        LETTER,
    ),
    "request_merge": (
        Field("successor", _("承接单位"), "select", required=True, hint=_("合并后用新名称的，先按新单位登记。")),
        LETTER,
    ),
    "request_cancel": (LETTER,),
}
"""The acts that need words or choices; every other act is a button."""


def given(name: str, request: Any) -> dict[str, Any]:
    """What was typed, as the act takes it."""
    post: Any = request.POST
    data: dict[str, Any] = {}
    for field in FIELDS[name]:
        text = post.get(field.name, "").strip()
        data[field.name] = day_of(text) if field.kind == "date" else bool(text) if field.kind == "checks" else text
    if "contacts" in data:
        data["contacts"] = contacts(data["contacts"])
    if "principal" in data:
        data["principal"] = request.root["people"].get(data["principal"])
    if "successor" in data:
        data["successor"] = request.root["units"].get(data["successor"])
    return data


def contacts(text: str) -> list[Contact]:
    """The contacts of a text, one a line: name, office phone, and the rest, which is the mobile or more than one."""
    lines = (line.split(maxsplit=2) for line in text.splitlines() if line.strip())
    return [Contact(*[*line, "", ""][:3]) for line in lines]


def initial(name: str, unit: Unit) -> dict[str, Any]:
    """What stands in the form at first."""
    if name == "set_contacts":
        return {"contacts": "\n".join(" ".join(filter(None, each)) for each in unit.contacts)}
    if name == "equip":
        days = {"planned": unit.connection_planned, "actual": unit.connection_actual}
        flags = {each: "yes" for each in ("has_plate", "has_seal") if getattr(unit, each)}
        return {
            "connection": str(unit.connection),
            **flags,
            **{key: each.isoformat() for key, each in days.items() if each},
        }
    if name == "name_principal":
        return {"principal": unit.principal_leader.id if unit.principal_leader is not None else ""}
    return {"day": clock.today().isoformat()} if name == "end_dual_track" else {}
