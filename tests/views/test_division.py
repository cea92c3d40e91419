"""The pages of divisions: made by the administrator, closed with reasons shown."""

from tests.desk import path_of, words


def test_a_division_is_made_and_closed(desk):
    admin = desk("admin")
    assert "新建处室" in admin.get("/units/zhuhai/").text
    admin.get("/units/zhuhai/new_division")
    wrong = admin.post("/units/zhuhai/new_division", {"code": "zh1", "name": ""}, status=422)
    assert {each["id"] for each in wrong.html.select(".gr-error")} == {"e-code", "e-name"}
    path = path_of(admin.post("/units/zhuhai/new_division", {"code": "zhuhai-office", "name": "办公室"})).rstrip("/")
    assert "zhuhai-zhuhai-office" in words(admin.get(path + "/"))
    assert "为处室指定收文员" in words(admin.get(path + "/"))
    wrong = admin.post(f"{path}/act", {"act": "rename", "new_name": ""}, status=422)
    assert {each["id"] for each in wrong.html.select(".gr-error")} == {"e-new_name"}
    admin.post(f"{path}/act", {"act": "rename", "new_name": "综合科"})
    assert "办公室 → 综合科" in words(admin.get(path + "/"))
    admin.post(f"{path}/act", {"act": "close"})
    assert "已撤销" in words(admin.get("/units/zhuhai/"))


def test_a_division_in_use_says_why_it_stays(desk):
    shown = words(desk("admin").get("/units/gd-office/zh3/"))
    assert "处室还有人员" in shown
    assert "岗位变动或者离岗交接" in shown
    assert "处室还有现行的任职" in shown
    desk("jm.admin").get("/units/gd-office/zh3/", status=403)
    desk("jm.admin").post("/units/jiangmen/new_division", {"code": "x", "name": "x"}, status=403)
