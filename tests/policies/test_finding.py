"""Findings: on signed evidence, never about oneself, noted by a leader (R-7.5, SOD-4)."""

import pytest

from content_types.evidence_package import EvidencePackage
from content_types.finding import Finding
from policies import finding as policy
from policies.engine import Refused


def made(bench, text="负责任", persons=("jm.clerk",), packages=1):
    auditor = bench.person("auditor")
    evidence = tuple(EvidencePackage(auditor, "一案", {}) for _each in range(packages))
    return Finding(auditor, text, evidence, tuple(bench.person(each) for each in persons))


def articles(bench, login, finding):
    with pytest.raises(Refused) as refused:
        policy.draft(bench.root, finding, bench.actor(login))
    return sorted(reason.article for reason in refused.value.reasons)


def test_r_7_5_a_draft_needs_words_persons_evidence_and_the_auditor(bench):
    assert articles(bench, "auditor", made(bench, text=" ", persons=(), packages=0)) == ["R-7.5"] * 3
    assert articles(bench, "auditor", made(bench, persons=("auditor",))) == ["SOD-4"]
    for login in ("admin", "security", "office.leader"):
        assert articles(bench, login, made(bench)) == ["R-7.5"]


def test_r_7_3_it_is_issued_on_signed_evidence_only(bench):
    finding = policy.draft(bench.root, made(bench), bench.actor("auditor"))
    assert bench.refusal("auditor", finding, "issue") == ["R-7.3"]
    assert bench.refusal("auditor", finding, "revise", text=" ") == ["R-7.5"]
    assert policy.about(bench.root, bench.person("jm.clerk"), bench.actor("auditor")) == []
    assert policy.readable(bench.root, bench.actor("office.leader")) == []


def test_sod_4_whom_it_concerns_has_no_part_in_it(bench):
    finding = policy.draft(bench.root, made(bench, persons=("office.leader",)), bench.actor("auditor"))
    finding.packages[0].state = "sealed"
    bench.act("auditor", finding, "issue")
    assert policy.to_note(bench.root, bench.actor("office.leader")) == 1
    assert bench.refusal("office.leader", finding, "note") == ["SOD-4"]


def test_it_is_noted_once_and_then_stands(bench):
    finding = policy.draft(bench.root, made(bench), bench.actor("auditor"))
    finding.packages[0].state = "sealed"
    bench.act("auditor", finding, "revise", text="负直接责任")
    bench.act("auditor", finding, "issue")
    assert policy.about(bench.root, bench.person("jm.clerk"), bench.actor("auditor")) == [finding]
    assert policy.about(bench.root, bench.person("jm.clerk"), bench.actor("admin")) == []
    bench.act("office.leader", finding, "note")
    assert (finding.state, finding.text) == ("noted", "负直接责任")
    assert bench.refusal("auditor", finding, "revise", text="x") == ["R-7.5"]
