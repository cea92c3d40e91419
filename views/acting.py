"""Who acts in a request: the border between HTTP and the policies."""

from typing import Any

from govrepo.security.accounts import person as principal_of
from govrepo.security.tickets import certificate_of, session_of
from policies.actor import Actor


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
    )


def includeme(config: Any) -> None:
    """Offer ``request.actor``."""
    config.add_request_method(actor_of, "actor", reify=True)
