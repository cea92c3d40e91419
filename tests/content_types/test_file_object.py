"""The file object (domain.md 4.6)."""

import hashlib

import pytest

from content_types.file_object import FileObject, FileRole
from tests.policies.bench import SCAN


def test_digest_and_size_are_those_of_the_content(bench):
    file = bench.file(*SCAN, words=b"four")
    assert (file.sha256, file.size) == (hashlib.sha256(b"four").hexdigest(), 4)


def test_a_new_one_waits_for_its_inspection():
    file = FileObject("scan", "扫描.pdf", None, "pdf")
    assert (file.role, file.state, file.text_state, file.text, file.active) == (
        FileRole.SCAN,
        "waiting",
        "waiting",
        None,
        (),
    )


def test_its_role_is_known():
    with pytest.raises(ValueError, match="poster"):
        FileObject("poster", "海报.pdf", None, "pdf")
