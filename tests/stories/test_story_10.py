"""Story 10, the half-day check-in (R-20.1, R-20.2)."""

from datetime import date

from tests.app import site
from tests.desk import Desk, journaled, words

BOX = "/exchange/jiangmen"


def test_a_half_day_without_check_in_is_listed(app, at):
    _founded(app, at)
    at("2013-01-10 09:10")
    clerk = Desk(app, "jm.clerk")
    clerk.post(f"{BOX}/check_in")
    again = clerk.post(f"{BOX}/check_in").follow()
    assert "已经查收过" in again.text
    assert [entry.details["half_day"] for entry in journaled(app, "box.check_in", "allowed")] == ["am"]

    at("2013-01-10 11:00")
    assert _missing(app) == [], "a half-day is missed when it has ended"
    at("2013-01-11 09:05")
    assert _missing(app) == ["2013-01-10下午"]
    at("2013-01-14 08:00")
    assert _missing(app) == ["2013-01-11下午", "2013-01-11上午", "2013-01-10下午"], "nothing of the weekend"


def test_the_calendar_decides_what_is_worked(app, at):
    _founded(app, at)
    with site(app) as root:
        root.calendar.set_day(date(2013, 1, 10), worked=False)
        root.calendar.set_day(date(2013, 1, 12), worked=True)
    at("2013-01-14 08:00")
    assert _missing(app) == ["2013-01-12下午", "2013-01-12上午", "2013-01-11下午", "2013-01-11上午"]


def test_what_was_recorded_is_shown_with_the_name(app, at):
    _founded(app, at)
    at("2013-01-10 15:30")
    clerk = Desk(app, "jm.clerk")
    clerk.post(f"{BOX}/check_in")
    shown = words(clerk.get(f"{BOX}/check_ins"))
    assert "2013-01-10 15:30" in shown
    with site(app) as root:
        assert root.logins["jm.clerk"].name in shown


def test_only_the_receiver_checks_in(app, at):
    at("2013-01-10 09:10")
    Desk(app, "jm.approver").post(f"{BOX}/check_in", status=403)
    Desk(app, "gz.clerk").post(f"{BOX}/check_in", status=404)
    assert journaled(app, "box.check_in", "allowed") == []
    assert len(journaled(app, result="refused")) == 2


def _founded(app, at):
    """The box came into use on a Thursday morning."""
    at("2013-01-10 08:00")
    with site(app) as root:
        from govrepo import clock  # noqa: PLC0415 - The moment the fixture has set.

        root["exchange"]["jiangmen"].created = clock.now()


def _missing(app):
    page = Desk(app, "jm.clerk").get(f"{BOX}/check_ins")
    table = page.html.find("main").find("table")
    listed = [" ".join(row.text.split()) for row in table.select("tbody tr")] if table else []
    return [line for line in listed if ":" not in line]
