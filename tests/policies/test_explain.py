"""Who may do what and why: the same answers as the deciding functions give, with what they rest on."""

from datetime import timedelta

import pytest

from content_types.appointment import Appointment
from content_types.content import HistoryEntry
from content_types.drafting_desk import DraftingDesk
from govrepo import clock
from policies import explain
from policies.appointment import give
from policies.drafting_desk import begin
from policies.permissions import Permission as P
from tests.policies.bench import later
from tests.policies.test_access_proposal import executed


@pytest.fixture
def now(bench):
    return explain.moment(bench.registry)


def test_an_answer_names_the_appointment_the_line_and_its_carrier(bench, now):
    delivery = bench.delivered("sz.clerk", "shenzhen", ("jiangmen",), by="sz.approver").tracking.deliveries["jiangmen"]
    answer = explain.may(delivery, P.DELIVERY_READ, bench.person("jm.clerk"), now)
    assert answer.decision == explain.Decision(True, "unit_clerk@unit:jiangmen", bench.box("jiangmen"))  # noqa: FBT003
    assert answer.appointment.role == "unit_clerk"
    assert answer.appointment.basis.startswith("权变〔2012〕")
    refused = explain.may(delivery, P.DELIVERY_READ, bench.person("gz.clerk"), now)
    assert (refused.decision, refused.appointment) == (explain.Decision(allowed=False), None)


def test_every_answer_is_that_of_the_policy(bench, now):
    box = bench.box("gd-office")
    for login in ("office.registry1", "zh1.officer", "zh1.head", "admin", "jm.clerk"):
        for permission in P:
            answer = explain.may(box, permission, bench.person(login), now)
            assert answer.decision.allowed == bench.actor(login).allowed(permission, box), (login, permission)


def test_a_refusing_line_is_named_too(bench, now):
    executed(bench, role="unit_clerk", scope="unit:jiangmen", permission=str(P.DISPATCH_RECALL), allowed=False)
    answer = explain.may(bench.box("jiangmen"), P.DISPATCH_RECALL, bench.person("jm.clerk"), now)
    assert answer.decision == explain.Decision(False, "unit_clerk@unit:jiangmen", bench.box("jiangmen"))  # noqa: FBT003


def test_acts_come_with_every_reason_against_them(bench):
    delivery = bench.delivered("sz.clerk", "shenzhen", ("jiangmen",), by="sz.approver").tracking.deliveries["jiangmen"]
    found = {each.transition.name: each for each in explain.acts(delivery, bench.person("jm.clerk"), bench.registry)}
    assert found["open"].allowed
    assert not found["sign_for"].allowed
    assert found["sign_for"].reasons[0].article
    with pytest.raises(LookupError):
        explain.acts(bench.root, bench.person("admin"), bench.registry)


def test_who_can_read_this(bench, now):
    found = {each.person.login: each for each in explain.holders(bench.box("jiangmen"), P.DELIVERY_READ, now)}
    assert set(found) == {"jm.clerk", "jm.approver"}
    assert found["jm.approver"].appointment.role == "unit_approver"
    everybody = list(explain.holders(bench.root, P.SITE_VIEW, now))
    assert len(everybody) == len(bench.root["people"])


def test_nobody_who_may_is_missed(bench):
    """The register of appointments only proposes whom to ask: the answer is that of asking everybody."""
    lent = bench.person("gz.clerk")
    give(lent, Appointment("unit_clerk", "unit:jiangmen", clock.now(), basis="借调"))
    now = explain.moment(bench.registry)
    assert lent in {each.person for each in explain.holders(bench.box("jiangmen"), P.DELIVERY_READ, now)}
    for name in ("jiangmen", "gd-office", "gd-office-zh1"):
        for permission in (P.DELIVERY_READ, P.DISPATCH_COMPOSE, P.MANAGE_VIEW):
            box = bench.box(name)
            asked = {
                each
                for each in bench.root["people"].values()
                if explain.may(box, permission, each, now).decision.allowed
            }
            assert {each.person for each in explain.holders(box, permission, now)} == asked, (name, permission)
    person = bench.person("jm.clerk")
    assert [each.person for each in explain.holders(person, P.ASSIGNMENT_READ, now)] == [person]


def test_what_a_person_can_reach(bench, now):
    found = list(explain.reach(bench.root, bench.person("zh1.officer"), now))
    names = [each.carrier.__name__ for each in found]
    assert {"gd-office", "gd-government", "gd-office-zh1", bench.person("zh1.officer").id} <= set(names)
    box = next(each for each in found if each.carrier is bench.box("gd-office-zh1"))
    assert (box.appointment.role, str(P.DISPATCH_SEND) in box.permissions) == ("case_officer", True)
    bench.root["units"]["jiangmen"].overrides = ("any",)
    assert list(explain.reach(bench.root, bench.person("zh1.officer"), now)) == found


def test_who_could_on_a_past_date(bench):
    """Appointments that ended since, and ACLs that were changed since, count as they stood."""
    box, person = bench.box("jiangmen"), bench.person("gz.clerk")
    begun = clock.now()
    appointment = Appointment("unit_clerk", "unit:jiangmen", begun, until=begun + timedelta(days=2), basis="借调")
    give(person, appointment)
    later(days=5)
    past = explain.moment(bench.registry, begun + timedelta(days=1))
    assert not explain.may(box, P.DELIVERY_READ, person, explain.moment(bench.registry)).decision.allowed
    answer = explain.may(box, P.DELIVERY_READ, person, past)
    assert (answer.decision.allowed, answer.appointment) == (True, appointment)
    assert person in {each.person for each in explain.holders(box, P.DELIVERY_READ, past)}
    assert appointment in {each.appointment for each in explain.reach(bench.root, person, past)}


def test_a_past_answer_says_when_the_acls_of_that_date_are_not_known(bench):
    box = bench.box("jiangmen")
    old = explain.moment(bench.registry, clock.now() - timedelta(days=1))
    assert explain.may(box, P.BOX_VIEW, bench.person("jm.clerk"), old).known is False
    box.acl_history = bench.root.acl_history = ()
    executed(bench)
    bench.root.acl_history = tuple(each._replace(at=clock.now()) for each in box.acl_history)
    granted = clock.now()
    later(days=1)
    duty = bench.person("office.duty")
    answer = explain.may(box, P.BOX_VIEW, duty, explain.moment(bench.registry, granted))
    assert (answer.known, answer.decision.allowed) == (True, True)


def test_nobody_suspended_then_could(bench):
    person = bench.person("jm.clerk")
    person.remember(HistoryEntry(clock.now(), "x", "x", "suspend", "active", "suspended"))
    later(days=1)
    person.remember(HistoryEntry(clock.now(), "x", "x", "lift", "suspended", "active"))
    later(days=1)
    box = bench.box("jiangmen")
    for days, allowed in ((1.5, False), (0.5, True), (3, True)):
        when = explain.moment(bench.registry, clock.now() - timedelta(days=days))
        assert explain.may(box, P.BOX_VIEW, person, when).decision.allowed is allowed, days


def test_what_a_person_reaches_includes_the_drafting_desks(bench, now):
    begin(bench.box("jiangmen"), bench.actor("jm.clerk"))
    found = [each.carrier for each in explain.reach(bench.root, bench.person("jm.clerk"), now)]
    assert [each for each in found if isinstance(each, DraftingDesk)]
    assert not any(
        isinstance(each.carrier, DraftingDesk) for each in explain.reach(bench.root, bench.person("gz.clerk"), now)
    )
