"""Changing an ACL by proposal only (R-7.4, R-8.2, SOD-3 to SOD-5; domain.md 5.7)."""

from datetime import timedelta

import pytest
import transaction

from govrepo import clock
from policies import access_proposal
from policies.access_proposal import difference, keep_time, pending, propose
from policies.engine import Refused
from policies.permissions import Permission as P
from tests.policies.bench import later

DUTY = "duty_officer@unit:gd-office"


def proposed(**changes):
    """What a proposal says that lacks nothing: the duty officer may look into a city's box."""
    data = {
        "role": "duty_officer", "scope": "unit:gd-office", "permission": str(P.BOX_VIEW), "allowed": True,
        "since": clock.now(), "until": None, "basis": "厅办〔2013〕1号", "reason": "节日值班",
    }  # fmt: skip
    return data | changes


def made(bench, **changes):
    proposal = propose(bench.box("jiangmen"), bench.actor("admin"), proposed(**changes))
    transaction.savepoint()
    return proposal


def approved(bench, **changes):
    proposal = made(bench, **changes)
    bench.act("auditor", proposal, "approve", seen=difference(proposal).digest)
    return proposal


def executed(bench, **changes):
    proposal = approved(bench, **changes)
    bench.act("admin", proposal, "execute")
    return proposal


def refused(bench, login="admin", carrier=None, **changes):
    with pytest.raises(Refused) as caught:
        propose(carrier or bench.box("jiangmen"), bench.actor(login), proposed(**changes))
    return [(reason.field, reason.article) for reason in caught.value.reasons]


def test_a_proposal_changes_nothing_until_approved_and_executed(bench):
    """R-7.4, R-8.2: request, review, execution, by different persons; each on record."""
    duty, box = bench.actor("office.duty"), bench.box("jiangmen")
    proposal = made(bench)
    assert not duty.allowed(P.BOX_VIEW, box)
    assert bench.refusal("admin", proposal, "execute") == ["R-8.2"]
    bench.act("auditor", proposal, "approve", seen=difference(proposal).digest)
    assert not duty.allowed(P.BOX_VIEW, box)
    bench.act("admin", proposal, "execute")
    assert duty.allowed(P.BOX_VIEW, box)
    assert (proposal.reviewed_by.login, proposal.executed_by.login) == ("auditor", "admin")
    assert [entry.transition for entry in proposal.history] == ["propose", "approve", "execute"]
    assert {entry.action for entry in bench.journaled()} >= {
        "access_proposal.propose", "access_proposal.approve", "access_proposal.execute",
    }  # fmt: skip
    assert pending(bench.root, ["executed"]) == (proposal,)


def test_a_permission_may_be_taken_away(bench):
    box, clerk = bench.box("jiangmen"), bench.actor("jm.clerk")
    executed(bench, role="unit_clerk", scope="unit:jiangmen", permission=str(P.DISPATCH_RECALL), allowed=False)
    assert not clerk.allowed(P.DISPATCH_RECALL, box)
    assert clerk.allowed(P.DISPATCH_SEND, box)


def test_only_the_administrator_proposes(bench):
    """R-8.1."""
    for login in ("auditor", "tech", "jm.clerk", "security"):
        assert refused(bench, login) == [("", "R-8.1")]


@pytest.mark.parametrize(
    ("changes", "reasons"),
    [
        ({"basis": " ", "reason": ""}, [("basis", "R-7.4"), ("reason", "R-7.4")]),
        ({"since": None}, [("since", "")]),
        ({"role": "king"}, [("role", "")]),
        ({"permission": "x:y:z"}, [("permission", "")]),
        ({"scope": "unit:atlantis"}, [("scope", "")]),
        ({"scope": "division:zh1"}, [("scope", "")]),
        ({"role": "receiver", "scope": "division:atlantis"}, [("scope", "")]),
        ({"permission": str(P.ACCESS_REVIEW)}, [("permission", "R-7.4")]),
        ({"permission": str(P.JOURNAL_READ)}, [("permission", "R-7.4")]),
        ({"permission": str(P.ASSIGNMENT_READ)}, [("permission", "R-34.1")]),
        ({"role": "security_officer", "scope": "site"}, [("permission", "SOD-3")]),
        ({"role": "administrator", "scope": "site", "permission": str(P.BOX_VIEW)}, [("role", "SOD-4")]),
        ({"role": "auditor", "scope": "site", "allowed": False, "permission": str(P.MANAGE_VIEW)}, [("role", "SOD-4")]),
        ({"allowed": False}, [("permission", "")]),
        ({"role": "unit_clerk", "scope": "unit:jiangmen"}, [("permission", "")]),
    ],
)
def test_an_unsound_proposal_is_refused_at_the_field(bench, changes, reasons):
    """R-8.3, R-7.6, SOD-3, SOD-4: no proposal opens content to an officer, or changes what the review itself rests on."""
    assert refused(bench, **changes) == reasons


def test_the_period_must_end_after_it_begins_and_after_today(bench):
    for until in (clock.now(), clock.now() - timedelta(days=3)):
        assert refused(bench, until=until) == [("until", "")]


def test_only_carriers_take_proposals(bench):
    assert refused(bench, carrier=bench.root["people"]) == [("", "")]


def test_the_auditor_approves_the_difference_that_was_shown(bench):
    """R-7.4: from the difference, and not from an older one."""
    proposal = made(bench)
    shown = difference(proposal)
    assert shown.lines == (("Allow", DUTY, (), (str(P.BOX_VIEW),)),)
    assert [person.login for person in shown.gains] == ["office.duty"]
    assert shown.loses == ()
    assert bench.refusal("auditor", proposal, "approve", seen="") == ["R-7.4"]
    executed(bench, role="case_officer", scope="division:zh1")
    assert bench.refusal("auditor", proposal, "approve", seen=shown.digest) == ["R-7.4"]
    bench.act("auditor", proposal, "approve", seen=difference(proposal).digest)


def test_the_difference_names_who_loses(bench):
    proposal = made(bench, role="unit_clerk", scope="unit:jiangmen", permission=str(P.DISPATCH_RECALL), allowed=False)
    shown = difference(proposal)
    assert [person.login for person in shown.loses] == ["jm.clerk"]
    assert {line.action for line in shown.lines} == {"Allow", "Deny"}


def test_sod_5_nobody_reviews_the_own_proposal_or_executes_the_own_review(bench):
    proposal = made(bench)
    both = bench.as_role(bench.person("admin"), "administrator@site", "auditor@site")
    assert [reason.article for reason in access_proposal.explain.possible(proposal, both)[0].reasons] == ["SOD-5"]
    bench.act("auditor", proposal, "approve", seen=difference(proposal).digest)
    auditor = bench.as_role(bench.person("auditor"), "administrator@site")
    reasons = {each.transition.name: each.reasons for each in access_proposal.explain.possible(proposal, auditor)}
    assert [reason.article for reason in reasons["execute"]] == ["SOD-5"]


def test_sod_4_nobody_approves_or_executes_what_concerns_a_role_of_the_own(bench):
    proposal = made(bench)
    auditor = bench.as_role(bench.person("auditor"), "auditor@site", DUTY)
    assert [reason.article for reason in access_proposal.explain.possible(proposal, auditor)[0].reasons] == ["SOD-4"]
    bench.act("auditor", proposal, "approve", seen=difference(proposal).digest)
    admin = bench.as_role(bench.person("admin"), "administrator@site", DUTY)
    reasons = {each.transition.name: each.reasons for each in access_proposal.explain.possible(proposal, admin)}
    assert [reason.article for reason in reasons["execute"]] == ["SOD-4"]


def test_a_rejection_says_why_and_a_withdrawal_is_the_proposers(bench):
    proposal = made(bench)
    assert bench.refusal("auditor", proposal, "reject", note=" ") == ["R-7.4"]
    assert bench.refusal("auditor", proposal, "withdraw") == ["R-8.2"]
    bench.act("auditor", proposal, "reject", note="范围过宽")
    assert proposal.state == "rejected"
    again = approved(bench)
    bench.act("admin", again, "withdraw")
    assert again.state == "withdrawn"


def test_an_override_begins_and_ends_by_its_dates(bench):
    now, duty, box = clock.now(), bench.actor("office.duty"), bench.box("jiangmen")
    proposal = executed(bench, since=now + timedelta(days=1), until=now + timedelta(days=3))
    assert not duty.allowed(P.BOX_VIEW, box)
    assert keep_time(bench.root, bench.registry) == 0
    later(days=1)
    assert keep_time(bench.root, bench.registry) == 1
    assert duty.allowed(P.BOX_VIEW, box)
    later(days=2)
    assert keep_time(bench.root, bench.registry) == 1
    assert not duty.allowed(P.BOX_VIEW, box)
    assert (proposal.state, box.overrides) == ("expired", ())
    assert keep_time(bench.root, bench.registry) == 0


def test_what_is_not_executed_lapses_after_ten_working_days_or_with_its_period(bench):
    """domain.md 5.7."""
    late, over = approved(bench), made(bench, until=clock.now() + timedelta(days=2), permission=str(P.OUTBOX_VIEW))
    later(days=2)
    assert bench.refusal("auditor", over, "approve", seen=difference(over).digest) == [""]
    keep_time(bench.root, bench.registry)
    assert (late.state, over.state) == ("approved", "lapsed")
    later(days=12)
    keep_time(bench.root, bench.registry)
    assert late.state == "approved"
    later(days=1)
    keep_time(bench.root, bench.registry)
    assert late.state == "lapsed"
