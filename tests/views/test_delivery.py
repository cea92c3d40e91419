"""The delivery's pages beyond the stories: what is odd, missing or refused."""

import pytest

from tests.attacks import scene
from tests.desk import words


@pytest.fixture(scope="module")
def signed(shared_app):
    return scene.make(shared_app, "signed_office")


def test_the_envelope_before_opening(shared_app, desk):
    path = scene.make(shared_app, "pending_office")["pending_office"]
    assert "打开前只显示封套" in words(desk("office.registry1").get(f"{path}/"))
    assert "只有本箱的收文员可以打开" in words(desk("office.leader").get(f"{path}/"))


def test_an_unknown_act_is_a_bad_request(signed, desk):
    for act in ("", "delete", "distribute", "recall", "ask_recall", "acknowledge", "open"):
        desk("office.registry1").act(signed["signed_office"], act, status=400)


@pytest.mark.parametrize(
    "query", ["", "?file=x&n=0", "?file={f}", "?file={f}&n=-1", "?file={f}&n=7", "?file={f}&n=" + "9" * 5000]
)
def test_only_pages_that_exist(signed, desk, query):
    desk("office.registry1").get(f"{signed['signed_office']}/page{query.format(**signed)}", status=404)


def test_a_page_is_an_image_for_this_reader_alone(signed, desk):
    answer = desk("office.registry1").get(f"{signed['signed_office']}/page?file={signed['f']}&n=0")
    assert answer.content_type == "image/png"
    assert "private" in answer.headers["Cache-Control"]


def test_a_file_that_is_not_of_the_document_is_not_taken(signed, desk):
    registry = desk("office.registry1")
    for act in ("print", "print_plain", "download"):
        page = registry.post(f"{signed['signed_office']}/take", {"act": act, "file": "f0"}, status=422)
        assert "请选择要" in words(page)
    registry.post(f"{signed['signed_office']}/take", {"act": "x", "file": "f0"}, status=400)


def test_a_return_keeps_what_was_typed(shared_app, desk):
    path = scene.make(shared_app, "opened_office")["opened_office"]
    page = desk("office.registry1").act(path, "return", status=422, reason="nonsense", note="写了很多")
    assert "写了很多" in page.text


def test_the_receipt_names_its_key_and_the_empty_slot(signed, desk, shared_app):
    page = words(desk("office.registry1").get(f"{signed['signed_office']}/receipt"))
    assert shared_app.registry.system_key.key_id in page


def test_distributing_nothing_leads_back(desk):
    away = desk("office.registry1").get("/exchange/gd-government/distribute", status=303)
    assert away.location.endswith("/signed")
    assert "请先选中已签收的文件" in away.follow().text


def test_a_refused_distribution_keeps_the_ticks(signed, shared_app, desk):
    uid = scene.make(shared_app, "signed")["uid"]
    page = desk("office.registry1").post("/exchange/gd-government/distribute", {"d": uid, "note": "请办"}, status=422)
    assert "请办" in page.text
    assert uid in page.text
