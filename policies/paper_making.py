"""How paper comes to be expected: the worker makes the items of a sending once its deliveries are there (R-N2.1, R-N2.3, P-34, R-N4.4, R-12.5).

One parcel is one item, named after its document and kind, so that nothing is made twice. What is sent again to the same box
takes over the parcel that is still looked for or already there.
"""

from typing import Any

from pyramid.traversal import find_resource, resource_path

from content_types.content import month_shelf, shelf
from content_types.delivery import Delivery
from content_types.dispatch import Dispatch, DispatchKind
from content_types.exchange_box import ExchangeBox
from content_types.paper_item import PaperItem, PaperKind
from govrepo import clock
from govrepo.catalog import register
from govrepo.work import enqueue
from policies import paper_code
from policies.actor import Actor, system_actor
from policies.dual_track import comes_on_paper
from policies.engine import Act, record
from policies.paper_item import OPEN, TABLE, due_day, mark_received

GONE = ("merged", "cancelled")
"""Nobody is there to wait for paper (P-13, P-14)."""
TAKEN_BACK = ("recalled",)


def make_items(job: Any) -> None:
    """Work handler ``paper_item.make``: the paper of a sending that has been delivered; the rest is left to the next commit."""
    dispatch = find_resource(job.root, job.payload["path"])
    actor = system_actor(job.registry)
    lacking = [
        (delivery, kind) for delivery in expecting(dispatch) for kind in kinds_of(delivery) if lacks(delivery, kind)
    ]
    batch = job.registry.govrepo_settings.fan_out_batch
    for delivery, kind in lacking[:batch]:
        expect(delivery, kind, actor)
    if len(lacking) > batch:
        ask_for(dispatch)


def is_needed(dispatch: Dispatch) -> bool:
    """Whether anything of a sending goes on paper."""
    return any(kinds_of(delivery) for delivery in expecting(dispatch))


def ask_for(dispatch: Dispatch) -> None:
    """Have the worker make the paper items of a sending."""
    enqueue(dispatch, "paper_item.make", path=resource_path(dispatch))


def expecting(dispatch: Dispatch) -> list[Delivery]:
    """The deliveries with which paper may come: not what was recalled, nor what went to a unit that is no more."""
    deliveries = dispatch.tracking.deliveries.values()
    return [each for each in deliveries if each.state not in TAKEN_BACK and each.original_box.unit.state not in GONE]


def kinds_of(delivery: Delivery) -> list[PaperKind]:
    """What comes on paper with a delivery: its twin on the dual track or where paper was there first (R-N4.4), and what cannot be digitised."""
    offline = delivery.dispatch.kind is DispatchKind.OFFLINE
    twin = [PaperKind.TWIN] if offline or comes_on_paper(delivery) else []
    return twin + ([PaperKind.SPECIAL] if delivery.document.specials else [])


def place_of(box: ExchangeBox, document: Any) -> Any:
    """Where the items of a document lie in a box: always the same shelf, that of the month the document was begun in."""
    return month_shelf(shelf(box, "paper_items"), document.created)


def name_of(document: Any, kind: PaperKind) -> str:
    """The identity of a parcel in its box."""
    return f"{document.uid}-{kind}"


def lacks(delivery: Delivery, kind: PaperKind) -> bool:
    """Whether a delivery has no item of a kind yet."""
    item = place_of(delivery.original_box, delivery.document).get(name_of(delivery.document, kind))
    return item is None or item.delivery is not delivery


def expect(delivery: Delivery, kind: PaperKind, actor: Actor, note: str = "") -> PaperItem:
    """Make the item of a kind for a delivery, or have the one there is go with this delivery from now on."""
    place, name = place_of(delivery.original_box, delivery.document), name_of(delivery.document, kind)
    if name in place:
        return _take_over(place[name], delivery, actor, note)
    item = PaperItem(delivery.original_box, kind, delivery=delivery)
    item.code = paper_code.make(delivery.document.uid, str(delivery.original_box.__name__), str(kind))
    if kind is PaperKind.SPECIAL:
        item.attachments = delivery.document.specials
        item.copies = sum(each.copies for each in item.attachments)
    item.expected_on, item.due = clock.today(), due_day(delivery, actor.registry)
    place[name] = item
    record(TABLE, "expect", Act(item, actor, clock.now(), {"note": note}), "")
    if delivery.dispatch.kind is DispatchKind.OFFLINE:
        _was_there(item, actor)
    return item


def _was_there(item: PaperItem, actor: Actor) -> None:
    """R-N4.4: the paper of an off-line entry lay before the clerk who keyed it in."""
    dispatch = item.dispatch
    came = Act(item, actor, clock.now(), {"day": clock.local(dispatch.sent_at).date(), "copies": item.copies})
    mark_received(came)
    item.received_by, item.state = dispatch.sent_by, "received"
    record(TABLE, "receive", came, "expected")


def _take_over(item: PaperItem, delivery: Delivery, actor: Actor, note: str) -> PaperItem:
    """What is looked for or there already goes with the later delivery; what was waived or lost is looked for once more."""
    item.delivery = delivery
    if item.state == "received" or item.state in OPEN[:1]:
        register(delivery, "paper_items").changed(item)
        return item
    before, item.state, item.due = item.state, "expected", due_day(delivery, actor.registry)
    record(TABLE, "expect_again", Act(item, actor, clock.now(), {"note": note}), before)
    return item


def ask_fallback(delivery: Delivery, note: str) -> None:
    """R-12.5: have the worker expect paper for one delivery that goes on paper during a fault; ``note`` says why and by whom."""
    enqueue(delivery, "paper_item.fallback", path=resource_path(delivery), note=note)


def make_fallback(job: Any) -> None:
    """Work handler ``paper_item.fallback``: recorded against the sending, so that the register has no hole (R-12.5)."""
    delivery = find_resource(job.root, job.payload["path"])
    twin = place_of(delivery.original_box, delivery.document).get(name_of(delivery.document, PaperKind.TWIN))
    comes_anyway = twin is not None and twin.state in ("expected", "received")
    if not comes_anyway and lacks(delivery, PaperKind.FALLBACK):
        expect(delivery, PaperKind.FALLBACK, system_actor(job.registry), job.payload["note"])


def includeme(config: Any) -> None:
    """Register the work handlers."""
    config.add_work_handler("paper_item.make", make_items)
    config.add_work_handler("paper_item.fallback", make_fallback)
