"""The certificate as it is stored (domain.md 4.13; R-26.1)."""

from datetime import date

from content_types.certificate import Application, Certificate, CertificateKind


def test_r_26_1_it_names_its_owner_and_begins_as_an_application(bench):
    person = bench.person("gz.clerk")
    certificate = Certificate(person, "personal", Application("登录", person.unit, date(2013, 1, 7)))
    assert (certificate.state, certificate.kind, certificate.title) == (
        "applied",
        CertificateKind.PERSONAL,
        person.name,
    )
    assert (certificate.serial, certificate.der, certificate.undertaking) == ("", b"", None)
    assert "private" not in " ".join(vars(certificate)), "the private key is no part of it"
