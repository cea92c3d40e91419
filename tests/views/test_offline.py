"""Off-line entry beyond its story: what is odd or refused."""

import pytest

from tests.app import site
from tests.desk import rows, words

BOX = "/exchange/gd-office"
TYPED = {"title": "关于情况的报告", "kind": "报告", "number": "", "no_number_reason": "无", "date": "2013-01-04"}


@pytest.fixture(scope="module")
def registry(desk):
    return desk("office.registry1")


@pytest.mark.parametrize("unit", ["", "nowhere", "jiangmen"])
def test_only_for_a_unit_that_is_not_connected(registry, unit):
    page = registry.post(f"{BOX}/offline", TYPED | {"unit": unit, "channel": "paper"}, status=422)
    assert "请选择来文单位" in words(page)
    assert TYPED["title"] in page.text


def test_what_was_refused_leaves_nothing_behind(shared_app, registry):
    code = registry.get(f"{BOX}/offline").html.select("select[name=unit] option")[1]["value"]
    registry.post(f"{BOX}/offline", TYPED | {"unit": code, "channel": "paper", "date": "x"}, status=422)
    with site(shared_app) as root:
        assert not root["exchange"]["gd-office"]["outbox"].keys()
        assert code not in root["outgoing"]
    assert rows(registry.get(f"{BOX}/waiting")) == []


def test_an_upload_that_is_gone_does_not_break_the_form(registry):
    page = registry.post(f"{BOX}/offline", TYPED | {"unit": "", "scan_upload": "gone"}, status=422)
    assert page.html.find("input", {"name": "scan_upload"}) is None


def test_an_applicant_is_no_unit_of_the_directory_yet(desk, registry):
    """R-N4.4, 5.8: what was applied for and not opened sends nothing, not even on paper."""
    form = {
        "code": "applicant",
        "name": "申请中的单位",
        "kind": "other",
        "form": "organ",
        "document_codes": "申府",
        "contact": "甲某",
        "office_phone": "020-83131234",
        "letter": "文件",
    }
    desk("liaison").post("/unit_application", form)
    offered = {each["value"] for each in registry.get(f"{BOX}/offline").html.select("select[name=unit] option")}
    assert "applicant" not in offered
    assert "canshi" in offered
