"""Acts that carry the person's certificate signature (R-25.1, domain.md 5.6; design.md sect. 5: prepare, sign, commit).

Which acts those are stands in the tables (``Transition.signed``). The setting ``signatures`` says whether an act without one is
refused (``required``), or is marked as attested by the system alone while the person has no active certificate
(``when_possible``). Who has one signs with it; who has lost it waits.
"""

from typing import TYPE_CHECKING, Any

from persistent.mapping import PersistentMapping
from pyramid.traversal import resource_path

from content_types.appointment import Capacity
from govrepo.database import site
from govrepo.i18n import _, plain
from govrepo.security.acl import ACLAuthorizationPolicy
from govrepo.trust import attestation
from govrepo.trust.attestation import Attestation, AttestationError, Prepared, Statement
from govrepo.trust.envelope import Envelope
from policies.actor import Actor
from policies.roles import ROLES, Role

if TYPE_CHECKING:
    from policies.engine import Act, Table, Transition

REQUIRED = "required"
ARTICLE = "R-25.1"
CAPACITIES = {Capacity.REGULAR: "", Capacity.ACTING: _("代理"), Capacity.DESIGNATED: _("指定")}


def asked(row: "Transition", actor: Actor) -> bool:
    """Whether this act of this person must carry a signature; the system itself never signs as a person."""
    if not row.signed or actor.is_system:
        return False
    return actor.registry.govrepo_settings.signatures == REQUIRED or has_certificate(actor)


def hindrance(row: "Transition", actor: Actor) -> Any:
    """Why this person cannot sign this act at all, in words; None if nothing hinders."""
    if not row.signed or actor.is_system or has_certificate(actor):
        return None
    if has_lost_one(actor):
        return _("您的数字证书已挂失（暂停），解挂之前不能办理须签名的事项。")
    if actor.registry.govrepo_settings.signatures == REQUIRED:
        return _("此项须用数字证书签名，您没有有效的证书。")
    return None


def prepare(row: "Transition", act: "Act", noun: str, version: str) -> Prepared:
    """A text for this person to sign; it waits for five minutes."""
    person = act.actor.person
    if person.to_sign is None:
        person.to_sign = PersistentMapping()
    return attestation.prepare(person.to_sign, f"{noun}.{row.name}", statement(row, act, noun, version))


def sign(row: "Transition", act: "Act", noun: str, version: str) -> Attestation | None:
    """The signature brought for this act, checked and used up; None where none is asked for. Raises AttestationError."""
    signed = brought(act)
    if signed is None and not asked(row, act.actor):
        return None
    if signed is None:
        raise AttestationError(_("此项须用您的数字证书签名。"))
    person = act.actor.person
    attestation.take(person.to_sign or {}, signed, f"{noun}.{row.name}", statement(row, act, noun, version))
    return attestation.attest(site(person), act.actor.registry, signed, person.id)


def brought(act: "Act") -> Envelope | None:
    """Of the signatures that came with the request, the one for this object; where none fits, the first, to say why not."""
    person, signed = act.actor.person, act.actor.signed
    waiting = (person.to_sign or {}) if person is not None else {}
    nonces = {nonce for nonce, prepared in waiting.items() if prepared.uid == act.context.uid}
    return next((each for each in signed if attestation.nonce_in(each.text) in nonces), next(iter(signed), None))


def statement(row: "Transition", act: "Act", noun: str, version: str) -> Statement:
    """What the person attests by this act, as things stand now."""
    context, actor = act.context, act.actor
    return Statement(
        origin=actor.origin,
        act=f"{plain(row.title)} ({noun}.{row.name})",
        subject=str(getattr(context, "signed_as", context.title)),
        uid=context.uid,
        path=resource_path(context),
        version=version,
        person=f"{actor.name} ({actor.id})",
        capacity=capacity(row, act),
    )


def capacity(row: "Transition", act: "Act") -> str:
    """By which appointments the person may do this, in words: 机要档案科收文员（代理）."""
    allowed = ACLAuthorizationPolicy().principals_allowed_by_permission(row.authority(act.context), row.permission)
    held = [each for each in act.actor.person.appointments(act.now) if each.principal in allowed]
    named = sorted({f"{plain(ROLES[Role(each.role)].label)}{_in_brackets(each.capacity)}" for each in held})
    return "、".join(named) or plain(_("本人"))


def _in_brackets(held_as: Capacity) -> str:
    word = plain(CAPACITIES[held_as])
    return f"（{word}）" if word else ""


def has_certificate(actor: Actor) -> bool:
    """Whether a certificate of this person is in force, as far as this site knows."""
    trust = site(actor.person).trust
    return any(serial not in trust.revoked for serial in trust.serials_of(actor.person.id))


def has_lost_one(actor: Actor) -> bool:
    """Whether a certificate of this person is reported lost (R-9.3)."""
    trust = site(actor.person).trust
    return any(trust.is_held(serial) for serial in trust.serials_of(actor.person.id))


def details(table: "Table", name: str, signed: Attestation | None) -> dict[str, str]:
    """What the journal keeps of an act's signature: the text's digest, never the text; and that a signed act bears none."""
    if signed is not None:
        return {"attested": signed.digest, "algorithm": signed.algorithm}
    return {"attested": "system"} if any(row.signed and row.name == name for row in table.transitions) else {}
