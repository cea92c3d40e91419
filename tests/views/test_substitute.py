"""The head's page for substitutes (R-11.3, R-11.4); the acts are tried in tests/policies/test_substitute.py and story 10."""

from tests.app import site
from tests.desk import rows, words

ZH3 = "/exchange/gd-office-zh3"


def test_the_page_offers_the_divisions_other_people(desk):
    page = desk("zh3.head").get(f"{ZH3}/substitutes")
    assert len(page.html.select("#f-person option")) == 2
    assert "没有指定代收人" in words(page)
    assert "指定代收人" in words(desk("zh3.head").get(f"{ZH3}/waiting"))
    assert "指定代收人" not in words(desk("zh3.receiver").get(f"{ZH3}/waiting"))


def test_mistakes_are_told_at_their_fields_and_nothing_is_lost(desk):
    fields = {"person": "p9999", "until": "yesterday", "reason": "病假"}
    page = desk("zh3.head").post(f"{ZH3}/substitutes", fields, status=422)
    assert {each["id"] for each in page.html.select(".gr-error")} == {"e-person", "e-until"}
    assert page.html.select_one("#f-reason").text.strip() == "病假"


def test_r_11_3_the_auditor_finds_each_designation_and_verifies_it(desk, shared_app):
    head, auditor = desk("zh3.head"), desk("auditor")
    assert "没有指定代收" in words(auditor.get("/designations"))
    with site(shared_app) as root:
        substitute = root.logins["zh3.officer"]
        named = {"person": substitute.id, "until": "2013-01-11", "reason": "收文员病假"}
    head.post(f"{ZH3}/substitutes", named)
    page = auditor.get("/designations")
    (line,) = rows(page)
    for shown in (substitute.name, "综合三处", "收文员病假", "2013-01-12 00:00", "正在代收"):
        assert shown in line
    assert "指定代收" in auditor.get("/@@manage").text
    uid = page.html.select_one("button[name=verify]")["value"]
    head.post(
        f"{ZH3}/substitutes", {"end": head.get(f"{ZH3}/substitutes").html.select_one("button[name=end]")["value"]}
    )
    assert "提前终止" in rows(auditor.get("/designations?show=waiting"))[0]
    auditor.post("/designations", {"verify": "x"}, status=400)
    head.post("/designations", {"verify": uid}, status=403)
    auditor.post("/designations", {"verify": uid})
    assert rows(auditor.get("/designations?show=waiting")) == []
    (line,) = rows(auditor.get("/designations?show=all"))
    assert "已复核" in line
    auditor.post("/designations", {"verify": uid}, status=403)
