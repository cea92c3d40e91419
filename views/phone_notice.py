"""Phone notices on the pages of sender and receiver (R-16.2, R-16.3): the form before sending, and what was called."""

from collections.abc import Iterable
from typing import Any

from content_types.dispatch import Dispatch
from content_types.phone_notice import Call, PhoneNotice, Result
from govrepo import clock
from policies import phone_notice as policy
from policies.engine import may

from .days import instant_of, written
from .i18n import _

LONGEST = 200
"""Characters of a text field of a call."""
BADGES = {Result.TOLD: "done", Result.UNANSWERED: "wait", Result.NOT_NOTIFIED: "bad"}


def sender_form(dispatch: Dispatch, request: Any) -> dict[str, Any] | None:
    """What the form before sending says, where a notice is demanded now of this person; else None."""
    if dispatch.state != "released" or not may(dispatch, "send", request.actor):
        return None
    asked = policy.demanded(dispatch, clock.now(), request.registry)
    return {"responsibility": policy.RESPONSIBILITY} if asked else None


def defaults(request: Any) -> dict[str, str]:
    """What stands in the fields of a call at first."""
    return {"call_at": written(clock.now()), "caller": request.account.name, "called": ""}


def typed(request: Any) -> Call | None:
    """The call as it was typed; None where the form did not ask for one."""
    if request.POST.get("not_notified"):
        return Call(None, "", "", Result.NOT_NOTIFIED)
    if "called" not in request.POST:
        return None
    caller, called, words = (request.POST.get(name, "").strip()[:LONGEST] for name in ("caller", "called", "words"))
    return Call(instant_of(request.POST.get("call_at", "")), caller, called, Result.TOLD, words)


def lines(notices: Iterable[PhoneNotice]) -> list[dict[str, Any]]:
    """Notices as the pages show them: result, when, who called whom, what was said."""
    return [
        {
            "at": each.at,
            "result": policy.RESULTS[each.result],
            "kind": BADGES[each.result],
            "who": each.caller if each.result is Result.NOT_NOTIFIED else _between(each),
            "words": each.words,
        }
        for each in notices
    ]


def _between(notice: PhoneNotice) -> Any:
    return _("${caller} 打给 ${called}", mapping={"caller": notice.caller, "called": notice.called})
