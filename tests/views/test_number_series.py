"""Numbers on the screen (S-20 to S-27): begin a series, reserve, void, close a year."""

from govrepo import clock
from tests.desk import Desk, path_of, rows, words
from tests.policies.bench import local

BOX = "/exchange/gd-office-zh1"


def test_r_24_3_the_leaders_re_check_is_asked_for_and_waived(desk):
    clerk = desk("office.registry1")
    box = "/exchange/gd-government"
    series = path_of(clerk.post(f"{box}/series", {"code": "粤府", "kind": "document", "leader_recheck": "yes"})).rstrip(
        "/"
    )
    assert "须领导复核" in words(clerk.get(f"{box}/series"))
    assert "须经领导复核，才能盖章" in words(clerk.get(f"{series}/"))
    page = clerk.act(series, "waive_leader", waiver="", status=422)
    assert page.html.select_one("#e-waiver")
    clerk.act(series, "waive_leader", waiver="依据厅办〔2013〕3号", year="")
    assert "直接盖章" in words(clerk.get(f"{series}/"))
    clerk.act(series, "ask_leader", year="")
    assert "须经领导复核，才能盖章" in words(clerk.get(f"{series}/"))
    wrong = clerk.post(f"{box}/series", {"code": "府收", "kind": "receipt", "leader_recheck": "yes"}, status=422)
    assert wrong.html.select_one("#e-leader_recheck")


def test_a_series_from_its_beginning_to_the_closing_of_its_year(desk):
    receiver = desk("zh1.receiver")
    assert "还没有编号序列" in words(receiver.get(f"{BOX}/series"))
    wrong = receiver.post(f"{BOX}/series", {"code": "abc", "kind": ""}, status=422)
    assert {each["id"] for each in wrong.html.select(".gr-error")} == {"e-code", "e-kind"}
    series = path_of(receiver.post(f"{BOX}/series", {"code": "综一函", "kind": "document"})).rstrip("/")
    receiver.act(series, "reserve", note="一号文", until="2013-01-31", year="")
    receiver.act(series, "reserve", note="二号文", until="2013-01-31", year="2013")
    mistake = receiver.act(series, "reserve", note="", until="x", year="2013", status=422)
    assert {each["id"] for each in mistake.html.select(".gr-error")} == {"e-note", "e-until"}
    receiver.act(series, "void", year="2013", sequence="1", reason="", status=422)
    receiver.act(series, "void", year="2013", sequence="9", reason="x", status=404)
    receiver.act(series, "void", year="2013", sequence="1", reason="不再发文")
    page = receiver.get(f"{series}/")
    first, second = rows(page)
    assert first.startswith("综一函〔2013〕1号作废不再发文")
    assert second.startswith("综一函〔2013〕2号预留二号文")
    assert "占用 0，空号 2" in words(page)
    receiver.act(series, "nothing", status=400)
    desk("zh1.officer").get(f"{series}/", status=403)
    desk("jm.clerk").get(f"{series}/", status=404)
    _the_year_is_closed(receiver, series)


def _the_year_is_closed(receiver, series):
    clock.travel(local("2014-01-06 09:00"))
    receiver = Desk(receiver.app, "zh1.receiver")  # A year later everybody logs in anew.
    try:
        assert "还有预留" in words(receiver.act(series, "close_year", year="2013", status=422))
        receiver.act(series, "void", year="2013", sequence="2", reason="过年")
        receiver.act(series, "close_year", year="2013")
        assert "已结号：最后一号 2，占用 0，作废 2" in words(receiver.get(f"{series}/?year=2013"))
        receiver.act(series, "close_year", year="x", status=422)
        receiver.act(series, "end", year="")
        receiver.act(series, "resume", year="")
    finally:
        clock.travel(local("2013-01-07 10:00"))


def test_s_23_a_units_clerk_begins_its_series(desk):
    """7.2 "allot number": a unit that sets its documents itself numbers them from a series of its own."""
    clerk, box = desk("jm.clerk"), "/exchange/jiangmen"
    assert "编号管理" in words(clerk.get(f"{box}/sent"))
    made = clerk.post(f"{box}/series", {"code": "江府函", "kind": "document"})
    assert "江府函" in words(clerk.get(made.location))
