"""The dispatch's pages beyond the stories."""

import pytest

from content_types.dispatch import Dispatch
from govrepo import clock
from tests.app import site
from tests.attacks import scene
from tests.desk import Desk, rows, words
from tests.policies.bench import Bench, local
from views.dispatch import steps, summary


def test_the_strip_shows_how_far_it_is(shared_app, desk):
    for name, now in (("draft", "起草"), ("submitted", "核准"), ("released", "发送"), ("sent", "办结")):
        path = scene.make(shared_app, name)[name]
        assert f"{now} （当前）" in words(desk("jm.clerk").get(f"{path}/"))


def test_a_cancelled_dispatch_has_a_short_strip(shared_app):
    with site(shared_app) as root:
        bench = Bench(root, shared_app.registry)
        dispatch: Dispatch = scene.submitted(bench)
        assert [state for _label, state, _when in steps(dispatch)] == ["done", "now", "todo", "todo"]
        bench.act("jm.clerk", dispatch, "withdraw", reason="不发了")
        assert [state for _label, state, _when in steps(dispatch)] == ["done", "bad"]


def test_the_summary_counts():
    lines = [
        {"code": code, "delivery": None if code == "waiting" else code}
        for code in ("signed", "closed", "returned", "pending", "waiting")
    ]
    assert summary(lines) == {"all": 5, "delivered": 4, "signed": 2, "returned": 1}


def test_an_unknown_act_is_a_bad_request(shared_app, desk):
    path = scene.make(shared_app, "draft")["draft"]
    for act in ("", "delete", "add_recipients", "enter_offline"):
        desk("jm.clerk").act(path, act, status=400)


def test_a_step_back_needs_words(shared_app, desk):
    path = scene.make(shared_app, "submitted")["submitted"]
    assert "请写明理由" in words(desk("jm.approver").act(path, "send_back", status=422))
    desk("jm.approver").act(path, "send_back", reason="标题有误")
    assert "标题有误" in words(desk("jm.clerk").get(f"{path}/"))


def test_who_drafted_does_not_release(shared_app, desk):
    path = scene.make(shared_app, "submitted")["submitted"]
    assert "核准" in words(desk("jm.clerk").act(path, "release", status=403))


@pytest.mark.parametrize("view", ["ask", "receipt"])
def test_a_recipient_that_is_none(shared_app, desk, view):
    path = scene.make(shared_app, "sent")["sent"]
    desk("jm.clerk").get(f"{path}/{view}", status=404)
    desk("jm.clerk").get(f"{path}/{view}?box=guangzhou", status=404)


def test_a_resend_needs_a_choice(shared_app, desk):
    path = scene.make(shared_app, "sent")["sent"]
    page = desk("jm.clerk").post(f"{path}/resend", status=422)
    assert "只能向已退回" in words(page)


def test_the_status_table_alone(shared_app, desk):
    path = scene.make(shared_app, "sent")["sent"]
    part = desk("jm.clerk").get(f"{path}/status")
    assert len(rows(part)) == 1
    assert "<html" not in part.text


def test_p_37_after_the_cut_off_the_sender_reads_to_which_day_it_counts(shared_app, desk):
    path = scene.make(shared_app, "released")["released"]
    assert "已过今天的截止时间" not in words(desk("jm.clerk").get(f"{path}/"))
    clock.travel(local("2013-01-07 17:05"))
    assert "现在发送的，按 2013-01-08 的交换计" in words(Desk(shared_app, "jm.clerk").get(f"{path}/"))
