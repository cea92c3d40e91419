"""Handing out certificates: three ways, and the founding act's (R-27.1, R-28.1)."""

from datetime import date

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12

from govrepo.trust.data import import_anchor, import_crl, verify_here
from policies import issuing, keys
from policies.engine import Refused
from tests.pki import Authority
from tests.policies.certificates import PASSWORD, approved, hand_out, issued, session_with

GIVEN = {"receipt_signed": True, "undertaking": date(2013, 1, 7)}


def refused(bench, certificate, way, **more):
    with pytest.raises(Refused) as caught:
        issuing.issue(certificate, bench.actor("security"), way, **(GIVEN | more))
    assert certificate.state == "approved"
    assert certificate.der == b""
    return caught.value.fields


def test_a_key_pair_made_here_leaves_once(bench, authority):
    certificate, sealed = issued(bench, "gz.clerk")
    found = pkcs12.load_pkcs12(sealed, PASSWORD.encode())
    assert found.cert.certificate.public_bytes(Encoding.DER) == certificate.der
    verified = verify_here(bench.root, bench.registry, found.cert.certificate, certificate.issued.at)
    assert (verified.person_id, verified.serial) == (bench.person("gz.clerk").id, certificate.serial)
    assert keys.public_der(found.key.public_key()) not in sealed
    assert certificate.issued.to is bench.person("gz.clerk")
    assert certificate.undertaking == date(2013, 1, 7)
    assert (certificate.valid_to - certificate.valid_from).days == 365
    assert certificate.serial not in bench.root.trust.bindings, "it opens nothing before it is activated"


def test_the_password_must_be_long_enough(bench, authority):
    assert "password" in refused(bench, approved(bench, "gz.clerk"), issuing.MADE_HERE, password="short")
    assert "password_again" in refused(bench, approved(bench, "sz.clerk"), issuing.MADE_HERE, password=PASSWORD)


def test_a_key_the_applicant_handed_in_is_signed(bench, authority):
    key = keys.new_key()
    certificate = approved(bench, "gz.clerk", public_key=keys.public_der(key.public_key()))
    assert issuing.issue(certificate, bench.actor("security"), issuing.OWN_KEY, **GIVEN) == b""
    assert certificate.key_digest == keys.key_digest(key.public_key())
    assert "way" in refused(bench, approved(bench, "sz.clerk"), issuing.OWN_KEY), "none was handed in"


def test_r_27_1_one_key_is_one_persons(bench, authority):
    handed = keys.public_der(keys.new_key().public_key())
    first = approved(bench, "gz.clerk", public_key=handed)
    issuing.issue(first, bench.actor("security"), issuing.OWN_KEY, **GIVEN)
    assert "way" in refused(bench, approved(bench, "sz.clerk", public_key=handed), issuing.OWN_KEY)


def test_an_outside_certificate_is_registered_when_it_counts_and_is_this_persons(bench):
    outside, person = Authority("省密钥管理中心"), bench.person("gz.clerk")
    der = outside.issue(person.id).public_bytes(Encoding.DER)
    certificate = approved(bench, "gz.clerk")
    assert "file" in refused(bench, certificate, issuing.OUTSIDE, file=der), "nobody trusts it yet"
    import_anchor(bench.root, outside.certificate)
    import_crl(bench.root, bench.registry, outside.crl().public_bytes(Encoding.DER))
    other = outside.issue("p-other").public_bytes(Encoding.DER)
    for bad in (b"", b"x", other):
        assert "file" in refused(bench, certificate, issuing.OUTSIDE, file=bad)
    issuing.issue(certificate, bench.actor("security"), issuing.OUTSIDE, file=der, **GIVEN)
    assert (certificate.state, certificate.der) == ("issued", der)
    bench.act("security", certificate, "revoke", reason="damaged")
    again = approved(bench, "gz.clerk")
    assert "file" in refused(bench, again, issuing.OUTSIDE, file=der), "known already, and revoked"


def test_adr_0014_a_leader_issues_the_lone_security_officers_certificate(bench, authority):
    """R-28.2, SOD-4: not the officer; the leader of the operating office, and for nobody else."""
    certificate = approved(bench, "security")
    for login in ("security", "jm.approver", "admin", "auditor"):
        with pytest.raises(Refused):
            hand_out(bench, certificate, by=login)
    hand_out(bench, certificate, by="office.leader")
    assert (certificate.state, certificate.issued.by.login) == ("issued", "office.leader")
    with pytest.raises(Refused):
        hand_out(bench, approved(bench, "gz.clerk"), by="office.leader")


def test_a_site_without_an_authority_says_so(bench):
    assert "way" in refused(bench, approved(bench, "gz.clerk"), issuing.MADE_HERE, password=PASSWORD, repeated=PASSWORD)
    assert "way" in refused(bench, approved(bench, "sz.clerk"), "telepathy")
    with pytest.raises(LookupError):
        issuing.issue_first(bench.root, bench.registry, bench.person("security"), PASSWORD)


def test_the_founding_act_hands_out_certificates_in_use(bench, authority):
    person = bench.person("security")
    sealed = issuing.issue_first(bench.root, bench.registry, person, PASSWORD)
    assert pkcs12.load_pkcs12(sealed, PASSWORD.encode()).key is not None
    [certificate] = bench.root["admin"]["certificates"]["2013"].values()
    assert (certificate.state, certificate.person) == ("active", person)
    assert bench.root.trust.bindings[certificate.serial] == person.id
    assert certificate.undertaking == date(2013, 1, 7)
    assert [each.transition for each in certificate.history] == ["found"]
    assert bench.journaled("certificate.found")[0].actor == "system"
    session = session_with(certificate)
    bench.act("security", certificate, "report_loss")
    assert session not in person.sessions
