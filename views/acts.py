"""Acts over HTTP: the buttons a page offers, and the one way in which a POST tries an act (policies/engine.py)."""

from dataclasses import dataclass
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.traversal import resource_path

from govrepo.security.refusals import flag
from policies import signing
from policies.engine import Refused, Verdict, act, possible

from .shell import flash


@dataclass(frozen=True)
class Button:
    """One act as a page shows it: its name, words, whether it needs a signature, and, where it is refused, why."""

    name: str
    title: str
    allowed: bool
    reasons: tuple[Any, ...]
    signed: bool = False


def url(context: Any, *elements: str) -> str:
    """The address of an object, or of a view below it."""
    return "/".join([resource_path(context).rstrip("/"), *elements])


def buttons(request: Any, context: Any, names: tuple[str, ...] | None = None) -> dict[str, Button]:
    """The acts that start from the object's state, by name; ``names`` keeps some and gives the order."""
    verdicts = {verdict.transition.name: verdict for verdict in possible(context, request.actor)}
    wanted = verdicts if names is None else {name: verdicts[name] for name in names if name in verdicts}
    return {name: _button(verdict, request.actor) for name, verdict in wanted.items()}


def _button(verdict: Verdict, actor: Any) -> Button:
    row = verdict.transition
    return Button(row.name, row.title, verdict.allowed, verdict.reasons, signed=signing.asked(row, actor))


def attempt(request: Any, context: Any, name: str, **data: Any) -> dict[str, str]:
    """Try an act. Answers the messages by form field when something typed must be mended (nothing has changed then), else {}.

    Any other refusal is raised and becomes the 403 page with its reasons.
    """
    try:
        act(context, name, request.actor, **data)
    except Refused as refused:
        return mend(request, refused)
    return {}


def mend(request: Any, refused: Refused) -> dict[str, str]:
    """The messages of a refusal by form field; a refusal that no field can mend is raised again. Either way it is journaled."""
    if len(refused.fields) < len({reason.field or reason.text for reason in refused.reasons}):
        raise refused
    kept = refused.refusal
    flag(request, **{name: kept.get(name, "") for name in ("action", "subject", "subject_uid", "reason")})
    request.response.status_int = 422
    return refused.fields


def done(request: Any, message: str, location: str) -> HTTPSeeOther:
    """The answer to an act that was done: a message on the next page."""
    flash(request, message)
    return HTTPSeeOther(location)
