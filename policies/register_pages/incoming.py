"""Registers of incoming documents (domain.md part 6; R-19): office and division register, number gaps, urgings, what is to be filed."""

from typing import Any

from content_types.exchange_box import ExchangeBox
from content_types.register_entry import FilingClass, Handling, RegisterEntry, RegisterKind
from govrepo import clock, numbering
from govrepo.catalog import Any as AnyOf
from govrepo.catalog import Eq, Range
from govrepo.i18n import _
from policies import number as numbers
from policies import register_entry as entries
from policies.permissions import Permission as P
from policies.register_pages import words
from policies.register_pages.declaration import Column, RegisterPage
from policies.register_pages.filters import Choice, Exactly, Holds, Period, Someone, sequence
from policies.register_pages.visible import in_boxes
from policies.registering import keeps_register, register_kind

HANDLING = {Handling.READING: _("阅件"), Handling.ACTION: _("办件")}
FILING = {
    FilingClass.FORMAL: _("正式归档"),
    FilingClass.INFORMAL: _("非正式归档"),
    FilingClass.NONE: _("不归档"),
}
OPENS_ENTRY = ((lambda entry: entry, P.ENTRY_READ),)


def of_office(box: ExchangeBox) -> bool:
    """Whether the box keeps the office's register."""
    return keeps_register(box) and register_kind(box) is RegisterKind.OFFICE


def of_division(box: ExchangeBox) -> bool:
    """Whether the box keeps a division's register."""
    return keeps_register(box) and register_kind(box) is RegisterKind.DIVISION


def lead(entry: RegisterEntry) -> str:
    """The division or person that handles it."""
    return str(entry.lead.title) if entry.lead is not None else ""


NUMBER = Column(_("收文编号"), lambda entry: entry.number.title if entry.number else "", sort="order", look="number")
RECEIVED = Column(_("收到"), lambda entry: entry.facts.received, sort="received", look="time")
FROM = Column(_("来文单位"), lambda entry: entry.facts.from_unit)
FROM_NUMBER = Column(_("来文字号"), lambda entry: entry.facts.from_no, look="number")
TITLE = Column(_("标题"), lambda entry: entry.facts.title, look="main")
LEAD = Column(_("主办"), lead)
DUE = Column(_("办理时限"), lambda entry: entry.due, sort="due", look="time")
STATE = Column(_("状态"), lambda entry: entries.STATES[entry.state])
COLUMNS = (
    NUMBER,
    RECEIVED,
    FROM,
    FROM_NUMBER,
    TITLE,
    Column(_("类型"), lambda entry: HANDLING[entry.facts.handling]),
    LEAD,
    DUE,
    STATE,
)
BY_LEAD = Choice("lead", _("主办"), "lead")
BY_DUE = Period("due", _("办理时限"), "due", days=True)
FILTERS = (
    Holds("q", _("标题、来文单位、字号"), "words"),
    Choice("year", _("年度"), "year", whole=True),
    Exactly("number", _("序号"), "sequence", form=sequence),
    Choice("from_unit", _("来文单位"), "from_unit"),
    Exactly("from_no", _("来文字号"), "from_no", form=numbering.normal),
    Choice("kind", _("文种"), "kind"),
    Choice("urgency", _("紧急程度"), "urgency", said=words.urgency),
    BY_LEAD,
    BY_DUE,
    Choice("state", _("状态"), "state", said=words.of(entries.STATES)),
    Choice("filing", _("归档"), "filing", said=words.of(FILING)),
)

OFFICE = RegisterPage(
    name="office",
    title=_("厅文登记簿"),
    print_title=_("厅文登记簿"),
    register="register_entries",
    visible=(in_boxes(P.REGISTER_READ, kept=of_office),),
    columns=COLUMNS,
    filters=FILTERS,
    sort="-order",
    opens=OPENS_ENTRY,
)

DIVISION = RegisterPage(
    name="division",
    title=_("处文登记簿"),
    print_title=_("处文登记簿"),
    register="register_entries",
    visible=(in_boxes(P.REGISTER_READ, kept=of_division),),
    columns=(Column(_("处室"), lambda entry: entry.box.title), *COLUMNS),
    filters=(Choice("division", _("处室"), "box", said=words.box_title), *FILTERS),
    sort="-order",
    opens=OPENS_ENTRY,
)


def last_urge(entry: RegisterEntry) -> Any:
    """The newest urging of an entry."""
    return entry.urges[-1]


URGING = RegisterPage(
    name="urging",
    title=_("催办登记簿"),
    print_title=_("催办登记簿"),
    register="register_entries",
    base=Range("urged", 1, None),
    visible=(in_boxes(P.REGISTER_READ),),
    columns=(
        NUMBER,
        TITLE,
        LEAD,
        DUE,
        Column(_("催办次数"), lambda entry: len(entry.urges)),
        Column(_("最近催办"), lambda entry: last_urge(entry).at, sort="urged", look="time"),
        Column(_("催办人"), lambda entry: last_urge(entry).person.name),
        Column(_("内容"), lambda entry: last_urge(entry).words),
        STATE,
    ),
    filters=(BY_LEAD, BY_DUE, Someone("urger", _("催办人"), "urgers")),
    sort="due",
    opens=OPENS_ENTRY,
)

TO_FILE = RegisterPage(
    name="to_file",
    title=_("待归档"),
    print_title=_("已办结待归档清单"),
    register="register_entries",
    base=Eq("state", "concluded"),
    visible=(in_boxes(P.REGISTER_READ),),
    columns=(
        NUMBER,
        TITLE,
        LEAD,
        Column(_("办结时间"), lambda entry: entry.concluded_at, sort="concluded", look="time"),
        Column(_("办结已有天数"), lambda entry: (clock.today() - clock.local(entry.concluded_at).date()).days),
        Column(_("归档"), lambda entry: FILING.get(entry.filing, "")),
        Column(_("办理结果"), lambda entry: entry.result),
    ),
    filters=(
        BY_LEAD,
        Period("concluded", _("办结时间"), "concluded", days=True),
        Choice("filing", _("归档"), "filing", said=words.of(FILING)),
    ),
    sort="concluded",
    opens=OPENS_ENTRY,
)

GAPS = RegisterPage(
    name="gaps",
    title=_("字号空号"),
    print_title=_("字号空号清单"),
    note=_("编号连续给出，不会跳号；没有公文使用的只有预留的和作废的编号。"),
    register="numbers",
    base=AnyOf("state", ("reserved", "void")),
    visible=(in_boxes(P.NUMBER_KEEP),),
    columns=(
        Column(_("字头"), lambda number: number.series.code),
        Column(_("年度"), lambda number: number.year),
        Column(_("空号"), lambda number: number.title, sort="order", look="opens"),
        Column(_("状态"), lambda number: numbers.STATES[number.state]),
        Column(_("预留至"), lambda number: number.until, look="time"),
        Column(_("作废理由"), lambda number: number.reason),
    ),
    filters=(
        Choice("box", _("交换箱"), "box", said=words.box_title),
        Choice("series", _("字头"), "code"),
        Choice("year", _("年度"), "year", whole=True),
        Choice("state", _("状态"), "state", said=words.of(numbers.STATES)),
    ),
    sort="order",
    opens=((lambda number: number.series, P.NUMBER_KEEP),),
)

PAGES = (OFFICE, DIVISION, GAPS, URGING, TO_FILE)
