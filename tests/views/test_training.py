"""Training records on the screen (R-4.2, R-6.2)."""

import pytest

from tests.app import site
from tests.desk import path_of, rows, words


@pytest.fixture
def address(desk):
    return path_of(desk("tech").get("/trainings?person=zh1.officer", status=303))


def test_a_training_is_found_recorded_and_shown(desk, address):
    assert "没有这个用户名" in words(desk("tech").get("/trainings?person=nobody"))
    form = {"kind": "skills", "day": "2012-12-20", "subject": "系统操作", "passed": "yes"}
    desk("tech").post(address, form)
    desk("tech").post(address, form | {"kind": "confidentiality", "passed": "no"})
    assert ["不合格" in line for line in rows(desk("auditor").get(address))].count(True) == 1
    assert "登记培训" not in words(desk("auditor").get(address))


@pytest.mark.parametrize(("field", "value"), [("kind", "golf"), ("day", "x"), ("day", "2099-01-01")])
def test_bad_input_comes_back_at_its_field(desk, address, field, value):
    form = {"kind": "skills", "day": "2012-12-20", "subject": "留着", "passed": "yes"}
    page = desk("tech").post(address, form | {field: value}, status=422)
    assert page.html.find(id=f"e-{field}")
    assert page.html.select_one("input[name=subject]")["value"] == "留着"


def test_a_unit_administrator_sees_the_own_people(shared_app, desk):
    from content_types.appointment import Appointment  # noqa: PLC0415 - One use.
    from govrepo import clock  # noqa: PLC0415 - One use.

    with site(shared_app) as root:
        root.logins["fs.approver"].appoint(Appointment("unit_administrator", "unit:foshan", clock.now(), basis="test"))
        own, foreign = root.logins["fs.clerk"].id, root.logins["gz.clerk"].id
    desk("fs.approver").post(f"/people/{own}/trainings", {"kind": "skills", "day": "2012-12-20", "passed": "yes"})
    desk("fs.approver").get(f"/people/{foreign}/trainings", status=(403, 404))
