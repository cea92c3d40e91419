"""The register of paper beside the exchange (纸质件核对, domain.md part 6): what is expected, what came, which half is missing (R-N2.2)."""

from typing import Any

from content_types.paper_item import PaperItem
from govrepo import clock
from govrepo.i18n import _
from policies.paper_item import KINDS, STATES, is_late
from policies.permissions import Permission as P
from policies.register_pages import words
from policies.register_pages.declaration import Column, RegisterPage
from policies.register_pages.filters import Choice, Holds, Period
from policies.register_pages.visible import in_boxes, sent_from

MISSING = {"paper": _("有电子件，缺纸质件"), "electronic": _("有纸质件，缺电子件")}


def late_days(item: PaperItem) -> int | None:
    """By how many days it is late; None for what is in time, or not looked for any more."""
    return (clock.today() - item.due).days if item.due and is_late(item) else None


def received_by(item: PaperItem) -> Any:
    """Who marked it received."""
    return "" if item.received_by is None else item.received_by.name


PAPER = RegisterPage(
    name="paper",
    title=_("纸质件核对"),
    print_title=_("纸质件核对清单"),
    register="paper_items",
    visible=(in_boxes(P.BOX_VIEW), sent_from("from_carrier")),
    columns=(
        Column(_("日期"), lambda item: item.expected_on, sort="expected", look="time"),
        Column(_("发文字号"), lambda item: item.number, look="number"),
        Column(_("标题"), lambda item: item.title, look="main"),
        Column(_("来文单位"), lambda item: item.sender),
        Column(_("收文单位"), lambda item: item.box.title),
        Column(_("种类"), lambda item: KINDS[item.kind]),
        Column(_("应收"), lambda item: item.copies),
        Column(_("期限"), lambda item: item.due, sort="due", look="time"),
        Column(_("收到"), lambda item: item.received_on, sort="received", look="time"),
        Column(_("实收"), lambda item: item.copies_received or None),
        Column(_("收件人"), received_by),
        Column(_("状态"), lambda item: STATES[item.state]),
        Column(_("逾期（天）"), late_days),
    ),
    filters=(
        Holds("q", _("标题、字号、来文单位"), "words"),
        Choice("missing", _("缺哪一半"), "missing", said=words.of(MISSING)),
        Choice("state", _("状态"), "state", said=words.of(STATES)),
        Choice("unit", _("收文单位"), "unit", said=words.unit_title),
        Choice("from_unit", _("来文单位"), "from_unit", said=words.unit_title),
        Choice("kind", _("种类"), "kind", said=words.of(KINDS)),
        Period("expected", _("日期"), "expected", days=True),
        Period("due", _("应于何日前收到"), "due", days=True),
    ),
    sort="expected",
    opens=(
        (lambda item: item, P.BOX_VIEW),
        (lambda item: item.dispatch, P.DISPATCH_READ),
    ),
)

PAGES = (PAPER,)
