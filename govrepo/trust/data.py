"""What the site remembers of trust: outside authorities, lists of revoked certificates, whose certificate is whose.

Revocation is written here and nowhere else (R-9.3): the serial is marked and a new list signed in one transaction, so the certificate
is dead with the next request. Keys are no part of it. ``root.trust`` is made at start-up where it is missing.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from BTrees.OOBTree import OOBTree
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from persistent import Persistent
from persistent.mapping import PersistentMapping
from pyramid.threadlocal import get_current_registry

from govrepo import clock
from govrepo.trust.authorities import SEALS, USERS, Authorities
from govrepo.trust.chain import TrustStore, Untrusted, Verified, verify
from govrepo.trust.lists import age, fingerprint, is_list_of

HELD = x509.ReasonFlags.certificate_hold.value
REASONS = tuple(each.value for each in x509.ReasonFlags if each is not x509.ReasonFlags.remove_from_crl)
LARGEST_CRL = 16 * 1024**2
"""Bytes of the largest list that is taken in."""


class TrustData(Persistent):
    """The site's memory. Certificates and lists are DER.

    ``anchors`` and ``intermediates`` map a SHA-256 to an imported certificate; ``crls`` the SHA-256 of an issuer's certificate to its
    newest list; ``revoked`` a serial to microseconds and reason, ``revoked_seals`` the same of seals' certificates; ``bindings`` a serial to the person's id (R-27.1: one certificate, one
    person), ``holders`` the other way round; ``spent`` a used challenge to the microseconds at which it expires anyway; ``alarms`` microseconds to what a security
    officer must see.
    """

    def __init__(self) -> None:
        self.anchors = PersistentMapping()
        self.intermediates = PersistentMapping()
        self.crls = PersistentMapping()
        self.crl_number = 0
        self.revoked = OOBTree()
        self.revoked_seals = OOBTree()
        self.bindings = OOBTree()
        self.holders = OOBTree()
        self.spent = OOBTree()
        self.alarms = OOBTree()

    def bind(self, serial: str, person_id: str) -> None:
        """Say whose a certificate is. Raises BoundError when it is somebody else's already (R-27.1)."""
        if self.bindings.get(serial, person_id) != person_id:
            raise BoundError(serial)
        self.bindings[serial] = person_id
        self.holders[person_id] = tuple(sorted({*self.serials_of(person_id), serial}))

    def index_holders(self) -> None:
        """Make ``holders`` anew from ``bindings``."""
        self.holders = OOBTree()
        for serial, person_id in self.bindings.items():
            self.bind(serial, person_id)

    def retire(self, serial: str) -> None:
        """The certificate has run out: it stays its person's, who need not sign with it any more."""
        person_id = self.bindings.get(serial)
        if person_id is not None:
            self.holders[person_id] = tuple(each for each in self.serials_of(person_id) if each != serial)

    def serials_of(self, person_id: str) -> tuple[str, ...]:
        """The serials of a person's certificates that have not run out, blocked ones among them."""
        return tuple(self.holders.get(person_id, ()))

    def revoked_by(self, issuer: str) -> Any:
        """What the in-house authority of users or of seals has revoked."""
        return self.revoked_seals if issuer == SEALS else self.revoked

    def is_held(self, serial: str, issuer: str = USERS) -> bool:
        """Whether a certificate is blocked for the time being."""
        revoked = self.revoked_by(issuer)
        return serial in revoked and revoked[serial][1] == HELD


class BoundError(Exception):
    """The certificate belongs to another person (R-27.1)."""


class RevokedError(Exception):
    """A revocation for good cannot be taken back, nor turned into a hold."""


def revoke(root: Any, serial: str, reason: str, now: datetime, issuer: str = USERS) -> None:
    """Block a certificate for good; ``reason`` is one of REASONS. Raises ValueError for another, RevokedError the second time."""
    if reason not in REASONS or reason == HELD:
        raise ValueError(f"{reason!r} is no reason to revoke")
    _block(root, serial, reason, now, issuer)


def hold(root: Any, serial: str, now: datetime, issuer: str = USERS) -> None:
    """Block a certificate until it is released or revoked (挂失). Raises RevokedError for a revoked one."""
    _block(root, serial, HELD, now, issuer)


def release(root: Any, serial: str, now: datetime, issuer: str = USERS) -> None:
    """End a hold (解挂). Raises RevokedError for a certificate revoked for good, KeyError for one that is not held."""
    revoked = root.trust.revoked_by(issuer)
    if revoked[serial][1] != HELD:
        raise RevokedError(serial)
    del revoked[serial]
    renew_crl(root, get_current_registry(), now, issuer)


def _block(root: Any, serial: str, reason: str, now: datetime, issuer: str) -> None:
    revoked = root.trust.revoked_by(issuer)
    if serial in revoked and not root.trust.is_held(serial, issuer):
        raise RevokedError(serial)
    revoked[serial] = (clock.micros(now), reason)
    renew_crl(root, get_current_registry(), now, issuer)


def renew_crl(root: Any, registry: Any, now: datetime, issuer: str = USERS) -> None:
    """Sign a new list of what an in-house authority has revoked; nothing for a site that has no such authority."""
    authorities: Authorities | None = registry.authorities
    if authorities is None:
        return
    trust = root.trust
    trust.crl_number += 1
    revoked = {serial: (clock.from_micros(at), reason) for serial, (at, reason) in trust.revoked_by(issuer).items()}
    days = registry.govrepo_settings.crl_days
    signed = authorities.sign_crl(revoked, trust.crl_number, now, days, issuer)
    trust.crls[fingerprint(authorities.certificate(issuer))] = signed


def renew_due_crls(root: Any, registry: Any, now: datetime) -> None:
    """Sign the lists that are due, of users and of seals."""
    for issuer in (USERS, SEALS):
        if crl_is_due(root, registry, now, issuer):
            renew_crl(root, registry, now, issuer)


def crl_is_due(root: Any, registry: Any, now: datetime, issuer: str = USERS) -> bool:
    """Whether an in-house list is missing, or past half of its days."""
    if registry.authorities is None:
        return False
    der = own_crl(root, registry, issuer)
    if der is None:
        return True
    crl = x509.load_der_x509_crl(der)
    half = timedelta(days=registry.govrepo_settings.crl_days) / 2
    return not (crl.last_update_utc <= now < crl.last_update_utc + half)


def own_crl(root: Any, registry: Any, issuer: str = USERS) -> bytes | None:
    """An in-house authority's newest list, DER, or None."""
    authorities: Authorities | None = registry.authorities
    return None if authorities is None else root.trust.crls.get(fingerprint(authorities.certificate(issuer)))


def import_anchor(root: Any, certificate: x509.Certificate) -> None:
    """Trust an outside authority: everything it issues to a person we know."""
    root.trust.anchors[fingerprint(certificate)] = _der(certificate)


def import_intermediate(root: Any, certificate: x509.Certificate) -> None:
    """Know an authority below an anchor; it is trusted only as far as its chain."""
    root.trust.intermediates[fingerprint(certificate)] = _der(certificate)


def import_crl(root: Any, registry: Any, der: bytes) -> None:
    """Take in an outside authority's list. Raises Untrusted: malformed, foreign (nobody we know signed it) or stale_crl (an older one)."""
    try:
        crl = x509.load_der_x509_crl(der)
    except ValueError as error:
        raise Untrusted("malformed") from error
    store = trust_store(root, registry)
    issuer = next((each for each in (*store.anchors, *store.intermediates) if is_list_of(crl, each)), None)
    if issuer is None or len(der) > LARGEST_CRL:
        raise Untrusted("foreign")
    known = store.crl_of(issuer)
    if known is not None and age(crl) <= age(known):
        raise Untrusted("stale_crl")
    root.trust.crls[fingerprint(issuer)] = der


def trust_store(root: Any, registry: Any) -> TrustStore:
    """What this site trusts now: its own authorities and the imported ones, with every list."""
    authorities: Authorities | None = registry.authorities
    anchors, intermediates = _values(root.trust.anchors), _values(root.trust.intermediates)
    crls = _values(root.trust.crls)
    if authorities is not None:
        anchors = (*map(_der, authorities.anchors), *anchors)
        intermediates = (*map(_der, authorities.intermediates), *intermediates)
        crls = (authorities.root_crl, *crls)
    return _store(anchors, intermediates, crls)


def verify_here(root: Any, registry: Any, certificate: x509.Certificate, now: datetime) -> Verified:
    """Whether a certificate counts on this site now; whose it is. Raises Untrusted."""
    verified = verify(certificate, trust_store(root, registry), now)
    # An outside authority's list may not say yet what our security officer has said.
    if verified.serial in root.trust.revoked:
        raise Untrusted("revoked")
    return verified


@lru_cache(maxsize=8)
def _store(anchors: tuple[bytes, ...], intermediates: tuple[bytes, ...], crls: tuple[bytes, ...]) -> TrustStore:
    """Reading and checking lists takes milliseconds; they change rarely."""
    load, load_crl = x509.load_der_x509_certificate, x509.load_der_x509_crl
    return TrustStore(map(load, anchors), map(load, intermediates), map(load_crl, crls))


def _values(mapping: Mapping[str, bytes]) -> tuple[bytes, ...]:
    return tuple(mapping[key] for key in sorted(mapping))


def _der(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(Encoding.DER)


def prepare(event: Any) -> None:
    """Subscriber: at start-up, make the memory where it is missing, and a list where one is due."""
    if getattr(event.site, "trust", None) is None:
        event.site.trust = TrustData()
    if not hasattr(event.site.trust, "holders"):  # A site of an older release.
        event.site.trust.index_holders()
    if not hasattr(event.site.trust, "revoked_seals"):
        event.site.trust.revoked_seals = OOBTree()
    renew_due_crls(event.site, event.registry, clock.now())
