"""Sending: what one commit does, and eight senders at once while the worker delivers (design.md sect. 3 and 5; P-36, P-40)."""

import threading
from collections import Counter
from functools import partial

import pytest
import transaction
from pyramid.traversal import find_resource, resource_path
from ZODB.POSException import ConflictError

from content_types.dispatch import DispatchKind
from content_types.exchange_box import BoxKind
from govrepo.database import opened
from policies import sending
from policies.engine import act
from tests.app import drain, running
from tests.policies.bench import Bench

SENDERS = ("guangzhou", "shenzhen", "zhuhai", "shantou", "foshan", "shaoguan", "heyuan", "meizhou")
LOGINS = dict(zip(SENDERS, ("gz", "sz", "zh", "st", "fs", "sg", "hy", "mz"), strict=True))
RECEIVERS = ("gd-office", "gd-government", "jiangmen", "gd-office-zh1", "caizheng")
EACH = 3


def test_a_draft_stands_in_its_places(bench):
    dispatch = bench.draft()
    assert resource_path(dispatch) == f"/exchange/jiangmen/outbox/2013-01/{dispatch.uid}"
    assert resource_path(dispatch.document) == f"/outgoing/jiangmen/2013/{dispatch.document.uid}"
    assert [each.transition for each in dispatch.history] == ["prepare"]
    assert dispatch.document.case_officer is bench.person("jm.clerk")
    assert not getattr(dispatch, "__oid__", None)


@pytest.mark.parametrize(
    ("login", "box", "division"),
    [("jm.clerk", "jiangmen", None), ("zh1.officer", "gd-office-zh1", "zh1"), ("zh2.officer", "gd-government", "zh2")],
)
def test_the_drafting_division_is_kept(bench, login, box, division):
    """Domain.md 4.5: 拟稿处室, also of what goes out through the office's box."""
    document = sending.new_draft(bench.box(box), bench.actor(login)).document
    assert (document.division.code if document.division else None) == division
    assert document.unit is bench.box(box).unit


def test_the_package_digest_tells_documents_and_recipients(bench):
    dispatch = bench.draft()
    before = sending.package_digest(dispatch)
    dispatch.recipients = dispatch.recipients * 2
    with_more = sending.package_digest(dispatch)
    dispatch.document.title = "别的"
    assert len({before, with_more, sending.package_digest(dispatch)}) == 3


def test_the_family_carries_one_document(bench):
    dispatch = bench.sent()
    bench.act("jm.clerk", dispatch, "correct")
    assert sending.family(dispatch) == (dispatch,)
    assert sending.linked(dispatch) == dispatch.linked
    assert dispatch.linked[0].kind is DispatchKind.CORRECTION
    assert sending.family(dispatch.linked[0]) == dispatch.linked


def test_own_is_the_case_officers_or_the_units(bench):
    stranger = bench.person("rsc.officer")
    for box in bench.root["exchange"].values():
        dispatch = sending.new_draft(box, bench.actor("zh1.officer"))
        assert sending.is_own(dispatch, bench.person("zh1.officer"))
        assert sending.is_own(dispatch, stranger) is (box.kind is BoxKind.UNIT)


# Eight senders at once.


@pytest.fixture
def busy(tmp_path):
    with running(tmp_path) as app:
        yield app


def at_once(app, work):
    """Do ``work(bench, box)`` for every sender's box in a thread of its own; the errors."""
    errors = []
    together = threading.Barrier(len(SENDERS))

    def run(box):
        try:
            with opened(app.registry) as root:
                together.wait(30)
                work(Bench(root, app.registry), box)
        except Exception as error:  # noqa: BLE001 - Whatever it is, the test must hear of it.
            errors.append(error)

    threads = [threading.Thread(target=run, args=(box,)) for box in SENDERS]
    for thread in threads:
        thread.start()
    return threads, errors


def insisting(conflicts, key, do):
    """Do something in a transaction, again after each conflict, as pyramid_retry does; count the conflicts."""
    for _attempt in range(20):
        try:
            with transaction.manager:
                return do()
        except ConflictError:
            conflicts[key] += 1
    raise AssertionError(f"{key}: conflicts without end")


def prepared(app):
    """Released dispatches in every sender's box, by path."""
    paths = {}
    with opened(app.registry) as root, transaction.manager:
        bench = Bench(root, app.registry)
        for box in SENDERS:
            login = LOGINS[box]
            made = [
                bench.released(
                    f"{login}.clerk", box, RECEIVERS, by=f"{login}.approver", number=f"江府〔2013〕{number + 1}号"
                )
                for number in range(EACH)
            ]
            paths[box] = [resource_path(each) for each in made]
    return paths


def test_eight_senders_lose_nothing_and_deliver_once(busy, monkeypatch, record_property):
    """Design.md sect. 3 and 5: senders meet neither each other nor the worker; conflicts are counted."""
    paths, conflicts = prepared(busy), Counter()
    monkeypatch.setattr("govrepo.work.consumer.conflict_wait", lambda _tries: conflicts.update(worker=1) or 0)

    def send_one(bench, path, login):
        act(find_resource(bench.root, path), "send", bench.actor(login))

    def send(bench, box):
        for path in paths[box]:
            insisting(conflicts, "send", partial(send_one, bench, path, f"{LOGINS[box]}.clerk"))

    threads, errors = at_once(busy, send)
    while any(thread.is_alive() for thread in threads):
        drain(busy)
    drain(busy)
    assert errors == []
    record_property("conflicts", dict(conflicts))
    print(f"{len(SENDERS) * EACH} sends, conflicts: {dict(conflicts)}")  # noqa: T201 - The figure, shown with -rP.
    with opened(busy.registry) as root:
        for path in (path for each in paths.values() for path in each):
            dispatch = find_resource(root, path)
            assert dispatch.state == "sent"
            assert set(dispatch.tracking.deliveries) == set(RECEIVERS)
        arrived = [
            delivery.dispatch.uid
            for box in RECEIVERS
            for month in root["exchange"][box]["inbox"].values()
            for delivery in month.values()
        ]
    assert Counter(arrived) == dict.fromkeys((path.rsplit("/", 1)[-1] for each in paths.values() for path in each), 5)
    sends = list(busy.registry.journal.entries(action="dispatch.send"))
    assert len(sends) == len(SENDERS) * EACH
    assert conflicts["send"] <= EACH


def test_the_object_map_is_no_hot_spot(busy, record_property):
    """Design.md sect. 3: only the first draft of a month makes shelves, which have object ids; all later ones meet nobody."""
    conflicts = Counter()

    def draft(bench, box):
        for number in range(EACH + 1):
            key = "later" if number else "first"
            actor = bench.actor(f"{LOGINS[box]}.clerk")
            insisting(conflicts, key, lambda actor=actor: sending.new_draft(bench.box(box), actor))

    threads, errors = at_once(busy, draft)
    for thread in threads:
        thread.join(60)
    assert errors == []
    record_property("conflicts", dict(conflicts))
    print(f"{len(SENDERS)} x {EACH + 1} drafts, conflicts: {dict(conflicts)}")  # noqa: T201 - As above.
    with opened(busy.registry) as root:
        outboxes = [root["exchange"][box]["outbox"] for box in SENDERS]
        assert [sum(len(month) for month in outbox.values()) for outbox in outboxes] == [EACH + 1] * len(SENDERS)
    assert conflicts["later"] <= EACH
