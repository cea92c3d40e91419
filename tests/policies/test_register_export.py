"""A long register becomes a file in pieces, for whoever ordered it, for a day (design.md sect. 10)."""

import csv
import io
from collections import Counter

import pytest
from pyramid.traversal import resource_path

from govrepo import clock
from policies import register_export as policy
from policies.engine import Refused, act, may
from policies.permissions import Permission as P
from policies.register_pages import PAGES
from policies.register_pages.asked import ask
from tests.policies.bench import later, local

LOGIN = "office.registry1"


@pytest.fixture
def deliveries(bench):
    return [bench.delivery(number=f"江府〔2013〕{place}号") for place in range(1, 6)]


def ordered(bench, wanted="csv", **params):
    asked = ask(PAGES["deliveries"], bench.actor(LOGIN), bench.root, {"sort": "available", **params})
    return policy.order(asked, wanted, "zh_CN")


def work(bench, export):
    """One piece of work."""
    policy.make(bench.job(path=resource_path(export)))


@pytest.fixture
def small_steps(monkeypatch):
    monkeypatch.setattr(policy, "STEP", 2)


def told(bench, export):
    return [each.action.partition(".")[2] for each in bench.journaled() if each.subject_uid == export.uid]


def content(export):
    with export.stored.open() as file:
        return list(csv.reader(io.StringIO(file.read().decode("utf-8-sig"))))


def test_it_is_made_in_pieces_and_tells_how_far_it_is(bench, deliveries, small_steps):
    export = ordered(bench)
    seen = []
    while export.state == "making":
        work(bench, export)
        seen.append((export.done, export.state))
    assert seen == [(2, "making"), (4, "making"), (5, "ready")]
    assert export.total == 5
    assert export.pieces == ()
    head, *lines = content(export)
    assert head[:2] == ["紧急程度", "发文字号"]
    assert [line[1] for line in lines] == [each.document.number for each in deliveries]
    assert export.filename == "交换箱清单-20130107-100000.csv"
    assert told(bench, export) == ["order", "make"]
    assert Counter(bench.work())[policy.WORK] == 3


def test_work_that_comes_twice_changes_nothing(bench, deliveries):
    export = ordered(bench)
    work(bench, export)
    stored = export.stored
    work(bench, export)
    assert export.stored is stored
    assert told(bench, export) == ["order", "make"]


def test_only_who_ordered_it_takes_it_and_that_is_told(bench, deliveries):
    export = ordered(bench, "xlsx")
    assert not may(export, "download", bench.actor(LOGIN)).allowed
    work(bench, export)
    act(export, "download", bench.actor(LOGIN))
    (entry,) = bench.journaled("register_export.download")
    assert entry.details["sha256"] == export.stored.sha256
    assert entry.details["facts"] == {"register": "deliveries", "asked": "sort=available", "format": "xlsx"}
    for other in ("office.registry2", "office.leader", "auditor", "admin"):
        assert bench.refusal(other, export, "download")
        assert not bench.actor(other).allowed(P.EXPORT_READ, export)


def test_the_rights_that_count_are_those_at_the_time_of_making(bench, deliveries, small_steps):
    export = ordered(bench)
    work(bench, export)
    for appointment in bench.person(LOGIN).appointments(clock.now()):
        appointment.until = clock.now()
    later(minutes=1)
    work(bench, export)
    assert (export.state, export.stored) == ("dropped", None)
    assert told(bench, export) == ["order", "drop"]


def test_it_goes_after_a_day_with_its_file(bench, deliveries):
    export, young = ordered(bench), None
    work(bench, export)
    digest = export.stored.sha256
    clock.travel(local("2013-01-08 09:00"))
    young = ordered(bench, state="pending")
    policy.expire(bench.job())
    assert export.state == "ready"
    clock.travel(local("2013-01-08 10:30"))
    policy.expire(bench.job())
    assert (export.state, export.stored, young.state) == ("expired", None, "making")
    assert digest not in bench.root.files
    assert not may(export, "download", bench.actor(LOGIN)).allowed
    assert told(bench, export) == ["order", "make", "expire"]
    assert policy.exports_of(bench.actor(LOGIN), bench.root) == (young,)
    assert policy.exports_of(bench.actor("jm.clerk"), bench.root) == ()


def test_more_rows_than_a_file_takes_are_refused_in_words(bench, deliveries, monkeypatch):
    monkeypatch.setitem(policy.MOST, "csv", 4)
    with pytest.raises(Refused) as caught:
        ordered(bench)
    assert "共5行，一次最多导出4行" in str(caught.value.reasons[0].text.interpolate())
    assert policy.exports_of(bench.actor(LOGIN), bench.root) == ()
