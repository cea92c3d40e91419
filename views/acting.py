"""Who acts in a request: the border between HTTP and the policies."""

from typing import Any

from govrepo.security.accounts import person as principal_of
from govrepo.security.tickets import certificate_of, session_of
from govrepo.trust.envelope import BadEnvelopeError, Envelope, unpack
from policies.actor import Actor

SIGNATURE_FILES = ("signed",)
"""The field of a form that may bring signed texts, pasted or as files of ``govrepo-sign``."""
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
        certificate=certificate_of(request),
        origin=request.host_url,
        signed=signed(request),
    )


def signed(request: Any) -> tuple[Envelope, ...]:
    """The signed texts that came with a form (views/signing.py); what cannot be read stands as an empty one."""
    return tuple(_envelope(each) for each in request.POST.getall("signed")) if request.method == "POST" else ()


def _envelope(field: Any) -> Envelope:
    words = field if isinstance(field, str) else field.file.read(LARGEST).decode("ascii", "replace")
    try:
        return unpack(words)
    except BadEnvelopeError:
        return Envelope("", b"", b"")


def includeme(config: Any) -> None:
    """Offer ``request.actor``."""
    config.add_request_method(actor_of, "actor", reify=True)
