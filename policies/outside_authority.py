"""Outside authorities (外部CA, R-9.1, R-26.1; design.md sect. 8): the security officer trusts one by its certificate, and ends the trust.

What is trusted decides who may log in and sign. So the fingerprint is compared with a paper from the authority, and typed; a list of revoked
certificates belongs to each authority, and without a current one nothing it issued counts.
"""

import re
from typing import Any, NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from govrepo import clock
from govrepo.database import site
from govrepo.i18n import _
from govrepo.journal import Event
from govrepo.trust import data
from govrepo.trust.chain import Untrusted, check_authority, load_certificate
from govrepo.trust.lists import fingerprint
from policies.actor import Actor
from policies.administration import given, journal, refuse, require
from policies.engine import Reason
from policies.permissions import Permission as P

LARGEST = 64 * 1024
"""Bytes of the largest certificate that is taken."""
LARGEST_LIST = data.LARGEST_CRL
ARTICLE = "R-26.1"
_NOT_HEX = re.compile(r"[^0-9a-f]")


class Outside(NamedTuple):
    """An outside authority as the desk shows it: its certificate, its SHA-256, whether it is an anchor, and its newest list."""

    certificate: x509.Certificate
    fingerprint: str
    anchor: bool
    crl: x509.CertificateRevocationList | None


def authorities(root: Any, registry: Any) -> list[Outside]:
    """The outside authorities this site trusts or knows, anchors first."""
    store, trust = data.trust_store(root, registry), site(root).trust
    known = [(True, each) for each in trust.anchors.values()] + [(False, each) for each in trust.intermediates.values()]
    loaded = [(anchor, x509.load_der_x509_certificate(der)) for anchor, der in known]
    return [Outside(each, fingerprint(each), anchor, store.crl_of(each)) for anchor, each in loaded]


def trust(root: Any, file: bytes, typed: str, basis: str, actor: Actor) -> x509.Certificate:
    """Trust an authority: a root as an anchor, another one below an anchor that is trusted already. Raise Refused, with reasons by field."""
    action = "authority.trust"
    require(P.CERTIFICATE_KEEP, root, actor, action, ARTICLE)
    certificate, problems = _read(root, file, actor)
    if certificate is not None and _NOT_HEX.sub("", typed.strip().lower()) != fingerprint(certificate):
        problems = [*problems, Reason(_("指纹与证书不符：请照书面材料填写全部 64 位。"), ARTICLE, "fingerprint")]
    refuse([*problems, *given(basis, "basis", ARTICLE)], root, action)
    found: x509.Certificate = certificate  # type: ignore[assignment] # Without one there were problems.
    keep = data.import_anchor if found.issuer == found.subject else data.import_intermediate
    keep(site(root), found)
    journal(action, root, actor, basis.strip(), **_said(found))
    return found


def _read(root: Any, file: bytes, actor: Actor) -> tuple[x509.Certificate | None, list[Reason]]:
    if b"PRIVATE KEY" in file:
        return None, [Reason(_("文件中有私钥：私钥不得上传。请只选证书文件。"), ARTICLE, "file")]
    try:
        certificate = load_certificate(file)
        check_authority(certificate, data.trust_store(root, actor.registry), clock.now())
    except Untrusted as error:
        return None, [Reason(error.words, ARTICLE, "file")]
    known = fingerprint(certificate) in {each.fingerprint for each in authorities(root, actor.registry)}
    return certificate, [Reason(_("这个CA已经登记。"), ARTICLE, "file")] if known else []


def take_list(root: Any, file: bytes, actor: Actor) -> None:
    """Take in an authority's list of revoked certificates (DER or PEM); raise Refused for one that is not newer, or nobody's we know."""
    action = "authority.take_list"
    require(P.CERTIFICATE_KEEP, root, actor, action, ARTICLE)
    try:
        data.import_crl(site(root), actor.registry, _der_of(file))
    except Untrusted as error:
        refuse([Reason(error.words, ARTICLE, "crl")], root, action)
    journal(action, root, actor)


def _der_of(file: bytes) -> bytes:
    if not file.lstrip().startswith(b"-----BEGIN"):
        return file
    try:
        return x509.load_pem_x509_crl(file).public_bytes(Encoding.DER)
    except ValueError as error:
        raise Untrusted("malformed") from error


def end_trust(root: Any, wanted: str, reason: str, actor: Actor) -> None:
    """End the trust: nothing the authority issued counts from the next request on. Raise Refused; KeyError for one that is not trusted."""
    action = "authority.end_trust"
    require(P.CERTIFICATE_KEEP, root, actor, action, ARTICLE)
    found = {each.fingerprint: each for each in authorities(root, actor.registry)}[wanted]
    refuse(given(reason, "reason", ARTICLE), root, action)
    memory = site(root).trust
    for kept in (memory.anchors, memory.intermediates, memory.crls):
        kept.pop(wanted, None)
    journal(action, root, actor, reason.strip(), **_said(found.certificate))


def _said(certificate: x509.Certificate) -> dict[str, str]:
    return {"authority": certificate.subject.rfc4514_string(), "fingerprint": fingerprint(certificate)}


def includeme(config: Any) -> None:
    """Declare what the journal keeps."""
    said = {"authority": _("CA名称"), "fingerprint": _("指纹")}
    config.add_journal_events(
        "authority",
        _("外部CA"),
        Event("trust", _("信任外部CA"), said),
        Event("take_list", _("更新吊销列表")),
        Event("end_trust", _("终止信任"), said),
    )
