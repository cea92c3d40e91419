"""The common part: identifier, creation, state, append-only history; shelves (domain.md part 4, conventions)."""

from content_types.content import Carrier, Container, HistoryEntry, Recorded, VolumeContent, month_shelf, shelf
from govrepo import clock
from tests.policies.bench import local


def test_each_object_has_an_identifier_of_its_own():
    assert Recorded().uid != Recorded().uid


def test_it_is_created_now_by_the_clock():
    at = local("2013-01-07 10:00")
    with clock.frozen(at):
        assert Container().created == VolumeContent().created == at


def test_history_only_grows():
    thing = VolumeContent()
    entries = [HistoryEntry(clock.now(), "person:p1", "甲", name, "", "open") for name in ("make", "open")]
    for entry in entries:
        thing.remember(entry)
    assert thing.history == tuple(entries)
    assert thing.history[0].note == ""


def test_a_container_is_a_true_folder(bench):
    box = bench.box("gd-office")
    assert isinstance(box, Container)
    assert box.__oid__


def test_shelves_are_made_once_on_the_way(bench):
    root = bench.root["outgoing"]
    first = shelf(root, "jiangmen", "2013")
    assert shelf(root, "jiangmen", "2013") is first
    assert first.__parent__ is root["jiangmen"]


def test_the_month_is_that_of_local_time(bench):
    """Half past midnight of 1 February in China is still January in UTC."""
    assert month_shelf(bench.root["incidents"], local("2013-02-01 00:30")).__name__ == "2013-02"


def test_the_state_at_a_past_instant_is_what_the_history_tells():
    thing, first = VolumeContent(), local("2013-01-07 10:00")
    thing.state = "open"
    assert thing.state_at(first) == "open"
    thing.remember(HistoryEntry(first, "p", "甲", "close", "open", "closed"))
    thing.remember(HistoryEntry(local("2013-01-09 10:00"), "p", "甲", "reopen", "closed", "open"))
    assert [thing.state_at(local(f"2013-01-{day:02} 12:00")) for day in (6, 7, 8, 9)] == [
        "open", "closed", "closed", "open",
    ]  # fmt: skip


def test_a_carrier_begins_without_overrides_or_history(bench):
    assert isinstance(bench.box("gd-office"), Carrier)
    assert (Carrier.overrides, Carrier.acl_history) == ((), ())
    assert not isinstance(bench.person("admin"), Carrier)
