"""Words: what the index does not hold yet is judged as it stands now (design.md sect. 6)."""

from datetime import date


def test_a_change_after_feeding_is_found_at_once_and_the_old_words_no_more(bench, searching):
    dispatch = bench.draft(title="关于防汛的报告")
    searching.feed()
    assert searching.items("jm.clerk", "防汛") == [dispatch.document]
    dispatch.document.title = "关于抗旱的报告"
    bench.act("jm.clerk", dispatch, "submit")
    assert searching.items("jm.clerk", "防汛") == []
    found = searching.found("jm.clerk", "抗旱")
    assert [hit.item for hit in found.hits] == [dispatch.document]
    assert (found.total.count, found.pending) == (1, 1)
    searching.fold()
    assert searching.items("jm.clerk", "抗旱") == [dispatch.document]
    assert searching.items("jm.clerk", "防汛") == []
    searching.feed()
    found = searching.found("jm.clerk", "抗旱")
    assert (found.total.count, found.pending) == (1, 0)


def test_fed_and_late_ones_stand_in_one_order(bench, searching):
    days = (3, 2, 5, 4)
    made = {}
    for day in days:
        dispatch = bench.draft(title="关于防汛的报告", number=f"江府〔2013〕{day}号", date=date(2013, 1, day))
        made[day] = dispatch.document
        bench.act("jm.clerk", dispatch, "submit")
        if day == 2:
            searching.feed()
    assert searching.items("jm.clerk", "防汛") == [made[day] for day in (5, 4, 3, 2)]
    first = searching.found("jm.clerk", "防汛", limit=3)
    assert [hit.item for hit in first.hits] == [made[day] for day in (5, 4, 3)]
    assert searching.items("jm.clerk", "防汛", after=first.next) == [made[2]]


def test_what_the_register_no_longer_knows_is_passed_over(bench, searching):
    dispatch = bench.draft(title="关于防汛的报告")
    bench.act("jm.clerk", dispatch, "submit")
    searching.feed()
    main = bench.root.registers.by_name["items"].main
    del main.row_of[dispatch.document.uid]
    assert searching.items("jm.clerk", "防汛") == []


def test_what_was_taken_away_is_not_counted_either(bench, searching):
    delivery = bench.opened(title="关于防汛的报告")
    searching.feed()
    assert searching.found("office.registry1", "防汛").total.count == 1
    bench.act("office.registry1", delivery, "return", reason="misdirected", note="非我单位职责")
    for typed in ("防汛", ""):
        found = searching.found("office.registry1", typed)
        assert (found.hits, found.total.count) == ((), 0)
        assert not any(found.facets.values())


def test_what_others_change_costs_a_search_nothing_but_its_key(bench, searching):
    """A draft that is worked on in one place must not be read for a search in another."""
    dispatch = bench.draft(title="关于防汛的报告")
    searching.feed()
    bench.act("jm.clerk", dispatch, "submit")
    searching.fold()
    dispatch.document.files = None  # Whoever read its text would stumble.
    found = searching.found("gz.clerk", "防汛")
    assert (found.total.count, found.pending) == (0, 1)
