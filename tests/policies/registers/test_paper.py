"""What is indexed of paper beside the exchange (domain.md part 6)."""

import pytest

from policies.registers.paper import MISSING, PAPER_ITEMS
from tests.policies.test_paper_item import found


@pytest.fixture
def item(bench):
    return bench.paper(bench.delivered(), "gd-office")


def test_all_keys_are_plain(bench, item):
    for each in (item, found(bench)):
        for index in PAPER_ITEMS.indexes:
            values = index.getter(each)
            assert {type(value) for value in (values if index.kind == "keyword" else [values])} <= {int, str}, (
                index.name
            )


def test_it_says_where_from_until_when_and_what_is_missing(item):
    said = PAPER_ITEMS.values(item)
    assert (said["box"], said["unit"], said["from_unit"], said["from_carrier"]) == (
        "gd-office",
        "gd-office",
        "jiangmen",
        "jiangmen",
    )
    assert (said["box_state"], said["number"], said["missing"]) == ("gd-office:expected", "江府〔2013〕2号", ("paper",))
    assert (said["due"] - said["expected"], said["received"]) == (9, 0)
    assert "春运" in said["words"]


def test_paper_without_a_twin_belongs_to_no_sending(bench):
    said = PAPER_ITEMS.values(found(bench))
    assert [said[name] for name in ("from_unit", "from_carrier", "dispatch", "document", "delivery")] == [""] * 5
    assert said["missing"] == ("electronic",)


def test_what_is_settled_misses_nothing(item):
    for state in ("received", "waived", "matched", "kept"):
        assert state not in MISSING
        item.state = state
        assert PAPER_ITEMS.values(item)["missing"] == ()
