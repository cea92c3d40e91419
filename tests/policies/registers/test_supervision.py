"""What is indexed of certificates and of what the auditor keeps (domain.md part 6)."""

from policies.registers.supervision import CERTIFICATES
from tests.policies.certificates import active, applied


def test_a_certificates_keys_are_plain_before_and_after_it_is_issued(bench, authority):
    for certificate in (applied(bench, "sz.clerk"), active(bench)):
        for index in CERTIFICATES.indexes:
            assert type(index.getter(certificate)) in (int, str), index.name
