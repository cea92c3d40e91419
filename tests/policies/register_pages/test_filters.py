"""Filters: what was typed becomes a query, or a message at its field (domain.md part 6)."""

from datetime import date

import pytest

from govrepo import clock
from govrepo.catalog import Any as AnyOf
from govrepo.catalog import Eq, Range
from policies.register_pages.filters import (
    BadFilterError,
    Choice,
    Exactly,
    Holds,
    Period,
    SentTitle,
    Someone,
    sequence,
)


def test_a_period_holds_both_its_days_in_local_time():
    days, instants = Period("due", "期限", "due", days=True), Period("at", "时间", "at")
    given = {"due_from": "2013-01-05", "due_to": "2013-01-06", "at_from": "2013-01-05", "at_to": "2013-01-05"}
    assert days.term(given, None) == Range("due", date(2013, 1, 5).toordinal(), date(2013, 1, 6).toordinal())
    midnight = clock.micros(clock.day_start(date(2013, 1, 5)))
    assert instants.term(given, None) == Range("at", midnight, midnight + 86_400_000_000 - 1)
    assert days.term({"due_to": "2013-01-06"}, None) == Range("due", 1, date(2013, 1, 6).toordinal())
    assert not days.is_given({"at_from": "2013-01-05"})
    assert str(days.words(given, None).interpolate()) == "2013-01-05至2013-01-06"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"due_from": "5.1.2013"}, "due_from"),
        ({"due_to": "9999-99-99"}, "due_to"),
        ({"due_to": "0001-01-01"}, "due_to"),
        ({"due_from": "2013-01-06", "due_to": "2013-01-05"}, "due_to"),
    ],
)
def test_a_period_that_makes_no_sense_is_told_at_its_field(given, field):
    with pytest.raises(BadFilterError) as caught:
        Period("due", "期限", "due", days=True).term(given, None)
    assert caught.value.field == field


def test_a_choice_is_a_value_and_its_words():
    kind, year = (
        Choice("kind", "文种", "kind", said=lambda _root, value: f"<{value}>"),
        Choice("y", "年", "year", whole=True),
    )
    assert kind.term({"kind": "通知"}, None) == Eq("kind", "通知")
    assert kind.words({"kind": "通知"}, None) == "<通知>"
    assert year.term({"y": "2013"}, None) == Eq("year", 2013)
    for wrong in ("x", "-1", "9" * 10):
        with pytest.raises(BadFilterError):
            year.term({"y": wrong}, None)


def test_words_are_looked_for_by_twos_and_numbers_in_any_brackets():
    words = Holds("q", "词", "words")
    assert set(words.term({"q": "春运 水利"}, None).terms) == {Eq("words", "春运"), Eq("words", "水利")}
    assert words.term({"q": "江府[2013]2号"}, None) == words.term({"q": "江府〔2013〕2号"}, None)
    with pytest.raises(BadFilterError):
        words.term({"q": "春"}, None)


def test_exactly_takes_a_form():
    number = Exactly("n", "序号", "sequence", form=sequence)
    assert number.term({"n": "12号"}, None) == Eq("sequence", 12)
    for wrong in ("", "x", "²", "1" * 12):
        with pytest.raises(BadFilterError):
            number.term({"n": wrong}, None)


def test_someone_is_found_by_name_or_login_and_nobody_finds_nothing(bench):
    person = Someone("p", "人", "signer")
    clerk = bench.person("jm.clerk")
    assert clerk.id in person.term({"p": clerk.name[:2]}, bench.root).values
    assert person.term({"p": "JM.CLERK"}, bench.root) == AnyOf("signer", (clerk.id,))
    assert person.term({"p": "无此人"}, bench.root) == AnyOf("signer", ())


def test_a_delivery_is_found_by_the_words_of_what_was_sent(bench):
    delivery = bench.delivery()
    bench.delivery(number="江府〔2013〕3号", title="关于水利工作的通知")
    title = SentTitle("q", "标题", "dispatch")
    assert title.term({"q": "春运"}, bench.root) == AnyOf("dispatch", (delivery.dispatch.uid,))
    assert title.term({"q": "江府[2013]2号"}, bench.root) == AnyOf("dispatch", (delivery.dispatch.uid,))
    assert title.term({"q": "冬运"}, bench.root) == AnyOf("dispatch", ())
