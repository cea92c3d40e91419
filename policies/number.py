"""Numbers: allotted, reserved, taken, void (domain.md 3.3, 4.7; S-21, S-24, S-25, S-27).

A number comes into being in the transaction of what bears it. Two at once take the same one, conflict, and one is tried again: none
is given twice, none is skipped. What was given is never taken back; it becomes void, keeps its row, and is not given again.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from substanced.util import set_acl

from content_types.content import shelf
from content_types.number import Number
from content_types.number_series import NumberSeries
from govrepo import clock
from govrepo.catalog import Eq, Range, register
from govrepo.i18n import _
from govrepo.security.acl import Allow
from policies.actor import Actor, system_actor
from policies.administration import refuse, require
from policies.engine import Act, Reason, Table, Transition, act, record, table_of
from policies.permissions import Permission as P

STATES = {"reserved": _("预留"), "taken": _("占用"), "void": _("作废")}
LONGEST_RESERVATION = timedelta(days=90)
EVERY = timedelta(hours=1)


def next_sequence(series: NumberSeries, year: int) -> int:
    """The number that would be given next: one more than the newest (S-24)."""
    return int(series.last.get(year, 0)) + 1


def allot(series: NumberSeries, holder: Any, done: Act) -> Number:
    """Give the next number of the present year to what bears it from now on, as part of its own act (S-24, S-25).

    Raises ValueError for a series that has ended; whoever offers the series has asked before.
    """
    number = _make(series, done, holder=holder)
    number.state = "taken"
    record(table_of(number), "allot", done_with(done, number), "")
    return number


def give_up(number: Number, reason: str, done: Act) -> None:
    """Make a taken number void, as part of the act by which its holder is given up (S-24); it keeps its row and its holder."""
    number.state, number.reason = "void", reason
    record(table_of(number), "void", replace(done_with(done, number), data={"note": reason}), "taken")


def reserve(series: NumberSeries, until: date | None, what_for: str, actor: Actor) -> Number:
    """Keep the next number for something to come (S-27); raise Refused, with reasons by field."""
    action = "number.reserve"
    require(P.NUMBER_KEEP, series, actor, action, "S-27")
    refuse(_reservation_problems(series, until, what_for), series, action)
    done = Act(series, actor, clock.now(), {"note": what_for.strip()})
    number = _make(series, done, until=until)
    number.reason = what_for.strip()
    record(table_of(number), "reserve", done_with(done, number), "")
    return number


def _reservation_problems(series: NumberSeries, until: date | None, what_for: str) -> Iterator[Reason]:
    today = clock.today()
    if series.state != "active":
        yield Reason(_("这个字号序列已停用。"), "S-27")
    if until is None or not today <= until <= today + LONGEST_RESERVATION or until.year != today.year:
        yield Reason(_("请填写预留期限：不早于今天，不超过 90 天，不跨年度。"), "S-27", "until")
    if not what_for.strip():
        yield Reason(_("请写明为何预留。"), "S-27", "note")


def _make(series: NumberSeries, done: Act, holder: Any = None, until: date | None = None) -> Number:
    if series.state != "active":
        raise ValueError(f"the series {series.code} has ended")
    year = clock.local(done.now).year
    number = Number(series, year, next_sequence(series, year), holder, until)
    number.created_by = done.actor.id
    series.last[year] = number.sequence
    shelf(series, str(year))[str(number.sequence)] = number
    set_acl(number, [(Allow, "system", (str(P.NUMBER_EXPIRE),))], registry=done.actor.registry)
    return number


def done_with(done: Act, context: Any) -> Act:
    """The same act, done to something it made."""
    return Act(context, done.actor, done.now, done.data)


# Guards.


def holder_given(act: Act) -> Reason | None:
    """4.7: a number that is taken names what bears it."""
    return None if act.given.get("holder") is not None else Reason(_("没有指明用于哪一件。"), "S-27", "holder")


def still_kept(act: Act) -> Reason | None:
    """S-27: a reservation counts up to its last day."""
    expired = act.context.until is not None and act.context.until < clock.today()
    return Reason(_("预留已经到期。"), "S-27") if expired else None


def run_out(act: Act) -> Reason | None:
    """S-27: only a reservation whose last day is over expires."""
    return None if still_kept(act) else Reason(_("预留还没有到期。"), "S-27")


def not_borne(act: Act) -> Reason | None:
    """S-24: what bears a number gives it up by its own cancellation, so that both agree."""
    borne = act.context.state == "taken" and act.given.get("by") is not act.context.holder
    return Reason(_("该号已被占用，请注销占用它的登记件或者公文。"), "S-24") if borne else None


def reason_given(act: Act) -> Reason | None:
    """S-24: a void number says why."""
    return None if str(act.given.get("note", "")).strip() else Reason(_("请写明作废理由。"), "S-24", "note")


# Effects.


def bind(act: Act) -> None:
    """What bears it."""
    act.context.holder = act.given["holder"]


def keep_reason(act: Act) -> None:
    """Why it is void."""
    act.context.reason = str(act.given.get("note", "")).strip()


def say_expired(act: Act) -> None:
    """Why it is void: nobody took it in time."""
    act.context.reason = "预留到期未用"


TABLE = Table(
    noun="number",
    label=_("文号"),
    begun={"allot": _("取号"), "reserve": _("预留号")},
    content_type="Number",
    initial="reserved",
    states=STATES,
    transitions=(
        Transition("take", _("启用预留号"), ("reserved",), "taken", P.NUMBER_KEEP, (still_kept,), (holder_given,), (bind,), article="S-27"),
        Transition("void", _("作废"), ("reserved", "taken"), "void", P.NUMBER_KEEP, (not_borne,), (reason_given,), (keep_reason,), article="S-24"),
        Transition("expire", _("预留到期"), ("reserved",), "void", P.NUMBER_EXPIRE, (run_out,), (), (say_expired,), article="S-27"),
    ),
    register="numbers",
)  # fmt: skip


def expire_reservations(job: Any) -> None:
    """Timed job ``number.expire``: reservations whose last day is over become void (S-27)."""
    numbers = register(job.root, "numbers", job.registry)
    query = Eq("state", "reserved") & Range("until", 1, clock.today().toordinal() - 1)
    actor = system_actor(job.registry)
    for number in numbers.query(query, sort="order", limit=500).objects:
        act(number, "expire", actor)


def includeme(config: Any) -> None:
    """Bind the table and declare the job."""
    config.add_policy_table(Number, TABLE)
    config.add_timed_job("number.expire", expire_reservations, every=EVERY)
