"""Giving and ending appointments (domain.md 4.3): what the executors of permission changes and designations call (R-6.3, R-8.2).

Nothing here asks whether it may be: that was decided before. The register of appointments in force is kept in step.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from content_types.appointment import Appointment, Capacity
from content_types.person import Person
from govrepo.catalog import register
from govrepo.i18n import _

CAPACITIES = {Capacity.REGULAR: _("本职"), Capacity.ACTING: _("代理"), Capacity.DESIGNATED: _("指定")}


def give(person: Person, appointment: Appointment) -> Appointment:
    """Put an appointment on a person; it counts from its ``since`` on."""
    person.appoint(appointment)
    register(person, "appointments").changed(appointment)
    return appointment


def end(appointment: Appointment, at: datetime) -> None:
    """Let an appointment end at an instant, or sooner if it does so already."""
    appointment.until = at if appointment.until is None else min(at, appointment.until)
    register(appointment, "appointments").changed(appointment)
    register(appointment, "people").changed(appointment.__parent__)


def ever(root: Any, role: str) -> Iterator[Appointment]:
    """Every appointment to a role that is, was or will be in force."""
    for person in root["people"].values():
        yield from (each for each in person.values() if isinstance(each, Appointment) and each.role == role)


def holders_of(root: Any, principal: str, at: datetime) -> list[Person]:
    """The persons whose active accounts hold a role in one scope, as ``role@scope``, at an instant."""
    return [person for person in root["people"].values() if principal in person.principals(at)]


def holders(root: Any, role: str, at: datetime) -> list[Person]:
    """The persons whose active accounts hold a role, in any scope, at an instant."""
    return [
        person
        for person in root["people"].values()
        if person.state == "active" and any(each.role == role for each in person.appointments(at))
    ]
