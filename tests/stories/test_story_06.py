"""Story 6: recall (P-41). At once while nobody has opened it, by request afterwards; never erased."""

import pytest

from tests.app import drain
from tests.desk import Desk, journaled, row_link, rows, words

TITLE = "关于做好2013年春运工作的通知"
BOX = "/exchange/gd-government"


@pytest.fixture
def clerk(app, at):
    at("2013-01-07 09:40")
    return Desk(app, "jm.clerk")


@pytest.fixture
def sent(app, clerk):
    return clerk.send(Desk(app, "jm.approver"), "jiangmen", ["gd-government"], copies=["caizheng"], signer="江上舟")


@pytest.fixture
def registry(app):
    return Desk(app, "office.registry1")


def test_what_nobody_opened_is_gone_at_once(app, clerk, sent, registry):
    drain(app)
    delivery = row_link(registry.get(f"{BOX}/waiting"), TITLE)
    clerk.post(f"{sent}/recall", {"box": "gd-government"})
    for folder in ("waiting", "signed", "returned", "all"):
        assert rows(registry.get(f"{BOX}/{folder}")) == []
    assert registry.get("/pulse").json["total"] == 0
    registry.post(f"{delivery}/open", status=403)
    assert "扫描.pdf" not in registry.get(f"{delivery}/").text
    assert "已撤回" in rows(clerk.get(sent))[0]
    assert "待签收" in rows(clerk.get(sent))[1], "the other recipient keeps its copy"
    assert [entry.actor for entry in journaled(app, "delivery.recall")] == [journaled(app, "dispatch.send")[0].actor]
    assert "已撤回" in words(clerk.get(f"{sent}/receipt?box=gd-government"))


def test_what_was_opened_needs_a_request_which_may_be_refused(app, clerk, sent, registry):
    drain(app)
    delivery = _ask(clerk, sent, registry)
    assert "请写明理由" in words(registry.act(delivery, "refuse_recall", status=422))
    registry.act(delivery, "refuse_recall", note="已呈领导阅示")
    line = rows(clerk.get(sent))[0]
    assert "待签收" in line, "the state has not changed"
    registry.act(delivery, "sign_for")
    history = words(registry.get(f"{delivery}/"))
    assert "请求撤回" in history
    assert "文号有误" in history
    assert "不同意撤回" in history
    assert "已呈领导阅示" in history
    assert [entry.reason for entry in journaled(app, "delivery.ask_recall", "allowed")] == ["文号有误"]
    assert [entry.reason for entry in journaled(app, "delivery.refuse_recall", "allowed")] == ["已呈领导阅示"]
    assert "不同意撤回" in words(clerk.get(f"{sent}/receipt?box=gd-government"))


def test_a_request_may_be_accepted(app, clerk, sent, registry):
    drain(app)
    delivery = _ask(clerk, sent, registry)
    clerk.post(f"{sent}/ask", {"box": "gd-government", "note": "再次请求"}, status=403)
    registry.act(delivery, "accept_recall")
    assert rows(registry.get(f"{BOX}/waiting")) == []
    assert "扫描.pdf" not in registry.get(f"{delivery}/").text
    assert "已撤回" in rows(clerk.get(sent))[0]
    registry.act(delivery, "accept_recall", status=403)


def test_what_was_signed_may_be_asked_back_too(app, clerk, sent, registry):
    drain(app)
    delivery = row_link(registry.get(f"{BOX}/waiting"), TITLE)
    registry.post(f"{delivery}/open")
    registry.act(delivery, "sign_for")
    clerk.post(f"{sent}/ask", {"box": "gd-government", "note": "发错"})
    registry.act(delivery, "accept_recall")
    assert rows(registry.get(f"{BOX}/signed")) == []


def test_a_recall_may_come_before_the_postmaster(app, clerk, sent, registry):
    assert "等待投递" in rows(clerk.get(sent))[0]
    clerk.post(f"{sent}/recall", {"box": "gd-government"})
    assert "已撤回" in rows(clerk.get(sent))[0]
    clerk.post(f"{sent}/recall", {"box": "gd-government"}, status=403)
    drain(app)
    assert rows(registry.get(f"{BOX}/all")) == []
    assert "已撤回" in rows(clerk.get(sent))[0]
    assert len(rows(Desk(app, "caizheng.clerk").get("/exchange/caizheng/waiting"))) == 1


def test_a_recall_names_a_recipient(clerk, sent):
    clerk.post(f"{sent}/recall", {"box": "guangzhou"}, status=400)
    clerk.post(f"{sent}/ask", {"box": "gd-government", "note": "x"}, status=404)
    clerk.post(f"{sent}/acknowledge", {"box": "gd-government"}, status=400)


def _ask(clerk, sent, registry):
    delivery = row_link(registry.get(f"{BOX}/waiting"), TITLE)
    registry.post(f"{delivery}/open")
    clerk.post(f"{sent}/recall", {"box": "gd-government"}, status=403)
    assert "请写明理由" in words(clerk.post(f"{sent}/ask", {"box": "gd-government"}, status=422))
    assert TITLE in words(clerk.get(f"{sent}/ask?box=gd-government"))
    clerk.post(f"{sent}/ask", {"box": "gd-government", "note": "文号有误"})
    assert "请求撤回" in rows(registry.get(f"{BOX}/waiting"))[0]
    assert "文号有误" in words(registry.get(f"{delivery}/"))
    return delivery
