"""Story 10: the half-day check-in (R-20.1, R-20.2) and the substitute receiver (R-11.3, R-11.4)."""

from datetime import date

from pyramid.traversal import resource_path

from tests.app import drain, site
from tests.desk import Desk, journaled, row_link, words

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


def test_the_receiver_falls_ill_and_the_head_names_a_substitute(app, at):
    at("2013-01-07 09:00")
    sender, approver = Desk(app, "jm.clerk"), Desk(app, "jm.approver")
    fields = {"number": "", "no_number_reason": "试验", "signer": "江上舟"}
    for _each in (1, 2):
        sender.send(approver, "jiangmen", ["gd-office-zh2"], **fields)
        drain(app)
    box = "/exchange/gd-office-zh2"
    head, stand_in, other = Desk(app, "zh2.head"), Desk(app, "zh2.officer"), Desk(app, "zh1.officer")
    stand_in.get(f"{box}/waiting", status=403)
    with site(app) as root:
        substitute = root.logins["zh2.officer"].id
    form = {"person": substitute, "until": "2013-01-11", "reason": "收文员病假"}
    Desk(app, "zh2.receiver").post(f"{box}/substitutes", form, status=403)
    mistake = head.post(f"{box}/substitutes", form | {"until": "2013-03-01"}, status=422)
    assert "最多30天" in words(mistake)
    head.post(f"{box}/substitutes", form)

    delivery = row_link(stand_in.get(f"{box}/waiting"), "春运")
    stand_in.post(f"{delivery}/open")
    stand_in.act(delivery, "sign_for")
    other.get(f"{box}/waiting", status=404)
    named = journaled(app, "permission_change.execute_at_once", "allowed")
    assert len(named) == 1, "the auditor finds the designation among the permission changes"

    at("2013-01-12 09:00")
    late = Desk(app, "zh2.officer")
    late.get(f"{box}/waiting", status=403)
    with site(app) as root:
        pending = [each for shelf in root["exchange"]["gd-office-zh2"]["inbox"].values() for each in shelf.values()]
        path = next(resource_path(each) for each in pending if each.state == "pending")
    before = len(journaled(app, result="refused"))
    late.post(f"{path}/open", status=403)
    assert len(journaled(app, result="refused")) == before + 1


def test_the_head_ends_a_designation(app, at):
    at("2013-01-07 09:00")
    head = Desk(app, "zh2.head")
    with site(app) as root:
        substitute = root.logins["zh2.officer"].id
    box = "/exchange/gd-office-zh2"
    head.post(f"{box}/substitutes", {"person": substitute, "until": "2013-01-11", "reason": "病假"})
    page = head.get(f"{box}/substitutes")
    uid = page.html.select_one("button[name=end]")["value"]
    head.post(f"{box}/substitutes", {"end": uid})
    assert "没有指定代收人" in words(head.get(f"{box}/substitutes"))
    head.post(f"{box}/substitutes", {"end": uid}, status=404)
    Desk(app, "office.leader").get("/exchange/gd-office/substitutes", status=403)
