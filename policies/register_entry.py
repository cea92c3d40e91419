"""The register entry's workflow (domain.md 3.10, 5.5; R-19.5, R-23.1 to R-23.3, R-24.1; TL12 art. 24).

Registered, proposed on, instructed, handed to a division, concluded, filed. Registering itself stands in ``registering.py``, who reads and
handles in ``entry_access.py``, deadlines in ``deadlines.py``.
"""

from datetime import date
from typing import Any

from content_types.dispatch import Dispatch
from content_types.exchange_box import BoxKind
from content_types.person import Person
from content_types.register_entry import FilingClass, Handling, Opinion, Reading, RegisterEntry, RegisterKind
from govrepo import clock
from govrepo.database import site
from govrepo.i18n import _
from policies import leaving, registering, sending_on
from policies.deadlines import default_due, refusal_until
from policies.distribution import is_officer
from policies.engine import Act, Reason, Table, Transition, act
from policies.entry_access import named_urger, renew_access
from policies.permissions import Permission as P
from policies.person import people_of
from policies.scopes import divisions_of
from policies.vocabulary import return_reasons

STATES = {
    "registered": _("已登记"),
    "returned": _("初审退文"),
    "proposed": _("已拟办"),
    "instructed": _("已批示"),
    "handling": _("承办中"),
    "concluded": _("已办结"),
    "closed": _("已归结"),
    "cancelled": _("已注销登记"),
}
OPEN = ("registered", "proposed", "instructed", "handling")
BEFORE_HANDLING = ("registered", "proposed", "instructed")


def leads_for(entry: RegisterEntry) -> list[Any]:
    """Whom an entry may be handed to: the office's divisions with a box, or the people of the division whose register it is."""
    if entry.register is RegisterKind.OFFICE:
        return [each for each in divisions_of(entry.box.owner) if each.box_name and each.state == "active"]
    return [
        each for each in people_of(entry.box.owner.unit) if each.division is entry.box.owner and not is_officer(each)
    ]


def readers_for(entry: RegisterEntry) -> list[Person]:
    """Whom an entry may be circulated to: the people of its unit who read content, and have not got it unread already."""
    waiting = {reading.person for reading in entry.readings if reading.read is None}
    unit = entry.box.owner.unit if entry.box.kind is BoxKind.DIVISION else entry.box.owner
    return [each for each in people_of(unit) if each not in waiting and not is_officer(each)]


# Guards.


def has_delivery(act: Act) -> Reason | None:
    """5.5: what came by exchange goes back by exchange; paper goes back on paper."""
    return None if act.context.delivery is not None else Reason(_("纸质来文请按纸质退回并注销登记。"), "5.5")


def undistributed(act: Act) -> Reason | None:
    """P-54: nothing goes back that others inside have already."""
    delivery = act.context.delivery
    return Reason(_("已经分办，不能退文。"), "P-54") if delivery is not None and delivery.assignments else None


def in_time_to_refuse(act: Act) -> Reason | None:
    """5.5: refused within one working day after it was handed over."""
    handed = act.context.handed_at
    if handed is None or act.now < refusal_until(handed, site(act.context).calendar):
        return None
    return Reason(_("交办后超过 1 个工作日，不能退办。"), "5.5")


def one_reader_of_paper(act: Act) -> Reason | None:
    """TL12 24(5): always known where it is; the one paper copy lies with one person."""
    entry = act.context
    current = next((each.person.name for each in entry.readings if each.read is None), None) if entry.paper else None
    return Reason(_("纸质件正在${name}处传阅。", mapping={"name": current}), "TL12 24(5)") if current else None


def is_my_turn(act: Act) -> Reason | None:
    """Only who has it to read says that it was read."""
    mine = any(_lies_with(each, act.actor.person) for each in act.context.readings)
    return None if mine else Reason(_("没有等待您传阅的。"), "TL12 24(5)")


def replied(act: Act) -> Reason | None:
    """TL12 24(7): what asks for a reply is not filed without one."""
    entry = act.context
    if entry.facts.reply_due is None or entry.reply is not None or entry.replied_at is not None:
        return None
    return Reason(_("来文要求答复，请先登记答复。"), "TL12 24(7)")


def nothing_asked(act: Act) -> Reason | None:
    """One request at a time."""
    return Reason(_("已有申请等待另一人办理。"), "5.5") if act.context.asked_by is not None else None


def asked_by_another(act: Act) -> Reason | None:
    """5.5: a second clerk cancels, the head reopens; nobody decides on the own request."""
    asker = act.context.asked_by
    if asker is None:
        return Reason(_("还没有人提出申请。"), "5.5")
    return Reason(_("须由另一人办理。"), "5.5") if asker is act.actor.person else None


def unhandled(act: Act) -> Reason | None:
    """A number is cancelled while nothing has been distributed under it."""
    delivery = act.context.delivery
    return Reason(_("已经交办，不能注销登记。"), "5.5") if delivery is not None and delivery.assignments else None


# Guards over what was typed.


def words_given(act: Act) -> Reason | None:
    """An opinion, a reason, a result stands in words."""
    return None if _note(act) else Reason(_("请写明内容。"), "5.5", "note")


def return_reason_given(act: Act) -> Reason | None:
    """P-54: a return names its reason from the list."""
    codes = {term.code for term in return_reasons(act.context)}
    return None if act.given.get("reason") in codes else Reason(_("请从列表中选择退文理由。"), "P-54", "reason")


def lead_given(act: Act) -> Reason | None:
    """TL12 24(4): one lead, named; assisting ones beside it."""
    offered, lead = leads_for(act.context), act.given.get("lead")
    assists = act.given.get("assists", ())
    if lead not in offered:
        return Reason(_("请选择主办处室或者经办人。"), "TL12 24(4)", "lead")
    if lead in assists or any(each not in offered for each in assists):
        return Reason(_("协办不能与主办相同。"), "TL12 24(4)", "assists")
    return None


def due_given(act: Act) -> Reason | None:
    """TL12 24(4): what is urgent has a limit; a limit is not in the past."""
    due = act.given.get("due")
    if due is None and act.context.facts.urgency != "plain":
        return Reason(_("紧急件须写明办理时限。"), "TL12 24(4)", "due")
    return Reason(_("时限不能早于今天。"), "TL12 24(4)", "due") if due is not None and due < clock.today() else None


def later_due(act: Act) -> Reason | None:
    """5.5: an extension names a later day."""
    due, now = act.given.get("due"), act.context.due
    if isinstance(due, date) and (now is None or due > now) and due >= clock.today():
        return None
    return Reason(_("请填写晚于现时限的日期。"), "5.5", "due")


def readers_given(act: Act) -> Reason | None:
    """TL12 24(5): readers inside the unit; one at a time for paper."""
    wanted, offered = act.given.get("readers", ()), readers_for(act.context)
    if not wanted or any(each not in offered for each in wanted):
        return Reason(_("请选择传阅人。"), "TL12 24(5)", "readers")
    if act.context.paper and len(wanted) > 1:
        return Reason(_("纸质件一次只能送一人。"), "TL12 24(5)", "readers")
    return None


def reply_given(act: Act) -> Reason | None:
    """TL12 24(7): the reply is a document that was sent, or words on how it was made."""
    reply = act.given.get("reply")
    if isinstance(reply, Dispatch) and reply.state in ("sent", "completed"):
        return None
    return (
        None
        if reply is None and _note(act)
        else Reason(_("请选择已经发出的答复公文，或者写明如何答复。"), "TL12 24(7)", "reply")
    )


def _note(act: Act) -> str:
    return str(act.given.get("note", "")).strip()


# Effects.


def _opinion(act: Act) -> Opinion:
    return Opinion(act.now, act.actor.person, _note(act))


def add_proposal(act: Act) -> None:
    """拟办."""
    act.context.proposals = (*act.context.proposals, _opinion(act))


def add_instruction(act: Act) -> None:
    """批示."""
    act.context.instructions = (*act.context.instructions, _opinion(act))


def add_urge(act: Act) -> None:
    """催办."""
    act.context.urges = (*act.context.urges, _opinion(act))


def send_back(done: Act) -> None:
    """初审退文: the delivery goes back to its sender with the reason."""
    act(done.context.delivery, "preview_return", done.actor, reason=done.given["reason"], note=_note(done))


def hand(done: Act) -> None:
    """交办: lead, assists and limit; the delivery is distributed to them."""
    entry, given = done.context, done.given
    entry.lead, entry.assists = given["lead"], tuple(given.get("assists", ()))
    entry.handed_at, entry.urger = done.now, named_urger(entry, given.get("urger"), done.actor.person)
    entry.due = given.get("due") or default_due(entry, done.actor.registry)
    renew_access(entry, done.actor.registry)
    if entry.delivery is None:
        return
    parts = ((entry.lead, "lead"), *((each, "assist") for each in entry.assists))
    already = {_place(each) for each in entry.delivery.assignments if each.state not in ("returned", "return_closed")}
    targets = tuple((place, part) for place, part in parts if place not in already)
    if targets:
        act(entry.delivery, "hand_on", done.actor, targets=targets, note=_note(done))


def _place(assigned: Any) -> Any:
    return assigned.box.owner if hasattr(assigned, "box") else assigned.person


def take_off(act: Act) -> None:
    """退办: nobody handles it until it is handed to somebody else."""
    act.context.lead, act.context.due = None, None
    renew_access(act.context, act.actor.registry)


def extend(act: Act) -> None:
    """延期."""
    act.context.due = act.given["due"]


def circulate(act: Act) -> None:
    """传阅: it lies with the readers from now on."""
    readings = tuple(Reading(each, act.now) for each in act.given["readers"])
    act.context.readings = (*act.context.readings, *readings)
    renew_access(act.context, act.actor.registry)


def mark_read(act: Act) -> None:
    """Read, with the reader's note."""
    act.context.readings = tuple(
        each._replace(read=act.now, note=_note(act)) if _lies_with(each, act.actor.person) else each
        for each in act.context.readings
    )


def _lies_with(reading: Reading, person: Any) -> bool:
    return reading.person is person and reading.read is None


def conclude(done: Act) -> None:
    """办结: the result; the delivery is settled with it."""
    _conclude(done, "settle")


def note_read(done: Act) -> None:
    """阅结: read, nothing to handle; the delivery is settled with it."""
    _conclude(done, "settle_read")


def _conclude(done: Act, settle: str) -> None:
    entry = done.context
    entry.result, entry.concluded_at = _note(done), done.now
    if entry.delivery is not None and entry.delivery.state == "registered":
        act(entry.delivery, settle, done.actor)


def link_reply(act: Act) -> None:
    """答复: which document, which then knows what it answers (S-4); or how."""
    entry, reply = act.context, act.given.get("reply")
    entry.reply, entry.replied_at = reply, act.now
    if reply is not None and entry not in reply.document.answers:
        reply.document.answers = (*reply.document.answers, entry)


def _file_as(filing: FilingClass) -> Any:
    def effect(act: Act) -> None:
        act.context.filing, act.context.filing_reason = filing, _note(act)
        renew_access(act.context, act.actor.registry)

    effect.__doc__ = f"R-23.1: the filing class {filing}."
    return effect


def ask(act: Act) -> None:
    """Who asked, for the second person to decide."""
    act.context.asked_by = act.actor.person


def void_number(done: Act) -> None:
    """R-19.5, S-24: the number becomes void and keeps its row; the delivery may be registered anew."""
    entry = done.context
    reason = next((each.note for each in reversed(entry.history) if each.transition == "ask_cancel"), "") or _note(done)
    act(entry.number, "void", done.actor, note=reason, by=entry)
    entry.asked_by = None
    if entry.delivery is not None and entry.delivery.state == "registered":
        act(entry.delivery, "unregister", done.actor)


def forward_instead(done: Act) -> None:
    """R-19.5: the division's number is void, and the office registers the document (R-19.2)."""
    entry = done.context
    act(entry.number, "void", done.actor, note=_note(done), by=entry)
    act(entry.delivery, "unregister", done.actor)
    act(entry.delivery, "forward", done.actor)


def reopen(act: Act) -> None:
    """重办: what was settled is open again."""
    entry = act.context
    entry.asked_by, entry.filing, entry.filing_reason, entry.concluded_at = None, None, "", None
    renew_access(entry, act.actor.registry)


def in_division(act: Act) -> Reason | None:
    """R-19.5: only a division's entry is changed to office registration."""
    fits = act.context.register is RegisterKind.DIVISION and act.context.delivery is not None
    return None if fits else Reason(_("只有处室登记的电子来文可以改为厅文登记。"), "R-19.5")


def forwardable(act: Act) -> list[Reason]:
    """R-19.3: with both files only, and only what came directly from another unit."""
    delivery = act.context.delivery
    if in_division(act) is not None:
        return []
    asked = Act(delivery, act.actor, act.now)
    hindrance = registering.division_received(asked)
    return [*(each._replace(field="") for each in registering.both_files(asked)), *([hindrance] if hindrance else [])]


def is_reading(act: Act) -> Reason | None:
    """5.3 note: what is for reading only is settled without a handler."""
    reading = act.context.facts.handling == Handling.READING
    return None if reading else Reason(_("办件须交办后由经办人办结。"), "5.5")


def _row(name: str, title: str, sources: tuple[str, ...], target: str | None, permission: P, **more: Any) -> Transition:
    return Transition(name, title, sources, target, permission, article=more.pop("article", "5.5"), **more)


TRANSITIONS = (
    _row("preview_return", _("初审退文"), ("registered",), "returned", P.REGISTER_ENTER, guards=(has_delivery, undistributed), inputs=(return_reason_given,), effects=(send_back,), article="P-54"),
    _row("propose", _("拟办"), ("registered", "proposed"), "proposed", P.REGISTER_ENTER, inputs=(words_given,), effects=(add_proposal,)),
    _row("instruct", _("批示"), ("proposed", "instructed"), "instructed", P.ENTRY_INSTRUCT, inputs=(words_given,), effects=(add_instruction,)),
    _row("circulate", _("传阅"), BEFORE_HANDLING, None, P.REGISTER_ENTER, guards=(one_reader_of_paper,), inputs=(readers_given,), effects=(circulate,)),
    _row("read", _("已阅"), (*OPEN, "concluded"), None, P.ENTRY_CIRCULATE_READ, guards=(is_my_turn,), effects=(mark_read,)),
    _row("hand_to", _("交办"), ("proposed", "instructed"), "handling", P.REGISTER_ENTER, inputs=(lead_given, due_given), effects=(hand,)),
    _row("refuse", _("退办"), ("handling",), "instructed", P.ENTRY_REFUSE, guards=(in_time_to_refuse,), inputs=(words_given,), effects=(take_off,)),
    _row("extend", _("延期"), ("handling",), None, P.ENTRY_INSTRUCT, inputs=(words_given, later_due), effects=(extend,)),
    _row("urge", _("催办"), ("handling",), None, P.REGISTER_ENTER, inputs=(words_given,), effects=(add_urge,)),
    _row("conclude", _("办结"), ("handling",), "concluded", P.ENTRY_HANDLE, inputs=(words_given,), effects=(conclude,)),
    _row("note", _("阅结"), BEFORE_HANDLING, "concluded", P.REGISTER_ENTER, guards=(is_reading,), effects=(note_read,)),
    _row("reply", _("登记答复"), ("concluded",), None, P.ENTRY_HANDLE, inputs=(reply_given,), effects=(link_reply,)),
    _row("send_on", _("发送有关单位"), ("concluded",), None, P.ENTRY_HANDLE, guards=(sending_on.may_compose_there,), inputs=(sending_on.source_given,), effects=(sending_on.send_on,), article="R-23.2"),
    _row("file", _("正式归档"), ("concluded",), "closed", P.REGISTER_ENTER, guards=(replied, registering.fit_for_formal_filing), effects=(_file_as(FilingClass.FORMAL),), article="R-23.1"),
    _row("file_informal", _("非正式归档"), ("concluded",), "closed", P.ENTRY_HANDLE, guards=(replied,), effects=(_file_as(FilingClass.INFORMAL),), article="R-23.2"),
    _row("no_file", _("不归档"), ("concluded",), "closed", P.REGISTER_ENTER, guards=(replied,), inputs=(words_given,), effects=(_file_as(FilingClass.NONE),), article="R-23.3"),
    _row("to_office", _("改为厅文登记"), ("registered",), "cancelled", P.REGISTER_ENTER, guards=(in_division, forwardable), inputs=(words_given,), effects=(forward_instead,), article="R-19.5"),
    _row("ask_cancel", _("申请注销登记"), BEFORE_HANDLING, None, P.REGISTER_ENTER, guards=(nothing_asked, unhandled), inputs=(words_given,), effects=(ask,)),
    _row("cancel", _("注销登记"), BEFORE_HANDLING, "cancelled", P.REGISTER_ENTER, guards=(asked_by_another, unhandled), effects=(void_number,)),
    _row("ask_reopen", _("申请重办"), ("closed",), None, P.REGISTER_ENTER, guards=(nothing_asked,), inputs=(words_given,), effects=(ask,)),
    _row("hand_over", _("移交"), (*OPEN, "concluded"), None, P.PERSON_LEAVE, authority=leaving.giver_of, guards=(leaving.is_leaving,), inputs=(leaving.taker_fits,), effects=(leaving.hand_entry,), article="S-13"),
    _row("reopen", _("重办"), ("closed",), "handling", P.ENTRY_REOPEN, guards=(asked_by_another,), effects=(reopen,)),
)  # fmt: skip

TABLE = Table(
    noun="register_entry",
    label=_("收文登记"),
    begun={"register": _("登记")},
    content_type="RegisterEntry",
    initial="registered",
    states=STATES,
    transitions=TRANSITIONS,
    register="register_entries",
)


def includeme(config: Any) -> None:
    """Bind the table."""
    config.add_policy_table(RegisterEntry, TABLE)
