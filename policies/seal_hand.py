"""The hand of a seal (P-71, P-72; ADR 0019): everything a sealing needs, taken from the seal, the authorities' folder and the site's time stamps."""

from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from govrepo.database import site
from govrepo.sealing import Hand, SealingError, key_signs
from govrepo.trust import seal_keys
from govrepo.trust.authorities import ROOT, SEALS
from govrepo.trust.chain import TrustStore
from govrepo.trust.data import trust_store


def hand_of(seal: Any, registry: Any) -> Hand:
    """What a seal is set with. Raises SealingError "key" where the authority or the key is not there."""
    authorities = registry.authorities
    if authorities is None:
        raise SealingError("key", "the site has no authority of its own")
    try:
        key = seal_keys.load(authorities, seal.key_name)
    except (OSError, ValueError) as error:
        raise SealingError("key", str(error)) from error
    above = (authorities.certificate(SEALS), authorities.certificate(ROOT))
    with seal.image.open() as image:
        drawn = image.read()
    return Hand(
        image=drawn,
        diameter_mm=seal.face.diameter_mm,
        certificate=x509.load_der_x509_certificate(seal.der),
        chain=above,
        crls=_lists(trust_store(site(seal), registry), above),
        sign=key_signs(key),
        stamp=registry.time_stamps.stamp,
        stamping=tuple(registry.time_stamps.trusted),
    )


def _lists(store: TrustStore, issuers: tuple[x509.Certificate, ...]) -> tuple[bytes, ...]:
    """The newest list of each of the authorities, DER; one without any is missed by the sealing, which says so."""
    found = (store.crl_of(each) for each in issuers)
    return tuple(each.public_bytes(Encoding.DER) for each in found if each is not None)
