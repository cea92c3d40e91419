"""A person's own list: order, pages, closing."""

from tests.attacks import scene
from tests.desk import rows, words


def test_empty_lists_say_so(desk):
    for address in ("/assigned", "/assigned?state=closed"):
        page = desk("fs.clerk").get(address)
        assert rows(page) == []
        assert "没有" in words(page)


def test_a_page_image_only_after_opening(shared_app, desk):
    words_ = scene.make(shared_app, "task")
    officer = desk("zh2.officer")
    page = f"{words_['task']}/page?file={words_['f']}&n=0"
    officer.get(page, status=404)
    officer.act(words_["task"], "open")
    assert officer.get(page).content_type == "image/png"
    officer.get(f"{words_['task']}/page", status=404)


def test_what_is_closed_moves_to_the_other_list(shared_app, desk):
    task = scene.make(shared_app, "read_task")["read_task"]
    officer = desk("zh2.officer")
    open_before = len(rows(officer.get("/assigned")))
    officer.act(task, "close", note="已办")
    officer.act(task, "close", status=403)
    assert len(rows(officer.get("/assigned"))) == open_before - 1
    assert "已办" in words(officer.get(f"{task}/"))
