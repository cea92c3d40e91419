"""The postmaster: turns a sent dispatch into deliveries, exactly once each (design.md sect. 5; R-N3.2, R-N3.3, R-19.1).

It works in small commits. A delivery's identity is its name; the commit that makes deliveries consumes the work item and leaves the
next one. "Delivered" means visible in the box.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from pyramid.traversal import find_resource

from content_types.content import month_shelf
from content_types.delivery import Delivery, Finding, delivery_name
from content_types.dispatch import Dispatch, Recipient
from govrepo import clock
from govrepo.catalog import Eq, register
from govrepo.work import enqueue
from policies import division_call, formats, paper_making, phone_matching, receipts, rerouting, sending, verification
from policies.actor import Actor, system_actor
from policies.deadlines import sign_by
from policies.engine import Act, record, table_of

SETTLED = ("signed", "assigned", "registered", "closed", "return_closed", "recalled")
"""States in which a delivery asks nothing more of the sender (domain.md 5.2, settle)."""

PAGE = 500
"""Dispatches read at once by the timed job."""


def fan_out(job: Any) -> None:
    """Work handler ``exchange.fan_out``: make the next deliveries of a dispatch, and leave the rest to the next commit."""
    dispatch = find_resource(job.root, job.payload["path"])
    actor = system_actor(job.registry)
    sending.guard(dispatch.cancellations)  # A recall at the same moment must conflict; it guards the tracking likewise.
    dispatch.tracking.worked_at = clock.now()
    waiting = undelivered(dispatch)
    batch = job.registry.govrepo_settings.fan_out_batch
    if waiting and not dispatch.tracking.findings:
        dispatch.tracking.findings = check(dispatch, job.registry)
    for recipient in waiting[:batch]:
        deliver(dispatch, recipient, dispatch.tracking.findings, actor)
    if len(waiting) > batch:
        enqueue(dispatch, "exchange.fan_out", path=job.payload["path"])
    else:
        dispatch.tracking.fanned_out_at = clock.now()
        if paper_making.is_needed(dispatch):
            paper_making.ask_for(dispatch)


def undelivered(dispatch: Dispatch) -> list[Recipient]:
    """The recipients that have neither a delivery nor a cancellation, in order."""
    names = set(sending.awaiting(dispatch))
    return [each for each in dispatch.recipients if each.box.__name__ in names]


def deliver(dispatch: Dispatch, recipient: Recipient, findings: tuple[Finding, ...], actor: Actor) -> Delivery:
    """Make one delivery visible in its box and ring the bell; a closed box gets a failed one, visible to the sender at once."""
    box, now = recipient.box, clock.now()
    standing = rerouting.stand_in(box)
    delivery = Delivery(dispatch, box, recipient.address, quota=recipient.quota)
    delivery.available_at = now
    delivery.findings = findings
    name = "deliver" if box.is_open else "deliver_fail"
    if not box.is_open:
        delivery.state = "failed"
        delivery.failure = _why_closed(box)
    else:
        delivery.sign_by = sign_by(box, now, str(dispatch.document.urgency), actor.registry)
    month_shelf(box["inbox"], now)[delivery_name(dispatch, box.__name__)] = delivery
    act = Act(delivery, actor, now, {})
    delivery.receipts = (receipts.receipt(delivery, "delivered" if box.is_open else "failed", act),)
    dispatch.tracking.deliveries[box.__name__] = delivery
    record(table_of(delivery), name, act, "")
    if box.is_open:
        phone_matching.arrived(delivery, actor.registry)
        division_call.ask(delivery, actor)
    box.bell.ring()
    if standing is not None and delivery.state == "pending":
        rerouting.send_over(standing, delivery, act)
    return delivery


def _why_closed(box: Any) -> str:
    """What the sender reads: out of use, or to whom to send instead (P-14)."""
    if box.inherited_from is None:
        return f"交换箱“{box.title}”已停用"
    return f"“{box.title}”已并入{box.owner.name}，请改发{box.owner.short_name}"


def check(dispatch: Dispatch, registry: Any) -> tuple[Finding, ...]:
    """The check at arrival: each file's digest, the seals (P-51, P-52), and the formats required (R-N4.5)."""
    document = dispatch.document
    findings = list(verification.at_arrival(document, registry))
    missing = formats.missing_files(document)
    findings += [Finding("format.files", passed=False, detail=str(reason.text)) for reason in missing]
    return (*findings, *([] if missing else [Finding("format.files", passed=True)]))


def settle(root: Any, registry: Any) -> int:
    """Timed job: close every dispatch whose deliveries are all settled (domain.md 5.2); answer how many."""
    actor = system_actor(registry)
    done = [dispatch for dispatch in _open_dispatches(root, registry) if is_settled(dispatch)]
    for dispatch in done:
        dispatch.state = "completed"
        dispatch.tracking.completed_at = clock.now()
        record(table_of(dispatch), "settle", Act(dispatch, actor, clock.now(), {}), "sent")
    return len(done)


def _open_dispatches(root: Any, registry: Any) -> Iterator[Dispatch]:
    """Every dispatch that is sent and not completed, the oldest first."""
    found, after = register(root, "dispatches", registry), None
    while True:
        page = found.query(Eq("state", "sent"), sort="order", limit=PAGE, after=after)
        yield from page.objects
        if page.next_key is None:
            return
        after = page.next_key


def is_settled(dispatch: Dispatch) -> bool:
    """Whether every recipient has signed or given back, and what failed has been sent again."""
    if dispatch.tracking.fanned_out_at is None:
        return False
    again = sending.sent_again(dispatch)
    deliveries = dispatch.tracking.deliveries.values()
    return all(each.state in SETTLED or (each.state == "failed" and each.box in again) for each in deliveries)


def includeme(config: Any) -> None:
    """Register the work handler and the timed job."""
    config.add_work_handler("exchange.fan_out", fan_out)
    config.add_timed_job("exchange.settle", lambda job: settle(job.root, job.registry), every=timedelta(seconds=30))
