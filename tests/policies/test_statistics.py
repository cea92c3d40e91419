"""Statistics (domain.md part 6, last row): figures counted by hand beside what the registers tell; who may read whose (7.2)."""

from datetime import date

import pytest

from content_types.check_in import CheckIn, HalfDay, record
from govrepo import clock
from govrepo.catalog import register
from policies.engine import Refused
from policies.statistics import Figures, figures, readable_units, sees_figures, share, total, years
from tests.policies.bench import local
from tests.policies.test_register_entry import CLERK, OFFICER, handed
from tests.policies.test_registering import registered

OFFICE = "gd-office"


def at(text):
    clock.travel(local(text))


def of(bench, code, year=2013):
    """A unit's figures by month, without those that are nought."""
    unit = bench.root["units"][code]
    cells = figures(bench.root, [unit], year)
    together = figures(bench.root, [unit, bench.root["units"]["shenzhen"]], year)
    assert {key: each for key, each in together.items() if key[0] == code} == cells, "one unit, or one of several"
    return {month: each for (_code, month), each in sorted(cells.items()) if each._replace(half_days=0) != Figures()}


@pytest.fixture
def told(bench):
    """A known history: what is sent, signed for in and out of time, returned, registered, concluded and filed."""
    at("2013-01-07 10:00")
    first = bench.delivery(number="江府〔2013〕1号")
    at("2013-01-07 10:30")
    sign(bench, first)  # 30 minutes.
    at("2013-01-08 09:00")
    second = bench.delivery(number="江府〔2013〕2号", urgency="urgent")
    at("2013-01-08 12:00")
    sign(bench, second)  # 180 minutes, an hour too late.
    at("2013-01-08 14:00")
    third = bench.delivery(number="江府〔2013〕3号", urgency="most_urgent")
    at("2013-02-01 09:00")
    bench.act(CLERK, third, "open")
    bench.act(CLERK, third, "return", reason="misdirected", note="非我厅职责")
    bench.delivery(number="江府〔2013〕4号")
    return bench


def sign(bench, delivery):
    bench.act(CLERK, delivery, "open")
    bench.act(CLERK, delivery, "sign_for")


def test_what_is_received_signed_and_returned_counts_in_its_month(told):
    january, february = of(told, OFFICE)[1], of(told, OFFICE)[2]
    assert (january.received, january.urgent, january.signed, january.minutes) == (3, 2, 2, 210)
    assert (january.late, january.returned) == (1, 0)
    assert january.latency == 1.75
    assert (february.received, february.urgent, february.signed, february.returned) == (1, 0, 0, 1)
    assert february.latency is None


def test_the_sender_is_counted_by_sendings(told):
    """Part 11, 8: documents, deliveries and entries are never mixed."""
    sent = {month: (each.sent, each.received) for month, each in of(told, "jiangmen").items()}
    assert sent == {1: (3, 0), 2: (1, 0)}
    assert of(told, "guangzhou") == {}


def test_copies_inside_a_unit_are_not_counted(told):
    before = of(told, OFFICE)
    (entry,) = [registered(told, number="江府〔2013〕5号")]
    handed(told, entry)
    after = of(told, OFFICE)
    assert after[2].received == before[2].received + 1, "the division's copy is none"


def test_entries_registered_concluded_and_filed(bench):
    at("2013-01-07 10:00")
    entries = [registered(bench, number=f"江府〔2013〕{number}号") for number in (1, 2, 3, 4)]
    for entry in entries[:3]:
        handed(bench, entry)
    bench.act(CLERK, entries[3], "ask_cancel", note="登错")
    bench.act("office.registry2", entries[3], "cancel")
    at("2013-02-04 10:00")
    for entry in entries[:3]:
        bench.act(OFFICER, entry, "conclude", note="已办")
    at("2013-03-04 10:00")
    bench.act(CLERK, entries[0], "file")
    bench.act(CLERK, entries[1], "no_file", note="重复件")
    found = of(bench, OFFICE)
    assert (found[1].registered, found[1].concluded) == (3, 0), "what was cancelled is not counted"
    assert (found[2].registered, found[2].concluded, found[2].filed) == (0, 3, 1)
    assert round(found[2].filed_rate) == 33
    assert 3 not in found


def test_r_20_1_check_ins_of_the_half_days_that_are_over(bench):
    """January 2013 began on a Tuesday; the box was made before, so by Monday the 7th, 10:00, four days and eight half-days are over."""
    box = bench.box("jiangmen")
    box.created = local("2013-01-01 08:00")
    at("2013-01-07 10:00")
    for day, half in ((2, HalfDay.MORNING), (2, HalfDay.AFTERNOON), (5, HalfDay.MORNING), (7, HalfDay.MORNING)):
        record(box, date(2013, 1, day), half, CheckIn(clock.now(), "p", "甲"))
    january = figures(bench.root, [bench.root["units"]["jiangmen"]], 2013)["jiangmen", 1]
    worked = [day for day in range(1, 7) if bench.root.calendar.is_worked(date(2013, 1, day))]
    assert (january.half_days, january.checked) == (2 * len(worked), 2 + (2 if 5 in worked else 0) // 2)
    assert january.check_in_rate == share(january.checked, january.half_days)


def test_the_same_figures_before_and_after_folding(told):
    before = of(told, OFFICE)
    for name in ("deliveries", "dispatches", "register_entries"):
        register(told.root, name).drain()
    assert of(told, OFFICE) == before


def test_totals_of_months_and_units():
    together = total([Figures(sent=1, signed=2, minutes=60), Figures(sent=4, signed=1, minutes=30)])
    assert (together.sent, together.signed, together.latency) == (5, 3, 0.5)
    assert total([]) == Figures()
    assert share(1, 0) is None


def test_years_begin_with_the_systems_first_day():
    at("2015-03-01 10:00")
    assert years(date(2013, 1, 1)) == [2015, 2014, 2013]
    assert years(date(2016, 1, 1)) == [2015]


@pytest.mark.parametrize("login", ["auditor", "liaison", "office.leader"])
def test_7_2_who_oversees_reads_every_unit(bench, login):
    found = [unit.code for unit in readable_units(bench.actor(login), bench.root)]
    assert len(found) > 60
    assert found[0].startswith("gd-")


@pytest.mark.parametrize(
    ("login", "own"),
    [
        ("jm.clerk", {"jiangmen"}),
        ("jm.approver", {"jiangmen"}),
        ("jm.admin", {"jiangmen"}),
        ("office.registry1", {"gd-office", "gd-government"}),
        ("zh2.head", {"gd-office"}),
        ("cz-budget.head", {"caizheng"}),
    ],
)
def test_7_2_who_keeps_or_leads_reads_the_own_unit(bench, login, own):
    assert {unit.code for unit in readable_units(bench.actor(login), bench.root)} == own


@pytest.mark.parametrize("login", ["admin", "security", "tech", "zh2.officer", "zh2.receiver", "office.duty"])
def test_7_2_all_others_read_none(bench, login):
    assert not sees_figures(bench.actor(login), bench.root)
    with pytest.raises(Refused):
        readable_units(bench.actor(login), bench.root)


@pytest.mark.parametrize("role", ["archivist", "unit_archivist"])
def test_p_20_archivists_read_the_own_unit(bench, role):
    actor = bench.as_role(bench.person("zh2.officer"), f"{role}@unit:gd-office")
    assert "gd-office" in {unit.code for unit in readable_units(actor, bench.root)}
