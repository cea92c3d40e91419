"""A person's page: facts, appointments past and to come, sessions; a reset password is shown once (P-17, SOD-11)."""

from datetime import UTC

import pytest

from content_types.appointment import Appointment
from policies.roles import Role
from tests.app import login, site
from tests.desk import journaled, lines, words
from tests.policies.bench import local


def at(text):
    return local(text).astimezone(UTC)


@pytest.fixture(scope="module")
def path(shared_app):
    """The person of fs.approver, with an appointment of the past and one to come."""
    with site(shared_app) as root:
        person = root.logins["fs.approver"]
        periods = (("2012-03-01", "2012-06-01", "旧文"), ("2013-09-01", "2013-10-01", "新文"))
        for since, until, basis in periods:
            period = {"since": at(f"{since} 00:00"), "until": at(f"{until} 00:00")}
            person.appoint(Appointment(Role.UNIT_CLERK, "unit:foshan", basis=basis, **period))
        return f"/people/{person.id}"


def test_appointments_with_period_and_basis_past_ones_too(desk, path):
    page = desk("auditor").get(f"{path}/@@person")
    found = lines(page)
    assert [line.split()[0] for line in found[:3]] == ["有效", "尚未开始", "已结束"]
    assert "旧文" in found[2]
    assert "2012-06-01" in found[2]
    assert "佛山市人民政府" in words(page)


def test_the_trace_of_a_password_is_never_shown(shared_app, desk, path):
    with site(shared_app) as root:
        kept = root.logins["fs.approver"].password_hash
    assert kept not in desk("admin").get(f"{path}/@@person").text


def test_who_may_do_what_is_offered_what(shared_app, desk, path):
    login(shared_app, "fs.approver")
    offered = {name: desk(name).get(f"{path}/@@person").text for name in ("admin", "tech", "auditor", "security")}
    assert {name for name, text in offered.items() if "@@reset_password" in text} == {"admin"}
    assert {name for name, text in offered.items() if 'value="end_all"' in text} == {"admin", "tech"}


def test_a_reset_password_ends_the_sessions_and_is_shown_once(shared_app, desk, path):
    browser = login(shared_app, "fs.approver")
    answer = desk("admin").post(f"{path}/@@reset_password", {"basis": "佛府办函〔2013〕1号"}, status=200)
    password = answer.html.find(id="temporary").text
    assert "/login" in browser.get("/", status=303).location
    assert password not in desk("admin").get(f"{path}/@@person").text
    assert password not in str(journaled(shared_app))
    assert journaled(shared_app, "person.reset_password")[-1].subject == path


@pytest.mark.parametrize("officer", ["p0001", "p0002", "p0003"])
def test_sod_11_not_of_an_officer(shared_app, desk, officer):
    before = len(journaled(shared_app, "person.reset_password", "refused"))
    assert "SOD-" in desk("admin").post(f"/people/{officer}/@@reset_password", status=403).text
    assert len(journaled(shared_app, "person.reset_password", "refused")) == before + 1
