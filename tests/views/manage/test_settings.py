"""Business settings: present, coming and past values; the rules in force on any day (R-41.1)."""

import pytest

from tests.desk import journaled, lines, words


@pytest.fixture(scope="module")
def changed(desk):
    """The cut-off is 16:30 from February on, and 16:00 from March on."""
    for value, since in (("16:30", "2013-02-01"), ("16:00", "2013-03-01")):
        fields = {"name": "cut_off", "value": value, "effective": since, "basis": "会议纪要"}
        desk("admin").post("/@@setting", fields)


@pytest.mark.usefixtures("changed")
@pytest.mark.parametrize(
    ("day", "value"), [("", "17:00"), ("2013-01-31", "17:00"), ("2013-02-01", "16:30"), ("2013-03-01", "16:00")]
)
def test_r_41_1_the_rules_in_force_on_a_day(desk, day, value):
    line = next(row for row in lines(desk("auditor").get(f"/@@settings?on={day}")) if "截止" in row)
    assert line.split()[1] == value


@pytest.mark.usefixtures("changed")
def test_what_comes_is_shown_with_its_day(desk):
    line = next(row for row in lines(desk("auditor").get("/@@settings")) if "截止" in row)
    assert "自 2013-02-01 00:00 起 16:30" in line
    assert "2 项设置" not in words(desk("admin").get("/@@manage"))
    assert "1 项设置将要生效" in words(desk("admin").get("/@@manage"))


@pytest.mark.usefixtures("changed")
def test_every_value_with_basis_and_who(shared_app, desk):
    found = lines(desk("auditor").get("/@@setting?name=cut_off"))
    assert [line.split()[:2] for line in found] == [["将行", "16:00"], ["将行", "16:30"], ["现行", "17:00"]]
    assert "会议纪要" in found[0]
    assert journaled(shared_app, "rule.change")[0].details["to"] == "16:30"


def test_from_today_on_the_old_value_is_past(desk):
    fields = {"name": "session_hours", "value": "8", "effective": "2013-01-07", "basis": "会议纪要"}
    assert "自2013-01-07起生效" in desk("admin").post("/@@setting", fields).follow().text
    found = lines(desk("admin").get("/@@setting?name=session_hours"))
    assert [line.split()[:2] for line in found] == [["现行", "8"], ["已废", "12"]]


def test_what_must_be_mended_stands_at_its_field(desk):
    fields = {"name": "cut_off", "value": "25:00", "effective": "2013-01-01", "basis": ""}
    answer = desk("admin").post("/@@setting", fields, status=422)
    assert {each["id"] for each in answer.html.select(".gr-error")} == {"e-value", "e-effective", "e-basis"}
    assert answer.html.find(id="f-value")["value"] == "25:00"


def test_a_classification_is_chosen_from_a_list(desk):
    page = desk("admin").get("/@@setting?name=max_classification")
    assert page.html.find(id="f-value").name == "select"
    assert "不得交换涉密文件" in words(page)


def test_only_the_administrator_is_offered_a_change(desk):
    assert "确认改动" not in [
        each.text for each in desk("auditor").get("/@@setting?name=cut_off").html.select("button")
    ]


def test_nonsense(desk):
    assert "日期应写成" in desk("auditor").get("/@@settings?on=tomorrow").text
    desk("auditor").get("/@@setting?name=journal", status=404)
    desk("admin").post("/@@setting", {"name": "secret_file", "value": "x"}, status=404)
