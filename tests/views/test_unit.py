"""The pages of units: list, application, one unit's life (domain.md 4.1, 5.8; R-N5.1, P-10 to P-12)."""

from tests.desk import path_of, rows, words

FORM = {
    "code": "port", "name": "港务局", "short_name": "港务局", "kind": "other", "form": "organ", "document_code": "港",
    "group": "", "contact": "甲某", "phone": "", "letter": "粤府函〔2013〕9号",
}  # fmt: skip


def test_an_application_is_entered_and_approved(desk):
    liaison = desk("liaison")
    mistake = liaison.post("/unit_application", FORM | {"code": "jiangmen", "letter": ""}, status=422)
    assert {each["id"] for each in mistake.html.select(".gr-error")} == {"e-code", "e-letter"}
    assert mistake.html.select_one("#f-name")["value"] == "港务局"
    path = path_of(liaison.post("/unit_application", FORM)).rstrip("/")
    assert path == "/units/port"
    assert "已申请，待厅领导批准" in words(desk("office.leader").get(path + "/"))
    assert "只能由厅领导办理" in words(desk("admin").post(f"{path}/act", {"act": "approve"}, status=403))
    desk("office.leader").post(f"{path}/act", {"act": "approve", "note": "同意"})
    early = desk("admin").post(f"{path}/act", {"act": "activate"}, status=403)
    assert "尚未任命单位管理员" in words(early)
    assert "尚未任命单位收发员" in words(early)
    desk("jm.clerk").get(path + "/", status=403)
    desk("jm.clerk").post("/unit_application", FORM, status=403)


def test_a_renaming_through_three_hands(desk):
    path, form = (
        "/units/meizhou",
        {"act": "ask_rename", "new_name": "梅州新市人民政府", "new_short_name": "梅州新市", "note": ""},
    )
    mistake = desk("liaison").post(f"{path}/act", form, status=422)
    assert "请填写更名的批准文件" in words(mistake)
    assert mistake.html.select_one("#f-new_name")["value"] == "梅州新市人民政府"
    desk("liaison").post(f"{path}/act", form | {"note": "粤府函〔2013〕4号"})
    assert "更名尚未经厅领导批准" in words(desk("admin").post(f"{path}/act", {"act": "rename"}, status=403))
    desk("office.leader").post(f"{path}/act", {"act": "agree_rename"})
    desk("admin").post(f"{path}/act", {"act": "rename"})
    page = words(desk("admin").get(path + "/"))
    assert "梅州新市人民政府" in page
    assert "梅州市人民政府（2013-01-07）" in page
    assert "梅州新市" in desk("mz.clerk").get("/exchange/meizhou/waiting").text


def test_r_n5_1_the_units_that_are_not_connected_are_listed(desk):
    assert any("省政府参事室" in line for line in rows(desk("liaison").get("/unit_list?show=not_connected")))
    assert all("江门市" not in line for line in rows(desk("liaison").get("/unit_list?show=not_connected")))
    assert len(rows(desk("admin").get("/unit_list"))) > 60
    desk("jm.clerk").get("/unit_list", status=403)
