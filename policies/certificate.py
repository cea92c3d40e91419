"""The certificate's workflow (domain.md 5.6; R-9.1 to R-9.3, R-26.1, R-27.1, R-28.1, R-28.2; SOD-4).

A person applies, the technical service group or the security officer reviews, the security officer issues, the person activates. A loss
report blocks at once; it is lifted with an auditor's note only. What a signature was worth when it was made stays so.
"""

from datetime import date, datetime, timedelta
from typing import Any

from substanced.util import set_acl

from content_types.certificate import Application, CentreContact, Certificate, CertificateKind, Review, Statement
from content_types.content import shelf
from govrepo import clock
from govrepo.catalog import Any as AnyOf
from govrepo.catalog import Eq, Range, register
from govrepo.database import site
from govrepo.i18n import _
from govrepo.security import accounts
from govrepo.security.acl import Allow
from govrepo.trust import data as trust
from policies.actor import Actor, system_actor
from policies.engine import Act, Reason, Refused, Table, Transition, record
from policies.permissions import Permission as P
from policies.roles import Role
from policies.scopes import operator_office

STATES = {
    "applied": _("待审核"),
    "approved": _("待发放"),
    "rejected": _("审核未通过"),
    "issued": _("待启用"),
    "active": _("在用"),
    "suspended": _("已挂失"),
    "revoked": _("证书已注销"),
    "expired": _("已过期"),
}
KINDS = {
    CertificateKind.PERSONAL: _("个人证书"),
    CertificateKind.UNIT: _("单位证书"),
    CertificateKind.DEVICE: _("设备证书"),
}
REASONS = {
    "lost": (_("丢失"), "keyCompromise"),
    "left": (_("离职"), "cessationOfOperation"),
    "moved": (_("调动"), "affiliationChanged"),
    "damaged": (_("损坏"), "superseded"),
    "violation": (_("违规"), "privilegeWithdrawn"),
}
"""Why a certificate is revoked (5.6): the words, and the reason that the list of revoked certificates gives."""

OWN = (P.CERTIFICATE_READ, P.CERTIFICATE_USE, P.CERTIFICATE_REPORT_LOSS)
"""On one's own certificate."""
OPEN = ("applied", "approved", "issued")
ISSUED = ("issued", "active", "suspended")
CONFIRMED_DIGITS = 8


def warned_before(registry: Any) -> timedelta:
    """How long before its end a certificate is listed as expiring."""
    return timedelta(days=registry.govrepo_settings.certificate_warn_days)


def certificates_of(root: Any, person: Any) -> tuple[Certificate, ...]:
    """A person's certificates, the newest application first."""
    return (
        register(root, "certificates").query(Eq("person", person.id), sort="applied", reverse=True, limit=200).objects
    )


def expiring(registry: Any) -> Any:
    """The query for what expires soon."""
    now = clock.now()
    return Eq("state", "active") & Range("valid_to", clock.micros(now), clock.micros(now + warned_before(registry)))


# Guards: what stands against an act.


def not_the_applicant(act: Act) -> Reason | None:
    """Nobody reviews or issues the own application (R-28.2)."""
    own = act.context.person is act.actor.person
    return Reason(_("本人的申请须由他人办理。"), "R-28.2") if own else None


def not_ones_own(act: Act) -> Reason | None:
    """Nobody lifts the block of, or revokes, the own certificate (SOD-4)."""
    own = act.context.person is act.actor.person
    return Reason(_("本人的证书须由他人办理。"), "SOD-4") if own else None


def in_time(act: Act) -> Reason | None:
    """The certificate is valid today."""
    certificate = act.context
    valid = certificate.valid_from <= act.now < certificate.valid_to
    return None if valid else Reason(_("证书不在有效期内。"), "5.6")


def own_password(act: Act) -> Reason | None:
    """At the first login the password has been changed (5.6 activate)."""
    if act.context.person.must_change_password:
        return Reason(_("请先修改首次登录的密码。"), "5.6")
    return None


def bound_to_nobody_else(act: Act) -> Reason | None:
    """One certificate, one person (R-27.1)."""
    holder = site(act.context).trust.bindings.get(act.context.serial, act.context.person.id)
    return None if holder == act.context.person.id else Reason(_("该证书已登记在另一个人名下。"), "R-27.1")


def auditor_has_noted(act: Act) -> Reason | None:
    """Since the loss report an auditor has put a note on record."""
    notes, losses = act.context.auditor_notes, act.context.losses
    noted = bool(notes) and notes[-1].at >= losses[-1].at
    return None if noted else Reason(_("解挂须先有审计员的意见。"), "5.6")


def found_in_time(act: Act) -> Reason | None:
    """The carrier was found within the days the site allows."""
    days = act.actor.registry.govrepo_settings.certificate_restore_days
    if act.now - act.context.losses[-1].at <= timedelta(days=days):
        return None
    return Reason(_("挂失已超过${days}天，只能注销后补办。", mapping={"days": days}), "5.6")


# Guards over what was typed.


def words_given(act: Act) -> Reason | None:
    """Words were given."""
    return None if str(act.given.get("note", "")).strip() else Reason(_("请填写说明。"), "5.6", "note")


def form_complete(act: Act) -> list[Reason]:
    """The prescribed form is complete (R-28.1)."""
    return application_faults(act.given)


def receipt_signed(act: Act) -> Reason | None:
    """The recipient has signed for it."""
    return None if act.given.get("receipt_signed") else Reason(_("须由领取人签字后发放。"), "5.6", "receipt_signed")


def undertaking_dated(act: Act) -> Reason | None:
    """The confidentiality undertaking is on record with its date (R-26.1)."""
    day = act.given.get("undertaking")
    if isinstance(day, date) and day <= clock.local(act.now).date():
        return None
    return Reason(_("请填写保密承诺书的签署日期，不能晚于今天。"), "R-26.1", "undertaking")


def certificate_fits(act: Act) -> list[Reason]:
    """What is to be issued is at hand, and neither it nor its key is another application's (R-27.1)."""
    return [Reason(words, "R-27.1", field) for field, words in act.given.get("faults", {}).items()]


def fingerprint_confirmed(act: Act) -> Reason | None:
    """The person has compared the certificate in hand with the one on record."""
    typed = "".join(str(act.given.get("fingerprint", "")).replace(":", "").split()).lower()
    if len(typed) >= CONFIRMED_DIGITS and act.context.fingerprint.startswith(typed):
        return None
    return Reason(_("指纹与登记的不符，请核对领取单上的前8位。"), "5.6", "fingerprint")


def known_reason(act: Act) -> Reason | None:
    """The reason is one of the list."""
    return None if act.given.get("reason") in REASONS else Reason(_("请选择注销原因。"), "5.6", "reason")


def contact_complete(act: Act) -> list[Reason]:
    """A contact with the key management centre has date, subject, reference and result (R-9.2)."""
    words = _("请填写。")
    named = ("subject", "reference", "result")
    faults = [Reason(words, "R-9.2", name) for name in named if not str(act.given.get(name, "")).strip()]
    return faults if isinstance(act.given.get("on"), date) else [Reason(words, "R-9.2", "on"), *faults]


# Effects: what an act changes.


def keep_review(act: Act) -> None:
    """Who reviewed, and how it ended."""
    note = str(act.given.get("note", ""))
    act.context.review = Review(act.actor.person, act.now, str(act.given.get("result", "approved")), note)


def keep_rejection(act: Act) -> None:
    """Who rejected, and why."""
    act.context.review = Review(act.actor.person, act.now, "rejected", str(act.given["note"]))


def keep_certificate(act: Act) -> None:
    """The certificate, who handed it out, and the undertaking."""
    act.given["put"](act)


def bind(act: Act) -> None:
    """From now on it opens sessions of this person; what it replaces is over."""
    certificate, root = act.context, site(act.context)
    if certificate.kind is CertificateKind.PERSONAL:
        root.trust.bind(certificate.serial, certificate.person.id)
    old = certificate.previous
    if old is not None and old.state in ISSUED:
        _end(act, old, "superseded")


def _end(act: Act, old: Certificate, reason: str) -> None:
    source, old.state = old.state, "revoked"
    trust.revoke(site(old), old.serial, reason, act.now)
    end_sessions(old)
    record(TABLE, "supersede", Act(old, act.actor, act.now, {}), source)


def block(act: Act) -> None:
    """Blocked at once; the sessions it opened end (R-9.3)."""
    words = str(act.given.get("note", ""))
    act.context.losses = (*act.context.losses, Statement(act.actor.person, act.now, words))
    trust.hold(site(act.context), act.context.serial, act.now)
    end_sessions(act.context)


def keep_note(act: Act) -> None:
    """The auditor's note."""
    statement = Statement(act.actor.person, act.now, str(act.given["note"]))
    act.context.auditor_notes = (*act.context.auditor_notes, statement)


def unblock(act: Act) -> None:
    """The block is lifted."""
    trust.release(site(act.context), act.context.serial, act.now)


def revoke(act: Act) -> None:
    """Over for good; the sessions it opened end."""
    trust.revoke(site(act.context), act.context.serial, REASONS[act.given["reason"]][1], act.now)
    end_sessions(act.context)


def close(act: Act) -> None:
    """It has run out: the sessions it opened end, and nobody is asked to sign with it."""
    site(act.context).trust.retire(act.context.serial)
    end_sessions(act.context)


def renew(act: Act) -> None:
    """A new application, linked to this one."""
    put(site(act.context), new_certificate(act.actor, act.given, act.context), act.actor)


def keep_contact(act: Act) -> None:
    """The contact stands in the record (R-9.2)."""
    given = act.given
    subject, reference, result = (str(given[name]).strip() for name in ("subject", "reference", "result"))
    contact = CentreContact(given["on"], subject, reference, result, act.actor.person)
    act.context.centre_contacts = (*act.context.centre_contacts, contact)


def end_sessions(certificate: Certificate) -> None:
    """End every session of the person that was opened with this certificate."""
    sessions = certificate.person.sessions
    for serial in [key for key, each in sessions.items() if each.get("certificate") == certificate.serial]:
        accounts.close_session(certificate.person, serial)


# Applying.


def application_faults(given: Any) -> list[Reason]:
    """What an application form lacks."""
    faults = []
    if given.get("kind") not in tuple(CertificateKind):
        faults.append(Reason(_("请选择证书种类。"), "R-28.1", "kind"))
    if not str(given.get("purpose", "")).strip():
        faults.append(Reason(_("请填写用途。"), "R-28.1", "purpose"))
    if given.get("key_fault"):
        faults.append(Reason(_("没有读到可用的证书请求或公钥。"), "R-28.1", "request"))
    return faults


def apply(root: Any, actor: Actor, given: Any) -> Certificate:
    """Apply for a certificate of one's own; raises Refused for an incomplete form or beside one in hand (R-28.1)."""
    faults = application_faults(given)
    if not faults and _has_one(root, actor.person, given["kind"]):
        faults = [Reason(_("已有同类证书在用或正在申请；到期、丢失的请在原证书上办理更新或补办。"), "R-27.1", "kind")]
    if faults:
        subject = {"action": "certificate.apply", "subject": "/admin/certificates", "subject_uid": ""}
        raise Refused(tuple(faults), subject | {"reason": faults[0].article})
    return put(root, new_certificate(actor, given), actor)


def _has_one(root: Any, person: Any, kind: str) -> bool:
    mine = Eq("person", person.id) & Eq("kind", str(kind)) & AnyOf("state", (*OPEN, "active", "suspended"))
    return register(root, "certificates").count(mine) > 0


def new_certificate(actor: Actor, given: Any, previous: Any = None) -> Certificate:
    """The application of an actor, not yet in its place."""
    person = actor.person
    words = (str(given.get("carrier", "")).strip(), given.get("public_key", b""))
    application = Application(str(given["purpose"]).strip(), person.unit, clock.today(), *words)
    return Certificate(person, CertificateKind(given["kind"]), application, previous)


def put(root: Any, certificate: Certificate, actor: Actor, name: str = "apply") -> Certificate:
    """Put a certificate in its year's place, with the ACL of its person, and on record."""
    now = clock.now()
    shelf(root["admin"], "certificates", str(clock.local(now).year))[certificate.uid] = certificate
    own = [(Allow, certificate.person.principal, tuple(map(str, OWN)))]
    system = [(Allow, "system", (str(P.CERTIFICATE_EXPIRE),))]
    set_acl(certificate, [*own, *system, *_for_leaders(root, certificate, now)], registry=actor.registry)
    record(TABLE, name, Act(certificate, actor, now, {}), "")
    return certificate


def _for_leaders(root: Any, certificate: Certificate, now: datetime) -> list[tuple[Any, str, tuple[str, ...]]]:
    """A security officer's own certificate is issued by a leader of the operating office too: there may be no other officer (ADR 0014)."""
    office = operator_office(site(root))
    if office is None or f"{Role.SECURITY_OFFICER}@site" not in certificate.person.principals(now):
        return []
    return [(Allow, f"{Role.OFFICE_LEADER}@{office.scope}", (str(P.CERTIFICATE_READ), str(P.CERTIFICATE_ISSUE)))]


def may_renew(act: Act) -> Reason | None:
    """No other application for it is under way."""
    waiting = Eq("previous", act.context.uid) & AnyOf("state", (*OPEN, "active"))
    if register(site(act.context), "certificates").count(waiting):
        return Reason(_("更新或补办的申请已在办理，或已办结。"), "5.6")
    return None


def expire_due(job: Any) -> None:
    """Timed job ``certificate.expire``: what has passed its date is over."""
    from policies.engine import act  # noqa: PLC0415 - The effects above call their parameter ``act``.

    due = Eq("state", "active") & Range("valid_to", 1, clock.micros(clock.now()))
    for certificate in register(job.root, "certificates", job.registry).query(due, sort="valid_to", limit=200).objects:
        act(certificate, "expire", system_actor(job.registry))


_ISSUING = (receipt_signed, undertaking_dated, certificate_fits)
TABLE = Table(
    noun="certificate", label=_("证书"), begun={"apply": _("申请证书"), "found": _("初始发放证书"), "supersede": _("由新证书取代")},
    content_type="Certificate",
    initial="applied",
    states=STATES,
    transitions=(
        Transition("approve", _("审核通过"), ("applied",), "approved", P.CERTIFICATE_REVIEW, (not_the_applicant,), effects=(keep_review,), article="R-28.1"),
        Transition("reject", _("审核不通过"), ("applied",), "rejected", P.CERTIFICATE_REVIEW, (not_the_applicant,), (words_given,), (keep_rejection,), article="R-28.1"),
        Transition("issue", _("发放"), ("approved",), "issued", P.CERTIFICATE_ISSUE, (not_the_applicant,), _ISSUING, (keep_certificate,), article="R-28.1"),
        Transition("activate", _("启用"), ("issued",), "active", P.CERTIFICATE_USE, (in_time, own_password, bound_to_nobody_else), (fingerprint_confirmed,), (bind,), article="5.6"),
        Transition("report_loss", _("挂失"), ("active",), "suspended", P.CERTIFICATE_REPORT_LOSS, (), (), (block,), article="R-9.3"),
        Transition("note", _("审计员意见"), ("suspended",), None, P.CERTIFICATE_NOTE, (), (words_given,), (keep_note,), article="5.6"),
        Transition("restore", _("解挂"), ("suspended",), "active", P.CERTIFICATE_KEEP, (not_ones_own, in_time, auditor_has_noted, found_in_time), (words_given,), (unblock,), article="5.6"),
        Transition("revoke", _("注销"), ISSUED, "revoked", P.CERTIFICATE_KEEP, (not_ones_own,), (known_reason,), (revoke,), article="5.6"),
        Transition("expire", _("到期"), ("active",), "expired", P.CERTIFICATE_EXPIRE, (), (), (close,), article="5.6"),
        Transition("renew", _("更新或补办"), ("active", "expired", "revoked"), None, P.CERTIFICATE_USE, (may_renew,), (form_complete,), (renew,), article="5.6"),
        Transition("contact", _("登记与密钥管理中心的联系"), tuple(STATES), None, P.CERTIFICATE_KEEP, (), (contact_complete,), (keep_contact,), article="R-9.2"),
    ),
    register="certificates",
    version=lambda certificate: certificate.fingerprint,
)  # fmt: skip


def includeme(config: Any) -> None:
    """Bind the table, and look for what has expired every hour."""
    config.add_policy_table(Certificate, TABLE)
    config.add_timed_job("certificate.expire", expire_due, every=timedelta(hours=1))
