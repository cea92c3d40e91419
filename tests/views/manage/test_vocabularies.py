"""Vocabularies: shown in both languages; an added reason stands in the form of a return until it is ended (P-54)."""

from tests.attacks import scene
from tests.desk import journaled, lines

TERM = {"act": "add", "vocabulary": "return_reasons", "code": "duplicate", "zh": "重复来文", "en": "Duplicate item"}


def test_both_languages_of_what_is_declared(desk):
    found = lines(desk("auditor").get("/@@vocabularies"))
    assert "misdirected 错发 Wrong recipient 规定" in found
    assert "urgent 加急 Urgent 规定" in found
    assert sum(line.split()[0] in ("决议", "通知", "纪要") for line in found) == 3


def test_p_54_an_added_reason_is_offered_until_it_is_ended(shared_app, desk):
    admin, clerk = desk("admin"), desk("office.registry1")
    path = scene.make(shared_app, "opened_office")["opened_office"]
    assert "重复来文" not in clerk.get(f"{path}/").text
    admin.post("/@@vocabularies", TERM)
    assert "重复来文" in clerk.get(f"{path}/").text
    clerk.act(path, "return", reason="duplicate")
    assert "重复来文" in clerk.get(f"{path}/").text
    admin.post("/@@vocabularies", {"act": "end", "vocabulary": "return_reasons", "code": "duplicate"})
    other = scene.make(shared_app, "opened_office")["opened_office"]
    assert "重复来文" not in clerk.get(f"{other}/").text
    assert "重复来文" in clerk.get(f"{path}/").text
    assert journaled(shared_app, "vocabulary.add")[-1].details["code"] == "duplicate"


def test_what_must_be_mended_stands_at_its_field(desk):
    answer = desk("admin").post("/@@vocabularies", {**TERM, "code": "other", "zh": "", "en": ""}, status=422)
    assert {each["id"] for each in answer.html.select(".gr-error")} == {"e-code", "e-zh", "e-en"}


def test_a_list_that_is_not_open_stays_as_it_is(desk):
    answer = desk("admin").post("/@@vocabularies", {**TERM, "vocabulary": "urgencies"}, status=403)
    assert "不能增补" in answer.text


def test_only_the_administrator_is_offered_a_change(desk):
    assert 'name="zh"' in desk("admin").get("/@@vocabularies").text
    assert 'name="zh"' not in desk("auditor").get("/@@vocabularies").text


def test_nonsense(desk):
    desk("admin").post("/@@vocabularies", {**TERM, "vocabulary": "x"}, status=400)
    desk("admin").post("/@@vocabularies", {**TERM, "act": "x"}, status=400)
