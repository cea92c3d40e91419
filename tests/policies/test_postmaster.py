"""The postmaster: exactly one delivery each, in batches, and against a recall at the same moment (design.md sect. 5; R-N3.3)."""

import contextlib
import json

import pytest
import transaction
from pyramid.traversal import resource_path
from ZODB.POSException import ConflictError

from content_types.delivery import delivery_name
from content_types.dispatch import Address
from govrepo.catalog import Eq, register
from govrepo.database import ROOT, database, opened
from govrepo.trust.system_key import verify
from policies.engine import act
from policies.postmaster import check, settle
from policies.sample.organisation import BUILDING
from tests.app import drain, running
from tests.policies.bench import SCAN, Bench

CITIES = ("guangzhou", "shenzhen", "zhuhai", "shantou", "foshan")


@pytest.fixture
def batches_of_two(bench, monkeypatch):
    monkeypatch.setitem(bench.registry.govrepo_settings._values, "fan_out_batch", 2)


def test_each_recipient_gets_one_delivery_with_its_address_and_quota(bench):
    dispatch = bench.delivered(mains=("gd-office",), copies=("guangzhou",), quota=3)
    delivery, copy = (dispatch.tracking.deliveries[name] for name in ("gd-office", "guangzhou"))
    assert (delivery.address, copy.address, delivery.quota) == (Address.MAIN, Address.COPY, 3)
    assert delivery.state == "pending"
    assert delivery.available_at is not None
    assert delivery.__name__ == delivery_name(dispatch, "gd-office")
    assert delivery.__parent__.__parent__ is bench.box("gd-office")["inbox"]
    found = register(bench.root, "deliveries").query(Eq("dispatch", dispatch.uid), sort="order")
    assert set(found.objects) == {delivery, copy}
    assert len(bench.journaled("delivery.deliver")) == 2


def test_r_n3_2_the_bell_rings(bench):
    before = bench.box("gd-office").bell.serial
    bench.delivery()
    assert bench.box("gd-office").bell.serial == before + 1


def test_the_sender_gets_a_receipt_that_verifies(bench):
    receipt = bench.delivery().receipts[0]
    assert receipt.status == "delivered"
    assert verify(bench.registry.system_key.public, receipt.text, receipt.signature)
    assert json.loads(receipt.text)["by"] == "system"


def test_batches_leave_the_rest_to_the_next_commit(bench, batches_of_two):
    dispatch = bench.sent(mains=CITIES)
    counts = []
    for _round in range(3):
        bench.fan_out(dispatch)
        counts.append((len(dispatch.tracking.deliveries), dispatch.tracking.fanned_out_at is not None))
    assert counts == [(2, False), (4, False), (5, True)]
    assert list(dispatch.tracking.deliveries) == sorted(CITIES)


def test_running_twice_makes_nothing_twice(bench, batches_of_two):
    dispatch = bench.sent(mains=CITIES)
    for _round in range(7):
        bench.fan_out(dispatch)
    assert len(dispatch.tracking.deliveries) == len(bench.journaled("delivery.deliver")) == 5
    for name in CITIES:
        [month] = bench.box(name)["inbox"].values()
        assert len(month) == 1


def test_a_closed_box_fails_visibly(bench):
    dispatch = bench.delivered(mains=(BUILDING, "guangzhou"))
    failed = dispatch.tracking.deliveries[BUILDING]
    assert (failed.state, failed.receipts[0].status) == ("failed", "failed")
    assert failed.failure
    assert dispatch.tracking.deliveries["guangzhou"].state == "pending"
    assert failed.history[0].transition == "deliver_fail"


# The check at arrival.


def test_p_52_a_file_that_has_changed_is_bad(bench):
    dispatch = bench.sent()
    dispatch.document.files[0].stored.size += 1
    assert ("verify.digest", False) in [each[:2] for each in check(dispatch, bench.registry)]
    bench.fan_out(dispatch)
    assert dispatch.tracking.deliveries["gd-office"].verification == "bad"


def test_p_52_without_a_seal_authenticity_is_unknown(bench):
    assert bench.delivery().verification == "unknown"


def test_r_n4_5_wrong_formats_are_delivered_and_flagged(bench):
    dispatch = bench.sent()
    dispatch.document.files = (bench.file(*SCAN),)
    bench.fan_out(dispatch)
    delivery = dispatch.tracking.deliveries["gd-office"]
    assert not delivery.format_ok
    assert [each.detail for each in delivery.findings if each.passed is False]
    bench.act("office.registry1", delivery, "open")
    bench.act("office.registry1", delivery, "sign_for")


# Settle.


def settled(bench, dispatch):
    settle(bench.root, bench.registry)
    return dispatch.state == "completed"


def test_it_completes_when_all_have_signed(bench):
    dispatch = bench.delivered(mains=("gd-office", "guangzhou"))
    for login, box in (("office.registry1", "gd-office"), ("gz.clerk", "guangzhou")):
        assert not settled(bench, dispatch)
        for name in ("open", "sign_for"):
            bench.act(login, dispatch.tracking.deliveries[box], name)
    assert settled(bench, dispatch)
    assert dispatch.tracking.completed_at is not None
    assert dispatch.history[-1].transition == "settle"
    assert settle(bench.root, bench.registry) == 0


def test_it_does_not_complete_before_all_are_delivered(bench):
    assert not settled(bench, bench.sent())


def test_a_return_settles_when_acknowledged(bench):
    delivery = bench.returned()
    assert not settled(bench, delivery.dispatch)
    bench.act("jm.clerk", delivery, "acknowledge")
    assert settled(bench, delivery.dispatch)


def test_what_failed_settles_when_it_is_sent_again(bench):
    """Domain.md 5.2: settled means signed, returned and acknowledged, or recalled; a failure is none of them."""
    dispatch = bench.delivered(mains=(BUILDING,))
    assert not settled(bench, dispatch)
    bench.act("jm.clerk", dispatch, "resend", boxes=[bench.box(BUILDING)])
    assert settled(bench, dispatch)


def test_all_recalled_is_settled(bench):
    dispatch = bench.sent()
    bench.act("jm.clerk", dispatch, "cancel_recipient", box="gd-office")
    bench.fan_out(dispatch)
    assert settled(bench, dispatch)


def test_old_open_dispatches_do_not_hide_later_ones(bench, monkeypatch):
    monkeypatch.setattr("policies.postmaster.PAGE", 2)
    for number in range(3):
        bench.delivered(number=f"江府〔2013〕{number + 10}号")
    last = bench.delivery(number="江府〔2013〕20号")
    bench.act("jm.clerk", last, "recall")
    assert settled(bench, last.dispatch)


# The race of a recall and a fan-out: two connections that saw the same state; one of them must conflict.


@pytest.fixture(scope="module")
def racing(tmp_path_factory):
    with running(tmp_path_factory.mktemp("race"), fan_out_batch=2) as app:
        yield app


@contextlib.contextmanager
def side(app):
    """A connection with a transaction manager of its own."""
    manager = transaction.TransactionManager()
    connection = database(app.registry).open(transaction_manager=manager)
    manager.begin()
    try:
        yield Bench(connection.root()[ROOT], app.registry), manager
    finally:
        manager.abort()
        connection.close()


def cancelling(bench, path):
    dispatch = bench.root
    for name in path.split("/")[1:]:
        dispatch = dispatch[name]
    act(dispatch, "cancel_recipient", bench.actor("jm.clerk"), box="guangzhou")
    return dispatch


def fanning_out(bench, path):
    bench.registry.work_handlers["exchange.fan_out"](bench.job(path=path))


@pytest.mark.parametrize("first", ["recall", "fan_out"])
def test_p_41_a_recall_and_a_batch_at_the_same_moment_conflict(racing, first):
    with opened(racing.registry) as root, transaction.manager:
        dispatch = Bench(root, racing.registry).sent(mains=CITIES, number=f"江府〔2013〕{len(first)}号")
        path = resource_path(dispatch)
    with opened(racing.registry), side(racing) as (one, commit_one), side(racing) as (other, commit_other):
        cancelling(one, path)
        fanning_out(other, path)
        winner, loser = (commit_one, commit_other) if first == "recall" else (commit_other, commit_one)
        winner.commit()
        with pytest.raises(ConflictError):
            loser.commit()
    drain(racing)
    with opened(racing.registry) as root:
        dispatch = Bench(root, racing.registry).root
        for name in path.split("/")[1:]:
            dispatch = dispatch[name]
        made, cancelled = set(dispatch.tracking.deliveries), set(dispatch.cancellations.boxes)
        assert made | cancelled == set(CITIES)
        assert not made & cancelled
