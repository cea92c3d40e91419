"""Faults of the organisation that somebody must mend: divisions without a receiver (R-11.1)."""

from datetime import datetime
from typing import Any

from content_types.division import Division
from policies.roles import Role
from policies.scopes import divisions_of


def divisions_without_receiver(root: Any, now: datetime) -> list[Division]:
    """The active divisions that have no designated receiver at an instant, in the order of their unit and rank (R-11.1)."""
    held = {principal for person in root["people"].values() for principal in person.principals(now)}
    units = sorted(root["units"].values(), key=lambda unit: unit.rank)
    divisions = [each for unit in units for each in divisions_of(unit)]
    return [each for each in divisions if each.state == "active" and f"{Role.RECEIVER}@{each.scope}" not in held]
