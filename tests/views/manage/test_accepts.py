"""What a box takes is set by the administrator, chosen from the kinds of the vocabulary, and binds the sender (P-4)."""

from content_types.official_document import KINDS
from tests.desk import journaled, lines, words

FIELDS = [("box", "heyuan"), ("kinds", "议案"), ("kinds", "公告"), ("basis", "秘书处通知")]


def test_every_box_takes_everything_at_first(desk):
    found = lines(desk("auditor").get("/@@accepts"))
    assert len(found) > 50
    assert all(line.endswith("都收") for line in found)


def test_p_4_a_box_is_told_what_it_does_not_take(shared_app, desk):
    admin = desk("admin")
    form = admin.get("/@@accepts?box=heyuan").html.select("input[name=kinds]")
    assert [each["value"] for each in form] == list(KINDS)
    assert "已设定" in admin.post("/@@accepts", FIELDS).follow().text
    assert "没有改动" in admin.post("/@@accepts", FIELDS).follow().text
    assert any(
        line.startswith("河源市") and line.endswith("公告 议案") for line in lines(desk("tech").get("/@@accepts"))
    )
    assert journaled(shared_app, "box.exclude_kinds")[-1].details == {"before": [], "after": ["公告", "议案"]}
    assert len(journaled(shared_app, "box.exclude_kinds")) == 1


def test_what_must_be_mended_stands_at_its_field(desk):
    answer = desk("admin").post("/@@accepts", {"box": "meizhou", "kinds": "便条", "basis": ""}, status=422)
    assert {each["id"] for each in answer.html.select(".gr-error")} == {"e-kinds", "e-basis"}


def test_who_only_looks_has_no_form(desk):
    page = desk("auditor").get("/@@accepts?box=meizhou")
    assert "各文种都收" in words(page)
    assert not page.html.select("input[name=kinds]")


def test_no_such_box(desk):
    desk("admin").get("/@@accepts?box=nowhere", status=404)
    desk("admin").post("/@@accepts", {"box": "nowhere", "basis": "x"}, status=404)
