"""Number series (字号序列, domain.md 3.3, 4.7; S-23, S-24): which a box has, what is missing in one, closing its year."""

import re
from typing import Any, NamedTuple

from content_types.content import shelf
from content_types.number_series import Closing, NumberSeries, SeriesKind
from govrepo import clock
from govrepo.i18n import _
from policies.actor import Actor
from policies.administration import refuse, require
from policies.engine import Act, Reason, Table, Transition, record, table_of
from policies.permissions import Permission as P

STATES = {"active": _("在用"), "ended": _("已停用")}
KINDS = {SeriesKind.DOCUMENT: _("发文字号"), SeriesKind.RECEIPT: _("收文编号"), SeriesKind.ARCHIVE: _("件号")}
CODE = re.compile(r"[\u4e00-\u9fff]{1,12}")


class Gap(NamedTuple):
    """A number of a year that nothing bears: missing altogether, reserved or void (number gap report, part 6)."""

    sequence: int
    state: str
    number: Any = None


def series_of(box: Any) -> list[NumberSeries]:
    """The series of a box, by code."""
    return sorted(box.get("numbers", {}).values(), key=lambda each: (each.kind, each.code))


def found_series(
    box: Any, code: str, kind: SeriesKind | str, actor: Actor, *, leader_recheck: bool = False
) -> NumberSeries:
    """Begin a series in a box; raise Refused where the code is no code, or another series of the box has it (S-23)."""
    action = "number_series.begin"
    require(P.NUMBER_KEEP, box, actor, action, "S-23")
    refuse(_problems(box, code.strip(), kind, leader_recheck=leader_recheck), box, action)
    return begin(box, code.strip(), SeriesKind(kind), actor, leader_recheck=leader_recheck)


def begin(box: Any, code: str, kind: SeriesKind, actor: Actor, *, leader_recheck: bool = False) -> NumberSeries:
    """Make a series of a box; the caller has asked who may and whether the code is free. ``leader_recheck``: R-24.3."""
    create = actor.registry.content.create
    series: NumberSeries = create("NumberSeries", box.owner, code, kind, leader_recheck=leader_recheck)
    series.created_by = actor.id
    shelf(box, "numbers").add(f"{kind}-{code}", series, registry=actor.registry)
    record(table_of(series), "begin", Act(series, actor, clock.now()), "")
    return series


def _problems(box: Any, code: str, kind: SeriesKind | str, *, leader_recheck: bool) -> list[Reason]:
    problems = [] if kind in set(SeriesKind) else [Reason(_("请选择用途。"), "S-23", "kind")]
    if leader_recheck and kind != SeriesKind.DOCUMENT:
        problems.append(Reason(_("只有发文字号可以要求领导复核。"), "R-24.3", "leader_recheck"))
    if not CODE.fullmatch(code):
        return [*problems, Reason(_("代字由 1 至 12 个汉字组成。"), "S-23", "code")]
    if any(each.code == code for each in series_of(box)):
        return [*problems, Reason(_("本箱已有这个代字的序列。"), "S-23", "code")]
    return problems


def gaps(series: NumberSeries, year: int) -> list[Gap]:
    """The numbers of a year, up to the newest, that nothing bears, in order. ``missing`` ones can only come of damage (S-24)."""
    found = []
    for sequence in range(1, int(series.last.get(year, 0)) + 1):
        number = series.number(year, sequence)
        state = "missing" if number is None else number.state
        if state != "taken":
            found.append(Gap(sequence, state, number))
    return found


def years(series: NumberSeries) -> list[int]:
    """The years in which the series has numbers, the newest first."""
    return sorted(series.last, reverse=True)


# Guards and effects.


def year_over(act: Act) -> Reason | None:
    """Year-end closing (年终结号) comes after the year."""
    year = act.given.get("year")
    if isinstance(year, int) and year in act.context.last and year < clock.today().year:
        return None
    return Reason(_("请选择已经过去的、有编号的年度。"), "S-24", "year")


def not_closed(act: Act) -> Reason | None:
    """A year is closed once."""
    return Reason(_("该年度已经结号。"), "S-24", "year") if act.given.get("year") in act.context.closings else None


def nothing_reserved(act: Act) -> Reason | None:
    """What is still reserved is taken or made void first."""
    year = act.given.get("year")
    left = [each.sequence for each in gaps(act.context, year) if each.state != "void"] if isinstance(year, int) else []
    words = _("还有预留或者缺失的号：${numbers}。", mapping={"numbers": "、".join(map(str, left[:10]))})
    return Reason(words, "S-27", "year") if left else None


def of_documents(act: Act) -> Reason | None:
    """R-24.3: what is re-checked by a leader are documents."""
    fits = act.context.kind is SeriesKind.DOCUMENT
    return None if fits else Reason(_("只有发文字号可以要求领导复核。"), "R-24.3")


def not_flagged(act: Act) -> Reason | None:
    """R-24.3: it is asked for once."""
    return Reason(_("该字头已须经领导复核。"), "R-24.3") if act.context.leader_recheck else None


def flagged(act: Act) -> Reason | None:
    """R-24.3: what was not asked for cannot be waived."""
    return None if act.context.leader_recheck else Reason(_("该字头不需要领导复核。"), "R-24.3")


def reason_given(act: Act) -> Reason | None:
    """R-24.3: a check that falls away is explained."""
    return None if str(act.given.get("note", "")).strip() else Reason(_("请写明理由。"), "R-24.3", "waiver")


def ask_leader(act: Act) -> None:
    """R-24.3: from now on its documents are re-checked by a leader."""
    act.context.leader_recheck = True


def waive_leader(act: Act) -> None:
    """R-24.3: from now on they are not."""
    act.context.leader_recheck = False


def close_year(act: Act) -> None:
    """What stood there: the newest number, how many are taken, how many void."""
    series, year = act.context, act.given["year"]
    last, void = int(series.last[year]), len(gaps(series, year))
    series.closings[year] = Closing(last, last - void, void)


TABLE = Table(
    noun="number_series",
    label=_("编号序列"),
    begun={"begin": _("启用序列")},
    content_type="NumberSeries",
    initial="active",
    states=STATES,
    transitions=(
        Transition("close_year", _("年终结号"), ("active", "ended"), None, P.NUMBER_KEEP, (), (year_over, not_closed, nothing_reserved), (close_year,), article="S-24"),
        Transition("ask_leader", _("规定须经领导复核"), ("active", "ended"), None, P.NUMBER_KEEP, (of_documents, not_flagged), (), (ask_leader,), article="R-24.3"),
        Transition("waive_leader", _("取消领导复核"), ("active", "ended"), None, P.NUMBER_KEEP, (of_documents, flagged), (reason_given,), (waive_leader,), article="R-24.3"),
        Transition("end", _("停用序列"), ("active",), "ended", P.NUMBER_KEEP, article="S-23"),
        Transition("resume", _("恢复序列"), ("ended",), "active", P.NUMBER_KEEP, article="S-23"),
    ),
)  # fmt: skip


def includeme(config: Any) -> None:
    """Bind the table."""
    config.add_policy_table(NumberSeries, TABLE)
