"""What is kept of a comparison is little: the outcome and some passages (R-N4.2)."""

from content_types.official_document import OfficialDocument
from content_types.text_comparison import Likeness, TextComparison


def test_nothing_was_compared_at_first():
    assert OfficialDocument.comparison is None


def test_an_outcome_without_passages():
    assert TextComparison(Likeness.NO_TEXT) == ("no_text", 0.0, (), 0)
