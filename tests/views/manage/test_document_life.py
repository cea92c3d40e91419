"""The time line of a document over HTTP: all boxes, refusals too, neither title nor content (R-7.1, R-7.6)."""

import pytest

from tests.attacks import scene
from tests.desk import words


@pytest.fixture(scope="module")
def made(shared_app):
    return scene.make(shared_app, "signed_office")


def test_the_auditor_follows_a_document_through_the_boxes(made, desk):
    auditor = desk("auditor")
    path = made["signed_office"]
    desk("office.registry1").act(path, "sign_for", status=403)
    page = auditor.get(f"/@@document_life?path={path}")
    said = words(page)
    for each in ("签收", "发送", "送达", "拒绝"):
        assert each in said, each
    assert "春运" not in page.text
    numbers = [int(box["value"]) for box in page.html.select("input[name=pick]")]
    assert numbers == sorted(numbers)
    entry = auditor.get(f"/@@journal_entry?seq={numbers[-1]}")
    assert entry.html.find("a", string="这件公文的全程")
    assert entry.html.find("a", string="此人的办理记录")
    assert auditor.get(f"{path}/@@history").html.find("a", string="这件公文的全程")
    assert not desk("admin").get(f"{path}/@@history").html.find("a", string="这件公文的全程")


def test_what_is_no_document(desk):
    for path in ("", "/people", "/x", "%ff"):
        desk("auditor").get(f"/@@document_life?path={path}", status="4*" if path == "%ff" else 404)
