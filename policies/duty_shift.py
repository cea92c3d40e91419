"""The duty roster (R-16.1; 7.2 "duty roster"): shifts round the clock, its gaps, and what one shift leaves to the next.

The appointment gives the right to act; the roster says who is on duty now.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any, NamedTuple

from content_types.content import month_shelf, shelf
from content_types.duty_shift import DutyShift, Planned
from content_types.exchange_box import BoxKind, ExchangeBox
from govrepo import clock, rules
from govrepo.catalog import Eq, Range, register
from govrepo.i18n import _
from policies.actor import Actor
from policies.administration import refuse, require
from policies.appointment import holders_of
from policies.engine import Act, Reason, Table, Transition, record, table_of
from policies.permissions import Permission as P
from policies.registers.keys import moment
from policies.roles import Role
from policies.scopes import operator_office

ACTION = "duty_shift.plan"
PLACE = "duty_shifts"
STATES = {"planned": _("已排定"), "noted": _("已写交接"), "taken": _("已接班"), "cancelled": _("已取消")}
LONGEST = timedelta(hours=48)
"""Of one shift: more is a slip of the pen."""
LONGEST_FILL = 62
"""Days that a pattern fills at once."""
MOST = 1_000
"""Shifts that are looked at."""

Span = tuple[datetime, datetime]


class Pattern(NamedTuple):
    """A pattern to fill days with: from and until which day, the times at which the shift changes, and who follows whom."""

    first: date | None
    last: date | None
    turns: tuple[time, ...]
    officers: tuple[Any, ...]
    phone: str = ""
    with_substitutes: bool = False


def desk_box(root: Any) -> ExchangeBox | None:
    """The box whose confidential-documents section keeps the duty desk: the operating office's own."""
    office = operator_office(root)
    found = root["exchange"].get(office.box_name) if office is not None and office.box_name else None
    return found if found is not None and found.kind is BoxKind.OFFICE else None


def candidates(box: ExchangeBox, at: datetime) -> list[Any]:
    """Who may be on duty at an instant: whose appointment gives the right to act for the box then (R-16.5)."""
    root, roles = box.__parent__.__parent__, (Role.DUTY_OFFICER, Role.REGISTRY_CLERK)
    found = {person.id: person for role in roles for person in holders_of(root, f"{role}@{box.owner.scope}", at)}
    return [found[each] for each in sorted(found)]


def shifts(box: ExchangeBox, first: datetime, last: datetime) -> list[DutyShift]:
    """The shifts that lie wholly or partly between two instants, in the order of time; cancelled ones are none."""
    here = Eq("box", str(box.__name__)) & Eq("valid", 1)
    lies = Range("starts", None, moment(last) - 1) & Range("ends", moment(first) + 1, None)
    return list(register(box, "duty_shifts").query(here & lies, sort="starts", limit=MOST).objects)


def gaps(box: ExchangeBox, first: datetime, last: datetime) -> list[Span]:
    """The spans between two instants in which nobody is on duty (R-16.1)."""
    found, covered = [], first
    for shift in shifts(box, first, last):
        if shift.starts > covered:
            found.append((covered, shift.starts))
        covered = max(covered, shift.ends)
    return [*found, *([(covered, last)] if covered < last else [])]


def gaps_ahead(box: ExchangeBox, settings: Any) -> list[Span]:
    """The gaps of the days ahead for which the roster must be whole (R-16.1)."""
    now = clock.now()
    return gaps(box, now, now + timedelta(days=rules.value(box, settings, "duty_roster_days")))


def gaps_of_site(root: Any, settings: Any) -> list[Span]:
    """The same of the site's duty desk; none where there is no desk."""
    box = desk_box(root)
    return [] if box is None else gaps_ahead(box, settings)


def on_now(box: ExchangeBox) -> DutyShift | None:
    """The shift that is on duty now."""
    now = clock.now()
    return next(iter(shifts(box, now, now + timedelta(microseconds=1))), None)


def following(box: ExchangeBox, instant: datetime) -> DutyShift | None:
    """The first shift that begins at an instant or later."""
    later = Eq("box", str(box.__name__)) & Eq("valid", 1) & Range("starts", moment(instant), None)
    return next(iter(register(box, "duty_shifts").query(later, sort="starts", limit=1).objects), None)


def before(box: ExchangeBox, instant: datetime) -> DutyShift | None:
    """The last shift that has ended by an instant."""
    done = Eq("box", str(box.__name__)) & Eq("valid", 1) & Range("ends", None, moment(instant))
    found = register(box, "duty_shifts").query(done, sort="ends", reverse=True, limit=1).objects
    return next(iter(found), None)


def plan(box: ExchangeBox, planned: Planned, actor: Actor) -> DutyShift:
    """Put one shift into the roster; raise Refused."""
    require(P.DUTY_KEEP, box, actor, ACTION, "R-16.1")
    refuse(problems(box, planned), box, ACTION)
    return _put(box, planned, actor)


def problems(box: ExchangeBox, planned: Planned) -> list[Reason]:
    """What speaks against a shift: its length, its time, its people, another shift at the same time."""
    found = []
    if not timedelta(0) < planned.ends - planned.starts <= LONGEST:
        found.append(Reason(_("下班时间应晚于上班时间，一班不超过 48 小时。"), "R-16.1", "ends"))
    if planned.ends <= clock.now():
        found.append(Reason(_("已经过去的时间不能再排班。"), "R-16.1", "starts"))
    able = candidates(box, planned.starts)
    if planned.officer not in able:
        found.append(Reason(_("请选择届时担任值班员或者机要档案科收文员的人员。"), "R-16.5", "officer"))
    if planned.substitute is not None and (planned.substitute not in able or planned.substitute is planned.officer):
        found.append(Reason(_("替班人应是另一名届时可以值班的人员。"), "R-16.5", "substitute"))
    if shifts(box, planned.starts, planned.ends):
        found.append(Reason(_("此段时间已经排了班，请先取消原来的班次。"), "R-16.1", "starts"))
    return found


def _put(box: ExchangeBox, planned: Planned, actor: Actor) -> DutyShift:
    shift = DutyShift(box, planned, actor.person)
    month_shelf(shelf(box, PLACE), planned.starts)[shift.uid] = shift
    record(table_of(shift), "plan", Act(shift, actor, clock.now(), {}), "")
    return shift


def fill(box: ExchangeBox, pattern: Pattern, actor: Actor) -> list[DutyShift]:
    """Fill the empty turns of some days with officers in their order; what is planned or past stays. Raise Refused."""
    require(P.DUTY_KEEP, box, actor, ACTION, "R-16.1")
    refuse(pattern_problems(pattern), box, ACTION)
    now = clock.now()
    wanted = [each for each in _turns(pattern) if each.ends > now and not shifts(box, each.starts, each.ends)]
    refuse([reason for each in wanted for reason in problems(box, each)][:1], box, ACTION)
    return [_put(box, each, actor) for each in wanted]


def pattern_problems(pattern: Pattern) -> list[Reason]:
    """What a pattern lacks."""
    found = []
    if pattern.first is None or pattern.last is None or not 0 <= (pattern.last - pattern.first).days < LONGEST_FILL:
        found.append(Reason(_("请填写起日和止日，止日不能早于起日，一次不超过 62 天。"), "R-16.1", "last"))
    if not pattern.turns or list(pattern.turns) != sorted(set(pattern.turns)):
        found.append(Reason(_("请按先后填写换班时间，如 08:30 17:30。"), "R-16.1", "turns"))
    if not pattern.officers:
        found.append(Reason(_("请至少选择一名值班人员。"), "R-16.1", "officers"))
    return found


def _turns(pattern: Pattern) -> Iterator[Planned]:
    """The shifts of a pattern: from each turn to the next, the last of a day until the first of the following day."""
    days = _days(pattern)
    starts = [_instant(day, turn) for day in days for turn in pattern.turns]
    spans = list(pairwise(starts))[: (len(days) - 1) * len(pattern.turns)]
    people = pattern.officers
    for number, (begin, end) in enumerate(spans):
        officer, other = people[number % len(people)], people[(number + 1) % len(people)]
        spare = other if pattern.with_substitutes and other is not officer else None
        yield Planned(begin, end, officer, spare, pattern.phone)


def _days(pattern: Pattern) -> list[date]:
    """The days of a pattern and the one after, on which the last shift ends."""
    if pattern.first is None or pattern.last is None:
        return []
    return [pattern.first + timedelta(days=number) for number in range((pattern.last - pattern.first).days + 2)]


def _instant(day: date, at: time) -> datetime:
    return datetime.combine(day, at, clock.LOCAL).astimezone(UTC)


def begun(act: Act) -> Reason | None:
    """A shift leaves something to the next once it has begun."""
    return None if act.context.starts <= act.now else Reason(_("此班还没有开始。"), "R-16.1")


def not_begun(act: Act) -> Reason | None:
    """What has begun is a fact; the substitute stands in for whoever cannot go on."""
    return None if act.now < act.context.starts else Reason(_("已经开始的班次不能取消。"), "R-16.1")


def own_shift(act: Act) -> Reason | None:
    """The note is written by whoever was on duty."""
    own = act.actor.person in act.context.people
    return None if own else Reason(_("交接由本班的值班员或者替班人填写。"), "R-16.1")


def of_the_next(act: Act) -> Reason | None:
    """The next shift's officer or substitute confirms."""
    follower = following(act.context.box, act.context.ends)
    if follower is not None and act.actor.person in follower.people:
        return None
    return Reason(_("交接由下一班的值班员或者替班人确认。"), "R-16.1")


def note_given(act: Act) -> Reason | None:
    """A note says something, if only that there is nothing."""
    return (
        None
        if str(act.given.get("note", "")).strip()
        else Reason(_("请写明交接事项；没有的写“无”。"), "R-16.1", "note")
    )


def reason_given(act: Act) -> Reason | None:
    """Who takes a shift from the roster says why."""
    return None if str(act.given.get("note", "")).strip() else Reason(_("请写明取消的原因。"), "R-16.1", "note")


def write_note(act: Act) -> None:
    """Effect: what the shift leaves to the next."""
    shift = act.context
    shift.note, shift.noted_by, shift.noted_at = str(act.given["note"]).strip(), act.actor.person, act.now


def mark_taken(act: Act) -> None:
    """Effect: who of the next shift has read it, and when."""
    act.context.taken_by, act.context.taken_at = act.actor.person, act.now


TABLE = Table(
    noun="duty_shift",
    label=_("值班"),
    begun={"plan": _("排班")},
    content_type="DutyShift",
    initial="planned",
    states=STATES,
    transitions=(
        Transition(
            "hand_on", _("写交接"), ("planned",), "noted", P.DUTY_WORK, article="R-16.1",
            guards=(begun, own_shift), inputs=(note_given,), effects=(write_note,),
        ),
        Transition(
            "take", _("确认接班"), ("noted",), "taken", P.DUTY_WORK, article="R-16.1",
            guards=(of_the_next,), effects=(mark_taken,),
        ),
        Transition(
            "cancel", _("取消班次"), ("planned",), "cancelled", P.DUTY_KEEP, article="R-16.1",
            guards=(not_begun,), inputs=(reason_given,),
        ),
    ),
    register="duty_shifts",
)  # fmt: skip


def waits_for(shifts_noted: Iterable[DutyShift], person: Any) -> list[DutyShift]:
    """Of the shifts whose note waits, those that a person confirms."""
    found = ((each, following(each.box, each.ends)) for each in shifts_noted)
    return [each for each, follower in found if follower is not None and person in follower.people]


def includeme(config: Any) -> None:
    """Bind the table."""
    config.add_policy_table(DutyShift, TABLE)
