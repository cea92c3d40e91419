"""The judge, on what the child told: years pass, certificates end and are revoked, and nobody is believed on his word."""

from dataclasses import replace
from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from govrepo import clock
from govrepo.sealing import Trust
from govrepo.sealing.judge import judge
from govrepo.sealing.verify import _facts
from govrepo.sealing.verify_child import main
from govrepo.trust.authorities import SEALS, TSA, serial_of
from tests.govrepo.sealing.conftest import SEALED
from tests.pki import Authority


@pytest.fixture(scope="session")
def facts(one):
    return _facts(main({"path": str(one.path)}))


@pytest.fixture
def bare(facts):
    """The same seal without any time stamp: what the signer's clock says is all there is."""
    (seal,) = (replace(mark, token=b"") for mark in facts.marks if not mark.stamp)
    return replace(facts, marks=(seal,))


@pytest.fixture
def stamped(facts):
    """The same seal with the time stamp on its signature only."""
    return replace(facts, marks=tuple(mark for mark in facts.marks if not mark.stamp))


def after(office, facts, days, revoked=None, trust=None):
    """Verdict, problem and level some days after sealing, with the lists of that day."""
    with clock.frozen(SEALED + timedelta(days=days)):
        found = judge(facts, trust or office.trust(revoked), clock.now())
    return found.verdict, found.problem, found.seals[0].level


def revoked(one, days, reason="keyCompromise"):
    return {serial_of(one.hands[0].certificate): (SEALED + timedelta(days=days), reason)}


def without_lists(office):
    return replace(office.trust(), crls=())


@pytest.mark.parametrize("days", [0, 5, 30, 400, 1500])
def test_a_seal_stays_good_while_the_time_stamps_can_be_checked(office, facts, days):
    assert after(office, facts, days) == ("good", "", "LTA")
    assert after(office, facts, days, trust=without_lists(office)) == ("good", "", "LTA")


def test_when_the_time_stamps_end_nothing_can_be_said(office, facts):
    assert after(office, facts, 1800) == ("unknown", "no-evidence", "B")


@pytest.mark.parametrize("reason", ["keyCompromise", "superseded", "certificateHold"])
def test_revoked_later_is_good_with_a_time_stamp_and_unknown_without(office, one, facts, bare, stamped, reason):
    later = revoked(one, 29, reason)
    assert after(office, facts, 30, later) == ("good", "", "LTA")
    assert after(office, stamped, 30, later) == ("good", "", "LT")
    assert after(office, bare, 30, later) == ("unknown", "no-evidence", "B")


def test_revoked_before_is_bad_with_or_without_a_time_stamp(office, one, facts, bare, stamped):
    for each in (facts, stamped, bare):
        assert after(office, each, 30, revoked(one, -1))[:2] == ("bad", "revoked")


def test_what_any_list_says_for_good_counts_even_if_newer_ones_are_silent(office, one, facts):
    with clock.frozen(SEALED + timedelta(days=1)):
        told = office.crls(revoked(one, -1))
    with clock.frozen(SEALED + timedelta(days=2)):
        silent = replace(office.trust(), crls=(*told, *office.crls(number=2)))
    assert after(office, facts, 3, trust=silent)[:2] == ("bad", "revoked")


def test_a_hold_that_was_lifted_does_not_count(office, one, facts):
    with clock.frozen(SEALED + timedelta(days=1)):
        told = office.crls(revoked(one, -1, "certificateHold"))
    with clock.frozen(SEALED + timedelta(days=2)):
        lifted = replace(office.trust(), crls=(*told, *office.crls(number=2)))
    assert after(office, facts, 3, trust=lifted) == ("good", "", "LTA")


def test_a_revoked_authority_takes_its_seals_along(office, facts):
    own = office.authorities
    serial = serial_of(own.certificate(SEALS))
    root_list = own.sign_crl({serial: (SEALED - timedelta(days=1), "cACompromise")}, 2, SEALED, 9, "root")
    trust = replace(office.trust(), crls=(*office.crls(), root_list))
    assert after(office, facts, 1, trust=trust)[:2] == ("bad", "revoked")


def test_a_revoked_time_stamp_authority_is_believed_no_more(office, facts):
    own = office.authorities
    serial = serial_of(own.certificate(TSA))
    root_list = own.sign_crl({serial: (SEALED + timedelta(days=1), "keyCompromise")}, 2, SEALED, 9, "root")
    trust = replace(office.trust(), crls=(*office.crls(), root_list))
    assert after(office, facts, 2, trust=trust) == ("good", "", "B")
    assert after(office, facts, 400, trust=trust)[:2] == ("unknown", "no-evidence")


def test_without_a_time_stamp_a_certificate_that_ended_leaves_all_open(office, bare, stamped):
    assert after(office, bare, 30) == ("good", "", "B")
    assert after(office, bare, 400) == ("unknown", "no-evidence", "B")
    assert after(office, stamped, 400) == ("good", "", "LT")


def signed_with(facts, certificate):
    """The seal as if another certificate's key had made it."""
    return replace(
        facts, marks=tuple(mark if mark.stamp else replace(mark, signer=certificate) for mark in facts.marks)
    )


@pytest.mark.parametrize("start", [-20, 1])
def test_a_seal_made_when_its_certificate_was_not_in_force_is_bad(office, facts, bare, start):
    with clock.frozen(SEALED + timedelta(days=start)):
        certificate = office.hand(days=10).certificate
    assert after(office, signed_with(facts, certificate), 2)[:2] == ("bad", "expired")
    assert after(office, signed_with(bare, certificate), 30)[:2] == ("bad", "expired")


def test_a_strangers_certificate_is_not_trusted_however_old_he_makes_it(office, facts, bare):
    """Nor does it become an open question because there is no time stamp, or because something on its way has ended."""
    with clock.frozen(SEALED - timedelta(days=900)):
        above = Authority("某省政府系统 根CA", end=10)
        stranger = Authority(office.authorities.certificate(SEALS).subject.rfc4514_string(), above)
    forged = stranger.issue(
        eku=None,
        ku=("digital_signature", "content_commitment"),
        names=[x509.UniformResourceIdentifier("urn:govrepo:seal:s1")],
    )
    for each in (facts, bare):
        enclosed = replace(each, certificates=(*each.certificates, stranger.certificate, above.certificate))
        for days in (0, 400):
            assert after(office, signed_with(enclosed, forged), days)[:2] == ("bad", "untrusted")


def test_revoked_before_is_bad_even_when_the_certificate_has_ended(office, one, bare):
    assert after(office, bare, 400, revoked(one, -1))[:2] == ("bad", "revoked")
    assert after(office, bare, 400, revoked(one, 29))[:2] == ("unknown", "no-evidence")


def test_without_any_list_of_that_time_nothing_can_be_said(office, facts):
    bare_of_lists = replace(facts, lists=())
    assert after(office, bare_of_lists, 1, trust=without_lists(office)) == ("unknown", "no-evidence", "T")
    assert after(office, bare_of_lists, 1) == ("good", "", "T")


def test_a_list_in_the_file_counts_only_from_when_its_authority_could_issue(office, facts):
    unproven = replace(facts, marks=tuple(replace(mark, lists=()) for mark in facts.marks))
    assert after(office, unproven, 1700, trust=without_lists(office))[:2] == ("good", "")
    (seal,) = (mark for mark in facts.marks if not mark.stamp)
    assert after(office, replace(unproven, marks=(seal,)), 2000, trust=without_lists(office))[0] == "unknown"


def test_nothing_is_trusted_by_those_who_trust_nobody(office, facts):
    assert after(office, facts, 0, trust=Trust(())) == ("bad", "untrusted", "B")


def test_a_persons_certificate_is_no_seals(office, facts):
    key = ec.generate_private_key(ec.SECP256R1())
    person = office.authorities.issue_user(key.public_key(), "p1", "某人", 30)
    assert after(office, signed_with(facts, person), 0)[:2] == ("bad", "not-certified-seal")


def test_a_time_stamp_from_after_what_it_is_proven_by_is_not_believed(office, facts):
    with clock.frozen(SEALED - timedelta(days=1)):
        found = judge(facts, office.trust(), clock.now())
    assert not found.seals[0].timestamped


def test_damage_comes_before_all_else_and_the_worst_is_told(office, one, facts):
    spoilt = {
        "broken": {"intact": False, "modified": True},
        "modified": {"modified": True},
    }
    for problem, changes in spoilt.items():
        marks = tuple(mark if mark.stamp else replace(mark, **changes) for mark in facts.marks)
        assert after(office, replace(facts, marks=marks), 30, revoked(one, -1))[:2] == ("bad", problem)
    assert after(office, replace(facts, covered=False), 0)[:2] == ("bad", "modified")
    part = tuple(mark if mark.stamp else replace(mark, whole=False) for mark in facts.marks)
    assert after(office, replace(facts, marks=part), 0)[:2] == ("bad", "modified")
    torn = tuple(replace(mark, intact=not mark.stamp) for mark in facts.marks)
    assert after(office, replace(facts, marks=torn), 0)[:2] == ("bad", "broken")


def test_what_has_no_readable_signer_is_broken(office, facts):
    marks = tuple(replace(mark, signer=None, intact=False) for mark in facts.marks if not mark.stamp)
    found = judge(replace(facts, marks=marks), office.trust(), clock.now())
    assert (found.verdict, found.problem, found.seals[0].name) == ("bad", "broken", "")
