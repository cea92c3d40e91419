"""Making a seal and unmaking it (P-70, P-71, P-75): image, key and certificate; at the end the key goes and the certificate is revoked.

The image stays in the record. A key is removed by the worker, after the commit that ended the seal (ADR 0019).
"""

import functools
from typing import Any

from cryptography.hazmat.primitives.serialization import Encoding

from content_types.seal import Seal, SealKind
from govrepo import rules
from govrepo.database import site
from govrepo.i18n import _
from govrepo.sealing import SealingError, draw_seal, draw_signature
from govrepo.trust import data as trust
from govrepo.trust import seal_keys
from govrepo.trust.authorities import SEALS, serial_of
from govrepo.trust.lists import fingerprint
from govrepo.work import enqueue
from policies.engine import Act, Reason
from policies.kept import keep_octets

PNG = "image/png"
LONGEST_COMMON_NAME = 64


def can_be_made(act: Act) -> Reason | None:
    """A site without an authority of its own makes no seals."""
    missing = act.actor.registry.authorities is None
    return Reason(_("本站点没有自己的CA，不能签发印章证书。"), "P-70") if missing else None


def can_be_drawn(act: Act) -> Reason | None:
    """The image can be drawn on this machine."""
    try:
        _drawn(act)
    except SealingError:
        return Reason(_("本机没有中文字体，不能绘制印模，请联系技术服务组。"), "P-75")
    return None


def is_sample(act: Act) -> bool:
    """Whether the seal is marked as a sample (样章): by the site's setting, or by whoever loads samples."""
    return bool(act.actor.registry.govrepo_settings.seal_samples or act.given.get("sample"))


def make(act: Act) -> None:
    """Draw the image, make the key, issue the certificate."""
    seal, registry = act.context, act.actor.registry
    seal.sample, seal.image = is_sample(act), keep_octets(seal, _drawn(act), PNG)
    seal.made_by = act.actor.person
    seal.key_name, key = seal_keys.create(registry.authorities, seal.uid)
    days = int(rules.value(seal, registry.govrepo_settings, "seal_days"))
    made = registry.authorities.issue_seal(key.public_key(), seal.uid, seal.name[:LONGEST_COMMON_NAME], days)
    seal.serial, seal.fingerprint = serial_of(made), fingerprint(made)
    seal.der = made.public_bytes(Encoding.DER)
    seal.valid_from, seal.valid_to = made.not_valid_before_utc, made.not_valid_after_utc


def _drawn(act: Act) -> bytes:
    seal = act.context
    drawn = "" if seal.kind is SealKind.SIGNATURE else str(seal.face.emblem)
    return _picture(seal.name, seal.face.diameter_mm, drawn, is_sample(act))


@functools.lru_cache(maxsize=2)
def _picture(name: str, diameter_mm: int, emblem: str, sample: bool) -> bytes:
    """Drawn to be asked whether it can be, and at once to be kept; without an emblem it is a signature."""
    if not emblem:
        return draw_signature(name, diameter_mm, sample)
    return draw_seal(name, diameter_mm, emblem, sample)


def hold(act: Act) -> None:
    """On the list of revoked seals from now on (P-73)."""
    trust.hold(site(act.context), act.context.serial, act.now, SEALS)


def release(act: Act) -> None:
    """Off the list again."""
    trust.release(site(act.context), act.context.serial, act.now, SEALS)


def unmake(act: Act, seal: Seal, reason: str) -> None:
    """End the certificate for good, and have the key destroyed; nothing for a seal that was never made."""
    if not seal.serial:
        return
    trust.revoke(site(seal), seal.serial, reason, act.now, SEALS)
    enqueue(seal, "seal.destroy_key", key=seal.key_name)


def destroy_key(job: Any) -> None:
    """Work handler ``seal.destroy_key``: the key of a seal that is over."""
    if job.registry.authorities is not None:
        seal_keys.destroy(job.registry.authorities, job.payload["key"])
