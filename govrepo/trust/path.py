"""Whether a certificate led to a trusted one at an instant, with ``cryptography`` alone: for time stamps and for checking off-line.

Revocation is not looked at: off-line there is no newest list. What the site itself accepts goes through ``govrepo.trust.chain``, which does.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID
from cryptography.x509.verification import Criticality, ExtensionPolicy, PolicyBuilder, Store, VerificationError

STAMPING, PERSON, SEAL = "stamping", "person", "seal"


class NoPathError(ValueError):
    """The certificate leads to nothing that is trusted, or is for something else; the words say why."""


def check_path(
    certificate: x509.Certificate,
    others: Iterable[x509.Certificate],
    trusted: Iterable[x509.Certificate],
    at: datetime,
    use: str,
) -> tuple[x509.Certificate, ...]:
    """Check a certificate's path over others to a trusted one, its validity at an instant and its use; the path, the trusted one last.

    ``use`` is STAMPING (time stamps and nothing else), PERSON (logging in and signing) or SEAL (signing what cannot be denied). Raises
    :class:`NoPathError`.
    """
    anchors = list(trusted)
    if not anchors:
        raise NoPathError("no authority is trusted")
    authorities = ExtensionPolicy.permit_all().require_present(x509.BasicConstraints, Criticality.AGNOSTIC, _is_issuer)
    builder = PolicyBuilder().store(Store(anchors)).time(at)
    verifier = builder.extension_policies(ca_policy=authorities, ee_policy=_leaves(use)).build_client_verifier()
    try:
        return tuple(verifier.verify(certificate, [each for each in others if each != certificate]).chain)
    except VerificationError as error:
        raise NoPathError(str(error)) from error


def _leaves(use: str) -> ExtensionPolicy:
    policy = ExtensionPolicy.permit_all()
    if use == SEAL:
        return policy.require_present(x509.KeyUsage, Criticality.AGNOSTIC, _is_seal)
    if use == STAMPING:
        return policy.require_present(x509.ExtendedKeyUsage, Criticality.CRITICAL, _is_stamper)
    return policy.require_present(x509.ExtendedKeyUsage, Criticality.AGNOSTIC, _is_person)


def _is_issuer(_policy: Any, _certificate: x509.Certificate, found: x509.BasicConstraints | None) -> None:
    if found is None or not found.ca:
        raise ValueError("an issuer is no certification authority")


def _is_stamper(_policy: Any, _certificate: x509.Certificate, found: x509.ExtendedKeyUsage | None) -> None:
    """Time stamping, and nothing besides (RFC 3161 sect. 2.3)."""
    if found is None or list(found) != [ExtendedKeyUsageOID.TIME_STAMPING]:
        raise ValueError("the certificate is not for time stamps alone")


def _is_person(_policy: Any, _certificate: x509.Certificate, found: x509.ExtendedKeyUsage | None) -> None:
    if found is None or ExtendedKeyUsageOID.CLIENT_AUTH not in found:
        raise ValueError("the certificate is not a person's")


def _is_seal(_policy: Any, _certificate: x509.Certificate, found: x509.KeyUsage | None) -> None:
    if found is None or not found.content_commitment:
        raise ValueError("the certificate is not for what cannot be denied")
