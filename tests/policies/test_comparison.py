"""What is changed in an object behind the journal's back is found and named, whatever it is and whenever (SOD-12)."""

from datetime import timedelta

import pytest
from pyramid.traversal import find_resource, resource_path

from content_types.content import HistoryEntry
from govrepo import clock
from tests.app import site
from tests.policies.bench import later
from tests.policies.reconciling import deliveries, gaps, kinds, run, standing


@pytest.fixture
def app(tmp_path):
    with standing(tmp_path) as app:
        yield app


@pytest.fixture
def scene(app):
    return deliveries(app)


def change_state(delivery):
    delivery.state = "pending"


def forget_a_line(delivery):
    delivery.history = delivery.history[:-1]


def forget_the_history(delivery):
    delivery.history = ()


def invent_a_line(delivery):
    line = HistoryEntry(clock.now(), "person:p9", "某人", "open", "opened", "opened")
    delivery.history = (*delivery.history, line)


def _rewrite(delivery, **changes):
    delivery.history = (*delivery.history[:-1], delivery.history[-1]._replace(**changes))


def another_actor(delivery):
    _rewrite(delivery, actor="person:p9")


def another_instant(delivery):
    _rewrite(delivery, at=delivery.history[-1].at + timedelta(microseconds=1))


def other_words(delivery):
    _rewrite(delivery, note="另有说法")


def another_source(delivery):
    _rewrite(delivery, source="returned")


def other_order(delivery):
    delivery.history = (*delivery.history[:-2], delivery.history[-1], delivery.history[-2])


def another_title(delivery):
    delivery.document.title = "关于别的事的通知"


def another_file(delivery):
    delivery.document.files = delivery.document.files[1:]


def another_signer(delivery):
    people = delivery.opened_by.__parent__
    delivery.signed_by = next(each for each in people.values() if each is not delivery.opened_by)


def an_earlier_signature(delivery):
    delivery.signed_at -= timedelta(hours=3)


def no_receipt(delivery):
    delivery.receipts = delivery.receipts[:-1]


def another_receipt(delivery):
    last = delivery.receipts[-1]
    delivery.receipts = (*delivery.receipts[:-1], last._replace(digest="ab" * 32))


def another_uid(delivery):
    delivery.uid = "r000000000000"


def taken_away(delivery):
    del delivery.__parent__[delivery.__name__]


@pytest.mark.parametrize(
    ("tamper", "kind"),
    [
        (change_state, "state"),
        (forget_a_line, "missing_history"),
        (forget_the_history, "missing_history"),
        (invent_a_line, "missing_entry"),
        (another_actor, "changed_history"),
        (another_instant, "changed_history"),
        (other_words, "changed_history"),
        (another_source, "changed_history"),
        (other_order, "missing_history"),
        (another_signer, "facts"),
        (an_earlier_signature, "facts"),
        (no_receipt, "facts"),
        (another_receipt, "facts"),
        (another_uid, "missing_object"),
        (taken_away, "missing_object"),
    ],
)
@pytest.mark.parametrize("settled", [False, True])
def test_what_is_changed_in_the_database_is_found(app, scene, tamper, kind, settled):
    """At once after the act, and long after it was confirmed: by the transaction that changed it, or by the nightly sweep."""
    if settled:
        run(app)
    with site(app) as root:
        tamper(find_resource(root, scene["signed"]))
    later(minutes=1)
    run(app)
    if tamper in (another_uid, taken_away) and settled:
        assert (scene["signed"], kind) not in kinds(app), "no transaction and no entry has named the delivery"
        later(days=1)
        run(app)
    assert (scene["signed"], kind) in kinds(app)


@pytest.mark.parametrize("tamper", [another_title, another_file])
@pytest.mark.parametrize("settled", [False, True])
def test_a_changed_document_is_one_gap_at_its_dispatch(app, scene, tamper, settled):
    """However many have received it; no transaction has written the delivery, so it takes the nightly sweep."""
    if settled:
        run(app)
    with site(app) as root:
        delivery = find_resource(root, scene["signed"])
        tamper(delivery)
        dispatch = resource_path(delivery.dispatch)
    later(days=1)
    run(app)
    ((path, (found,)),) = gaps(app)
    assert (path, found.kind, found.seq) == (dispatch, "version", None)
    assert len({found.expected, found.found}) == 2
