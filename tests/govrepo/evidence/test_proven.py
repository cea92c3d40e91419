"""One entry with its proof: made from a journal, checked without it (RFC 9162; RFC 3161)."""

import pytest

from govrepo.evidence.proven import body_of, check, entry_of, prove
from govrepo.evidence.verdict import NoEvidenceError
from govrepo.journal import Entry, Journal
from govrepo.journal.chain import digest
from govrepo.trust.system_key import SystemKey


@pytest.fixture
def journal(tmp_path):
    journal = Journal.open(tmp_path / "journal.sqlite")
    for number in range(5):
        journal.append_now(Entry("document.change", "person:p1", subject=f"/公文/{number}", details={"n": number}))
    yield journal
    journal.close()


@pytest.fixture
def key(tmp_path):
    return SystemKey.load(tmp_path / "system.pem")


def entry(journal, seq):
    (record,) = journal.entries(after=seq - 1, before=seq + 1)
    return record


def test_the_text_of_an_entry_is_the_one_that_was_hashed(journal):
    for seq in range(6):
        record = entry(journal, seq)
        assert digest(body_of(record)) == record.hash


def test_without_a_checkpoint_there_is_no_proof_and_with_one_it_holds(journal, key, tmp_path):
    assert prove(journal, entry(journal, 3), {}) is None
    journal.checkpoint(key, tmp_path / "out")
    said = prove(journal, entry(journal, 3), {})
    verdicts = {each.item: each.holds for each in check(said, key.public, [])}
    assert verdicts == {"inclusion": True, "checkpoint": True, "time stamp": None}
    assert {each.item: each.holds for each in check(said, "", [])}["checkpoint"] is None
    assert {each.item: each.holds for each in check(said, "00" * 32, [])}["checkpoint"] is False
    elsewhere = said | {"body": body_of(entry(journal, 2))}
    assert {each.item: each.holds for each in check(elsewhere, key.public, [])}["inclusion"] is False


@pytest.mark.parametrize(
    "changed",
    [{"proof": ["00"]}, {"proof": [1]}, {"proof": None}, {"checkpoint": {}}, {"checkpoint": {"text": "x", "signature": "", "stamp": None}}, {"body": "{}"}, {"body": "x"}, {"more": 1}],
    ids=str,
)  # fmt: skip
def test_what_is_not_in_its_form_is_no_evidence(journal, key, tmp_path, changed):
    journal.checkpoint(key, tmp_path / "out")
    said = prove(journal, entry(journal, 3), {}) | changed
    with pytest.raises(NoEvidenceError):
        list(check(said, key.public, []))


def test_an_entry_that_is_none_is_said_to_be_none():
    with pytest.raises(NoEvidenceError):
        entry_of({})
