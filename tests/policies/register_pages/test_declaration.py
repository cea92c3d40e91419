"""A declaration of a register page, and that all of them are sound (domain.md part 6)."""

import pytest

from content_types.official_document import Urgency
from govrepo.catalog import Eq
from policies.permissions import Permission as P
from policies.register_pages import PAGES
from policies.register_pages.declaration import Column, RegisterPage, Visible

NOBODY = Visible(P.SITE_VIEW, lambda _actor, _root, _permission: None)
ONE = Visible(P.SITE_VIEW, lambda _actor, _root, _permission: Eq("box", "a"))
TWO = Visible(P.SITE_VIEW, lambda _actor, _root, _permission: Eq("box", "b"))


def page(*visible):
    columns = (Column("a", str, sort="x"), Column("b", str), Column("c", str, sort="y"))
    return RegisterPage("p", "t", "t", columns, (), "-x", visible, base=Eq("state", "s"))


def test_whoever_is_seen_in_no_way_sees_no_page():
    assert page(NOBODY, NOBODY).query(None, None) is None


def test_rows_seen_in_several_ways_are_joined_within_what_belongs_to_the_page():
    query = page(ONE, NOBODY, TWO).query(None, None)
    column = type("Column", (), {"keyword": False})
    for box, state, seen in (("a", "s", True), ("b", "s", True), ("c", "s", False), ("a", "t", False)):
        values = {"box": box, "state": state}
        test = query.tester(
            lambda name, values=values: type("C", (column,), {"get": lambda _self, key: values[key and name]})()
        )
        assert test("row") is seen


def test_a_page_is_sorted_by_its_own_order_and_by_its_columns():
    assert page(ONE).sorts == ("x", "y")


def test_an_urgency_stands_in_words_in_a_file():
    column = Column("x", lambda _row: Urgency.URGENT, look="urgency")
    assert column.said(None) == "加急"


@pytest.mark.parametrize("name", PAGES)
def test_each_declaration_names_only_indexes_that_there_are(bench, name):
    declared = PAGES[name]
    assert declared.name == name
    if declared.made is not None:
        return
    known = {index.name: index for index in bench.registry.govrepo_registers[declared.register].indexes}
    for index in declared.sorts:
        assert known[index].kind == "field"
    assert {each.index for each in declared.filters} <= set(known)
    assert len({each for one in declared.filters for each in one.fields} & {"sort", "after", "format"}) == 0


@pytest.mark.parametrize("name", PAGES)
def test_what_is_offered_with_counts_is_kept_in_bitmaps(bench, name):
    declared = PAGES[name]
    if declared.made is not None:
        return
    known = {index.name: index for index in bench.registry.govrepo_registers[declared.register].indexes}
    assert all(known[each.index].facet for each in declared.filters if each.kind == "choice")
