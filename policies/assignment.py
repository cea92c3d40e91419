"""The assignment's workflow: a person opens it, reads, and closes it with a word (domain.md 5.3, assign; R-11.2).

When the person leaves, it is handed to a colleague (S-13).
"""

from typing import Any

from content_types.assignment import Assignment
from govrepo.i18n import _
from policies import leaving
from policies.engine import Act, Reason, Table, Transition
from policies.permissions import Permission as P

STATES = {"open": _("待办"), "closed": _("已办"), "handed_over": _("已移交")}


def was_opened(act: Act) -> Reason | None:
    """Nobody closes unread."""
    return None if act.context.first_opened_at else Reason(_("请先打开阅读。"), "P-51")


def mark_opened(act: Act) -> None:
    """The first opening counts."""
    act.context.first_opened_at = act.context.first_opened_at or act.now


def mark_closed(act: Act) -> None:
    """When and with what result."""
    act.context.closed_at = act.now
    act.context.result = str(act.given.get("note", ""))


TABLE = Table(
    noun="assignment",
    label=_("分办件"),
    begun={"assign": _("分办")},
    content_type="Assignment",
    initial="open",
    states=STATES,
    transitions=(
        Transition("open", _("打开"), ("open", "closed"), None, P.ASSIGNMENT_READ, effects=(mark_opened,)),
        Transition(
            "close", _("办结"), ("open",), "closed", P.ASSIGNMENT_CLOSE, guards=(was_opened,), effects=(mark_closed,)
        ),
        Transition(
            "hand_over",
            _("移交"),
            ("open",),
            "handed_over",
            P.PERSON_LEAVE,
            guards=(leaving.is_leaving,),
            inputs=(leaving.taker_fits,),
            effects=(leaving.hand_assignment,),
            article="S-13",
        ),
    ),
    register="assignments",
    version=lambda assignment: assignment.document.digest(),
)


def includeme(config: Any) -> None:
    """Bind the table."""
    config.add_policy_table(Assignment, TABLE)
