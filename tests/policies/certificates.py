"""Certificates for tests, made by the policies."""

from datetime import date

from govrepo.security.accounts import open_session
from policies import certificate as policy
from policies import issuing

PASSWORD = "yangli-2013-p12"
FORM = {"kind": "personal", "purpose": "登录和签收"}


def applied(bench, login, **more):
    return policy.apply(bench.root, bench.actor(login), FORM | more)


def approved(bench, login, **more):
    certificate = applied(bench, login, **more)
    bench.act("tech", certificate, "approve")
    return certificate


def hand_out(bench, certificate, by="security"):
    """The PKCS#12 of a key pair made here."""
    given = {"receipt_signed": True, "undertaking": date(2013, 1, 7)}
    return issuing.issue(certificate, bench.actor(by), issuing.MADE_HERE, password=PASSWORD, repeated=PASSWORD, **given)


def issued(bench, login):
    certificate = approved(bench, login)
    return certificate, hand_out(bench, certificate)


def active(bench, login="gz.clerk"):
    certificate, _sealed = issued(bench, login)
    bench.act(login, certificate, "activate", fingerprint=certificate.fingerprint[:8])
    return certificate


def suspended(bench, login="gz.clerk"):
    certificate = active(bench, login)
    bench.act(login, certificate, "report_loss", note="公文包遗失")
    return certificate


def session_with(certificate):
    """A session of the person that was opened with the certificate."""
    session = open_session(certificate.person, "10.0.0.7")
    certificate.person.sessions[session] |= {"certificate": certificate.serial, "certificate_der": certificate.der}
    return session
