"""Gaps: each finding filed once, explained in words by the auditor (SOD-12, R-7.5)."""

import pytest

from content_types.journal_gap import Discrepancy
from govrepo.journal.verify import Break
from policies.actor import system_actor
from policies.alarm import open_alarms
from policies.journal_gap import journal_gap, open_gap, unexplained
from tests.policies.certificates import active

FOUND = (Discrepancy("state", 9, "signed", "pending"),)


@pytest.fixture
def gap(bench):
    return open_gap(bench.root, system_actor(bench.registry), "/x", "r1", "某件", FOUND)


def test_what_is_found_is_filed_once(bench, gap):
    assert (gap.title, gap.state, gap.history[0].transition) == ("日志缺口〔2013〕1号", "open", "find")
    assert open_gap(bench.root, system_actor(bench.registry), "/x", "r1", "某件", FOUND) is None
    more = (*FOUND, Discrepancy("facts", 9))
    second = open_gap(bench.root, system_actor(bench.registry), "/x", "r1", "某件", more)
    assert second.title == "日志缺口〔2013〕2号"
    assert unexplained(bench.root) == 2
    assert open_alarms(bench.root) == 2
    assert [entry.reason for entry in bench.journaled("journal_gap.find")] == ["/x: state", "/x: facts state"]


def test_r_7_5_it_is_explained_in_words(bench, gap):
    assert bench.refusal("auditor", gap, "explain", note="  ") == ["R-7.5"]
    bench.act("auditor", gap, "explain", note="测试环境误操作")
    assert (gap.state, gap.explanation) == ("explained", "测试环境误操作")
    assert bench.refusal("auditor", gap, "explain", note="再写") != []
    assert open_gap(bench.root, system_actor(bench.registry), "/x", "r1", "某件", FOUND) is None, "explained is known"
    assert unexplained(bench.root) == 0


def test_r_25_1_who_has_a_certificate_explains_with_it(bench, gap, authority):
    active(bench, "auditor")
    assert bench.refusal("auditor", gap, "explain", note="误操作") == ["R-25.1"]


def test_sod_12_nobody_else_explains(bench, gap):
    for login in ("admin", "security", "tech", "office.leader"):
        assert bench.refusal(login, gap, "explain", note="无事") == ["R-7.5"]


def test_a_journal_that_contradicts_its_checkpoint(bench):
    gap = journal_gap(bench.root, Break(12, "root"), system_actor(bench.registry))
    assert (gap.path, gap.label, gap.seqs) == ("", "审计日志", (12,))
    assert gap.discrepancies[0].kind == "journal_root"
