"""One line for documents and entries alike (domain.md part 6)."""

from datetime import date

import pytest

from content_types.register_entry import RegisterEntry
from policies.item_facts import STATES, facts_of
from policies.register_entry import TABLE
from tests.policies.test_registering import registered


def test_a_document(bench):
    facts = facts_of(bench.draft(title="关于春运的通知", number="江府〔2013〕5号").document)
    assert facts[:6] == ("江府〔2013〕5号", "关于春运的通知", "江门市人民政府", date(2013, 1, 5), "通知", "plain")
    assert str(facts.state) == "起草"


def test_an_entry(bench):
    entry = registered(bench)
    facts = facts_of(entry)
    assert (facts.number, facts.title, facts.issuer) == (entry.facts.from_no, entry.title, entry.facts.from_unit)
    assert (facts.day, str(facts.state)) == (date(2013, 1, 7), str(TABLE.states[entry.state]))


def test_every_state_has_a_word():
    assert set(TABLE.states) <= set(STATES)
    with pytest.raises(TypeError):
        facts_of(RegisterEntry)
