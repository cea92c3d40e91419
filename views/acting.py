"""Who acts in a request: the border between HTTP and the policies."""

from typing import Any

from govrepo.security.accounts import person as principal_of
from govrepo.security.tickets import session_of
from govrepo.trust.attestation import Offered
from policies.actor import Actor

SIGNATURE_FILES = ("signature", "certificate")
"""The fields of a form that may bring a signature: as Base64, or as a file of ``govrepo-sign``."""
LARGEST = 64 * 1024


def actor_of(request: Any) -> Actor:
    """The actor of a request; its principals are those the ACLs are checked with."""
    account = request.account
    return Actor(
        id=principal_of(account) if account else "anonymous",
        name=account.name if account else "",
        principals=tuple(request.effective_principals),
        registry=request.registry,
        person=account,
        session=session_of(request),
        address=request.client_addr or "",
        origin=request.host_url,
        offered=offered(request),
    )


def offered(request: Any) -> tuple[Offered, ...]:
    """The signatures that came with a form, each with the number of its text (views/signing.py)."""
    if request.method != "POST":
        return ()
    form = request.POST
    certificate = next((_octets(each) for each in form.getall("certificate")), b"")
    pairs = zip(form.getall("nonce"), form.getall("signature"), strict=False)
    return tuple(Offered(str(nonce), _octets(signature), certificate) for nonce, signature in pairs)


def _octets(field: Any) -> bytes:
    return field.encode() if isinstance(field, str) else bytes(field.file.read(LARGEST))


def includeme(config: Any) -> None:
    """Offer ``request.actor``."""
    config.add_request_method(actor_of, "actor", reify=True)
