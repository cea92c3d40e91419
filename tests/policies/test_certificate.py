"""The certificate's workflow (domain.md 5.6; R-9, R-26.1, R-27.1, R-28.1, R-28.2)."""

from datetime import date

import pytest

from content_types.certificate import CertificateKind
from govrepo import clock
from govrepo.catalog import Eq, Range, register
from govrepo.security.accounts import open_session
from govrepo.trust.chain import Untrusted, load_certificate
from govrepo.trust.data import verify_here
from policies import certificate as policy
from policies import issuing
from policies.engine import Refused
from tests.policies.bench import later
from tests.policies.certificates import (
    FORM,
    PASSWORD,
    active,
    applied,
    approved,
    hand_out,
    issued,
    session_with,
    suspended,
)


def counts(bench, certificate):
    try:
        return bool(verify_here(bench.root, bench.registry, load_certificate(certificate.der), clock.now()))
    except Untrusted:
        return False


def test_r_28_1_it_begins_with_the_prescribed_form(bench):
    certificate = applied(bench, "gz.clerk", carrier="K-17")
    assert (certificate.state, certificate.application.carrier) == (policy.TABLE.initial, "K-17")
    assert certificate.application.on == date(2013, 1, 7)
    assert certificate.__parent__ is bench.root["admin"]["certificates"]["2013"]
    assert bench.journaled("certificate.apply")[0].subject_uid == certificate.uid


@pytest.mark.parametrize(
    ("fault", "field"), [({"purpose": " "}, "purpose"), ({"kind": "x"}, "kind"), ({"key_fault": True}, "request")]
)
def test_r_28_1_an_incomplete_form_is_refused(bench, fault, field):
    with pytest.raises(Refused) as caught:
        applied(bench, "gz.clerk", **fault)
    assert list(caught.value.fields) == [field]
    assert caught.value.refusal["action"] == "certificate.apply"
    assert policy.certificates_of(bench.root, bench.person("gz.clerk")) == ()


def test_one_application_of_a_kind_at_a_time(bench):
    applied(bench, "gz.clerk")
    with pytest.raises(Refused):
        applied(bench, "gz.clerk")
    assert applied(bench, "gz.clerk", kind="device").kind is CertificateKind.DEVICE


def test_r_28_1_issuing_without_an_approved_application_is_refused(bench, authority):
    certificate = applied(bench, "gz.clerk")
    with pytest.raises(Refused) as caught:
        hand_out(bench, certificate)
    assert [reason.article for reason in caught.value.reasons] == ["R-28.1"]
    bench.act("tech", certificate, "reject", note="用途不明")
    assert certificate.review.result == "rejected"
    with pytest.raises(Refused):
        hand_out(bench, certificate)


def test_a_rejection_says_why(bench):
    assert bench.refusal("tech", applied(bench, "gz.clerk"), "reject", note=" ") == ["5.6"]


@pytest.mark.parametrize("login", ["tech", "security"])
def test_r_28_2_nobody_reviews_the_own_application(bench, login):
    certificate = applied(bench, login)
    for name in ("approve", "reject"):
        assert bench.refusal(login, certificate, name, note="x") == ["R-28.2"]


def test_r_28_2_nobody_issues_the_own_certificate(bench, authority):
    certificate = approved(bench, "security")
    with pytest.raises(Refused) as caught:
        hand_out(bench, certificate)
    assert [reason.article for reason in caught.value.reasons] == ["R-28.2"]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"receipt_signed": False, "undertaking": date(2013, 1, 7)}, "receipt_signed"),
        ({"receipt_signed": True, "undertaking": None}, "undertaking"),
        ({"receipt_signed": True, "undertaking": date(2013, 1, 8)}, "undertaking"),
    ],
)
def test_r_26_1_no_issuing_without_receipt_and_undertaking(bench, authority, given, field):
    certificate = approved(bench, "gz.clerk")
    with pytest.raises(Refused) as caught:
        issuing.issue(
            certificate, bench.actor("security"), issuing.MADE_HERE, password=PASSWORD, repeated=PASSWORD, **given
        )
    assert list(caught.value.fields) == [field]
    assert (certificate.state, certificate.der) == ("approved", b"")


def test_the_person_activates_with_the_fingerprint_in_hand(bench, authority):
    certificate, _sealed = issued(bench, "gz.clerk")
    assert bench.refusal("gz.clerk", certificate, "activate", fingerprint="00000000") == ["5.6"]
    assert bench.refusal("gz.clerk", certificate, "activate", fingerprint=certificate.fingerprint[:4]) == ["5.6"]
    bench.person("gz.clerk").must_change_password = True
    assert bench.refusal("gz.clerk", certificate, "activate", fingerprint=certificate.fingerprint) == ["5.6"]
    bench.person("gz.clerk").must_change_password = False
    typed = ":".join(certificate.fingerprint[at : at + 2].upper() for at in range(0, 8, 2))
    bench.act("gz.clerk", certificate, "activate", fingerprint=typed)
    assert bench.root.trust.bindings[certificate.serial] == bench.person("gz.clerk").id
    assert counts(bench, certificate)


def test_r_27_1_a_certificate_bound_to_another_is_not_activated(bench, authority):
    certificate, _sealed = issued(bench, "gz.clerk")
    bench.root.trust.bind(certificate.serial, bench.person("sz.clerk").id)
    assert bench.refusal("gz.clerk", certificate, "activate", fingerprint=certificate.fingerprint) == ["R-27.1"]


@pytest.mark.parametrize("login", ["gz.clerk", "security"])
def test_r_9_3_a_loss_report_blocks_at_once_and_ends_its_sessions(bench, authority, login):
    certificate, person = active(bench), bench.person("gz.clerk")
    with_it = session_with(certificate)
    without = open_session(person, "10.0.0.7")
    bench.act(login, certificate, "report_loss", note="公文包遗失")
    assert not counts(bench, certificate)
    assert with_it not in person.sessions
    assert without in person.sessions
    assert (certificate.losses[0].by, certificate.losses[0].words) == (bench.person(login), "公文包遗失")


def test_a_block_is_lifted_with_an_auditors_note_only(bench, authority):
    certificate = suspended(bench)
    assert bench.refusal("security", certificate, "restore", note="已找到") == ["5.6"]
    assert bench.refusal("auditor", certificate, "note", note="") == ["5.6"]
    bench.act("auditor", certificate, "note", note="已核实")
    assert bench.refusal("security", certificate, "restore", note="") == ["5.6"]
    bench.act("security", certificate, "restore", note="已找到")
    assert counts(bench, certificate)
    later(minutes=1)
    bench.act("gz.clerk", certificate, "report_loss")
    assert bench.refusal("security", certificate, "restore", note="x") == ["5.6"], "an older note is spent"


def test_a_block_is_lifted_within_its_days_only(bench, authority):
    certificate = suspended(bench)
    bench.act("auditor", certificate, "note", note="已核实")
    later(days=16)
    assert bench.refusal("security", certificate, "restore", note="已找到") == ["5.6"]


def test_sod_4_not_of_ones_own(bench, authority):
    certificate = active(bench)
    certificate.person = bench.person("security")
    assert bench.refusal("security", certificate, "revoke", reason="left") == ["SOD-4"]


@pytest.mark.parametrize("reason", policy.REASONS)
def test_a_revocation_is_for_good_and_names_its_reason(bench, authority, reason):
    certificate = suspended(bench)
    assert bench.refusal("security", certificate, "revoke", reason="whim") == ["5.6"]
    bench.act("security", certificate, "revoke", reason=reason)
    assert not counts(bench, certificate)
    assert bench.root.trust.revoked[certificate.serial][1] == policy.REASONS[reason][1]
    assert bench.refusal("security", certificate, "restore", note="x") == ["5.6"]


def test_what_has_passed_its_date_expires(bench, authority):
    certificate = active(bench)
    later(days=364)
    policy.expire_due(bench.job())
    assert certificate.state == "active"
    later(days=2)
    policy.expire_due(bench.job())
    assert (certificate.state, certificate.history[-1].actor) == ("expired", "system")
    assert certificate.serial not in bench.root.trust.serials_of(certificate.person.id), (
        "nobody is asked to sign with it"
    )
    assert not counts(bench, certificate)


def test_the_warning_comes_thirty_days_before(bench, authority):
    certificate = active(bench)
    found = register(bench.root, "certificates")
    assert found.count(policy.expiring(bench.registry)) == 0
    later(days=336)
    assert found.query(policy.expiring(bench.registry), sort="valid_to").objects == (certificate,)


def test_a_renewal_links_the_old_and_ends_it_when_it_is_activated(bench, authority):
    old = active(bench)
    assert bench.refusal("gz.clerk", old, "renew", kind="personal", purpose="") == ["R-28.1"]
    bench.act("gz.clerk", old, "renew", **FORM)
    new = policy.certificates_of(bench.root, bench.person("gz.clerk"))[0]
    assert (new.previous, new.state, old.state) == (old, "applied", "active")
    assert bench.refusal("gz.clerk", old, "renew", **FORM) == ["5.6"], "one at a time"
    bench.act("security", new, "approve")
    hand_out(bench, new)
    assert counts(bench, old)
    bench.act("gz.clerk", new, "activate", fingerprint=new.fingerprint)
    assert (old.state, counts(bench, old), counts(bench, new)) == ("revoked", False, True)
    assert [each.transition for each in old.history][-1] == "supersede"


def test_r_9_2_contacts_with_the_centre_are_recorded(bench, authority):
    certificate = applied(bench, "gz.clerk")
    whole = {"on": date(2013, 1, 7), "subject": "申领介质", "reference": "密管〔2013〕5号", "result": "已发"}
    for lacking in whole:
        assert bench.refusal("security", certificate, "contact", **(whole | {lacking: ""})) == ["R-9.2"]
    bench.act("security", certificate, "contact", **whole)
    assert certificate.centre_contacts[0][:4] == tuple(whole.values())
    assert bench.refusal("tech", certificate, "contact", **whole) == ["R-9.2"]


def test_it_is_found_by_person_state_and_end(bench, authority):
    certificate, found = active(bench), register(bench.root, "certificates")
    person = bench.person("gz.clerk")
    for query in (
        Eq("person", person.id),
        Eq("state", "active"),
        Eq("serial", certificate.serial),
        Range("valid_to", 1, clock.micros(certificate.valid_to)),
    ):
        assert found.query(query, sort="valid_to").objects == (certificate,)
