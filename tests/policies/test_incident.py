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
