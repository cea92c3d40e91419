"""Passing on beyond the range over HTTP: the draft says who lies outside, the issuer is asked and answers (S-10)."""

import pytest

from tests.desk import Desk, path_of, words
from tests.policies.bench import local
from tests.views.test_sending_on import clock, entry

__all__ = ["entry"]


@pytest.fixture(autouse=True)
def _a_working_day():
    clock.travel(local("2013-01-07 10:05"))
    yield
    clock.reset()


@pytest.fixture
def officer(app):
    return Desk(app, "zh2.officer")


@pytest.fixture
def draft(entry, officer):
    """A draft that passes the city's report on to another city."""
    path = path_of(officer.post(f"{entry}/do", {"act": "send_on", "what": "document"}))
    return path.removesuffix("/edit")


def sent_from(clerk):
    """The address of the city's own sending."""
    page = clerk.get("/exchange/jiangmen/sent")
    return page.html.select_one("a[data-open]")["href"].rstrip("/")


def add(officer, draft, box):
    form = next(each for each in officer.get(f"{draft}/edit").forms.values() if "title" in each.fields)
    fields = [(name, value) for name, value in form.submit_fields() if name not in ("csrf_token", "then")]
    officer.post(f"{draft}/edit", [*fields, ("mains", box), ("then", "save")])


def test_s_10_asked_answered_submitted(app, officer, draft):
    assert "来文的发送范围" not in words(officer.get(f"{draft}/"))
    add(officer, draft, "shenzhen")
    assert "来文的发送范围由发文单位确定，不包括：深圳市" in words(officer.get(f"{draft}/"))
    officer.act(draft, "submit")
    assert "不在发文单位确定的发送范围内" in words(officer.get(f"{draft}/edit?check=1"))
    officer.act(draft, "ask_circulation", status=422)
    officer.act(draft, "ask_circulation", reason="请深圳市配合")
    assert "等待答复" in words(officer.get(f"{draft}/"))

    approver, clerk = Desk(app, "jm.approver"), Desk(app, "jm.clerk")
    sent = sent_from(clerk)
    assert "请求扩大发送范围，待答复" in words(approver.get("/"))
    assert "请深圳市配合" in words(approver.get(f"{sent}/"))
    clerk.post(f"{sent}/circulation", {"box": "gd-office", "act": "grant_circulation"}, status=403)
    approver.post(f"{sent}/circulation", {"box": "gd-office", "act": "x"}, status=400)
    approver.post(f"{sent}/circulation", {"box": "x", "act": "grant_circulation"}, status=400)
    approver.post(f"{sent}/circulation", {"box": "gd-office", "act": "refuse_circulation"}, status=422)
    approver.post(f"{sent}/circulation", {"box": "gd-office", "act": "grant_circulation"})
    assert "请深圳市配合" not in words(approver.get(f"{sent}/"))

    assert "发文单位已同意扩大发送范围" in words(officer.get(f"{draft}/"))
    officer.act(draft, "submit")
    assert "待核准" in words(officer.get(f"{draft}/"))


def test_s_10_a_refusal_is_shown(app, officer, draft):
    add(officer, draft, "shenzhen")
    officer.act(draft, "ask_circulation", reason="请深圳市配合")
    approver = Desk(app, "jm.approver")
    sent = sent_from(Desk(app, "jm.clerk"))
    approver.post(f"{sent}/circulation", {"box": "gd-office", "act": "refuse_circulation", "note": "尚未公布"})
    assert "发文单位不同意扩大发送范围" in words(officer.get(f"{draft}/"))
