"""Sending what is urgent at night (R-16.2, R-16.3), from outside."""

import functools

import pytest

from govrepo import clock
from tests.desk import Desk, drain_work, journaled, path_of, row_link, words
from tests.policies.bench import local


@pytest.fixture(scope="module")
def night(shared_app):
    """Saturday night, for people who log in then; time only goes on, so these tests come last."""
    clock.travel(local("2013-01-12 22:13"))
    return functools.cache(functools.partial(Desk, shared_app))


def released(desk, app, number):
    """An urgent draft of Foshan's, released."""
    clerk = desk("fs.clerk")
    path = path_of(
        clerk.compose("foshan", ["gd-office"], urgency="most_urgent", number=number, title=f"关于抢险的通知{number}")
    )
    path = path.removesuffix("/edit")
    drain_work(app)
    clerk.act(path, "submit")
    desk("fs.approver").act(path, "release")
    return path


def test_r_16_2_who_marks_a_draft_urgent_is_told(desk):
    assert "须先电话通知省政府值班室" in words(desk("fs.clerk").get("/exchange/foshan/compose"))


def test_p_5_in_working_hours_nothing_is_asked(desk, shared_app):
    clerk, path = desk("fs.clerk"), released(desk, shared_app, "佛府〔2013〕3号")
    assert "非工作时间" not in words(clerk.get(path))
    clerk.act(path, "send")
    assert "电话通知" not in words(clerk.get(path))


CALL = {"call_at": "2013-01-12T22:12", "caller": "佛山 甲", "called": "省政府值班室 乙"}


def test_r_16_2_the_sender_is_told_and_records_the_call(night, shared_app):
    clerk, path = night("fs.clerk"), released(night, shared_app, "佛府〔2013〕1号")
    page = clerk.get(path)
    assert "非工作时间发送急件" in words(page)
    assert len(page.html.select("button[value=send]")) == 1
    refused = clerk.act(path, "send", status=422)
    assert "须先电话通知省政府值班室" in words(refused)
    half = clerk.act(path, "send", status=422, **CALL | {"called": ""})
    assert "请填写接电话的单位和人员" in words(half)
    assert half.html.select_one("input[name=caller]")["value"] == "佛山 甲"
    assert clerk.act(path, "send", status=422, **CALL | {"call_at": "昨夜"})
    clerk.act(path, "send", **CALL)
    assert "佛山 甲 打给 省政府值班室 乙" in words(clerk.get(path))
    assert journaled(shared_app, "phone_notice.record")
    drain_work(shared_app)
    duty = night("office.duty")
    delivery = row_link(duty.get("/exchange/gd-office/waiting"), "佛府〔2013〕1号")
    assert "佛山 甲 打给 省政府值班室 乙" in words(duty.get(f"{delivery}/"))
    assert "佛山 甲" in words(duty.get("/registers/phone_notices"))


def test_r_16_3_not_notified_is_shown_with_its_responsibility(night, shared_app):
    clerk, path = night("fs.clerk"), released(night, shared_app, "佛府〔2013〕2号")
    clerk.act(path, "send", not_notified="yes")
    page = words(clerk.get(path))
    assert "未电话通知" in page
    assert "责任由发文单位承担" in page
    drain_work(shared_app)
    duty = night("office.duty")
    delivery = row_link(duty.get("/exchange/gd-office/waiting"), "佛府〔2013〕2号")
    assert "未电话通知" in words(duty.get(f"{delivery}/"))
