"""Who acts: a person in a request, or the system itself."""

from dataclasses import dataclass, field
from typing import Any

from govrepo import clock
from govrepo.security.acl import ACLAuthorizationPolicy, Authenticated, Everyone
from govrepo.trust.envelope import Envelope

_ACL = ACLAuthorizationPolicy()


@dataclass(frozen=True)
class Actor:
    """Who acts, with which principals, from where, with which certificate (R-25.1).

    ``registry`` gives settings and journal; ``person`` is None for the system. ``origin`` is the site's address as the person sees it,
    ``signed`` what came with the request signed by the person.
    """

    id: str
    name: str
    principals: tuple[str, ...]
    registry: Any = field(repr=False)
    person: Any = field(default=None, repr=False)
    session: str = ""
    address: str = ""
    certificate: str = ""
    origin: str = ""
    signed: tuple[Envelope, ...] = field(default=(), repr=False)

    def allowed(self, permission: str, context: Any) -> bool:
        """Whether the ACLs in the object's lineage give this actor a permission."""
        return bool(_ACL.permits(context, self.principals, permission))

    def holds(self, role: str) -> bool:
        """Whether one of the actor's appointments in force is for a role, in any scope."""
        return any(principal.startswith(f"{role}@") for principal in self.principals)

    @property
    def is_system(self) -> bool:
        """Whether the system acts by itself."""
        return self.person is None


def actor_for(person: Any, registry: Any) -> Actor:
    """A person as actor outside any request, with the rights of now: for work that the person has ordered."""
    granted = person.principals(clock.now())
    principals = (Everyone, Authenticated, person.principal, *granted) if granted else (Everyone,)
    return Actor(person.principal, person.name, principals, registry, person)


def system_actor(registry: Any) -> Actor:
    """The system as actor: the postmaster and the timed jobs."""
    return Actor("system", "系统", ("system",), registry)
