"""How far a document may go (S-10): to those its issuer addressed, and inside their units; anywhere else with the issuer's consent.

Whoever passes a document on (转) to somebody else asks first; the request stands with the delivery, where the issuer answers it.
"""

from typing import Any

from content_types.delivery import Circulation, Delivery
from content_types.dispatch import Dispatch
from govrepo.catalog import register
from govrepo.i18n import _
from policies import sending
from policies.engine import Act, Reason


def outside(dispatch: Dispatch, boxes: tuple[Any, ...]) -> list[Any]:
    """Of these boxes, those the issuer of what is passed on has neither addressed nor consented to."""
    delivery = dispatch.document.passes_on
    if delivery is None:
        return []
    source = delivery.dispatch
    addressed = {recipient.box.unit for each in sending.family(source) for recipient in each.recipients}
    inside = addressed | {source.box.unit, source.document.unit, dispatch.box.unit}
    agreed = {name for each in delivery.first.circulations if each.granted for name in each.boxes}
    return [box for box in boxes if box.unit not in inside and box.__name__ not in agreed]


def asked_for(delivery: Delivery) -> Circulation | None:
    """The request that waits for the issuer's answer."""
    found = delivery.first.circulations
    return found[-1] if found and found[-1].granted is None else None


# Guards on what is passed on.


def within_range(act: Act) -> list[Reason]:
    """What is passed on goes only where its issuer meant it to go, or has consented to (S-10)."""
    return _reasons(outside(act.context, tuple(each.box for each in act.context.recipients)))


def more_within_range(act: Act) -> list[Reason]:
    """So does what is sent to further recipients (S-10)."""
    return _reasons(outside(act.context, tuple(each.box for each in act.given.get("recipients", ()))))


def _reasons(boxes: list[Any]) -> list[Reason]:
    return [Reason(_outside(box.title), "S-10", "mains") for box in boxes]


def _outside(name: str) -> Any:
    return _("“${name}”不在发文单位确定的发送范围内，须先征得发文单位同意。", mapping={"name": name})


def consent_needed(act: Act) -> Reason | None:
    """Consent is asked for once, where some recipient lies outside the range (S-10)."""
    if not outside(act.context, tuple(each.box for each in act.context.recipients)):
        return Reason(_("收文单位都在发送范围内，不需要征求同意。"), "S-10")
    if asked_for(act.context.document.passes_on):
        return Reason(_("已经征求，发文单位还没有答复。"), "S-10")
    return None


def ask(act: Act) -> None:
    """The request stands with the delivery that is passed on (effect)."""
    first = act.context.document.passes_on.first
    boxes = outside(act.context, tuple(each.box for each in act.context.recipients))
    names = tuple(str(box.__name__) for box in boxes)
    first.circulations = (*first.circulations, Circulation(names, str(act.given["reason"]), act.now, act.actor.name))
    register(first, "deliveries").changed(first)


# The issuer's answer, on the delivery.


def asked(act: Act) -> Reason | None:
    """An answer presupposes a request."""
    return None if asked_for(act.context) else Reason(_("没有待答复的请求。"), "S-10")


def answer(*, granted: bool) -> Any:
    """The effect that records the answer: by whom, and when (S-10)."""

    def effect(act: Act) -> None:
        *before, last = act.context.circulations
        said = last._replace(answered_at=act.now, answered_by=act.actor.name, granted=granted)
        act.context.circulations = (*before, said)

    return effect


def answered(act: Act) -> dict[str, Any]:
    """What the journal keeps of an answer: which boxes it is about."""
    return {"boxes": list(act.context.circulations[-1].boxes)}
