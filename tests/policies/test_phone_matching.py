"""A call that came before its document is put to it when it arrives (R-16.4, P-56)."""

from datetime import timedelta

import pytest

from content_types.phone_notice import Call, Direction
from govrepo import clock
from policies.duty_shift import desk_box
from policies.engine import Refused
from policies.phone_matching import Told, arrived, fits, take
from policies.tasks import KINDS, count_of
from tests.policies.bench import later, local
from tests.policies.duty import DUTY, REGISTRY, announced, call

URGENT = {"urgency": "most_urgent"}


def test_r_16_4_the_duty_officer_records_a_call_before_the_document(bench):
    notice = announced(bench, number="江府〔2013〕2号")
    assert (notice.state, notice.direction, notice.unit.code, notice.box) == (
        "awaiting", Direction.IN, "jiangmen", bench.box("gd-office"),
    )  # fmt: skip
    (kind,) = (each for each in KINDS if each.key == "awaited")
    assert count_of(kind, bench.actor(DUTY), bench.root) == 1


@pytest.mark.parametrize("box", ["gd-office", "gd-government"])
@pytest.mark.parametrize(
    "words", [{}, {"number": "江府[2013]2号"}, {"title": "春运工作"}, {"title": "关于 春运工作的通知"}]
)
def test_r_16_4_the_arrival_is_matched_by_unit_urgency_time_number_or_title(bench, words, box):
    notice = announced(bench, **words)
    delivery = bench.delivery(box, signer="江上舟", **URGENT)
    assert (notice.state, notice.delivery) == ("matched", delivery)
    assert bench.journaled("phone_notice.match")[0].actor == "system"


@pytest.mark.parametrize(
    "told",
    [
        {"unit": "foshan"},
        {"urgency": "urgent"},
        {"number": "江府〔2013〕3号"},
        {"title": "关于抢险的通知"},
        {"when": "2013-01-06 09:58"},  # Longer ago than a day.
    ],
)
def test_r_16_4_another_document_is_not_matched(bench, told):
    notice = announced(bench, **told)
    bench.delivery(**URGENT)
    assert notice.state == "awaiting"


def test_r_16_4_the_sharper_of_two_calls_wins_and_two_alike_are_left_to_a_person(bench):
    bare, numbered = announced(bench), announced(bench, number="江府〔2013〕2号")
    first = bench.delivery(**URGENT)
    assert (bare.state, numbered.delivery) == ("awaiting", first)
    alike = announced(bench)
    second = bench.delivery(number="江府〔2013〕5号", **URGENT)
    assert {bare.state, alike.state} == {"awaiting"}
    bench.act(DUTY, alike, "match", delivery=second)
    assert (alike.state, alike.delivery) == ("matched", second)
    bench.act(REGISTRY, alike, "part", note="不是此件")
    assert (alike.state, alike.delivery) == ("awaiting", None)
    bench.act(REGISTRY, alike, "drop", note="来电更正")
    assert alike.state == "dropped"


def test_r_16_4_by_hand_only_to_what_the_office_received_and_with_words(bench):
    notice = announced(bench, number="江府〔2013〕9号")
    elsewhere = bench.delivery("foshan")
    assert bench.refusal(DUTY, notice, "match", delivery=elsewhere) == ["R-16.4"]
    assert bench.refusal(DUTY, notice, "match") == ["R-16.4"]
    assert bench.refusal(DUTY, notice, "drop", note="") == ["R-16.4"]


def test_r_16_4_a_call_written_down_late_finds_its_document(bench):
    delivery = bench.delivery(**URGENT)
    later(minutes=3)
    notice = announced(bench)
    assert (notice.state, notice.delivery) == ("matched", delivery)
    assert announced(bench).state == "awaiting"  # The document is spoken for.


def test_p_56_who_was_called_signs_at_once(bench):
    announced(bench, urgency="plain")
    delivery = bench.delivery()
    assert delivery.sign_by - delivery.available_at <= timedelta(minutes=30, seconds=1)
    other = bench.delivery(number="江府〔2013〕3号")
    assert other.sign_by > other.available_at + timedelta(hours=1)


def test_r_16_4_it_is_the_desks_and_names_unit_and_call(bench):
    box, jiangmen = desk_box(bench.root), bench.root["units"]["jiangmen"]
    with pytest.raises(Refused) as caught:
        take(box, Told(None, "urgent"), Call(None, "", ""), bench.actor(DUTY))
    assert {reason.field for reason in caught.value.reasons} == {"unit", "call_at", "caller", "called"}
    with pytest.raises(Refused):
        take(box, Told(jiangmen, "urgent"), call(), bench.actor("zh2.receiver"))


def test_r_16_4_only_what_comes_to_the_office_is_looked_at(bench):
    notice = announced(bench)
    delivery = bench.delivery("foshan", **URGENT)
    assert arrived(delivery, bench.registry) is None
    assert fits(notice, delivery.document)
    clock.travel(local("2013-01-09 10:00"))
    assert notice.state == "awaiting"
