"""Plays the sample letters: drafts, submits, releases and sends them, and lets the recipients do what the table says.

Nothing is set by hand: each state is reached as it would be in service, through drafts, uploads, acts and the postmaster.
"""

from datetime import date, timedelta
from typing import Any

from content_types.delivery import Delivery
from content_types.dispatch import Address, Dispatch, Recipient
from content_types.exchange_box import BoxKind, ExchangeBox
from content_types.file_object import FileRole
from content_types.official_document import OfficialDocument
from content_types.phone_notice import Call, Result
from govrepo import clock
from policies.sample.desk import Desk, scan_of, text_of
from policies.sample.letters import LEADER, LETTERS, NOTICE, REGISTRY, Letter
from policies.sample.organisation import CITIES, GOVERNMENT, SHUNDE
from policies.sending import family, new_draft

NOTICE_DAY = date(2012, 12, 26)

DETAILS = {
    "ask_recall": {"note": "附件有误，请予退回。"},
    "refuse_recall": {"note": "已按来文办理，不宜撤回。"},
    "withdraw": {"reason": "会议延期，另行通知。"},
    "note": {"note": "已阅。"},
    "close": {"note": "已按要求办理。"},
}
"""What is typed with an act that asks for words."""

CALL = Call(None, "", "", Result.NOT_NOTIFIED)
"""Nobody has a telephone number, so what happens to be sent urgent at night is sent without a call (R-16.3)."""
SENDERS_ACTS = ("recall", "ask_recall", "acknowledge")
LEADERS_ACTS = ("late_return",)
STEPS_OF_APPROVER = ("release",)


def make_documents(root: Any, registry: Any) -> None:
    """Play every letter in the order of time, then prepare the notice. Commits act by act."""
    desk = Desk(root, registry)
    for letter in (*LETTERS, NOTICE):
        dispatch = draft(desk, letter)
        pass_on(desk, letter, dispatch)
        react(desk, letter, dispatch)
        link(desk, letter, dispatch)
    desk.let_work_be_done()


def draft(desk: Desk, letter: Letter) -> Dispatch:
    """The letter as a draft, with its files inspected."""
    desk.turn_to(letter.days)
    box = desk.root["exchange"][letter.box]
    with desk.transaction():
        dispatch = new_draft(box, desk.actor(letter.clerk), informal=not letter.sequence)
        fill_in(dispatch.document, letter, desk)
        mains = [Recipient(desk.root["exchange"][name], Address.MAIN) for name in letter.mains]
        copies = [Recipient(desk.root["exchange"][name], Address.COPY) for name in letter.copies]
        dispatch.recipients = (*mains, *copies)
    attach_files(desk, letter, dispatch)
    desk.let_work_be_done()
    return dispatch


ENTRY_ACTS = {
    "propose": (REGISTRY, "拟请综合二处研办。"),
    "instruct": (LEADER, "同意。"),
    "hand_to": (REGISTRY, "请按时办结。"),
}
"""Acts on the register entry of a delivery: whose business each is, and the words given."""
WITHIN = timedelta(days=3)
"""The limit for handling it."""


def fill_in(document: OfficialDocument, letter: Letter, desk: Desk) -> None:
    """The elements of the document; an upward one names its signer (S-3)."""
    document.kind = letter.kind
    document.title = text_of(letter.text).splitlines()[0]
    document.date = NOTICE_DAY if letter is NOTICE else clock.today()
    document.urgency = letter.urgency
    if letter.sequence:
        document.number = f"{letter.code}〔{document.date.year}〕{letter.sequence}号"
    if GOVERNMENT in letter.mains:
        document.signer = desk.root.logins[letter.approver].name


def attach_files(desk: Desk, letter: Letter, dispatch: Dispatch) -> None:
    """Scan and editable file; a unit with plate-making and seal system has a sealed original instead (R-N4.2, R-N4.3)."""
    document = dispatch.document
    name = document.number or document.title
    role = FileRole.ORIGINAL if document.unit.is_fully_deployed else FileRole.SCAN
    desk.attach(dispatch, letter.clerk, role, f"{name}.pdf", scan_of(letter.text))
    if role is FileRole.SCAN:
        editable = letter_text(document, letter).encode()
        desk.attach(dispatch, letter.clerk, FileRole.EDITABLE, f"{name}.txt", editable)


def letter_text(document: OfficialDocument, letter: Letter) -> str:
    """The editable text: number, words, signature; the notice bears its own."""
    if letter is NOTICE:
        return f"{document.number}\n{text_of(letter.text)}"
    day = document.date or clock.today()
    signature = f"　　　　{document.unit.name}\n　　　　{day.year}年{day.month}月{day.day}日\n"
    return f"{document.number}\n{text_of(letter.text)}{signature}"


def pass_on(desk: Desk, letter: Letter, dispatch: Dispatch, steps: str | None = None) -> None:
    """The dispatch's way out: submitted by the clerk, released by the approver, sent, delivered by the postmaster."""
    for step in (letter.steps if steps is None else steps).split():
        login = letter.approver if step in STEPS_OF_APPROVER else letter.clerk
        more = {"call": CALL} if step == "send" else {}
        desk.act(dispatch, step, login, **DETAILS.get(step, {}), **more)
    desk.let_work_be_done()


def react(desk: Desk, letter: Letter, dispatch: Dispatch) -> None:
    """What happens in each box of the letter, and then with whom it was put before."""
    others = {name: letter.otherwise for name in (*letter.mains, *letter.copies) if name not in letter.happened}
    for place, acts in {**others, **letter.happened}.items():
        for name in acts.split():
            item = put_before(place, dispatch, desk)
            _act(desk, letter, item, *name.partition(":")[::2])


def put_before(place: str, dispatch: Dispatch, desk: Desk) -> Any:
    """The delivery in a box, also one made by distribution, or the assignment of a person."""
    deliveries = list(dispatch.tracking.deliveries.values())
    for delivery in deliveries:
        deliveries += [each for each in delivery.assignments if isinstance(each, Delivery)]
    target = desk.root.logins.get(place)
    if target is None:
        return next(each for each in deliveries if each.box.__name__ == place)
    assigned = [each for delivery in deliveries for each in delivery.assignments]
    return next(each for each in assigned if getattr(each, "person", None) is target)


def _act(desk: Desk, letter: Letter, item: Any, name: str, detail: str) -> None:
    if name == "register":
        desk.register(item, receiver_of(item.box))
        return
    if name in ENTRY_ACTS:
        login, words = ENTRY_ACTS[name]
        lead = {"lead": desk.target(detail)[0], "due": clock.today() + WITHIN} if detail else {}
        desk.act(item.entry, name, login, note=words, **lead)
        return
    data: dict[str, Any] = dict(DETAILS.get(name, {}))
    if name == "distribute":
        data["targets"] = [desk.target(detail)]
    elif detail:
        data = {"reason": detail, "note": "请核对后重新发送。"}
    desk.act(item, name, _who(letter, item, name), **data)


def _who(letter: Letter, item: Any, name: str) -> str:
    """Whose business an act is: the sender's clerk, the one it was put before, the box's clerk or its leader."""
    if name in SENDERS_ACTS:
        return letter.clerk
    if not isinstance(item, Delivery):
        return str(item.person.login)
    return leader_of(item.box) if name in LEADERS_ACTS else receiver_of(item.box)


def receiver_of(box: ExchangeBox) -> str:
    """The login name of the person who receives in a box."""
    return {BoxKind.UNIT: f"{prefix_of(box)}.clerk", BoxKind.DIVISION: f"{box.owner.code}.receiver"}.get(
        box.kind, REGISTRY
    )


def leader_of(box: ExchangeBox) -> str:
    """The login name of the person who supervises a box."""
    return {BoxKind.UNIT: f"{prefix_of(box)}.approver", BoxKind.DIVISION: f"{box.owner.code}.head"}.get(
        box.kind, LEADER
    )


def prefix_of(box: ExchangeBox) -> str:
    """The first part of the login names of a unit's staff."""
    code = str(box.owner.code)
    return next((city.prefix for city in (*CITIES, SHUNDE) if city.code == code), code)


def link(desk: Desk, letter: Letter, dispatch: Dispatch) -> None:
    """The dispatch that follows: more recipients or another attempt, released and sent; a correction stays a draft."""
    act, _colon, place = letter.linked.partition(":")
    if not act:
        return
    box = desk.root["exchange"].get(place)
    data = {"add_recipients": {"recipients": (Recipient(box, Address.COPY),)}, "resend": {"boxes": (box,)}}.get(act, {})
    desk.act(dispatch, act, letter.clerk, **data, reason="补充收文单位。")
    if place:
        follower = family(dispatch)[-1]
        pass_on(desk, letter, follower, "release send")
        desk.act(put_before(place, follower, desk), "open", receiver_of(box))
