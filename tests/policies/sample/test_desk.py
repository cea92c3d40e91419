"""The desk: moments go forward, acts go through the policies."""

from datetime import UTC, datetime

import pytest

from govrepo import clock
from policies.engine import Refused
from policies.sample.desk import Desk, scan_of, text_of
from policies.sending import new_draft
from tests.app import opened

MONDAY_NOON = datetime(2013, 1, 14, 4, 0, tzinfo=UTC)


@pytest.fixture
def desk(app):
    with clock.frozen(MONDAY_NOON), opened(app.registry) as root:
        yield Desk(root, app.registry)


def moment(desk):
    with desk.transaction():
        return clock.local(clock.now())


def test_days_count_working_days(desk):
    desk.turn_to(2)
    assert moment(desk).isoformat() == "2013-01-10T09:11:00+08:00"
    desk.turn_to(1)
    assert moment(desk).isoformat() == "2013-01-11T09:11:00+08:00"
    desk.turn_to(0)
    assert moment(desk).isoformat() == "2013-01-14T10:31:00+08:00"


def test_moments_never_go_back_nor_past_the_present(desk):
    desk.turn_to(0)
    moments = [moment(desk) for _ in range(100)]
    assert moments == sorted(moments)
    assert moments[-1] == MONDAY_NOON
    desk.turn_to(3)
    assert moment(desk) == MONDAY_NOON


def test_an_actor_holds_what_the_person_holds_then(desk):
    actor = desk.actor("gz.clerk")
    assert set(actor.principals) == {actor.person.principal, "unit_clerk@unit:guangzhou"}


def test_an_act_nobody_may_do_is_refused_and_leaves_nothing(desk):
    with desk.transaction():
        draft = new_draft(desk.root["exchange"]["guangzhou"], desk.actor("gz.clerk"))
    with pytest.raises(Refused):
        desk.act(draft, "submit", "sz.clerk")
    assert draft.state == "drafting"


def test_each_document_has_text_and_scan():
    assert text_of("notice").startswith("广东省人民政府办公厅关于电子政务系统")
    assert scan_of("notice").startswith(b"%PDF-")
