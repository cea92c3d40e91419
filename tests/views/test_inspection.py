"""The pages of inspections (R-39.1, R-39.2)."""

from tests.desk import path_of, rows, words

PLANNED = {"login": "hz.clerk", "kind": "random", "equipment": "计算机", "day": "2013-01-07"}


def test_planned_found_and_shown(desk):
    tech = desk("tech")
    mistake = tech.post("/inspect", PLANNED | {"login": "nobody", "day": "soon"}, status=422)
    assert {each["id"] for each in mistake.html.select(".gr-error")} == {"e-login", "e-day"}
    assert mistake.html.select_one("#f-equipment")["value"] == "计算机"
    path = path_of(tech.post("/inspect", PLANNED)).rstrip("/")
    assert "封存的设备" in words(tech.get(path + "/"))
    again = tech.post(f"{path}/act", {"act": "violation", "note": "", "sealed": ""}, status=422)
    assert "请写明检查情况" in words(again)
    tech.post(f"{path}/act", {"act": "violation", "note": "违规外接", "sealed": "计算机一台"})
    page = words(desk("auditor").get(path + "/"))
    assert "发现违规" in page
    assert "计算机一台" in page
    assert "违规外接" in " ".join(rows(desk("auditor").get("/inspections")))
    tech.post(f"{path}/act", {"act": "nothing"}, status=400)
    desk("auditor").post(f"{path}/act", {"act": "close"}, status=403)
    desk("gz.clerk").get(path + "/", status=403)
    desk("auditor").post("/inspect", PLANNED, status=403)
