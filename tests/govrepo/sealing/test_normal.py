"""A scanner's file is rewritten before its first seal."""

import pytest

from govrepo.sealing import SealingError, normalised


def test_a_file_that_is_not_there_cannot_be_rewritten(tmp_path):
    with pytest.raises(SealingError) as caught:
        normalised(tmp_path / "a.pdf", tmp_path / "b.pdf")
    assert caught.value.kind == "unreadable"
