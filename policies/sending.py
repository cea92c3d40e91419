"""What sending does: the commit of the sender, and the linked dispatches that add to, repeat or correct one (P-36, P-40, P-54).

The sender's commit touches no recipient (design.md sect. 5): it changes the dispatch, journals, and leaves one work item.
"""

import hashlib
from typing import Any

from pyramid.traversal import resource_path

from content_types.content import month_shelf, shelf
from content_types.dispatch import Dispatch, DispatchKind, Recipient
from content_types.exchange_box import BoxKind
from content_types.official_document import OfficialDocument
from content_types.outgoing_document import OutgoingDocument
from govrepo import clock, rules
from govrepo.database import site
from govrepo.i18n import _
from govrepo.work import enqueue
from policies import working_time
from policies.engine import Act, Reason, record, table_of
from policies.engine import act as do
from policies.exchange_box import desk_of

RESENDABLE_STATES = ("returned", "return_closed", "failed", "recalled")

NOT_OWN = Reason(_("只能由本件的经办人办理。"), "R-24.5")


def new_draft(
    box: Any, actor: Any, *, kind: DispatchKind = DispatchKind.ORIGINAL, informal: bool = False, unit: Any = None
) -> Dispatch:
    """A fresh draft in a box: document and dispatch, both put in their place, and recorded.

    ``unit`` is the issuing unit where that is not the box's own (R-N4.4).
    """
    drafting = None if unit is not None else actor.person.division
    division = box.owner if box.kind is BoxKind.DIVISION else drafting
    document = OfficialDocument(unit or box.unit, actor.person, division=division, informal=informal)
    return _file(Dispatch(document, box, actor.person, kind=kind), actor, "prepare")


def dispatch_of(document: Any, recipients: tuple[Recipient, ...], actor: Any) -> Dispatch:
    """A dispatch of a document that is sealed already, to be submitted for release (R-24.2, 5.2 prepare)."""
    dispatch = Dispatch(document, document.box, actor.person)
    dispatch.recipients = recipients
    return _file(dispatch, actor, "prepare")


def _file(dispatch: Dispatch, actor: Any, name: str) -> Dispatch:
    now = clock.now()
    document = dispatch.document
    if document.__parent__ is None:
        outgoing = site(dispatch.box)["outgoing"]
        shelf(outgoing, document.unit.code, clock.local(now).strftime("%Y"))[document.uid] = document
    desk = desk_of(dispatch.box, document.division, actor.registry)
    month_shelf(desk, now)[dispatch.uid] = dispatch
    record(table_of(dispatch), name, Act(dispatch, actor, now, {}), "")
    return dispatch


def send(act: Act) -> None:
    """Effect of send: times, digest of the package, and the work item that the postmaster takes (P-36, P-37)."""
    dispatch = act.context
    cut_off = rules.value(dispatch, act.actor.registry.govrepo_settings, "cut_off", act.now)
    dispatch.sent_at = act.now
    dispatch.sent_by = act.actor.person
    dispatch.effective_day = working_time.effective_day(act.now, site(dispatch).calendar, cut_off)
    dispatch.package_digest = package_digest(dispatch)
    _mark_dispatched(dispatch.document, act)
    if dispatch.document.replaces is not None:
        dispatch.document.replaces.replaced_by = dispatch.document
    enqueue(dispatch, "exchange.fan_out", path=resource_path(dispatch))


def _mark_dispatched(document: OfficialDocument, act: Act) -> None:
    """What was made here goes on in its own table (5.1); of what came as files only the state is kept."""
    if not isinstance(document, OutgoingDocument):
        document.state = "dispatched"
    elif document.state == "sealed":
        do(document, "sent", act.actor)


def package_digest(dispatch: Dispatch) -> str:
    """SHA-256 over the document's version and the addressed boxes, hexadecimal (封装校验)."""
    return _digest([dispatch.document.digest(), *_addressed(dispatch)])


def recipients_digest(dispatch: Dispatch) -> str:
    """SHA-256 over the addressed boxes, hexadecimal."""
    return _digest(_addressed(dispatch))


def _addressed(dispatch: Dispatch) -> list[str]:
    return [f"{each.address}:{each.box.__name__}:{each.quota}" for each in dispatch.recipients]


def _digest(lines: list[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def family(dispatch: Dispatch) -> tuple[Dispatch, ...]:
    """The dispatch, its origin and every dispatch linked to either, that carry the same document."""
    first = dispatch.origin or dispatch
    return tuple(
        each for each in (first, *first.linked) if each.document is dispatch.document and each.state != "cancelled"
    )


def linked(dispatch: Dispatch) -> tuple[Dispatch, ...]:
    """The dispatches linked to the same first one that have not been cancelled."""
    first = dispatch.origin or dispatch
    return tuple(each for each in first.linked if each.state != "cancelled")


def is_own(dispatch: Dispatch, person: Any) -> bool:
    """Whether a sending is a person's own (R-24.5, domain.md 7.2): a unit's clerks share its box, a case officer's is the own one."""
    return dispatch.box.kind is BoxKind.UNIT or dispatch.document.case_officer is person


def awaiting(dispatch: Dispatch) -> list[str]:
    """The names of the boxes whose delivery has neither been made nor been cancelled, in order."""
    done, cancelled = dispatch.tracking.deliveries, dispatch.cancellations.boxes
    names = (each.box.__name__ for each in dispatch.recipients)
    return [name for name in names if name not in done and name not in cancelled]


def resendable(dispatch: Dispatch) -> list[Any]:
    """The boxes whose copy came back, failed, or was recalled, before or after it was made; none that got a later dispatch."""
    again = sent_again(dispatch)
    return [each.box for each in dispatch.recipients if _came_back(dispatch, each.box) and each.box not in again]


def sent_again(dispatch: Dispatch) -> set[Any]:
    """The boxes that a later dispatch of the same document addresses."""
    return {each.box for one in family(dispatch) if one.attempt > dispatch.attempt for each in one.recipients}


def _came_back(dispatch: Dispatch, box: Any) -> bool:
    name = box.__name__
    delivery = dispatch.tracking.deliveries.get(name)
    return name in dispatch.cancellations.boxes if delivery is None else delivery.state in RESENDABLE_STATES


def supplement(act: Act) -> None:
    """Effect of add_recipients: a linked dispatch of the same document, waiting for its own release."""
    _linked(act, DispatchKind.SUPPLEMENT, tuple(act.given["recipients"]))


def resend(act: Act) -> None:
    """Effect of resend: a linked dispatch to the boxes named, with the address each had."""
    boxes = act.given["boxes"]
    _linked(act, DispatchKind.RESEND, tuple(each for each in act.context.recipients if each.box in boxes))


def _linked(act: Act, kind: DispatchKind, recipients: tuple[Recipient, ...]) -> Dispatch:
    first = act.context.origin or act.context
    dispatch = Dispatch(act.context.document, first.box, act.actor.person, kind=kind)
    dispatch.origin = first
    dispatch.recipients = recipients
    dispatch.submitted_by = act.actor.person
    dispatch.reason = str(act.given.get("reason", ""))
    dispatch.attempt = len(first.linked) + 2
    dispatch.reply_kind, dispatch.reply_due = act.context.reply_kind, act.context.reply_due
    dispatch.state = "submitted"
    first.linked = (*first.linked, dispatch)
    return _file(dispatch, act.actor, kind.value)


def correct(act: Act) -> None:
    """Effect of correct: a new document that replaces the sent one, as a draft to every box the wrong one was sent to (P-40)."""
    wrong = act.context.document
    dispatch = new_draft(act.context.box, act.actor, kind=DispatchKind.CORRECTION, informal=wrong.informal)
    right = dispatch.document
    right.replaces = wrong
    dispatch.reply_kind, dispatch.reply_due = act.context.reply_kind, act.context.reply_due
    for name in (
        "kind",
        "title",
        "urgency",
        "classification",
        "signer",
        "date",
        "note",
        "no_number_reason",
        "special_attachments",
        "sent_on_from",
        "passes_on",
    ):
        setattr(right, name, getattr(wrong, name))
    first = act.context.origin or act.context
    dispatch.origin = first
    dispatch.recipients = tuple({to.box: to for one in family(act.context) for to in one.recipients}.values())
    first.linked = (*first.linked, dispatch)


def cancel_recipient(act: Act) -> None:
    """Effect of a recall before the postmaster came: it reads this first (design.md sect. 5).

    The postmaster writes the tracking with every batch and reads the cancellations; here it is the other way round. Each side
    declares what it has read as current, so a cancellation and a fan-out at the same moment conflict, and one of them wins.
    """
    dispatch = act.context
    guard(dispatch.tracking)
    dispatch.cancellations.boxes = (*dispatch.cancellations.boxes, act.given["box"])


def guard(read: Any) -> None:
    """Have the commit fail with a conflict if another transaction changes an object that was read here."""
    read._p_activate()  # noqa: SLF001 - A ghost has no serial yet, and readCurrent would pass it over.
    if read._p_jar is not None:  # noqa: SLF001 - What is not stored yet nobody else can change.
        read._p_jar.readCurrent(read)  # noqa: SLF001 - ZODB's way to guard what was read.
