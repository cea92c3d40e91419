"""Coded lists: declared terms, added ones with their periods, and labels in both languages."""

from datetime import UTC

import pytest
from pyramid.config import Configurator
from pyramid.exceptions import ConfigurationConflictError

from govrepo import vocabulary
from govrepo.vocabulary import Term, Vocabularies, Vocabulary
from tests.app import site
from tests.policies.bench import local

COLOURS = Vocabulary("colours", "颜色", {"red": "红"}, extendable=True)
NOON, LATER = (local(f"2013-01-0{day} 12:00").astimezone(UTC) for day in (7, 8))


def test_a_term_counts_within_its_period():
    term = Term("blue", "蓝", "Blue", since=NOON, until=LATER)
    assert [term.counts(at) for at in (local("2013-01-07 11:59"), NOON, LATER)] == [False, True, False]
    assert Term("red", "红").counts(NOON)


def test_an_added_terms_label_is_in_the_readers_language():
    assert Term("blue", "蓝", "Blue").label("en") == "Blue"
    assert Term("blue", "蓝", "Blue").label("zh_CN") == "蓝"
    assert Term("red", "红").label("en") == "红"


def test_terms_keep_their_order_and_are_never_lost():
    added = Vocabularies()
    for code in ("a", "b", "c"):
        added.put("colours", Term(code, code))
    added.put("colours", Term("b", "b", until=NOON))
    assert [(term.code, term.until) for term in added.added("colours")] == [("a", None), ("b", NOON), ("c", None)]


def test_what_was_chosen_once_can_always_be_read(app):
    with site(app) as root:
        root.vocabularies.put("colours", Term("blue", "蓝", "Blue", since=NOON, until=LATER))
        assert [term.code for term in vocabulary.terms(root, COLOURS, LATER)] == ["red"]
        assert [term.code for term in vocabulary.terms(root, COLOURS)] == ["red", "blue"]
        assert vocabulary.label(root["people"], COLOURS, "blue", "zh_CN") == "蓝"
        assert vocabulary.label(root, COLOURS, "green", "zh_CN") == ""


def test_two_lists_of_one_name_are_a_mistake():
    config = Configurator()
    config.include("govrepo.vocabulary")
    config.commit()
    config.add_vocabulary(COLOURS)
    config.add_vocabulary(Vocabulary("colours", "别的", {}))
    with pytest.raises(ConfigurationConflictError):
        config.commit()
