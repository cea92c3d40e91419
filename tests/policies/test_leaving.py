"""Who leaves hands over, and the account ends (domain.md 5.9, S-13, P-19, R-24.5, SOD-4, SOD-13)."""

import pytest
import transaction

from content_types.assignment import Part
from content_types.unit import Unit
from govrepo import clock
from govrepo.security import accounts
from policies.appointment import end
from policies.engine import Refused, may
from policies.leaving import open_work, takers_of
from policies.permission_change import request_change
from policies.suspension import suspend
from tests.policies import expected, units
from tests.policies.bench import later
from tests.policies.expected_registers import ENTRY_STATES, HANDED_OVER
from tests.policies.test_matrix import compare
from tests.policies.test_registering import registered
from tests.policies.units import why


def refused(bench, login, context, name, **data):
    with pytest.raises(Refused) as caught:
        bench.act(login, context, name, **data)
    return {reason.article for reason in caught.value.reasons}


def assigned(bench, login="zh1.officer"):
    delivery = bench.signed()
    bench.act("office.registry1", delivery, "distribute", targets=((bench.person(login), Part.LEAD),))
    return delivery.assignments[0]


def colleague(bench):
    """A second case officer of the division."""
    person = bench.person("zh2.officer")
    units.grant(bench, person, "case_officer", "division:zh1")
    return person


@pytest.mark.parametrize("login", ["admin", "office.admin", "office.leader", "zh1.head"])
def test_s_13_the_head_the_leader_or_an_administrator_begins(bench, login):
    assert may(bench.person("zh1.officer"), "begin_handover", bench.actor(login))


@pytest.mark.parametrize("login", ["auditor", "security", "tech", "zh2.head", "jm.admin", "zh1.receiver"])
def test_s_13_nobody_else_does(bench, login):
    assert why(may(bench.person("zh1.officer"), "begin_handover", bench.actor(login))) == {"S-13"}


def test_s_13_a_unit_administrator_and_approver_for_the_own_unit(bench):
    for login in ("jm.admin", "jm.approver"):
        assert may(bench.person("jm.clerk"), "begin_handover", bench.actor(login))
        assert not may(bench.person("gz.clerk"), "begin_handover", bench.actor(login))


def test_p_19_sessions_and_rights_end_at_once(bench):
    person = bench.person("jm.clerk")
    accounts.open_session(person, "10.0.0.7")
    assert refused(bench, "jm.admin", person, "begin_handover", note="") == {"P-19"}
    bench.act("jm.admin", person, "begin_handover", note="调离")
    assert (person.state, dict(person.sessions), person.principals(clock.now())) == ("handover", {}, ())
    assert len(person.appointments(clock.now())) == 1


def test_sod_4_nobody_oneself_and_sod_13_not_the_last_officer(bench):
    assert why(may(bench.person("jm.admin"), "begin_handover", bench.actor("jm.admin"))) == {"SOD-4"}
    assert why(may(bench.person("auditor"), "begin_handover", bench.actor("admin"))) == {"R-6.3", "SOD-13"}


@pytest.mark.parametrize("login", ["auditor", "security", "admin"])
def test_r_6_3_no_head_stops_an_officer(bench, login):
    """An officer's post is given back by a reviewed request first, also where there is a second holder."""
    for by in ("office.admin", "office.leader"):
        assert "R-6.3" in why(may(bench.person(login), "begin_handover", bench.actor(by)))


def test_r_39_3_a_suspension_waits_for_the_leader(bench):
    suspension = suspend(bench.actor("tech"), bench.person("jm.clerk"), reason="x")
    assert why(may(bench.person("jm.clerk"), "begin_handover", bench.actor("admin"))) == {"R-39.3"}
    bench.act("office.leader", suspension, "maintain", note="x")
    bench.act("admin", bench.person("jm.clerk"), "begin_handover", note="调离")


def test_s_13_open_work_is_listed(bench):
    assignment = assigned(bench)
    draft = bench.draft("zh1.officer", "gd-office", ("jiangmen",), number="粤办函〔2013〕1号")
    sent = bench.sent("zh1.officer", "gd-office", ("jiangmen",), by="office.leader", number="粤办函〔2013〕2号")
    found = open_work(bench.person("zh1.officer"))
    assert (found.assignments, found.drafts, found.unchecked) == ((assignment,), (draft,), (sent,))
    later(days=2)
    bench.act("zh1.officer", sent, "check")
    assert open_work(bench.person("zh1.officer")).unchecked == (
        sent,
    )  # Only the case officer acknowledges what comes back.
    jm = bench.sent(number="江府〔2013〕3号")
    later(days=4)
    bench.act("jm.clerk", jm, "check")
    assert jm not in open_work(bench.person("jm.clerk")).unchecked  # The unit's clerks share its box.


def test_s_13_an_assignment_goes_to_a_colleague_and_both_remember(bench):
    assignment, taker = assigned(bench), bench.person("zh2.officer")
    assert refused(bench, "zh1.head", assignment, "hand_over", taker=taker) == {"S-13"}  # Nobody leaves yet.
    bench.act("zh1.head", assignment.person, "begin_handover", note="退休")
    for wrong in (None, assignment.person, bench.person("jm.clerk"), bench.person("auditor")):
        assert refused(bench, "zh1.head", assignment, "hand_over", taker=wrong) == {"S-13"}
    bench.act("zh1.head", assignment, "hand_over", taker=taker)
    made = assignment.delivery.assignments[-1]
    assert (assignment.state, assignment.history[-1].actor_name) == ("handed_over", bench.person("zh1.head").name)
    assert (made.person, made.handed_from, made.part, made.state) == (taker, assignment.person, Part.LEAD, "open")
    bench.act("zh2.officer", made, "open")
    assert not may(assignment, "open", bench.actor("zh1.officer"))


def test_sod_4_nobody_hands_a_document_to_oneself(bench):
    """An administrator of the unit, who reads no content, would come by it that way."""
    assignment = assigned(bench)
    bench.act("office.admin", assignment.person, "begin_handover", note="退休")
    administrator = bench.person("office.admin")
    assert refused(bench, "office.admin", assignment, "hand_over", taker=administrator) == {"SOD-4"}


def test_s_13_not_to_whom_it_lies_before_already(bench):
    delivery = bench.signed()
    people = [bench.person(login) for login in ("zh1.officer", "zh2.officer")]
    bench.act("office.registry1", delivery, "distribute", targets=tuple((each, Part.READ) for each in people))
    bench.act("admin", people[0], "begin_handover", note="x")
    assert refused(bench, "admin", delivery.assignments[0], "hand_over", taker=people[1]) == {"S-13"}


def test_r_24_5_a_draft_goes_to_another_case_officer_who_may_then_send_it(bench):
    draft = bench.released("zh1.officer", "gd-office", ("jiangmen",), by="office.leader", number="粤办函〔2013〕1号")
    giver = bench.person("zh1.officer")
    bench.act("zh1.head", giver, "begin_handover", note="调离")
    assert takers_of(draft, giver, clock.now()) == []
    assert refused(bench, "zh1.head", draft, "hand_over", taker=bench.person("zh2.officer")) == {"S-13"}
    taker = colleague(bench)
    assert why(may(draft, "send", bench.actor("zh2.officer"))) == {"R-24.5"}
    bench.act("zh1.head", draft, "hand_over", taker=taker)
    (step,) = draft.document.handed_over
    assert (step.giver, step.taker, step.by) == (giver, taker, bench.person("zh1.head"))
    assert step.at <= clock.now()
    bench.act("zh2.officer", draft, "send")
    assert draft.state == "sent"
    assert open_work(taker).unchecked == (draft,)
    assert open_work(giver).items == ()


def test_5_9_an_account_is_closed_once_nothing_is_open_and_no_role_in_force(bench):
    person, admin = bench.person("jm.clerk"), bench.actor("admin")
    draft = bench.draft()
    bench.act("jm.approver", person, "begin_handover", note="调离")
    assert why(may(person, "close", admin)) == {"S-13", "R-7.4"}
    assert why(may(person, "close", bench.actor("jm.approver"))) == {"5.9"}
    taker = bench.person("jm.approver")
    units.grant(bench, taker, "unit_clerk", "unit:jiangmen")
    bench.act("jm.admin", draft, "hand_over", taker=taker)
    (held,) = person.appointments(clock.now())
    change = request_change(bench.actor("jm.admin"), person, "revoke", appointment=held, reason="调离")
    bench.act("auditor", change, "approve")
    assert why(may(person, "close", admin)) == {"R-7.4"}
    bench.act("admin", change, "execute")
    later(minutes=1)
    bench.act("jm.admin", person, "close")
    assert (person.state, held.until, held.__parent__) == ("closed", held.until, person)
    assert held.until is not None
    assert isinstance(person.unit, Unit)
    transaction.savepoint()


def test_s_13_an_entry_that_lies_with_a_leaver_goes_to_a_colleague(bench):
    """What is handled goes to somebody of the division, what is circulating to anybody of the unit (TL12 24(4), 24(5))."""
    own, person = registered(bench, "zh2.receiver", "gd-office-zh2"), bench.person("zh2.officer")
    bench.act("zh2.receiver", own, "propose", note="拟办")
    bench.act("zh2.head", own, "instruct", note="同意")
    bench.act("zh2.receiver", own, "hand_to", lead=person, due=None)
    read = registered(bench, number="江府〔2013〕8号")
    bench.act("office.registry1", read, "circulate", readers=(person,))
    assert set(open_work(person).entries) == {own, read}
    assert not may(own, "hand_over", bench.actor("zh2.head"))
    bench.act("zh2.head", person, "begin_handover", note="退休")
    assert refused(bench, "zh2.head", own, "hand_over", taker=bench.person("zh1.officer")) == {"S-13"}
    bench.act("zh2.head", own, "hand_over", taker=bench.person("zh2.receiver"))
    bench.act("zh2.head", read, "hand_over", taker=bench.person("zh1.officer"))
    assert (own.lead, open_work(person).entries) == (bench.person("zh2.receiver"), ())
    bench.act("zh1.officer", read, "read", note="")
    assert [(each.person, each.read is None) for each in read.readings] == [(bench.person("zh1.officer"), False)]
    bench.act("zh2.receiver", own, "conclude", note="已办")


def test_every_cell_of_handing_over_an_entry(bench):
    entry = registered(bench)
    person = bench.person("zh1.receiver")
    bench.act("office.registry1", entry, "circulate", readers=(person,))
    person.state = "handover"
    cells(bench, entry, (HANDED_OVER,), ENTRY_STATES, lambda *_facts: None)


def test_5_9_a_closed_account_does_not_come_back_by_an_old_request(bench):
    person, admin = bench.person("jm.clerk"), bench.actor("admin")
    first = request_change(admin, person, "suspend", reason="x")
    bench.act("auditor", first, "approve")
    bench.act("admin", first, "execute")
    wanted = request_change(admin, person, "restore", reason="x")
    bench.act("auditor", wanted, "approve")
    for held in person.appointments(clock.now()):
        end(held, clock.now())
    later(minutes=1)
    bench.act("admin", person, "begin_handover", note="调离")
    assert why(may(wanted, "execute", admin)) == {"5.7"}
    bench.act("admin", person, "close")
    assert why(may(wanted, "execute", admin)) == {"5.7"}


def test_5_9_a_closed_account_gets_no_role_by_an_old_request(bench):
    person, admin = bench.person("jm.approver"), bench.actor("admin")
    wanted = request_change(admin, person, "grant", role="unit_archivist", scope="unit:jiangmen", reason="x")
    for held in person.appointments(clock.now()):
        end(held, clock.now())
    later(minutes=1)
    bench.act("admin", person, "begin_handover", note="调离")
    bench.act("admin", person, "close")
    assert why(may(wanted, "approve", bench.actor("auditor"))) == {"5.7"}


def cells(bench, context, rows, states, prepare):
    """Every role, at the person's own place and elsewhere; the leaver is a case officer of the office's division zh1."""
    bench.ends = (bench.box("gd-office"), bench.box("jiangmen"))

    def allowed(row, role, place, _relation):
        if expected.ROLE_SCOPES[role] == "site":
            return role in row.who["site"]
        return place == "sending" and role in row.who["own"]

    compare(bench, context, rows, states, prepare, allowed)


def test_every_cell_of_the_account(bench):
    person = bench.person("zh1.receiver")
    for each in person.appointments(clock.now()):
        each.until = clock.now()
    cells(bench, person, expected.PERSON_TABLE, expected.PERSON_STATES, lambda *_facts: None)


def test_every_cell_of_handing_over(bench):
    assignment = assigned(bench, "zh1.receiver")
    draft = bench.draft("zh1.receiver", "gd-office", ("jiangmen",), number="粤办函〔2013〕1号")
    bench.person("zh1.receiver").state = "handover"
    for context, row, states in zip(
        (draft, assignment), expected.HANDING, (expected.DISPATCH_STATES, expected.ASSIGNMENT_STATES), strict=True
    ):
        cells(bench, context, (row,), states, lambda *_facts: None)
