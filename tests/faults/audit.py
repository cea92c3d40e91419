"""What must be true of a site after any fault, looked up in the restarted server itself.

Nothing acknowledged is lost, nothing is there twice, journal and objects tell the same story, the queue is empty and the
registers are in order. Every finding is a sentence; an empty list is what is wanted.
"""

import threading
from collections import Counter

from pyramid.traversal import resource_path

from govrepo import work
from govrepo.catalog import registers_of, settle
from govrepo.database import opened
from govrepo.journal.verify import verify

DRAINED = 30.0
LOOK_AGAIN = 0.02
NOUNS = ("dispatch", "delivery")


def findings(registry, acknowledged=(), denied=()):
    """Everything that is wrong, after the worker has done what was left.

    ``acknowledged`` are acts (path, name) that must be there, ``denied`` those that must not.
    """
    waited = _wait_for_worker(registry)
    with opened(registry) as root:
        dispatches, deliveries = _in_boxes(root, "outbox"), _in_boxes(root, "inbox")
        return [
            *waited,
            *_acts(root, acknowledged, denied),
            *_fan_out(dispatches, deliveries),
            *_receipts(deliveries),
            *_journal(registry, [*dispatches, *deliveries]),
            *_registers(root, registry, {"dispatches": dispatches, "deliveries": deliveries}),
        ]


def letters(registry):
    """Paths of what can be done next: letters to send, deliveries to open, deliveries to sign for."""
    with opened(registry) as root:
        dispatches, deliveries = _in_boxes(root, "outbox"), _in_boxes(root, "inbox")
        pending = [each for each in deliveries if each.state == "pending"]
        return {
            "send": [resource_path(each) for each in dispatches if each.state == "released"],
            "open": [resource_path(each) for each in pending if each.first_opened_at is None],
            "sign_for": [resource_path(each) for each in pending if each.first_opened_at is not None],
        }


def state(registry, path):
    """The state of one object, and how many entries the journal has of it."""
    with opened(registry) as root:
        found = _at(root, path)
        return found.state, len(list(registry.journal.entries(subject=path)))


def _wait_for_worker(registry):
    """Wait until nothing is waiting; what is stuck is a finding."""
    pause, left = threading.Event(), DRAINED
    while left > 0:
        with opened(registry) as root:
            found = work.summary(root)
        if not (found.waiting or found.retrying or found.dead):
            return []
        pause.wait(LOOK_AGAIN)
        left -= LOOK_AGAIN
    return [f"work is stuck: {found.waiting} waiting, {found.retrying} retrying, {found.dead} dead"]


def _in_boxes(root, part):
    return [each for box in root["exchange"].values() for month in box[part].values() for each in month.values()]


def _at(root, path):
    for name in path.strip("/").split("/"):
        root = root[name]
    return root


def _acts(root, acknowledged, denied):
    """An acknowledged act is in the object's history; one that cannot have been committed is not."""
    yield from (
        f"{path}: {act} was acknowledged and is lost" for path, act in acknowledged if not _has(root, path, act)
    )
    yield from (f"{path}: {act} happened before it was committed" for path, act in denied if _has(root, path, act))


def _has(root, path, act):
    return act in {each.transition for each in _at(root, path).history}


def _fan_out(dispatches, deliveries):
    """What was sent has reached each box exactly once, what was not sent none, and the sender's side agrees."""
    arrived = Counter((each.dispatch.uid, each.original_box.__name__) for each in deliveries)
    for dispatch in dispatches:
        sent = dispatch.state in ("sent", "completed")
        wanted = {recipient.box.__name__ for recipient in dispatch.recipients} if sent else set()
        for name in wanted | set(dispatch.tracking.deliveries):
            times = arrived.pop((dispatch.uid, name), 0)
            if times != (name in wanted) or (name in dispatch.tracking.deliveries) != (name in wanted):
                yield f"{dispatch.uid} is {dispatch.state} and came to {name} {times} times"
    yield from (f"{uid} came to {name}, which it was not sent to" for uid, name in arrived)


def _receipts(deliveries):
    """One receipt per act that issues one, and each act once."""
    for delivery in deliveries:
        acts = Counter(each.transition for each in delivery.history)
        receipts = Counter(each.status for each in delivery.receipts)
        signed = int(delivery.state == "signed")
        if (acts["deliver"], receipts["delivered"]) != (1, 1) or (acts["sign_for"], receipts["signed"]) != (
            signed,
            signed,
        ):
            yield f"{delivery.uid} is {delivery.state} with acts {dict(acts)} and receipts {dict(receipts)}"


def _journal(registry, objects):
    """The chain holds, nothing is undecided, and histories and committed entries are the same acts."""
    journal = registry.journal
    report = verify(registry.govrepo_settings.path("journal"))
    if report.broken:
        yield report.broken.message
    undecided = set(journal._store.open_transactions().values()) - {journal._store.process}
    yield from (f"transactions of the dead process {process} are undecided" for process in undecided)
    told = Counter((each.uid, f"{_noun(each)}.{entry.transition}") for each in objects for entry in each.history)
    kept = Counter(
        (record.entry.subject_uid, record.entry.action)
        for record in journal.entries()
        if record.committed and record.entry.action.split(".")[0] in NOUNS and record.entry.result == "allowed"
    )
    yield from (f"{key}: {count} more in the histories than in the journal" for key, count in (told - kept).items())
    yield from (f"{key}: {count} more in the journal than in the histories" for key, count in (kept - told).items())


def _noun(context):
    return type(context).__name__.lower()


def _registers(root, registry, objects):
    """Each register equals its objects. What is pending is folded first, in a transaction that is never committed."""
    settle(root, registry)
    for register in registers_of(root, registry):
        yield from register.check(objects.get(register.declaration.name, ()))
