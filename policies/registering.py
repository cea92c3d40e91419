"""How a document comes into a register (R-19.1 to R-19.5, R-N4.4; domain.md 3.10, 5.5): office and division registration, paper, duplicates.

A number is given with the entry, in one transaction. A division that chooses office registration forwards the document to the office's
box and keeps the link; it can give no number of its own then.
"""

from collections.abc import Iterator
from typing import Any

from content_types.content import month_shelf, shelf
from content_types.delivery import Delivery
from content_types.exchange_box import BoxKind, ExchangeBox
from content_types.file_object import FileRole
from content_types.number import Number
from content_types.number_series import SeriesKind
from content_types.official_document import Urgency
from content_types.register_entry import Facts, Handling, RegisterEntry, RegisterKind
from content_types.unit import UnitKind
from govrepo import clock, numbering
from govrepo.catalog import Any as AnyOf
from govrepo.catalog import Eq, register
from govrepo.database import site
from govrepo.i18n import _
from policies import number as numbers
from policies.actor import Actor
from policies.administration import refuse, require
from policies.engine import Act, Reason, act, may, record, table_of
from policies.entry_access import renew_access
from policies.number_series import begin
from policies.permissions import Permission as P

ACTION = "register_entry.register"
OFFICE_CODE = "厅收"
LONGEST_TITLE, LONGEST_TEXT, MOST_COPIES, MOST_PAGES = 200, 60, 999, 9999
NO_OFFICE_NUMBER = Reason(_("便函、转办件不是正式公文，不作厅文登记，可以直接分办。"), "S-5")
GONE = ("cancelled", "returned")


def register_kind(box: ExchangeBox) -> RegisterKind | None:
    """Which register a box keeps: the office's boxes 厅文, a division's 处文 (R-19.1); None for one that keeps none."""
    if box.kind in (BoxKind.OFFICE, BoxKind.GOVERNMENT):
        return RegisterKind.OFFICE
    return RegisterKind.DIVISION if box.kind is BoxKind.DIVISION else None


def keeping_box(box: ExchangeBox) -> Any:
    """The box whose register an office box's entries stand in: the office has one register for all its boxes (R-19.5)."""
    if register_kind(box) is not RegisterKind.OFFICE:
        return box
    return office_box(box) or box


def keeps_register(box: ExchangeBox) -> bool:
    """Whether entries stand in this very box: a division's, or of the office's boxes the one that keeps 厅文."""
    return register_kind(box) is not None and keeping_box(box) is box


def office_box(context: Any) -> Any:
    """The exchange box of the general office, where 厅文 are registered (R-19.2); None on a site without one."""
    root = site(context)
    for unit in root["units"].values():
        if unit.kind is UnitKind.GENERAL_OFFICE and unit.box_name:
            return root["exchange"][unit.box_name]
    return None


def receipt_series(box: ExchangeBox, actor: Actor) -> Any:
    """The series of a box's register, begun with its first entry: 厅收, or the division's name and 收 (domain.md 3.3)."""
    found = _series_there(box)
    return found if found is not None else begin(box, _series_code(box), SeriesKind.RECEIPT, actor)


def _series_there(box: ExchangeBox) -> Any:
    return box.get("numbers", {}).get(f"{SeriesKind.RECEIPT}-{_series_code(box)}")


def _series_code(box: ExchangeBox) -> str:
    return OFFICE_CODE if register_kind(box) is RegisterKind.OFFICE else f"{box.owner.name}收"


def facts_of(delivery: Delivery) -> Facts:
    """What the register takes over from a delivery."""
    document, pages = delivery.document, max((file.pages for file in delivery.document.files), default=0)
    return Facts(
        from_unit=document.unit.short_name,
        title=document.title,
        received=delivery.signed_at or clock.now(),
        from_no=document.number,
        kind=document.kind,
        dated=document.date,
        urgency=str(document.urgency),
        pages=pages,
    )


def enter_in_register(
    box: ExchangeBox,
    facts: Facts,
    actor: Actor,
    delivery: Delivery | None = None,
    reserved: Number | None = None,
    *,
    note: str = "",
) -> RegisterEntry:
    """Register a document under the next number, or under a reserved one; raise Refused, with reasons by field.

    ``note`` is what the entry's history says of how it came in.
    """
    keeper = keeping_box(box)
    require(P.REGISTER_ENTER, keeper, actor, ACTION, "R-19.1")
    hindrances = may(delivery, "register", actor).reasons if delivery is not None else ()
    refuse([*hindrances, *fact_problems(facts), *_number_problems(keeper, reserved)], keeper, ACTION)
    entry = RegisterEntry(keeper, register_kind(box) or RegisterKind.OFFICE, facts, delivery)
    entry.created_by = actor.id
    month_shelf(shelf(keeper, "register"), clock.now())[entry.uid] = entry
    renew_access(entry, actor.registry)
    done = Act(entry, actor, clock.now(), {"note": note})
    entry.number = reserved or numbers.allot(receipt_series(keeper, actor), entry, done)
    if reserved is not None:
        act(reserved, "take", actor, holder=entry)
    if delivery is not None:
        act(delivery, "register", actor, entry=entry)
    record(table_of(entry), "register", done, "")
    return entry


def _number_problems(box: ExchangeBox, reserved: Number | None) -> Iterator[Reason]:
    if reserved is not None and (reserved.state != "reserved" or reserved.series.__parent__.__parent__ is not box):
        yield Reason(_("请选择本登记簿的预留号。"), "S-27", "number")
    series = _series_there(box)
    if series is not None and series.state != "active":
        yield Reason(_("收文编号序列已停用。"), "S-24", "number")


def fact_problems(facts: Facts) -> Iterator[Reason]:
    """What is wrong with what was keyed in (domain.md 4.10, S-26)."""
    if not 1 <= len(facts.from_unit) <= LONGEST_TEXT:
        yield Reason(_("请填写来文单位。"), "R-N4.4", "from_unit")
    if not 1 <= len(facts.title) <= LONGEST_TITLE:
        yield Reason(_("请填写标题。"), "R-N4.4", "title")
    if facts.received > clock.now():
        yield Reason(_("收到日期不能晚于今天。"), "R-N4.4", "received")
    if len(facts.from_no) > LONGEST_TEXT:
        yield Reason(_("来文字号太长。"), "S-26", "from_no")
    if facts.urgency not in set(Urgency):
        yield Reason(_("请选择紧急程度。"), "P-60", "urgency")
    if not 1 <= facts.copies <= MOST_COPIES or not 0 <= facts.pages <= MOST_PAGES:
        yield Reason(_("请填写份数和页数。"), "R-N4.4", "copies")
    if facts.handling not in set(Handling):
        yield Reason(_("请选择阅件或者办件。"), "5.5", "handling")


def duplicates(box: ExchangeBox, facts: Facts, delivery: Delivery | None = None) -> list[RegisterEntry]:
    """Entries of the register that seem to be the same document: same number and sender, or a file with the same digest."""
    keys = [f"{facts.from_unit} {numbering.normal(facts.from_no)}"] if facts.from_no else []
    files = (
        [f"sha256 {file.sha256}" for file in delivery.document.files_of(FileRole.SCAN, FileRole.ORIGINAL)]
        if delivery
        else []
    )
    if not keys and not files:
        return []
    query = Eq("box", keeping_box(box).__name__) & AnyOf("same", [*keys, *files])
    found = register(box, "register_entries").query(query, sort="order", reverse=True, limit=20).objects
    return [each for each in found if each.state not in GONE and each.delivery is not delivery]


# a division has the office register it.


def both_files(act: Act) -> list[Reason]:
    """R-19.3: forwarding to office registration needs the PDF and the editable file; the missing one is named."""
    document = act.context.document
    scan = document.files_of(FileRole.SCAN, FileRole.ORIGINAL)
    wanted = ((scan, _("缺少PDF扫描文件。")), (document.files_of(FileRole.EDITABLE), _("缺少可编辑文档。")))
    return [Reason(words, "R-19.3") for files, words in wanted if not files]


def division_received(act: Act) -> Reason | None:
    """R-19.1: a division that received directly from another unit chooses; what the office distributed is registered there already."""
    delivery = act.context
    if delivery.box.kind is BoxKind.DIVISION and not delivery.internal and office_box(delivery) is not None:
        return None
    return Reason(_("只有处室直接收到的来文可以转厅文登记。"), "R-19.1")


def formal_for_the_office(act: Act) -> Reason | None:
    """S-5: a division's 便函 or 转 is no official document and gets no number of the office's register."""
    informal = act.context.document.informal and register_kind(act.context.box) is RegisterKind.OFFICE
    return NO_OFFICE_NUMBER if informal else None


def formal(act: Act) -> Reason | None:
    """S-5: what a division cannot issue the office does not register for it."""
    return NO_OFFICE_NUMBER if act.context.document.informal else None


def fit_for_formal_filing(act: Act) -> Reason | None:
    """S-5: the entry of a 便函 or 转 is filed informally or not at all."""
    delivery = act.context.delivery
    informal = delivery is not None and delivery.document.informal
    return Reason(_("便函、转办件只作非正式归档，或者不归档。"), "S-5") if informal else None


def not_registered(act: Act) -> Reason | None:
    """R-19.5: a delivery has at most one active number."""
    entry = act.context.entry
    if entry is None or entry.state in GONE:
        return None
    words = _("本件已登记为${number}。", mapping={"number": entry.number.title})
    return Reason(words, "R-19.5")


def not_registered_before(act: Act) -> Reason | None:
    """R-19.2: what the office has registered and distributed is not registered again in a division."""
    source = act.context.source
    entry = source.entry if source is not None else None
    if entry is None or entry.state in GONE:
        return None
    words = _("本件已由${unit}登记为${number}。", mapping={"unit": entry.box.title, "number": entry.number.title})
    return Reason(words, "R-19.2")


def not_forwarded(act: Act) -> Reason | None:
    """R-19.2, R-19.5: what was forwarded to the office gets no number in the division."""
    forwarded = act.context.forwarded
    open_one = forwarded is not None and forwarded.state not in ("returned", "return_closed", "recalled")
    return Reason(_("本件已转机要档案科登记厅文。"), "R-19.2") if open_one else None


def forward_to_office(act: Act) -> None:
    """R-19.2: the office's box gets an internal delivery of the same document; the division keeps the link."""
    source, box = act.context, office_box(act.context)
    made = Delivery(source.dispatch, box, source.address, quota=source.quota, source=source)
    made.available_at, made.findings = act.now, source.findings
    month_shelf(box["inbox"], act.now)[f"{source.dispatch.uid}-{box.__name__}-{made.uid}"] = made
    source.forwarded = made
    record(table_of(made), "deliver", Act(made, act.actor, act.now, {"note": ""}), "")
    box.bell.ring()


def keep_entry(act: Act) -> None:
    """The link from the delivery to its entry."""
    act.context.entry = act.given["entry"]
