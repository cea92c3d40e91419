"""The pulse: what waits, from memory once the board runs; the proof of the alert."""

import pytest

from tests.app import site
from tests.attacks import scene

PULSE = "/pulse"


def test_what_waits_in_the_boxes_one_receives_in(shared_app, desk):
    before = desk("office.registry1").get(PULSE).json
    made = scene.make(shared_app, "pending_office")
    after = desk("office.registry1").get(PULSE).json
    assert after["total"] == before["total"] + 1
    assert made["uid"] in after["boxes"]["gd-government"]["newest"]
    assert after["serial"] != before["serial"]
    assert desk("office.leader").get(PULSE).json["boxes"] == {}, "who does not receive is not alerted"


def test_nothing_new_is_said_shortly(desk):
    answer = desk("office.registry1").get(PULSE)
    again = desk("office.registry1").browser.get(PULSE, headers={"If-None-Match": f'"{answer.etag}"'}, status=304)
    assert again.body == b""


def test_the_board_answers_without_the_database(shared_app, desk):
    board = shared_app.registry.pulse
    board.start()
    try:
        desk("office.registry1").get(PULSE)
        assert board.watches
        scene.make(shared_app, "pending_office")
        with site(shared_app) as root:
            board.refresh(root)
        known = desk("office.registry1").get(PULSE)
        etag = f'"{known.etag}"'
        desk("office.registry1").browser.get(PULSE, headers={"If-None-Match": etag}, status=304)
    finally:
        board.stop()
        board.watches.clear()


def test_a_session_that_ended_is_watched_no_longer(shared_app, desk):
    board = shared_app.registry.pulse
    board.start()
    try:
        leaving = desk("zh2.receiver")
        leaving.get(PULSE)
        leaving.post("/logout")
        with site(shared_app) as root:
            board.refresh(root)
        leaving.get(PULSE, status=401)
    finally:
        board.stop()
        board.watches.clear()


@pytest.mark.parametrize("body", [{}, {"deliveries": 5}, {"deliveries": None}, [], "x", {"deliveries": [[]] * 3}])
def test_an_alert_in_another_form(desk, body):
    registry = desk("office.registry1")
    answer = registry.browser.post_json("/alerted", body, headers={"X-CSRF-Token": registry.token}, status="*")
    assert answer.status_int == 400 or answer.json == {"noted": 0}


def test_an_alert_counts_once(shared_app, desk):
    registry = desk("office.registry1")
    body = {"deliveries": [scene.make(shared_app, "pending_office")["uid"], "r0", "'"]}
    headers = {"X-CSRF-Token": registry.token}
    assert registry.browser.post_json("/alerted", body, headers=headers).json == {"noted": 1}
    assert registry.browser.post_json("/alerted", body, headers=headers).json == {"noted": 0}
    registry.browser.post("/alerted", b"\xff{", headers=headers | {"Content-Type": "application/json"}, status=400)
