"""The pages of change requests (R-13.1)."""

from tests.desk import path_of, rows, words


def test_from_the_request_to_the_decision(desk):
    requester = desk("jm.approver")
    mistake = requester.post("/system_changes", {"subject": "接入考勤系统", "words": ""}, status=422)
    assert mistake.html.select_one("#f-subject")["value"] == "接入考勤系统"
    path = path_of(requester.post("/system_changes", {"subject": "接入考勤系统", "words": "统一登录"})).rstrip("/")
    early = requester.post(f"{path}/act", {"act": "submit"}, status=403)
    assert "分管厅领导尚未同意" in words(early)
    assert len(rows(desk("office.leader").get("/system_changes"))) == 1
    desk("office.leader").post(f"{path}/act", {"act": "consent", "note": "同意"})
    requester.post(f"{path}/act", {"act": "submit"})
    desk("tech").post(f"{path}/act", {"act": "assess", "note": "可行"})
    desk("admin").post(f"{path}/act", {"act": "accept"})
    assert "已接受，待实施" in words(requester.get(path + "/"))
    desk("gz.clerk").get(path + "/", status=403)
    assert rows(desk("gz.clerk").get("/system_changes")) == []
