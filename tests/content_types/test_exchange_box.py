"""The exchange box (domain.md 4.4): in whose name it sends, and whether deliveries may come in."""

import pytest

from content_types.exchange_box import Bell, BoxKind, ExchangeBox


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("gd-government", "gd-government"),
        ("gd-office", "gd-office"),
        ("gd-office-zh1", "gd-office"),
        ("guangzhou", "guangzhou"),
        ("cz-budget", "caizheng"),
    ],
)
def test_the_unit_in_whose_name_it_sends(bench, name, unit):
    assert bench.box(name).unit is bench.root["units"][unit]


def test_it_is_closed_by_its_own_state_or_its_owners(bench):
    box = bench.box("guangzhou")
    assert box.is_open
    box.state = "fault"
    assert box.is_open
    box.state = "closed"
    assert not box.is_open
    box.state, box.owner.state = "normal", "suspended"
    assert not box.is_open


def test_it_has_an_inbox_and_an_outbox_and_checks_twice_a_day(bench):
    assert set(bench.box("guangzhou")) == {"inbox", "outbox"}
    assert bench.box("guangzhou").checks_per_day == 2


def test_the_bell_counts():
    bell = Bell()
    bell.ring()
    bell.ring()
    assert bell.serial == 2


def test_its_kind_is_known(bench):
    with pytest.raises(ValueError, match="letterbox"):
        ExchangeBox("箱", bench.root["units"]["guangzhou"], "letterbox")
    assert len(BoxKind) == 4
