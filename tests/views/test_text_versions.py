"""The versions of a draft over HTTP: listed, compared, taken back (domain.md 4.5, 5.1)."""

import pytest

from tests.app import site
from tests.desk import lines, words
from tests.views.test_drafting import BODY, TYPED, document, saved, value


@pytest.fixture(scope="module")
def officer(desk):
    return desk("zh1.officer")


@pytest.fixture(scope="module")
def path(officer):
    """A draft of three versions."""
    path = saved(officer)
    officer.post(f"{path}/edit", TYPED | {"began": "1", "body": BODY.replace("高度重视", "十分重视")})
    officer.post(f"{path}/edit", TYPED | {"began": "2", "body": BODY + "\n二、做好保障"})
    return path


def marked(page, tag):
    return [each.text for each in page.html.select(f".gr-difference {tag}")]


def test_the_list_and_the_newest_difference(officer, path):
    page = officer.get(f"{path}/versions")
    assert [line[:5] for line in lines(page)] == ["第 3 稿", "第 2 稿", "第 1 稿"]
    assert (marked(page, "del"), marked(page, "ins")) == (["十分"], ["高度", "二、做好保障"])


def test_any_two_are_compared(officer, path):
    page = officer.get(f"{path}/versions?old=1&new=2")
    assert (marked(page, "del"), marked(page, "ins")) == (["高度"], ["十分"])
    page = officer.get(f"{path}/versions?old=2&new=1")
    assert (marked(page, "del"), marked(page, "ins")) == (["十分"], ["高度"])
    assert "没有不同" in words(officer.get(f"{path}/versions?old=2&new=2"))


def test_the_first_has_nothing_before_it(officer, path):
    page = officer.get(f"{path}/versions?new=1")
    assert marked(page, "del") == []
    assert TYPED["title"] in marked(page, "ins")


@pytest.mark.parametrize("query", ["old=9", "new=9", "new=0", "old=x", "new=-1", "new=" + "9" * 99, "new=%D9%A3"])
def test_what_is_no_version_is_not_found(officer, path, query):
    officer.get(f"{path}/versions?{query}", status=404)


def test_an_old_one_is_taken_back_as_a_new_one(shared_app, officer):
    path = saved(officer)
    officer.post(f"{path}/edit", TYPED | {"began": "1", "body": "另一稿"})
    page = officer.get(f"{path}/versions")
    page = officer.post(f"{path}/take_back", {"version": "1", "began": value(page, "began")}).follow()
    assert value(page, "body") == BODY
    assert "取回第1稿" in lines(officer.get(f"{path}/versions"))[0]
    with site(shared_app) as root:
        assert [each.body for each in document(root, path).versions.newest_first()] == [BODY, "另一稿", BODY]


def test_nothing_is_taken_back_over_what_was_saved_meanwhile(shared_app, officer):
    path = saved(officer)
    officer.post(f"{path}/edit", TYPED | {"began": "1", "body": "另一稿"})
    page = officer.post(f"{path}/take_back", {"version": "1", "began": "1"}, status=422)
    assert "已于" in page.html.find(id="errors").text
    with site(shared_app) as root:
        assert document(root, path).body == "另一稿"


@pytest.mark.parametrize(
    ("fields", "status"),
    [({"version": "9", "began": "1"}, 404), ({"version": "1"}, 400), ({"version": "1", "began": "x"}, 400)],
)
def test_taking_back_what_is_not_there(officer, fields, status):
    officer.post(f"{saved(officer)}/take_back", fields, status=status)


def test_a_draft_without_text_says_so(officer):
    path = saved(officer, title="", body="")
    assert "还没有保存过文字" in words(officer.get(f"{path}/versions"))


def test_who_only_reads_is_offered_nothing_to_write(desk, path):
    page = desk("zh1.head").get(f"{path}/versions")
    assert not page.html.find("form", id="take-back")
    assert "修改文稿" not in words(page)
