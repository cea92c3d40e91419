"""The forms of an outgoing document's acts: which acts and fields each has, what they offer, and how what was typed is read (5.1, 4.11)."""

from typing import Any, NamedTuple

from content_types.outgoing_document import OutgoingDocument
from content_types.production import Correction
from govrepo import rules
from policies import outgoing_guards as guards
from policies import plating, sealing
from policies.outgoing_document import FINISHED, UNFINISHED

from .act_form import Field
from .days import day_of
from .i18n import _

NOTE = Field("note", _("意见"), "area")
WHY = NOTE._replace(label=_("理由"), required=True)
NOTICE = Field("notice", _("通知的文号"), required=True)
MORE_ROWS = "more_rows"
"""Not an act: the button that asks for more lines of corrections, for browsers without scripts."""
ROWS_MORE = 5
MOST_ROWS = 200
MOST_DIGITS = 2


class Form(NamedTuple):
    """The acts that share a form, and its fields; ``states`` are those in which it is offered."""

    acts: tuple[str, ...]
    states: tuple[str, ...]
    fields: tuple[Field, ...] = ()


FORMS: dict[str, Form] = {
    "submit": Form(("submit",), ("draft",)),
    "review": Form(("agree", "return", "sign", "refuse"), ("review",), (NOTE,)),
    "recheck": Form(
        ("recheck_ok", "recheck_substance"), ("signed",), (Field("checklist", _("复核要点"), "checks"), NOTE)
    ),
    "plate": Form(("plate",), ("rechecked",)),
    "plate_done": Form(("plate_done",), ("plating",)),
    "replate": Form(("replate",), ("plating",), (Field("corrections", _("改正"), "corrections"),)),
    "proof": Form(
        ("proof_ok", "proof_ok_leader", "proof_back"),
        ("proofing",),
        (Field("corrections", _("错处"), "corrections"), NOTE._replace(label=_("说明"))),
    ),
    "leader": Form(("leader_ok", "leader_back"), ("leader_recheck",), (NOTE,)),
    "seal": Form(("seal",), ("sealing",), (Field("seal", _("印章"), "select", required=True),)),
    "dispatch": Form(
        ("dispatch",),
        ("sealed",),
        (Field("quota", _("正式份数"), "number", required=True, hint=_("每个收文单位可以打印的正式份数。")),),
    ),
    "conclude": Form(("conclude",), ("dispatched",)),
    "cancel": Form(("cancel", "keep"), UNFINISHED, (NOTE._replace(label=_("理由")),)),
}
"""What is worked at the document's page, by state."""
FURTHER: dict[str, Form] = {
    "ask_cancel": Form(("ask_cancel",), UNFINISHED, (WHY,)),
    "revoke": Form(("revoke",), FINISHED, (NOTICE, WHY)),
    "repeal": Form(("repeal",), FINISHED, (NOTICE, Field("day", _("废止日期"), "date", required=True), WHY)),
}
"""What is seldom done: a link leads to its form."""
ALL = FORMS | FURTHER
ACTS = {name for form in ALL.values() for name in form.acts}
CONFIRM = {
    "plate": _("编号后不能改号，作废的号不再使用。确认制版、编号？"),
    "seal": _("盖章后文件不能再改。确认盖章？"),
    "cancel": _("作废后不能恢复，已编的号一并作废。确认作废？"),
    "revoke": _("撤销的公文自始无效。确认撤销？"),
    "repeal": _("公文自废止之日起失效。确认废止？"),
}
STYLES = {"return", "refuse", "recheck_substance", "proof_back", "leader_back", "keep"}
"""Acts that lead back: their buttons are not the main ones."""


def form_of(name: str) -> str:
    """The form that has an act; raises KeyError for none."""
    return next(key for key, form in ALL.items() if name in form.acts)


def offered(document: OutgoingDocument) -> list[str]:
    """The forms of the document's state, in order; giving up only while it is asked for, and of two ways out of proofreading the one that applies."""
    return [
        key
        for key, form in FORMS.items()
        if document.state in form.states and (key != "cancel" or document.asked_cancel is not None)
    ]


def applies(document: OutgoingDocument, name: str) -> bool:
    """Whether a button is shown at all: R-24.3 says which of the two ways leads out of proofreading."""
    if name in ("proof_ok", "proof_ok_leader"):
        return bool(document.series.leader_recheck) is (name == "proof_ok_leader")
    if name == "replate":
        return document.plate is not None and document.plate.done_at is not None
    return True


def choices(document: OutgoingDocument, request: Any) -> dict[str, list[tuple[str, Any]]]:
    """What the fields offer: the points of the recheck that apply, the seals that this person may press here."""
    seals = sealing.seals_for(document, request.actor.person) if document.state == "sealing" else []
    return {
        "checklist": [(each, guards.CHECKLIST[each]) for each in guards.points(document)],
        "seal": [("", _("请选择")), *((each.uid, f"{each.unit.short_name}：{each.title}") for each in seals)],
    }


def initial(document: OutgoingDocument, request: Any) -> dict[str, Any]:
    """What stands in the fields before anything was typed; where there is one seal only, it is chosen."""
    if request.method == "POST":
        return dict(request.POST) | {"checklist": request.POST.getall("checklist")}
    seals = choices(document, request)["seal"][1:]
    quota = rules.value(document, request.registry.govrepo_settings, "print_quota")
    return {"quota": quota, "seal": seals[0][0] if len(seals) == 1 else ""}


def typed(document: OutgoingDocument, request: Any, name: str) -> dict[str, Any]:
    """What was typed for an act, as its data."""
    post = request.POST
    data: dict[str, Any] = {"note": post.get("note", "").strip()}
    if name == "recheck_ok":
        data["checklist"] = tuple(each for each in guards.points(document) if each in post.getall("checklist"))
    if name in ("proof_back", "replate"):
        data["corrections"] = tuple(
            Correction(_number(row["page"]), row["old"].strip(), row["new"].strip())
            for row in typed_rows(request)
            if row["used"] and (row["page"].strip() or row["old"].strip() or row["new"].strip())
        )
    if name == "seal":
        mine = sealing.seals_for(document, request.actor.person)
        data["seal"] = next((each for each in mine if each.uid == post.get("seal")), None)
    if name == "dispatch" and _number(post.get("quota", "")):
        data["quota"] = _number(post["quota"])
    if name in ("revoke", "repeal"):
        data["notice"] = post.get("notice", "").strip()
    if name == "repeal":
        data["day"] = day_of(post.get("day", ""))
    return data


def _number(text: str) -> int:
    plain = text.strip()
    return int(plain) if plain.isascii() and plain.isdecimal() and len(plain) <= MOST_DIGITS + 1 else 0


def rows(document: OutgoingDocument, request: Any, key: str) -> list[dict[str, Any]]:
    """The lines of corrections that a form shows: as typed, else the last proof's for the plate maker, then some empty ones."""
    if request.method == "POST" and "rows" in request.POST:
        known = typed_rows(request)
        more = ROWS_MORE if request.POST.get("act") == MORE_ROWS else 0
        return (known + [_row() for _each in range(more)])[:MOST_ROWS]
    found = waiting_corrections(document) if key == "replate" else ()
    return [*(_row(str(each.page), each.old, each.new) for each in found), *(_row() for _each in range(3))]


def waiting_corrections(document: OutgoingDocument) -> tuple[Correction, ...]:
    """What the last proof found on the newest plate, and is still to be corrected."""
    last = document.proofs[-1] if document.proofs else None
    return last.corrections if last is not None and not plating.is_corrected(document) else ()


def _row(page: str = "", old: str = "", new: str = "", *, used: bool = True) -> dict[str, Any]:
    return {"page": page, "old": old, "new": new, "used": used}


def typed_rows(request: Any) -> list[dict[str, Any]]:
    """The lines as they were typed; in a form without ticks every line counts."""
    post = request.POST
    ticks = "ticks" in post
    return [
        _row(*(post.get(f"{name}-{at}", "") for name in ("page", "old", "new")), used=not ticks or f"use-{at}" in post)
        for at in range(min(_number(post.get("rows", "")), MOST_ROWS))
    ]
