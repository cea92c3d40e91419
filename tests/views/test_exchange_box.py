"""The lists of a box: paging by key, empty lists, selection."""

import pytest

from tests.app import site
from tests.attacks import scene
from tests.desk import rows, words
from tests.policies.bench import Bench

BOX = "/exchange/zhuhai"


@pytest.fixture(scope="module")
def many(shared_app):
    """Sixty deliveries in one box, sixty drafts in another."""
    with site(shared_app) as root:
        bench = Bench(root, shared_app.registry)
        for _number in range(60):
            bench.delivered("sz.clerk", "shenzhen", ("zhuhai",), by="sz.approver", **scene.ELEMENTS)


def test_pages_follow_by_key(desk, many):
    clerk = desk("zh.clerk")
    first = clerk.get(f"{BOX}/waiting")
    assert len(rows(first)) == 50
    following = first.html.find("a", string="下一页")["href"]
    second = clerk.get(f"{BOX}/waiting{following}")
    assert len(rows(second)) == 10
    uids = [each["value"] for page in (first, second) for each in page.html.select("input[name=selected]")]
    assert len(set(uids)) == 60
    assert len(rows(desk("sz.clerk").get("/exchange/shenzhen/sent"))) == 50


@pytest.mark.parametrize(
    "key", ["x", "1", "1.2.3", "-1.2", "1.x", "9" * 30 + ".1", "1." + "9" * 30, "١.٢", "1.2<script>"]
)
def test_a_key_that_is_none_is_a_bad_request(desk, key):
    for folder in ("waiting", "sent"):
        desk("zh.clerk").browser.get(f"{BOX}/{folder}", {"after": key}, status=400)


def test_a_key_past_the_end_shows_nothing(desk):
    assert rows(desk("zh.clerk").get(f"{BOX}/waiting?after=1.1")) == []


def test_empty_lists_say_so(desk):
    for folder in ("waiting", "signed", "returned", "all", "sent", "drafts"):
        page = desk("fs.clerk").get(f"/exchange/foshan/{folder}")
        assert rows(page) == []
        assert "没有" in words(page)


def test_the_entrance_leads_to_what_a_person_sees(desk):
    assert desk("fs.clerk").get("/exchange/foshan", status=303).location.endswith("/exchange/foshan/waiting")
    assert desk("zh2.officer").get("/exchange/gd-office", status=303).location.endswith("/exchange/gd-office/sent")


def test_bulk_acts_need_a_selection_and_a_known_act(desk):
    clerk = desk("fs.clerk")
    page = clerk.post("/exchange/foshan/act", {"act": "sign_for"}).follow()
    assert "没有选中文件" in page.text
    clerk.post("/exchange/foshan/act", {"act": "delete"}, status=400)
    clerk.post("/exchange/foshan/act", {"act": "sign_for", "selected": "r0"}, status=400)


def test_many_are_opened_at_once(desk, many):
    clerk = desk("zh.clerk")
    uid = clerk.get(f"{BOX}/waiting").html.select_one("input[name=selected]")["value"]
    assert "已办理“打开” 1 件" in clerk.post(f"{BOX}/act", {"act": "open", "selected": uid}).follow().text
