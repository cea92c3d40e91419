"""The official document: its files, its freezing, and the digest that tells its versions (domain.md 4.5, 3.1, 3.2)."""

from datetime import date

import pytest

from content_types.file_object import FileRole
from content_types.official_document import KINDS, KINDS_WITHOUT_RECIPIENTS, Classification, Urgency
from tests.policies.bench import SCAN


@pytest.fixture
def document(bench):
    return bench.draft().document


def test_the_fifteen_kinds():
    assert len(KINDS) == len(set(KINDS)) == 15
    assert set(KINDS_WITHOUT_RECIPIENTS) < set(KINDS)


def test_it_is_frozen_in_every_state_but_draft(document):
    assert not document.frozen
    for state in ("sealed", "dispatched"):
        document.state = state
        assert document.frozen


def test_files_by_role(document):
    assert [file.filename for file in document.files_of(FileRole.SCAN)] == ["扫描.pdf"]
    assert len(document.files_of(FileRole.SCAN, FileRole.EDITABLE)) == 2


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("title", "别的"),
        ("number", "江府〔2013〕3号"),
        ("kind", "函"),
        ("urgency", Urgency.URGENT),
        ("classification", Classification.SECRET),
        ("signer", "另一人"),
        ("date", date(2013, 1, 6)),
        ("note", "附注"),
        ("special_attachments", ("书一册",)),
        ("files", ()),
    ],
)
def test_the_digest_tells_every_change(document, name, value):
    before = document.digest()
    assert document.digest() == before
    setattr(document, name, value)
    assert document.digest() != before


def test_the_digest_tells_another_content_of_the_same_name(bench, document):
    before = document.digest()
    document.files = (bench.file(*SCAN, words=b"forged!"), *document.files[1:])
    assert document.digest() != before
