"""Registers of what boxes keep without objects of its own: check-ins and prints (domain.md part 6; R-20.1, P-35).

Their rows are made for each page, of bounded parts: the half-days of a period, the deliveries that were printed last.
"""

from datetime import date, timedelta
from typing import Any, NamedTuple

from content_types.check_in import CheckIn, HalfDay
from content_types.delivery import Delivery, Print
from govrepo import clock
from govrepo.catalog import And, Eq, Range, register
from govrepo.database import site
from govrepo.i18n import _
from policies import check_in as check_ins
from policies import printing
from policies.exchange_box import boxes_of
from policies.permissions import Permission as P
from policies.register_pages import words
from policies.register_pages.asked import Asked
from policies.register_pages.declaration import Column, RegisterPage
from policies.register_pages.filters import Choice, Period, Someone
from policies.register_pages.visible import in_boxes
from policies.registers.keys import moment

SHOWN_DAYS = 30
MOST_DAYS = 366
MOST_PRINTED = 1_000
"""Deliveries whose prints are listed at most."""
HALVES = {HalfDay.MORNING: _("上午"), HalfDay.AFTERNOON: _("下午")}
BY_DAY = Period("day", _("日期"), "day", days=True)
BY_PRINT = Period("at", _("打印时间"), "at")


class Half(NamedTuple):
    """A half-day of a box: its check-in, or that there was none. Named as indexes are."""

    owner: Any
    box: str
    day: int
    half: HalfDay
    first: CheckIn | None

    @property
    def missing(self) -> int:
        """Whether nobody checked in."""
        return int(self.first is None)

    @property
    def order(self) -> tuple[int, bool, str]:
        """By time, then by box."""
        return self.day, self.half is HalfDay.AFTERNOON, self.box


def halves(asked: Asked) -> list[Half]:
    """The half-days of a period, at most a year: those with a check-in, and the working ones that ended without (R-20.1)."""
    first, last = _period(asked)
    boxes = [box for box in boxes_of(asked.actor, asked.root) if asked.actor.allowed(P.BOX_VIEW, box)]
    return [each for box in boxes for each in _of_box(box, first, last, asked.actor.registry.govrepo_settings)]


def _period(asked: Asked) -> tuple[date, date]:
    first, last = BY_DAY.ends(asked.given) if BY_DAY.name in asked.terms else (None, None)
    last = min(last or clock.today(), clock.today())
    return max(first or last - timedelta(days=SHOWN_DAYS), last - timedelta(days=MOST_DAYS)), last


def _of_box(box: Any, first: date, last: date, settings: Any) -> list[Half]:
    name, first = str(box.__name__), max(first, clock.local(box.created).date())
    found = [
        Half(box, name, date.fromisoformat(key[:10]).toordinal(), HalfDay(key[10:]), check_in)
        for key, check_in in box.check_ins.items(first.isoformat(), f"{last.isoformat()}~")
    ]
    return found + [
        Half(box, name, day.toordinal(), half, None)
        for day, half in check_ins.missing(box, first, settings)
        if day <= last
    ]


CHECK_INS = RegisterPage(
    name="check_ins",
    title=_("查收情况"),
    print_title=_("查收情况登记表"),
    note=_("不选日期的，列最近30天；一次最多列一年。"),
    made=halves,
    visible=(in_boxes(P.BOX_VIEW),),
    columns=(
        Column(_("交换箱"), lambda each: each.owner.title, look="opens"),
        Column(_("日期"), lambda each: date.fromordinal(each.day), sort="order", look="time"),
        Column(_("半日"), lambda each: HALVES[each.half]),
        Column(_("首次查收"), lambda each: each.first.at if each.first else None, look="time"),
        Column(_("查收人"), lambda each: each.first.person_name if each.first else _("未查收")),
    ),
    filters=(
        Choice("box", _("交换箱"), "box", said=words.box_title),
        BY_DAY,
        Choice("missing", _("未查收"), "missing", said=words.of(words.YES_NO), whole=True),
    ),
    sort="-order",
    opens=((lambda each: each.owner, P.BOX_VIEW),),
)


class Taken(NamedTuple):
    """One print or download. Named as indexes are."""

    delivery: Delivery
    box: str
    at: int
    person: str
    kind: str
    made: Print


def prints(asked: Asked) -> list[Taken]:
    """The prints of the deliveries printed last or, with a period, printed since it began: of so many at most."""
    since = asked.terms.get(BY_PRINT.name)
    low = since.low if isinstance(since, Range) else 1
    query = And((asked.seen, Eq("happened", "printed"), Range("printed", low, None)))
    found = register(asked.root, "deliveries").query(query, sort="printed", reverse=since is None, limit=MOST_PRINTED)
    return [
        Taken(
            delivery,
            str(delivery.box.__name__),
            moment(each.at),
            each.by.removeprefix("person:"),
            str(each.kind),
            each,
        )
        for delivery in found.objects
        for each in delivery.printed
    ]


PRINTS = RegisterPage(
    name="prints",
    title=_("打印登记簿"),
    print_title=_("公文打印、下载登记簿"),
    note=_("列最近打印过的1000件收件的打印记录；更早的请按打印时间查找。"),
    made=prints,
    visible=(in_boxes(P.BOX_VIEW),),
    columns=(
        Column(_("打印时间"), lambda each: clock.from_micros(each.at), sort="at", look="time"),
        Column(_("发文字号"), lambda each: each.delivery.document.number, look="number"),
        Column(_("标题"), lambda each: each.delivery.document.title, look="main"),
        Column(_("交换箱"), lambda each: each.delivery.box.title),
        Column(_("份数"), lambda each: each.made.copies),
        Column(_("种类"), lambda each: printing.WORDS[each.made.kind]),
        Column(_("打印人"), lambda each: words.person_name(site(each.delivery), each.person)),
        Column(_("剩余份数"), lambda each: each.delivery.copies_left),
        Column(_("用途"), lambda each: "，".join(filter(None, (each.made.purpose, each.made.system)))),
    ),
    filters=(
        Choice("box", _("交换箱"), "box", said=words.box_title),
        BY_PRINT,
        Choice("kind", _("种类"), "kind", said=words.of({str(each): said for each, said in printing.WORDS.items()})),
        Someone("person", _("打印人"), "person"),
    ),
    sort="-at",
    opens=((lambda each: each.delivery, P.BOX_VIEW),),
)

PAGES = (CHECK_INS, PRINTS)
