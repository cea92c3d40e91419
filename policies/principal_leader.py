"""The principal leader of a unit (主要负责人, S-8): who signs its upward and important documents, named by its administrator among its leaders."""

from typing import Any

from content_types.person import Person
from content_types.unit import Unit
from govrepo import clock
from govrepo.catalog import Any as AnyOf
from govrepo.catalog import Eq, Range, register
from govrepo.i18n import _
from policies.engine import Act, Reason
from policies.registers.keys import moment
from policies.roles import Role

LEADERS = (Role.OFFICE_LEADER, Role.UNIT_APPROVER)
"""The roles that sign documents (7.2)."""


def candidates(unit: Unit) -> list[Person]:
    """Who signs documents of the unit now, and may be named its principal leader."""
    now = moment(clock.now())
    roles = AnyOf("role", [str(role) for role in LEADERS])
    in_force = roles & Eq("scope", unit.scope) & Range("since", None, now) & Range("until", now + 1, None)
    found = register(unit, "appointments").query(in_force, sort="order", limit=100).objects
    people: dict[str, Person] = {each.__parent__.id: each.__parent__ for each in found}
    return list(people.values())


def leader_fits(act: Act) -> Reason | None:
    """S-8: one of the unit's own leaders."""
    chosen: Any = act.given.get("principal")
    if chosen is not None and chosen in candidates(act.context):
        return None
    return Reason(_("请从本单位的领导、核准人中选择。"), "S-8", "principal")


def name_leader(done: Act) -> None:
    """S-8: from now on this person signs them."""
    done.context.principal_leader = done.given["principal"]
