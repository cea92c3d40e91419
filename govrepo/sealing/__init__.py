"""Seals on PDF files: the image, the sealing (PAdES B-LTA), the renewal of its evidence, and the verification (docs/sealing.md).

A pure library: nothing here knows what a document is, who may seal, or where keys lie. Serves P-2 (a document has force once the seal is
on it), P-52 (authenticity is verified before printing), GD-1-1 (certificate valid at signing) and joint issue (联合行文).
"""

from govrepo.sealing.findings import SealFinding, Trust, Verification, trust_of
from govrepo.sealing.hand import Hand, Sealed, SealingError, key_signs
from govrepo.sealing.image import EMBLEM, STAR, draw_seal, draw_signature
from govrepo.sealing.normal import normalised
from govrepo.sealing.seal import renew, seal
from govrepo.sealing.verify import verify

__all__ = [
    "EMBLEM",
    "STAR",
    "Hand",
    "SealFinding",
    "Sealed",
    "SealingError",
    "Trust",
    "Verification",
    "draw_seal",
    "draw_signature",
    "key_signs",
    "normalised",
    "renew",
    "seal",
    "trust_of",
    "verify",
]
