"""Replies (P-60): a sender may ask for one until a time, the recipient gives it in the system, and both see who is late.

The terms are the sender's and are fixed once the dispatch is submitted. A reply stands with the recipient's delivery, whichever of
its divisions wrote it, as the copies printed do; a later one replaces an earlier one, which is kept.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from content_types.assignment import Part
from content_types.delivery import KEPT, Delivery
from content_types.dispatch import Dispatch
from content_types.reply import Attendee, Reply, ReplyKind
from govrepo import clock
from govrepo.catalog import Any as AnyOf
from govrepo.catalog import Eq, Query, Range, register
from govrepo.database import site
from govrepo.i18n import _
from govrepo.journal import Event
from policies import sending
from policies.actor import Actor
from policies.administration import journal
from policies.engine import Act, Reason
from policies.exchange_box import boxes_of, readable_carriers
from policies.permissions import Permission as P

KINDS = {ReplyKind.NONE: _("不要求"), ReplyKind.MEETING: _("会议回执"), ReplyKind.WRITTEN: _("文件回复")}
OPEN = ("pending", *KEPT)
"""States of a delivery from which a reply can still be expected."""
MOST_LINKED = 50
"""Documents that are offered as the reply, the newest first."""
EXPORT = "dispatch.export_replies"


# What the sender asks for.


def terms_complete(act: Act) -> Reason | None:
    """Who asks for a reply says until when, and leaves time for it (P-60)."""
    return _wrong_terms(act.context.reply_kind, act.context.reply_due, act.now)


def terms_given(act: Act) -> Reason | None:
    """The same of terms that are given with an act (P-60)."""
    return _wrong_terms(act.given.get("kind", ReplyKind.NONE), act.given.get("due"), act.now)


def _wrong_terms(kind: ReplyKind, due: datetime | None, now: datetime) -> Reason | None:
    if kind == ReplyKind.NONE:
        return None
    if due is None:
        return Reason(_("请填写回复期限，例如 2013-01-10 17:00。"), "P-60", "reply_due")
    return Reason(_("回复期限已经过了。"), "P-60", "reply_due") if due <= now else None


def set_terms(act: Act) -> None:
    """The terms of a draft (effect)."""
    lay_down(act.context, act.given["kind"], act.given.get("due"))


def lay_down(dispatch: Dispatch, kind: ReplyKind, due: datetime | None) -> None:
    """What a dispatch asks for; without a kind there is no time either."""
    dispatch.reply_kind = ReplyKind(kind)
    dispatch.reply_due = due.astimezone(UTC) if kind and due else None  # As instants are stored.


# What the recipient answers.


def wanted(act: Act) -> Reason | None:
    """A reply answers a request (P-60)."""
    asked = act.context.dispatch.reply_kind
    return None if asked else Reason(_("发文方没有要求回复。"), "P-60")


def answer_given(act: Act) -> list[Reason]:
    """A meeting: who comes, each with name and phone, or why nobody does. Else: words, or the document that replies (P-60)."""
    given = act.given
    if act.context.dispatch.reply_kind is ReplyKind.MEETING:
        return _meeting_problems(given)
    document = given.get("document")
    if document is not None and document not in linkable(act.context, act.actor):
        return [Reason(_("只能选择本单位在来文以后发给对方的公文。"), "P-60", "document")]
    if document is None and not given.get("text"):
        return [Reason(_("请写明回复内容，或者选择已经发出的复文。"), "P-60", "text")]
    return []


def _meeting_problems(given: Any) -> list[Reason]:
    attends = given.get("attends")
    if attends is None:
        return [Reason(_("请选择是否参加。"), "P-60", "attends")]
    if not attends:
        return [] if given.get("text") else [Reason(_("请写明不参加的原因。"), "P-60", "text")]
    people = given.get("people", ())
    if not people:
        return [Reason(_("请填写参加人员。"), "P-60", "people")]
    if not all(each.name and each.phone for each in people):
        return [Reason(_("每位参加人员都要有姓名和电话。"), "P-60", "people")]
    return []


def keep(act: Act) -> None:
    """The reply stands with the recipient's delivery (effect); both sides' lists know at once."""
    first, given = act.context.first, act.given
    attends = given.get("attends") if act.context.dispatch.reply_kind is ReplyKind.MEETING else None
    people: tuple[Attendee, ...] = tuple(given.get("people", ())) if attends else ()
    made = Reply(
        at=act.now,
        by=act.actor.id,
        by_name=act.actor.name,
        box=act.context.box.title,
        attends=attends,
        people=people,
        text=str(given.get("text", "")),
        document=given.get("document") if attends is None else None,
    )
    first.replies = (*first.replies, made)
    if first is not act.context:
        register(first, "deliveries").changed(first)


def linkable(delivery: Delivery, actor: Actor) -> tuple[Dispatch, ...]:
    """What the own unit has sent to the asking box since the document came, the newest first: one of these may be the reply."""
    unit = delivery.first.box.unit
    carriers = [
        name for box in boxes_of(actor, site(delivery)) if box.unit is unit for name in readable_carriers(actor, box)
    ]
    if not carriers:
        return ()
    asking = str(delivery.dispatch.box.__name__)
    to_them = Eq("to", asking) | Eq("copied", asking)
    since = Range("sent", clock.micros(delivery.first.available_at), None)
    query = AnyOf("carrier", carriers) & to_them & since
    found = register(delivery, "dispatches").query(query, sort="order", reverse=True, limit=MOST_LINKED)
    return tuple(found.objects)


# What is known of the replies.


def latest(delivery: Delivery) -> Reply | None:
    """The reply that counts."""
    return delivery.first.replies[-1] if delivery.first.replies else None


def is_late(dispatch: Dispatch, reply: Reply | None) -> bool:
    """Whether a reply came too late, or is missing when it should have come."""
    due = dispatch.reply_due
    return due is not None and (reply.at if reply else clock.now()) > due


def expected(dispatch: Dispatch) -> Iterator[tuple[Any, Delivery | None]]:
    """Every recipient of the document whose reply is asked for, with its delivery once there is one; what came back is not expected."""
    for each in sending.family(dispatch):
        for recipient in each.recipients if each.reply_kind else ():
            delivery = each.tracking.deliveries.get(recipient.box.__name__)
            if each.sent_at and _counts(each, recipient, delivery):
                yield recipient, delivery


def _counts(dispatch: Dispatch, recipient: Any, delivery: Delivery | None) -> bool:
    if delivery is None:
        return recipient.box.__name__ not in dispatch.cancellations.boxes
    return bool(delivery.replies) or delivery.state in OPEN


def waits(delivery: Delivery) -> list[str]:
    """Index keys of a delivery whose reply is missing: of the box that writes it, and of the sender that waits for it.

    In a unit with divisions the lead division writes it; before there is one, whoever holds the delivery.
    """
    dispatch = delivery.dispatch
    if not dispatch.reply_kind or delivery.first.replies or delivery.state not in OPEN:
        return []
    found = [] if delivery.internal else [f"from {dispatch.carrier}"]
    return [*found, f"to {delivery.box.__name__}"] if delivery.state in KEPT and _writes(delivery) else found


def _writes(delivery: Delivery) -> bool:
    parts = [each for each in delivery.assignments if isinstance(each, Delivery)]
    mine = not delivery.internal or delivery.part in ("", Part.LEAD)
    return mine and all(each.part != Part.LEAD for each in parts)


# Whose turn it is (policies/tasks.py).


def to_answer(actor: Actor, root: Any) -> Query | None:
    """What the sender asks the people of a box to reply to."""
    names = [str(box.__name__) for box in boxes_of(actor, root) if actor.allowed(P.DELIVERY_REPLY, box)]
    return AnyOf("waits", [f"to {name}" for name in names]) if names else None


def unanswered(actor: Actor, root: Any) -> Query | None:
    """Whose reply an actor's outboxes should have had by now."""
    boxes = [box for box in boxes_of(actor, root) if actor.allowed(P.DISPATCH_COMPOSE, box)]
    names = [name for box in boxes for name in readable_carriers(actor, box)]
    past = Range("reply_due", 1, clock.micros(clock.now()) - 1)
    return AnyOf("waits", [f"from {name}" for name in names]) & past if names else None


def not_answered(delivery: Delivery, _actor: Actor) -> bool:
    """Whether nobody has answered yet: another division of the unit may have."""
    return latest(delivery) is None


def told(dispatch: Dispatch, actor: Actor, count: int) -> None:
    """Write into the journal who took the replies out as a file."""
    journal(EXPORT, dispatch, actor, "", rows=count)


def includeme(config: Any) -> None:
    """Declare what the journal says of it."""
    said = {"rows": _("行数")}
    config.add_journal_events("dispatch", _("发文"), Event("export_replies", _("导出回复汇总"), said))
