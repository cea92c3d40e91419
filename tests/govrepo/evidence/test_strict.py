"""What somebody may have changed is read whole and in one form only."""

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from govrepo.evidence.strict import FAULTS, certificate, exactly
from govrepo.evidence.verdict import NoEvidenceError
from tests.pki import Authority


def test_a_certificate_is_taken_in_its_one_form():
    pem = Authority().certificate.public_bytes(Encoding.PEM).decode()
    assert certificate(pem).public_bytes(Encoding.PEM).decode() == pem
    for changed in (pem + "\n", pem.replace("\n", "\r\n"), pem[:-30], "", "x"):
        with pytest.raises(FAULTS):
            certificate(changed)


def test_a_certificate_whose_name_is_spoiled_is_noticed_at_once():
    """cryptography itself loads it, and falls over when the name is asked for."""
    authority = Authority("AAAA")
    der = authority.certificate.public_bytes(Encoding.DER).replace(b"AAAA", b"\xff\xff\xff\xff")
    from cryptography import x509  # noqa: PLC0415 - To see that the library lets it pass.

    spoiled = x509.load_der_x509_certificate(der).public_bytes(Encoding.PEM).decode()
    with pytest.raises(FAULTS):
        certificate(spoiled)


def test_a_mapping_has_its_names_and_no_other():
    exactly({"a": 1}, {"a"}, "here")
    for said in ({}, {"a": 1, "b": 2}, [], None):
        with pytest.raises(NoEvidenceError, match="here"):
            exactly(said, {"a"}, "here")
