"""Fault reports (R-12.1)."""

import pytest

from policies.engine import Refused
from policies.incident import report


def test_r_12_1_a_report_carries_time_box_and_words(bench):
    incident = report(bench.box("guangzhou"), " 收不到文 ", bench.actor("gz.clerk"))
    assert (incident.words, incident.box, incident.reported_by) == (
        "收不到文",
        bench.box("guangzhou"),
        bench.person("gz.clerk"),
    )
    assert incident.__parent__.__parent__ is bench.root["incidents"]
    assert incident.created == incident.history[0].at or incident.created < incident.history[0].at
    assert bench.journaled("incident.report")[0].subject_uid == incident.uid


@pytest.mark.parametrize(("login", "words"), [("gz.clerk", " "), ("sz.clerk", "收不到文"), ("auditor", "收不到文")])
def test_r_12_1_by_those_who_work_the_box_and_in_words(bench, login, words):
    with pytest.raises(Refused) as caught:
        report(bench.box("guangzhou"), words, bench.actor(login))
    assert caught.value.refusal["action"] == "incident.report"
    assert len(bench.root["incidents"]) == 0
    assert bench.journaled() == []


@pytest.fixture
def reported(bench):
    return report(bench.box("guangzhou"), "收不到文", bench.actor("gz.clerk"))


def articles(bench, login, context, name, **data):
    with pytest.raises(Refused) as caught:
        bench.act(login, context, name, **data)
    return [(reason.article, reason.field) for reason in caught.value.reasons]


def test_r_12_2_what_is_put_right_soon_needs_no_fallback(bench, reported):
    assert articles(bench, "tech", reported, "confirm") == [("R-12.1", "note"), ("R-12.2", "soon")]
    bench.act("tech", reported, "confirm", note="网线松动", soon=True)
    assert articles(bench, "gz.clerk", reported, "fall_back", fallback="paper") == [("R-12.2", "")]
    bench.act("tech", reported, "restore", note="重新插好")
    bench.act("tech", reported, "close")
    assert (reported.state, reported.cause, reported.measure) == ("closed", "网线松动", "重新插好")


def test_r_12_2_paper_or_a_neighbour_that_is_named_and_open(bench, reported):
    bench.act("tech", reported, "confirm", note="硬盘损坏", soon=False)
    assert articles(bench, "gz.clerk", reported, "fall_back") == [("R-12.2", "fallback")]
    wanted = {"fallback": "neighbour", "neighbour": bench.box("foshan")}
    assert articles(bench, "gz.clerk", reported, "fall_back", **wanted) == [("R-12.3", "neighbour")]
    bench.box("guangzhou").neighbours = (bench.box("foshan"),)
    bench.box("foshan").state = "closed"
    assert articles(bench, "gz.clerk", reported, "fall_back", **wanted) == [("R-12.3", "neighbour")]
    bench.act("gz.clerk", reported, "fall_back", fallback="paper")
    assert (reported.fallback, reported.neighbour) == ("paper", None)


def test_r_12_3_one_box_stands_in_at_a_time(bench, reported):
    bench.box("guangzhou").neighbours = (bench.box("foshan"), bench.box("zhuhai"))
    second = report(bench.box("guangzhou"), "仍收不到文", bench.actor("gz.clerk"))
    for each in (reported, second):
        bench.act("tech", each, "confirm", note="硬盘损坏", soon=False)
    bench.act("gz.clerk", reported, "fall_back", fallback="neighbour", neighbour=bench.box("foshan"))
    wanted = {"fallback": "neighbour", "neighbour": bench.box("zhuhai")}
    assert articles(bench, "office.registry1", second, "fall_back", **wanted) == [("R-12.3", "")]
    bench.act("tech", second, "restore", note="一并处理")
    assert bench.box("guangzhou").incident is reported


def test_what_is_no_fault_is_dismissed(bench, reported):
    bench.act("tech", reported, "dismiss", note="操作不当，已指导")
    assert reported.state == "closed"
