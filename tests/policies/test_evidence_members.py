"""What goes into a package: proofs, facts of objects, certificates; never content, never a document's title (R-7.3; domain.md 7.2)."""

import json

import pytest

from govrepo.journal import Entry
from policies.evidence_members import NotProvenYetError, facts, members


def records(bench, **filters):
    return list(bench.registry.journal.entries(**filters))


def test_of_an_object_only_digests_and_history_are_told(bench):
    dispatch = bench.draft()
    said = facts(dispatch.document)
    assert said["version"] == dispatch.document.digest()
    assert {"uid", "sha256", "size"} == said["files"][0].keys()
    assert dispatch.document.title not in json.dumps(said, ensure_ascii=False)
    assert facts(dispatch)["history"][0]["act"] == "prepare"


def test_an_entry_without_a_checkpoint_is_not_taken(bench):
    bench.registry.journal.append_now(Entry("session.login", "person:x"))
    newest = records(bench, reverse=True, limit=1)
    with pytest.raises(NotProvenYetError):
        members(bench.root, bench.registry, newest)


def test_an_object_that_is_not_there_is_said_so(bench):
    bench.registry.journal.append_now(
        Entry("delivery.sign_for", "person:x", subject="/exchange/nowhere", subject_uid="r0")
    )
    newest = records(bench, reverse=True, limit=1)
    bench.registry.journal.checkpoint(bench.registry.system_key, bench.registry.govrepo_settings.path("checkpoints"))
    made = dict(members(bench.root, bench.registry, newest))
    assert json.loads(made["objects/r0.json"]) == {"uid": "r0", "path": "/exchange/nowhere", "there": False}
    assert any(name.startswith("entries/") for name in made)
