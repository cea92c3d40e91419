"""The work calendar: a year at a glance; a span set as a holiday shows at once (R-20.2)."""

from tests.desk import lines, words

HOLIDAY = {"first": "2013-02-09", "last": "2013-02-15", "kind": "holiday", "note": "春节，国办发明电〔2012〕33号"}


def marked(page, kind):
    return [each.text for each in page.html.select(f"td[data-day={kind}]")]


def test_a_year_of_twelve_months_with_today_marked(desk):
    page = desk("auditor").get("/@@calendar")
    assert len(page.html.select("table.gr-month")) == 12
    assert sum(len(marked(page, kind)) for kind in ("worked", "rest", "holiday", "shifted")) == 365
    assert [each.text for each in page.html.select("td[aria-current=date]")] == ["7"]


def test_r_20_2_a_holiday_and_a_day_worked_in_exchange(desk):
    admin = desk("admin")
    assert "已设定 5 天" in admin.post("/@@calendar", HOLIDAY).follow().text
    admin.post("/@@calendar", {"first": "2013-02-16", "last": "", "kind": "worked", "note": "春节调休"})
    page = desk("auditor").get("/@@calendar?year=2013")
    assert marked(page, "holiday") == ["11休", "12休", "13休", "14休", "15休"]
    assert marked(page, "shifted") == ["16班"]
    assert "2013-02-16 上班 春节调休" in lines(page)
    assert "没有改动" in admin.post("/@@calendar", HOLIDAY).follow().text


def test_what_must_be_mended_stands_at_its_field(desk):
    answer = desk("admin").post("/@@calendar", {**HOLIDAY, "first": "2012-12-31", "note": ""}, status=422)
    assert {each["id"] for each in answer.html.select(".gr-error")} == {"e-first", "e-note"}
    assert "工作日历 2012" in words(answer)


def test_another_year_and_nonsense(desk):
    assert "工作日历 2014" in words(desk("auditor").get("/@@calendar?year=2014"))
    for year in ("", "x", "99999", "1899", "２０１４"):
        assert "工作日历 2013" in words(desk("auditor").browser.get("/@@calendar", {"year": year}))


def test_only_the_administrator_is_offered_a_change(desk):
    assert 'name="first"' in desk("admin").get("/@@calendar").text
    assert 'name="first"' not in desk("auditor").get("/@@calendar").text
