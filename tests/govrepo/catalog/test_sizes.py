"""Sizes are those of the indexes."""

from govrepo.catalog import Total
from govrepo.catalog.sizes import index_sizes
from tests.govrepo.catalog.samples import FACETED, LETTERS, enter, letters_of, make_site


def sizes(declaration):
    register = letters_of(make_site(declaration), declaration)
    enter(
        register, 30, box=lambda n: f"b{n % 3}", tags=lambda n: ["a", f"t{n}"] if n else (), day=lambda n: n % 2 or None
    )
    return {each.name: each for each in index_sizes(register.data.main)}


def test_values_entries_and_postings():
    found = sizes(FACETED)
    assert {name: (each.values.count, each.entries, each.postings) for name, each in found.items()} == {
        "box": (3, 30, 30),
        "state": (1, 30, 30),
        "order": (30, 30, 30),
        "day": (2, 30, 30),
        "tags": (30, 29, 58),
    }
    assert [name for name, each in found.items() if each.facet] == ["box", "day", "tags"]
    assert [name for name, each in found.items() if each.keyword] == ["tags"]


def test_postings_of_keywords_without_bitmaps_are_unknown():
    assert sizes(LETTERS)["tags"].postings is None


def test_values_are_counted_to_a_bound(monkeypatch):
    monkeypatch.setattr("govrepo.catalog.sizes.MOST_VALUES", 10)
    found = sizes(LETTERS)
    assert found["order"].values == Total(10, exact=False)
    assert found["box"].values == Total(3, exact=True)
