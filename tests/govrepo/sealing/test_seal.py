"""Sealing a file of our own."""

import pytest

from govrepo.sealing import SealingError, Trust, renew


def test_a_file_that_is_not_there_is_not_renewed(tmp_path):
    with pytest.raises(SealingError) as caught:
        renew(tmp_path / "a.pdf", tmp_path / "b.pdf", Trust(()), bytes, sha256="")
    assert caught.value.kind == "unreadable"
