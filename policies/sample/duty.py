"""The sample duty roster, and the calls that the section has made to divisions about what is urgent (R-16.1, R-20.3)."""

from datetime import time, timedelta
from typing import Any

from content_types.phone_notice import Call
from govrepo import clock
from govrepo.catalog import Eq, register
from policies.duty_shift import Pattern, desk_box, fill
from policies.engine import act
from policies.registers.keys import box_state
from policies.sample.desk import Desk

OFFICERS = ("office.duty", "office.registry1", "office.registry2")
TURNS = (time(8, 30), time(17, 30))
SINCE = 12
"""Working days ago the roster begins."""
DAYS = 45


def make_roster(root: Any, registry: Any) -> None:
    """Shifts day and night, from before the first letter to some weeks ahead."""
    desk, box = Desk(root, registry), desk_box(root)
    if box is None:
        return
    desk.turn_to(SINCE)
    with desk.transaction():
        first = clock.today() - timedelta(days=1)
        people = tuple(root.logins[login] for login in OFFICERS)
        pattern = Pattern(first, first + timedelta(days=DAYS), TURNS, people, with_substitutes=True)
        fill(box, pattern, desk.actor(OFFICERS[1]))


def tell_divisions(root: Any, registry: Any) -> None:
    """Make every call that is due but the last."""
    desk, box = Desk(root, registry), desk_box(root)
    if box is None:
        return
    desk.turn_to(0)
    waiting = Eq("box_state", box_state(str(box.__name__), "due"))
    for task in register(root, "division_calls", registry).query(waiting, sort="due", limit=100).objects[:-1]:
        with desk.transaction():
            call = Call(clock.now(), desk.actor(OFFICERS[1]).name, task.division.name)
            act(task, "tell", desk.actor(OFFICERS[1]), call=call)
