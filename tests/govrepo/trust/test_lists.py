"""Lists of revoked certificates as they are read; how they decide about a certificate: tests/govrepo/trust/test_chain.py."""

import subprocess
import sys

from cryptography import x509

from govrepo.trust.lists import HELD, REMOVED, age, fingerprint, is_list_of, is_revoked, reason_of
from tests.pki import Authority


def test_a_list_is_its_issuers_by_name_and_key():
    root, twin = Authority("某CA"), Authority("某CA")
    crl = root.crl()
    assert is_list_of(crl, root.certificate)
    assert not is_list_of(crl, twin.certificate)
    assert fingerprint(root.certificate) != fingerprint(twin.certificate)


def test_the_higher_number_is_newer():
    root = Authority()
    assert age(root.crl(number=2)) > age(root.crl(number=1))


def test_a_hold_that_was_lifted_is_none():
    root = Authority()
    one = root.issue()
    assert not is_revoked(root.crl(), one.serial_number)
    assert is_revoked(root.crl((one, HELD)), one.serial_number)
    assert not is_revoked(root.crl((one, HELD), (one, REMOVED)), one.serial_number)
    assert is_revoked(root.crl((one, x509.ReasonFlags.key_compromise), (one, REMOVED)), one.serial_number)


def test_an_entry_says_why_or_does_not():
    root = Authority()
    one, two = root.issue(), root.issue()
    assert {reason_of(entry) for entry in root.crl((one, HELD), (two, None))} == {HELD, None}


def test_reading_needs_cryptography_alone():
    words = "import sys; import govrepo.trust.lists; print({'translationstring', 'pyramid', 'ZODB'} & set(sys.modules))"
    found = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "set()"
