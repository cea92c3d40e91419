"""The forms of a register entry's acts: which fields each needs, what they offer, and how what was typed is read (5.5)."""

from datetime import timedelta
from typing import Any

from content_types.register_entry import RegisterEntry
from govrepo import clock
from govrepo.catalog import Any as AnyOf
from govrepo.catalog import Eq, Range, register
from policies import register_entry as policy
from policies.entry_access import urgers_for

from .act_form import Field
from .days import day_of
from .delivery import reason_choices
from .i18n import _
from .sending_on import choices as sources

NOTE = Field("note", _("意见"), "area", required=True)
WHY = Field("note", _("理由"), "area", required=True)
DUE = Field("due", _("办理时限"), "date", required=False, hint=_("不填的，按紧急程度的时限计算。"))
FIELDS: dict[str, tuple[Field, ...]] = {
    "preview_return": (
        Field("reason", _("退文理由"), "select", required=True),
        WHY._replace(label=_("说明"), required=False),
    ),
    "propose": (NOTE._replace(label=_("拟办意见")),),
    "instruct": (NOTE._replace(label=_("批示")),),
    "circulate": (Field("readers", _("传阅人"), "checks", required=True),),
    "read": (NOTE._replace(required=False),),
    "hand_to": (
        Field("lead", _("主办"), "select", required=True),
        Field("assists", _("协办"), "checks", required=False),
        DUE,
        Field("urger", _("催办人"), "select", hint=_("紧急件须有催办人；不选的，由交办人催办。")),
        NOTE._replace(label=_("交办要求"), required=False),
    ),
    "refuse": (WHY,),
    "extend": (DUE._replace(required=True, hint=None), WHY),
    "urge": (NOTE._replace(label=_("催办内容")),),
    "conclude": (NOTE._replace(label=_("办理结果")),),
    "reply": (
        Field("reply", _("答复公文"), "select", required=False, hint=_("列出本单位近一年发出的公文。")),
        NOTE._replace(label=_("以其他方式答复的，说明"), required=False),
    ),
    "send_on": (
        Field(
            "what",
            _("发送"),
            "select",
            required=True,
            hint=_("生成转办件草稿，带上所选文件；收文单位已按来文单位和协办处室填好，可以改动。"),
        ),
    ),
    "no_file": (WHY,),
    "to_office": (WHY,),
    "ask_cancel": (WHY,),
    "ask_reopen": (WHY,),
}
"""The acts that need something typed; the others are one button."""


def typed(entry: RegisterEntry, request: Any, name: str) -> dict[str, Any]:
    """What was typed for an act, as its data."""
    post = request.POST
    data: dict[str, Any] = {"note": post.get("note", "").strip()}
    if name == "preview_return":
        data["reason"] = post.get("reason", "")
    if name in ("hand_to", "extend"):
        data["due"] = day_of(post.get("due", ""))
    if name == "hand_to":
        offered = {_key(each): each for each in policy.leads_for(entry)}
        data["lead"] = offered.get(post.get("lead", ""))
        data["urger"] = next((each for each in urgers_for(entry) if each.id == post.get("urger")), None)
        data["assists"] = tuple(offered[key] for key in post.getall("assists") if key in offered)
    if name == "circulate":
        readers = {_key(each): each for each in policy.readers_for(entry)}
        data["readers"] = tuple(readers[key] for key in post.getall("readers") if key in readers)
    if name == "send_on":
        data["what"] = post.get("what", "")
    if name == "reply":
        data["reply"] = next((each for each in replies(entry) if each.uid == post.get("reply")), None)
    return data


def _key(place: Any) -> str:
    return str(getattr(place, "code", "") or place.id)


def choices(entry: RegisterEntry, request: Any, name: str) -> dict[str, list[tuple[str, Any]]]:
    """What the fields of an act offer."""
    first = ("", _("请选择"))
    if name == "preview_return":
        return {"reason": [first, *reason_choices(request, entry)]}
    if name == "hand_to":
        offered = [(_key(each), each.title) for each in policy.leads_for(entry)]
        urgers = [("", _("（无）")), *((each.id, each.name) for each in urgers_for(entry))]
        return {"lead": [first, *offered], "assists": offered, "urger": urgers}
    if name == "circulate":
        return {"readers": [(_key(each), each.name) for each in policy.readers_for(entry)]}
    if name == "send_on":
        return {"what": sources(entry)}
    if name == "reply":
        offered = [(each.uid, f"{each.document.number} {each.document.title}") for each in replies(entry)]
        return {"reply": [("", _("（无）")), *offered]}
    return {}


def replies(entry: RegisterEntry) -> tuple[Any, ...]:
    """The sendings of the entry's unit within a year, the newest first: what a reply may be chosen from."""
    unit = getattr(entry.box.owner, "unit", entry.box.owner)
    since = clock.micros(clock.now() - timedelta(days=365))
    query = Eq("unit", unit.code) & AnyOf("state", ["sent", "completed"]) & Range("sent", since, None)
    found: tuple[Any, ...] = register(entry, "dispatches").query(query, sort="order", reverse=True, limit=200).objects
    return found
