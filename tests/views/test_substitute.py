"""The head's page for substitutes (R-11.3, R-11.4); the acts are tried in tests/policies/test_substitute.py and story 10."""

from tests.desk import words

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
