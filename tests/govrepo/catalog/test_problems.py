"""Every problem has its words, for scripts and for pages."""

import pytest

from govrepo.catalog.problems import SENTENCES, WORDS, Kind, Problem
from govrepo.i18n import plain


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_has_words(kind):
    problem = Problem(kind, "box", "7")
    for words in (str(problem), plain(problem.words)):
        assert "{" not in words
        assert ("7" in words) == ("{where}" in SENTENCES[kind])
        assert ("box" in words) == ("{index}" in SENTENCES[kind])


def test_nothing_else_has():
    assert set(SENTENCES) == set(WORDS) == set(Kind)
