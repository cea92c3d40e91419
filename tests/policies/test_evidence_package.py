"""The package's workflow: ordered with a purpose, assembled by the worker, signed by its maker (R-7.1, R-7.3)."""

import pytest

from govrepo.evidence import archive
from govrepo.work import Job
from policies import evidence_package as policy
from policies.engine import Refused
from tests.policies.certificates import active


def records(bench, limit=3):
    return list(bench.registry.journal.entries(limit=limit))


def ordered(bench, login="auditor", purpose="一案", limit=3):
    return policy.order(bench.root, records(bench, limit), {"module": "site"}, purpose, bench.actor(login))


def assembled(bench):
    made = ordered(bench)
    path = f"/admin/evidence_packages/{made.year}/{made.number}"
    job = Job(bench.root, bench.registry, {"path": path}, 1, "i", policy.WORK)
    policy.assemble(job)
    digest = made.digest
    policy.assemble(job)
    assert made.digest == digest, "once"
    return made


def articles(call, *args, **more):
    with pytest.raises(Refused) as refused:
        call(*args, **more)
    return [reason.article for reason in refused.value.reasons]


def test_r_7_3_only_the_auditor_orders(bench):
    for login in ("admin", "security", "tech", "office.leader"):
        assert articles(ordered, bench, login) == ["R-7.3"]


def test_a_purpose_and_some_entries_are_needed(bench, monkeypatch):
    assert articles(ordered, bench, purpose="  ") == ["R-7.3"]
    assert articles(ordered, bench, limit=0) == ["R-7.3"]
    monkeypatch.setattr(policy, "MOST", 2)
    assert articles(ordered, bench) == ["R-7.3"]


def test_what_was_chosen(bench):
    journal = bench.registry.journal
    assert [each.seq for each in policy.chosen(journal, {}, [2, 1, 2])] == [1, 2]
    assert all(each.entry.action == "site.founded" for each in policy.chosen(journal, {"action": "site.founded"}, []))


def test_the_worker_assembles_it_with_the_systems_signature(bench):
    made = assembled(bench)
    assert (made.state, made.title) == ("assembled", "证据〔2013〕1号")
    assert policy.unsigned(bench.root) == 1
    with made.stored.open() as file:
        names = [name for name, _content in archive.read(file.read())]
    assert names[:3] == ["manifest.json", "manifest.sig", "entries/000000000000.json"]


def test_r_25_1_without_a_certificate_nothing_is_sealed(bench):
    assert bench.refusal("auditor", assembled(bench), "seal") == ["R-25.1"]


def test_r_7_3_another_auditor_does_not_sign_for_it(bench, authority):
    made = assembled(bench)
    active(bench, "auditor")
    made.made_by = bench.person("admin")
    assert "R-7.3" in bench.refusal("auditor", made, "seal")
    assert bench.refusal("auditor", made, "download") != []
