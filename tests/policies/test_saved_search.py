"""Saved searches, own and shared, and the latest ones out of the journal (domain.md part 6; R-7.1)."""

import pytest

from policies.engine import Refused
from policies.saved_search import LATELY, MOST, lately, note, remove, save, searches_of

PAGE = "/search?q=%E6%98%A5%E8%BF%90&kind=%E9%80%9A%E7%9F%A5"


def refused(call):
    with pytest.raises(Refused) as caught:
        call()
    return {reason.field for reason in caught.value.reasons}


def names(person):
    return tuple([each.name for each in searches] for searches in searches_of(person))


def test_ones_own_is_seen_by_oneself_alone(bench):
    save(" 春运 ", PAGE, bench.actor("jm.clerk"))
    assert names(bench.person("jm.clerk")) == (["春运"], [])
    assert names(bench.person("jm.approver")) == ([], [])
    (entry,) = bench.journaled("search.save")
    assert (entry.reason, entry.details["page"]) == ("春运", PAGE)


def test_a_shared_one_is_seen_by_the_unit_and_by_nobody_else(bench):
    save("春运", PAGE, bench.actor("jm.clerk"), shared=True)
    assert names(bench.person("jm.approver")) == ([], ["春运"])
    assert names(bench.person("gz.clerk")) == ([], [])


@pytest.mark.parametrize("page", ["/registers/returns", "/registers/not_signed?box=gz", "/search?q=a&order=best"])
def test_registers_can_be_kept_too(bench, page):
    assert save("a", page, bench.actor("jm.clerk")).address == page


@pytest.mark.parametrize(
    "page", ["", "/", "https://example.org/search?q=a", "//search?q=a", "/search/../@@manage", "/search?q=a#b", "/registers/", "/search?q=" + "a" * 2000]
)  # fmt: skip
def test_no_other_address_is_kept(bench, page):
    assert refused(lambda: save("a", page, bench.actor("jm.clerk"))) == {"address"}
    assert bench.journaled("search.save") == []


@pytest.mark.parametrize("name", ["", "  ", "长" * 41])
def test_a_name_is_needed_and_short(bench, name):
    assert refused(lambda: save(name, PAGE, bench.actor("jm.clerk"))) == {"name"}


def test_a_name_stands_for_one_search_and_there_are_not_too_many(bench):
    clerk = bench.actor("jm.clerk")
    save("春运", PAGE, clerk)
    assert refused(lambda: save("春运", PAGE, clerk)) == {"name"}
    for number in range(1, MOST):
        save(f"第{number}个", PAGE, clerk)
    assert refused(lambda: save("再一个", PAGE, clerk)) == {"name"}
    assert save("再一个", PAGE, clerk, shared=True)


def test_one_removes_ones_own(bench):
    clerk = bench.actor("jm.clerk")
    own, shared = save("own", PAGE, clerk), save("shared", PAGE, clerk, shared=True)
    for each in (own, shared):
        remove(each.uid, clerk)
    assert names(clerk.person) == ([], [])
    assert [entry.reason for entry in bench.journaled("search.remove")] == ["own", "shared"]


def test_what_another_shares_only_the_units_administrator_removes(bench):
    kept = save("shared", PAGE, bench.actor("jm.clerk"), shared=True)
    assert refused(lambda: remove(kept.uid, bench.actor("jm.approver"))) == {""}
    with pytest.raises(LookupError):
        remove(kept.uid, bench.actor("gz.clerk"))
    remove(kept.uid, bench.actor("jm.admin"))
    assert names(bench.person("jm.clerk")) == ([], [])


def test_r_7_1_each_search_is_journaled_once_in_a_row(bench):
    clerk = bench.actor("jm.clerk")
    for page in (PAGE, PAGE, "/search?q=a", PAGE):
        note(page, clerk)
    noted = bench.registry.journal.entries(action="search.run", actor=clerk.id)
    assert [record.entry.details["page"] for record in noted] == [PAGE, "/search?q=a", PAGE]
    assert lately(clerk) == [PAGE, "/search?q=a"]
    assert lately(bench.actor("jm.approver")) == []


def test_the_latest_are_few(bench):
    clerk = bench.actor("jm.clerk")
    for number in range(LATELY + 5):
        note(f"/search?q={number}", clerk)
    assert lately(clerk)[0] == f"/search?q={LATELY + 4}"
    assert len(lately(clerk)) == LATELY
