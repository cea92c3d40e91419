"""What is kept of a verification has the fields of what the verification says, in its order (domain.md 4.9 ``verify``)."""

from dataclasses import fields

from content_types.verification import SealCheck, SealNote
from govrepo.sealing import SealFinding


def test_a_note_has_the_fields_of_a_finding():
    assert SealNote._fields == tuple(each.name for each in fields(SealFinding))


def test_a_check_says_of_what_and_under_which_trust():
    assert {"sha256", "trust", "at"} < set(SealCheck._fields)
