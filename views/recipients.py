"""Choosing recipients: the directory of boxes in the groups people know (P-22, P-31, R-N1.1)."""

from typing import Any

from content_types.exchange_box import BoxKind, ExchangeBox
from govrepo.database import site
from govrepo.i18n import plain

from .i18n import _


def addressable_boxes(box: ExchangeBox) -> list[ExchangeBox]:
    """Every box a box may send to: all that are open, but itself; divisions' boxes after those of units."""
    boxes = [each for each in site(box)["exchange"].values() if each is not box and each.is_open]
    return sorted(boxes, key=lambda each: (each.kind is BoxKind.DIVISION, each.unit.rank, each.title))


def groups_of(box: ExchangeBox) -> list[tuple[Any, list[tuple[str, str]]]]:
    """The directory as a list of (group, [(box name, title)]): the unit's groups first, then the rest, divisions last."""
    groups: dict[str, tuple[Any, list[tuple[str, str]]]] = {}
    for each in addressable_boxes(box):
        label = _group(each)
        groups.setdefault(plain(label), (label, []))[1].append((each.__name__, each.title))
    return list(groups.values())


def _group(box: ExchangeBox) -> Any:
    if box.kind is BoxKind.DIVISION:
        return _("${unit} · 处室", mapping={"unit": box.unit.short_name})
    if box.kind in (BoxKind.GOVERNMENT, BoxKind.OFFICE):
        return _("省政府、省府办公厅")
    return box.unit.groups[0] if box.unit.groups else _("其他单位")
