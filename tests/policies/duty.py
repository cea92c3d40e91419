"""The duty desk in a few words for tests: shifts, calls, urgent items at the office and in a division."""

from datetime import UTC

from content_types.assignment import Part
from content_types.duty_shift import Planned
from content_types.phone_notice import Call
from policies.duty_shift import desk_box, plan
from policies.phone_matching import Told, take
from tests.policies.bench import local

DUTY, REGISTRY = "office.duty", "office.registry1"


def at(text):
    """An instant as it is stored."""
    return local(text).astimezone(UTC)


def call(when="2013-01-07 09:58", caller="甲", called="乙", **more):
    return Call(at(when), caller, called, **more)


def shift(bench, first, last, officer=DUTY, substitute=None, by=REGISTRY):
    """A shift of the roster."""
    spare = bench.person(substitute) if substitute else None
    return plan(
        desk_box(bench.root), Planned(at(first), at(last), bench.person(officer), spare, "020-1"), bench.actor(by)
    )


def announced(bench, unit="jiangmen", urgency="most_urgent", when="2013-01-07 09:58", **words):
    """A call that announces a document."""
    told = Told(bench.root["units"][unit], urgency, **words)
    return take(desk_box(bench.root), told, call(when), bench.actor(DUTY))


def distributed(bench, division="zh2", **more):
    """An urgent item that the office has signed for and given to a division: the division's copy."""
    delivery = bench.signed(**{"urgency": "urgent"} | more)
    target = bench.root["units"]["gd-office"][division]
    bench.act(REGISTRY, delivery, "distribute", targets=((target, Part.LEAD),))
    return delivery.assignments[-1]
