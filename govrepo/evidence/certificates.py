"""The certificates of those who acted, as an evidence package brings them: each led to somebody trusted when it was used (R-25.1, R-7.3)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from cryptography import x509

from govrepo.evidence.verdict import Verdict, bad, good, unproven
from govrepo.trust.lists import is_list_of
from govrepo.trust.path import PERSON, NoPathError, check_path

FOLDER = "certificates/"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def name_of(serial: str) -> str:
    """A certificate's file."""
    return f"{FOLDER}{serial}.pem"


def check_certificates(
    entries: Iterable[Mapping[str, Any]],
    own: Mapping[str, x509.Certificate],
    authorities: Sequence[x509.Certificate],
    lists: Sequence[x509.CertificateRevocationList],
    trusted: Sequence[x509.Certificate],
) -> Iterator[Verdict]:
    """A verdict for each certificate that an entry names, as of the instants of these entries."""
    used: dict[str, list[datetime]] = {}
    for each in entries:
        if each.get("certificate"):
            used.setdefault(str(each["certificate"]), []).append(EPOCH + timedelta(microseconds=int(each["time"])))
    for serial, instants in sorted(used.items()):
        found = own.get(name_of(serial))
        if found is None:
            yield unproven(name_of(serial), "an entry names this certificate, and it is not in the package")
        else:
            yield _one(serial, found, instants, authorities, lists, trusted)


def _one(
    serial: str,
    certificate: x509.Certificate,
    instants: Sequence[datetime],
    authorities: Sequence[x509.Certificate],
    lists: Sequence[x509.CertificateRevocationList],
    trusted: Sequence[x509.Certificate],
) -> Verdict:
    item = f"{name_of(serial)}, person"
    if certificate.serial_number != int(serial, 16):
        return bad(item, "it is another certificate")
    try:
        for at in (min(instants), max(instants)):
            check_path(certificate, authorities, trusted, at, PERSON)
    except NoPathError as error:
        return bad(item, f"it leads to nobody trusted: {error}")
    issuers = [each for each in (*authorities, *trusted) if each.subject == certificate.issuer]
    blocked = _revoked(certificate, [each for each in lists if any(is_list_of(each, issuer) for issuer in issuers)])
    if blocked and blocked <= max(instants):
        return bad(item, f"it was blocked on {blocked.isoformat()}, before it was used")
    return good(item, f"{certificate.subject.rfc4514_string()}, leads to those you trust, not blocked when used")


def _revoked(certificate: x509.Certificate, lists: Iterable[x509.CertificateRevocationList]) -> datetime | None:
    found = [each.get_revoked_certificate_by_serial_number(certificate.serial_number) for each in lists]
    return min((each.revocation_date_utc for each in found if each is not None), default=None)
