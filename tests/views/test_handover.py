"""Handovers on the screen (R-6.3)."""

from tests.desk import path_of, rows, words

FORM = {"role": "security_officer", "giver": "security", "taker": "tech", "items": "密钥、台账"}


def test_both_confirm_in_turn(desk):
    path = path_of(desk("security").post("/handovers", FORM)).rstrip("/")
    assert "待移交人确认" in words(desk("tech").get(path))
    desk("tech").act(path, "take", status=403)
    desk("security").act(path, "give")
    desk("tech").act(path, "take")
    assert "双方已确认" in words(desk("admin").get(path))
    assert "密钥、台账" in words(desk("auditor").get(path))
    assert len(rows(desk("tech").get("/handovers"))) == 1
    assert rows(desk("zh1.head").get("/handovers")) == []
    desk("zh1.head").get(path, status=404)
    desk("tech").act(path, "golf", status=400)


def test_bad_input_comes_back_at_its_field(desk):
    page = desk("security").post("/handovers", FORM | {"taker": "nobody"}, status=422)
    assert page.html.find(id="e-taker")
    page = desk("security").post("/handovers", FORM | {"items": " "}, status=422)
    assert "请写明交接事项" in words(page)
    assert page.html.select_one("input[name=taker]")["value"] == "tech"
