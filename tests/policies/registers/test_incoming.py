"""What is indexed of incoming documents (R-19; domain.md part 6)."""

import pytest

from content_types.register_entry import Channel, Facts
from govrepo import clock
from govrepo.catalog import Eq, register
from policies.registering import enter_in_register
from policies.registers.incoming import NUMBERS, REGISTER_ENTRIES

PAPER = Facts("江门市人民政府", "关于春运工作的通知", clock.from_micros(0), Channel.PAPER, "江府〔2013〕2号")


@pytest.fixture
def entry(bench):
    return enter_in_register(bench.box("gd-office"), PAPER, bench.actor("office.registry1"))


@pytest.mark.parametrize("declaration", [NUMBERS, REGISTER_ENTRIES], ids=lambda each: each.name)
def test_all_keys_are_plain(entry, declaration):
    thing = {"numbers": entry.number, "register_entries": entry}[declaration.name]
    for index in declaration.indexes:
        values = [index.getter(thing)] if index.kind == "field" else index.getter(thing)
        assert {type(value) for value in values} <= {int, str}, index.name


def test_an_entry_is_found_by_its_number_and_by_words_of_the_title(bench, entry):
    found = register(bench.root, "register_entries")
    for word in ("春运", "江府", "江门"):
        assert entry in found.query(Eq("words", word), sort="order").objects, word
    assert found.query(Eq("year", 2013) & Eq("words", "冬运"), sort="order").objects == ()
