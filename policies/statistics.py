"""Statistics per unit and month (统计, domain.md part 6): what was sent, received, returned, signed for late, checked, registered, filed.

Nothing is kept: every figure is the length of a posting of the registers, told by the key "month unit" under which they stand, and the
minutes to the signature are part of theirs. What happened counts in the month in which it happened, so a month that is over stays as it
is; only filing is told of what was concluded in the month. Copies inside a unit are nobody's deliveries (part 11, 8).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple

from content_types.check_in import key as half_day_key
from govrepo import clock
from govrepo.catalog import Query, Range, register
from govrepo.i18n import _
from govrepo.journal import Event
from policies.actor import Actor
from policies.administration import journal, refuse
from policies.engine import Reason
from policies.exchange_box import boxes_of
from policies.permissions import Permission as P
from policies.working_time import half_days

COUNTED = {
    "sent": ("dispatches", "sent_in"),
    "received": ("deliveries", "received_in"),
    "urgent": ("deliveries", "urgent_in"),
    "late": ("deliveries", "late_in"),
    "returned": ("deliveries", "returned_in"),
    "registered": ("register_entries", "registered_in"),
    "concluded": ("register_entries", "concluded_in"),
    "filed": ("register_entries", "filed_in"),
}
"""The figures that are lengths of postings: the register and the index each stands in."""
EXPORT = "statistics.export"


class Figures(NamedTuple):
    """What happened to one unit, or to several, in one month, or in several; ``minutes`` is the sum over what was signed for."""

    sent: int = 0
    received: int = 0
    urgent: int = 0
    returned: int = 0
    signed: int = 0
    minutes: int = 0
    late: int = 0
    half_days: int = 0
    checked: int = 0
    registered: int = 0
    concluded: int = 0
    filed: int = 0

    @property
    def latency(self) -> float | None:
        """The mean time from arrival to signature in hours; None where nothing was signed for."""
        return self.minutes / self.signed / 60 if self.signed else None

    @property
    def check_in_rate(self) -> float | None:
        """The share of working half-days with a check-in (R-20.1), in per cent; None where none is over yet."""
        return share(self.checked, self.half_days)

    @property
    def filed_rate(self) -> float | None:
        """The share of what was concluded that has been filed (R-23.1), in per cent; None where nothing was concluded."""
        return share(self.filed, self.concluded)


def share(part: int, whole: int) -> float | None:
    """A part in per cent; None of nothing."""
    return 100 * part / whole if whole else None


def total(several: Iterable[Figures]) -> Figures:
    """The figures of several months or units together."""
    return Figures(*map(sum, zip(*[Figures(), *several], strict=True)))


Cells = dict[tuple[str, int], Figures]
"""Figures by the code of the unit and the month, 1 to 12; what is missing is nought."""


def sees_figures(actor: Actor, root: Any) -> bool:
    """Whether there are units whose figures an actor may read."""
    return bool(_readable(actor, root))


def readable_units(actor: Actor, root: Any) -> list[Any]:
    """The units whose figures an actor may read, in official order; raise Refused for who may read none."""
    found = _readable(actor, root)
    refuse([] if found else [Reason(_("您的岗位没有统计可看。"), "7.2")], root, "statistics.read")
    return found


def _readable(actor: Actor, root: Any) -> list[Any]:
    """All units for whoever oversees them, the own one for those who keep or lead it.

    7.2 has no row for statistics. All: the liaison, the auditor (R-7.1) and the operating office's leaders. Own: clerks, approvers,
    administrators, archivists, heads of divisions.
    """
    through_boxes = {box.unit for box in boxes_of(actor, root) if actor.allowed(P.STATISTICS_READ, box)}
    units = (unit for unit in root["units"].values() if unit in through_boxes or actor.allowed(P.STATISTICS_READ, unit))
    return sorted((unit for unit in units if unit.box_name), key=lambda unit: (unit.rank, unit.code))


def years(effective_day: date) -> list[int]:
    """The years that have figures: from the system's first day to today (R-N1.2)."""
    return list(range(clock.today().year, min(effective_day.year, clock.today().year) - 1, -1))


def figures(root: Any, units: list[Any], year: int) -> Cells:
    """The figures of these units in each month of a year."""
    cells: dict[tuple[str, int], dict[str, int]] = defaultdict(dict)
    keys = {f"{year}-{month:02} {unit.code}": (unit.code, month) for unit in units for month in range(1, 13)}
    for name, (where, index) in COUNTED.items():
        for key, number in register(root, where).counts(index, keys).items():
            cells[keys[key]][name] = number
    for cell, signed, minutes in _signatures(root, units, year):
        mine = cells[cell]
        mine["signed"], mine["minutes"] = mine.get("signed", 0) + signed, mine.get("minutes", 0) + signed * minutes
    for cell, half, checked in _check_ins(root, units, year):
        mine = cells[cell]
        mine["half_days"], mine["checked"] = mine.get("half_days", 0) + half, mine.get("checked", 0) + checked
    return {cell: Figures(**found) for cell, found in cells.items()}


def _signatures(root: Any, units: list[Any], year: int) -> Iterator[tuple[tuple[str, int], int, int]]:
    """Of each cell: how many were signed for after so many minutes."""
    codes = {unit.code for unit in units}
    for query in _spans(units, year):
        for key, number in register(root, "deliveries").facets(query, ("signed_in",))["signed_in"].items():
            month, code, minutes = key.split(" ")
            if code in codes:
                yield (code, int(month[-2:])), number, int(minutes)


def _spans(units: list[Any], year: int) -> Iterator[Query]:
    """One look a month for a single unit, one look for all others: the keys sort by month first."""
    if len(units) > 1:
        yield Range("signed_in", f"{year}-01", f"{year}-13")
        return
    for unit in units:
        yield from (
            Range("signed_in", f"{year}-{month:02} {unit.code} ", f"{year}-{month:02} {unit.code} :")
            for month in range(1, 13)
        )


def _check_ins(root: Any, units: list[Any], year: int) -> Iterator[tuple[tuple[str, int], int, int]]:
    """Of each cell and box: the working half-days that are over, and those with a check-in; until yesterday."""
    last = min(date(year, 12, 31), clock.today() - timedelta(days=1))
    worked = [(day, half_day_key(day, half)) for day, half in half_days(date(year, 1, 1), last, root.calendar)]
    codes = {unit.code for unit in units}
    for box in root["exchange"].values():
        if box.unit.code not in codes or not box.is_open:
            continue
        since, done = clock.local(box.created).date(), box.check_ins
        for day, name in worked:
            if day >= since:
                yield (box.unit.code, day.month), 1, int(name in done)


def told(root: Any, actor: Actor, year: int, units: list[Any]) -> None:
    """Write into the journal who took which figures out."""
    journal(EXPORT, root, actor, "", year=year, units=len(units))


def includeme(config: Any) -> None:
    """Declare what the journal says of it."""
    said = {"year": _("年度"), "units": _("单位数")}
    read = Event("read", _("查看统计"), {}, ("refused",))
    config.add_journal_events("statistics", _("统计"), Event("export", _("导出统计"), said), read)
