"""The words an item is found by, and its place in the order of days (R-20, S-20)."""

from govrepo.fulltext import matches, parse
from policies.item_text import body_of, day_place, entry_of, is_waiting, place, title_of
from policies.registers.items import ITEMS


def test_the_head_of_a_document_holds_its_elements_apart(bench):
    document = bench.draft(title="关于防汛的通知", number="江府〔2013〕77号").document
    for typed in ("防汛", "江府[2013]77号", "江门", "通知"):
        assert matches(parse(typed), title_of(document)), typed
    assert not matches(parse("通知江府"), title_of(document))


def test_the_body_holds_the_note_the_names_and_the_texts_of_files(bench):
    document = bench.draft(note="汛期").document
    assert "汛期" in body_of(document)
    assert "扫描" in body_of(document)
    assert is_waiting(document)


def test_places_are_unique_and_in_the_order_of_days():
    assert place(5, 9) < place(6, 1) < place(6, 2)
    assert day_place(6) <= place(6, 1) < day_place(6, end=True) < day_place(7)


def test_what_the_index_keeps(bench):
    document = bench.sent().document
    kept = entry_of(document, 7, ITEMS.values(document))
    assert (kept.key, kept.tokens, kept.place) == (
        document.uid,
        ("carrier:jiangmen",),
        place(document.date.toordinal(), 7),
    )
    assert set(kept.facets) == {"unit=jiangmen", "kind=通知", "year=2013", "urgency=plain", "state=dispatched"}
