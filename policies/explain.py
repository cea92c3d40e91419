"""Who may do what, and why (design.md sect. 4): every answer is that of the function that decides, never a second one.

A permission is decided by Pyramid's ACL policy, whose answer names the line and the carrier; an act by ``policies.engine.possible``.
For a past date, or for an ACL that is only proposed, the same policy is asked about the same lineage with other ACLs in it.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pyramid.location import lineage

from content_types.appointment import Appointment
from content_types.exchange_box import DivisionDesk
from govrepo import clock
from govrepo.catalog import Any as AnyOf
from govrepo.catalog import register
from govrepo.database import site
from govrepo.security.acl import ACLAuthorizationPolicy, Authenticated, Everyone
from policies.access import acl_at
from policies.actor import Actor
from policies.drafting_desk import desks_near
from policies.engine import Verdict, possible
from policies.permissions import Permission
from policies.scopes import divisions_of

LARGEST = 1_000
"""Appointments read at a time."""

AclOf = Callable[[Any], Any]

_POLICY = ACLAuthorizationPolicy()


class Place:
    """An object's place in its lineage, bearing the ACL that is asked about instead of its own."""

    def __init__(self, source: Any, parent: "Place | None", acl: Any) -> None:
        self.source = source
        self.__parent__ = parent
        if acl is not None:
            self.__acl__ = acl


def placed(context: Any, acl_of: AclOf) -> Place:
    """An object's lineage with the ACLs that ``acl_of`` answers."""
    parent = getattr(context, "__parent__", None)
    return Place(context, None if parent is None else placed(parent, acl_of), acl_of(context))


@dataclass(frozen=True)
class Decision:
    """The policy's answer: allowed or not, by which line of which carrier's ACL; no line where nothing allows it."""

    allowed: bool
    principal: str = ""
    carrier: Any = None


@dataclass(frozen=True)
class Answer:
    """A decision about a person: with the appointment that decides, and whether the ACLs of that date are known."""

    person: Any
    decision: Decision
    appointment: Appointment | None = None
    known: bool = True


@dataclass(frozen=True)
class Reach:
    """What a person may do by the ACL of one carrier, through one appointment or none."""

    carrier: Any
    appointment: Appointment | None
    permissions: tuple[str, ...]


def decide(context: Any, principals: tuple[str, ...], permission: str) -> Decision:
    """Ask the policy; ``context`` is an object or its :class:`Place`."""
    result = _POLICY.permits(context, principals, permission)
    carrier = getattr(result.context, "source", result.context)
    if isinstance(result.ace, str):  # The policy's word for "no line at all".
        return Decision(allowed=False)
    return Decision(bool(result), result.ace[1], carrier)


@dataclass(frozen=True)
class Moment:
    """The instant a question is about; ``past`` ones are answered from what appointments and carriers have kept."""

    at: datetime
    past: bool
    registry: Any

    def appointments(self, person: Any) -> tuple[Appointment, ...]:
        """The person's appointments that counted at that instant."""
        found: tuple[Appointment, ...] = (person.appointments_at if self.past else person.appointments)(self.at)
        return found

    def principals(self, person: Any) -> tuple[str, ...]:
        """The person's principals at that instant: now, those that every request is checked with."""
        if self.past:
            granted = tuple(appointment.principal for appointment in self.appointments(person))
        else:
            granted = self.registry.accounts.principals(person, self.at)
        return (Everyone, Authenticated, person.principal, *granted)

    def place(self, context: Any) -> Any:
        """The object as the policy is to see it."""
        return placed(context, lambda location: acl_at(location, self.at)[0]) if self.past else context

    def known(self, context: Any) -> bool:
        """Whether every ACL above the object is known for that instant."""
        return not self.past or all(acl_at(location, self.at)[1] for location in lineage(context))


def moment(registry: Any, at: datetime | None = None) -> Moment:
    """Now, or a past instant."""
    now = clock.now()
    return Moment(at or now, at is not None and at < now, registry)


def may(context: Any, permission: str, person: Any, when: Moment) -> Answer:
    """Whether a person has a permission on an object, and by what."""
    decision = decide(when.place(context), when.principals(person), permission)
    return Answer(person, decision, _appointment(person, decision, when), when.known(context))


def _appointment(person: Any, decision: Decision, when: Moment) -> Appointment | None:
    """The appointment behind a decision: of several with the same principal, the one that lasts longest."""
    found = [each for each in when.appointments(person) if each.principal == decision.principal]
    return max(found, key=lambda each: (each.until is None, each.until or each.since), default=None)


def acts(context: Any, person: Any, registry: Any) -> tuple[Verdict, ...]:
    """What a person may do with an object now, with every reason why not; raises LookupError where no workflow governs it."""
    principals = moment(registry).principals(person)
    return possible(context, Actor(person.principal, person.name, principals, registry, person))


def holders(context: Any, permission: str, when: Moment) -> Iterator[Answer]:
    """Everybody who has a permission on an object, each with the appointment that gives it."""
    place, known = when.place(context), when.known(context)
    named = _POLICY.principals_allowed_by_permission(place, permission)
    for person in holding(context, named, when.registry):
        decision = decide(place, when.principals(person), permission)
        if decision.allowed:
            yield Answer(person, decision, _appointment(person, decision, when), known)


def holding(context: Any, named: Iterable[str], registry: Any) -> list[Any]:
    """Whoever holds, or ever held, one of the principals: by the register of appointments, so that not everybody is read."""
    principals, people = set(named), site(context)["people"]
    if principals & {Everyone, Authenticated}:
        return list(people.values())
    found = {name: people[name] for name in (each.removeprefix("person:") for each in principals) if name in people}
    posts = [each.partition("@")[::2] for each in principals if "@" in each]
    query = AnyOf("role", [role for role, _scope in posts]) & AnyOf("scope", [scope for _role, scope in posts])
    for appointment in _all(register(context, "appointments", registry), query):
        if appointment.principal in principals:
            found[appointment.__parent__.id] = appointment.__parent__
    return [found[name] for name in sorted(found)]


def _all(listed: Any, query: Any) -> Iterator[Any]:
    """Every entry of a register that satisfies a query."""
    after = None
    while True:
        page = listed.query(query, sort="order", limit=LARGEST, after=after)
        yield from page.objects
        after = page.next_key
        if after is None:
            return


def reach(root: Any, person: Any, when: Moment) -> Iterator[Reach]:
    """Every carrier whose ACL gives a person something, with the appointment through which it does."""
    principals = when.principals(person)
    for carrier in _carriers(root, person, principals, when):
        place = when.place(carrier)
        found: dict[str, list[str]] = {}
        for permission in Permission:
            decision = decide(place, principals, permission)
            if decision.allowed and decision.carrier is carrier:
                found.setdefault(decision.principal, []).append(str(permission))
        for principal, permissions in found.items():
            decision = Decision(allowed=True, principal=principal, carrier=carrier)
            yield Reach(carrier, _appointment(person, decision, when), tuple(permissions))


def _carriers(root: Any, person: Any, principals: tuple[str, ...], when: Moment) -> Iterator[Any]:
    """The site, the person's own list, and the boxes whose ACL names a principal (all of them, for a past date)."""
    yield root
    yield person
    named = {name for principal in principals for name in root.box_index.get(principal, ())}
    for name in sorted(root["exchange"] if when.past else named):
        box = root["exchange"][name]
        yield box
        yield from (desk for desk in box["outbox"].values() if isinstance(desk, DivisionDesk))
    yield from desks_near(principals, root)
    for unit in root["units"].values():
        yield from (each for each in (unit, *divisions_of(unit)) if getattr(each, "overrides", ()) or when.past)
