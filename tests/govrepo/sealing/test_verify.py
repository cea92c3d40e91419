"""Verifying seals."""

from govrepo import clock
from govrepo.sealing import Trust, verify


def test_a_file_that_is_not_there_is_an_answer(tmp_path):
    assert verify(tmp_path / "a.pdf", Trust(()), clock.now()).problem == "unreadable"
