"""The pages of units: register, application, one unit's life (domain.md 4.1, 5.8, part 6; R-N5.1, P-10 to P-21)."""

from tests.app import site
from tests.desk import path_of, rows, words

FORM = {
    "code": "port", "name": "港务局", "short_name": "港务局", "kind": "other", "form": "organ", "document_codes": "港",
    "group": "", "contact": "甲某", "office_phone": "020-00000000", "mobile": "", "letter": "粤府函〔2013〕9号",
}  # fmt: skip


def errors(page):
    return {each["id"] for each in page.html.select(".gr-error")}


def test_p_10_an_application_is_entered_and_approved(desk):
    liaison = desk("liaison")
    assert "登记单位申请" in liaison.get("/unit_list").text
    liaison.get("/unit_application")
    mistake = liaison.post("/unit_application", FORM | {"code": "jiangmen", "letter": ""}, status=422)
    assert errors(mistake) == {"e-code", "e-letter"}
    assert mistake.html.select_one("#f-name")["value"] == "港务局"
    path = path_of(liaison.post("/unit_application", FORM | {"planned": "2013-03-01"})).rstrip("/")
    assert path == "/units/port"
    leader = desk("office.leader")
    assert "1 单位申请待批准" in words(leader.get("/"))
    assert [line for line in rows(leader.get("/unit_list?show=waiting")) if "港务局" in line]
    assert "已申请，待厅领导批准" in words(leader.get(path + "/"))
    assert "只能由厅领导办理" in words(desk("admin").post(f"{path}/act", {"act": "approve"}, status=403))
    leader.post(f"{path}/act", {"act": "approve"})
    early = desk("admin").post(f"{path}/act", {"act": "activate"}, status=403)
    assert "尚未任命单位管理员" in words(early)
    assert "尚未任命单位收发员" in words(early)
    assert "为什么不能“开通”" in words(desk("admin").get(path + "/"))
    assert "1 个单位已批准，待开通、更名、合并或者注销" in words(desk("admin").get("/@@manage"))
    desk("jm.clerk").get(path + "/", status=403)
    desk("jm.clerk").post("/unit_application", FORM, status=403)


def test_a_rejection_needs_its_reason(desk):
    path = path_of(
        desk("liaison").post("/unit_application", FORM | {"code": "port-2", "name": "港务二局", "short_name": ""})
    ).rstrip("/")
    leader = desk("office.leader")
    assert errors(leader.post(f"{path}/do", {"act": "reject", "note": " "}, status=422)) == {"e-note"}
    leader.post(f"{path}/do", {"act": "reject", "note": "材料不全"})
    assert "未批准" in words(leader.get(path + "/"))
    assert "现在的状态不能办理" in words(leader.get(f"{path}/do?act=reject"))


def test_the_register_filters_and_shows_who_receives(desk):
    admin = desk("admin")
    assert len(rows(admin.get("/unit_list"))) > 60
    (line,) = rows(admin.get("/unit_list?q=%E6%B1%9F%E9%97%A8"))
    with site(admin.app) as root:
        assert root.logins["jm.clerk"].name in line
    assert "江门市" in line
    assert len(rows(admin.get("/unit_list?kind=city"))) == 21
    assert rows(admin.get("/unit_list?state=cancelled")) == []
    assert rows(admin.get("/unit_list?q=jiangm&connection=none")) == []


def test_r_n5_1_nobody_is_late_before_the_deadline(desk):
    liaison = desk("liaison")
    page = liaison.get("/unit_list")
    lines = rows(liaison.get("/unit_list?show=not_connected"))
    assert any("参事室" in line for line in lines)
    assert all("江门市" not in line for line in lines)
    assert "逾期未联通" not in page.text


def test_who_sees_the_register(desk):
    assert [line for line in rows(desk("yf.admin").get("/unit_list")) if "云浮" in line] == rows(
        desk("yf.admin").get("/unit_list")
    )
    desk("jm.clerk").get("/unit_list", status=403)
    desk("yf.admin").get("/units/jiangmen/", status=403)


def test_p_19_p_21_a_unit_administrators_day(desk):
    mine = desk("yf.admin")
    assert "今日尚未核对本单位配置" in words(mine.get("/"))
    assert any("云浮" in line for line in rows(desk("admin").get("/unit_list?show=unchecked")))
    page = mine.get("/units/yunfu/")
    assert "今日已核对" in page.text
    assert "更新联通情况" not in page.text  # No business of the unit's own administrator.
    mine.post("/units/yunfu/act", {"act": "check"})
    assert "今日尚未核对本单位配置" not in words(mine.get("/"))
    assert not any("云浮" in line for line in rows(desk("admin").get("/unit_list?show=unchecked")))
    mine.get("/units/yunfu/do?act=set_contacts")
    wrong = mine.post("/units/yunfu/do", {"act": "set_contacts", "contacts": "甲某"}, status=422)
    assert errors(wrong) == {"e-contacts"}
    mine.post(
        "/units/yunfu/do", {"act": "set_contacts", "contacts": "甲某 0766-0000000\n乙某 0766-0000001 13000000000"}
    )
    shown = words(mine.get("/units/yunfu/"))
    assert "乙某0766-000000113000000000" in shown
    assert "甲某 0766-0000000" in mine.get("/units/yunfu/do?act=set_contacts").text


def test_r_n4_1_r_n5_1_r_n2_3_the_administrator_keeps_connection_and_track(desk):
    admin, path = desk("admin"), "/units/shebao"
    assert "2013" not in admin.get(f"{path}/do?act=equip").html.select_one("#f-actual").get("value", "")
    wrong = admin.post(f"{path}/do", {"act": "equip", "connection": "connected", "actual": "2013-13-01"}, status=422)
    assert errors(wrong) == {"e-actual"}
    form = {
        "act": "equip",
        "connection": "connected",
        "planned": "2013-01-31",
        "actual": "2013-01-05",
        "has_seal": "yes",
    }
    admin.post(f"{path}/do", form)
    shown = words(admin.get(path + "/"))
    assert "联通状态已联通计划联通2013-01-31实际联通2013-01-05制版系统未部署盖章系统已部署" in shown
    assert errors(admin.post(f"{path}/do", {"act": "end_dual_track"}, status=422)) == {"e-day", "e-basis"}
    admin.post(f"{path}/do", {"act": "end_dual_track", "day": "2013-07-01", "basis": "粤办函〔2013〕100号"})
    assert "自2013-07-01起单轨（粤办函〔2013〕100号）" in words(admin.get(path + "/"))
    assert "双轨制已经结束" in words(admin.get(f"{path}/do?act=end_dual_track"))


def test_an_act_that_is_none_is_no_page(desk):
    desk("admin").get("/units/yunfu/do?act=shred", status=404)
    desk("admin").post("/units/yunfu/act", {"act": "suspend"}, status=400)
    desk("admin").post("/units/yunfu/act", {"act": "shred"}, status=400)


def test_p_14_a_merger_through_the_pages_and_where_the_unit_went(desk):
    admin, path = desk("admin"), "/units/shanwei"
    admin.post(f"{path}/do", {"act": "request_merge", "successor": "huizhou", "letter": "汕府函〔2013〕1号"})
    desk("office.leader").post(f"{path}/act", {"act": "approve_change"})
    assert [line for line in rows(admin.get("/unit_list?show=agreed")) if "并入其他单位，待管理员办理" in line]
    admin.post(f"{path}/do", {"act": "suspend", "note": "x"})
    assert "先恢复使用，再办理合并" in words(admin.get(path + "/"))
    admin.post(f"{path}/do", {"act": "resume", "note": "x"})
    admin.post(f"{path}/act", {"act": "merge_into"})
    page = admin.get(path + "/")
    assert page.html.select_one("main a[href='/units/huizhou/']").text == "惠州市人民政府"
    assert not page.html.select("main form")
    assert "汕尾市" in desk("hz.clerk").get("/").text


def test_r_n6_1_a_participant_by_reference_is_shown_as_such(desk):
    form = {
        "code": "canzhao", "name": "参照执行的单位", "kind": "other", "form": "organ", "document_codes": "参府",
        "contact": "甲某", "office_phone": "020-83131234", "letter": "文件", "by_reference": "yes",
    }  # fmt: skip
    page = desk("liaison").post("/unit_application", form).follow()
    assert "参照执行" in {each.text for each in page.html.select("dt")}
    assert "参照执行" not in {each.text for each in desk("liaison").get("/units/jiangmen/").html.select("dt")}
