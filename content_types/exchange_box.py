"""The exchange box (交换箱, domain.md 4.4): where a unit or division receives and sends (R-N1.1, R-11, R-35)."""

from enum import StrEnum
from typing import Any

from BTrees.OOBTree import OOBTree
from persistent import Persistent
from substanced.content import content

from content_types.content import Carrier, Container, Shelf


class BoxKind(StrEnum):
    """箱类型: 省政府箱, 厅交换箱, 处室箱, 单位箱."""

    GOVERNMENT = "government"
    OFFICE = "office"
    DIVISION = "division"
    UNIT = "unit"


class Bell(Persistent):
    """Rung by the postmaster when something arrives; its own object, so that ringing meets no other writer."""

    def __init__(self) -> None:
        super().__init__()
        self.serial = 0

    def ring(self) -> None:
        """Say that the box has changed."""
        self.serial += 1


@content("DivisionDesk")
class DivisionDesk(Carrier, Shelf):
    """The part of an office box's outbox that holds one division's sendings by month; it carries their ACL.

    A case officer sees the own division's sendings only (domain.md sect. 7.2, "own scope").
    """

    def __init__(self, division: Any) -> None:
        super().__init__()
        self.division = division


@content("ExchangeBox")
class ExchangeBox(Carrier, Container):
    """A box with its inbox (deliveries by month) and outbox (dispatches by month).

    ``owner`` is the unit or the division whose staff work it; ``neighbours`` are boxes that may stand in, in order (R-12.3).
    ``inherited_from`` is the unit that was merged into the owner: what lies in the box is finished, nothing new is sent (P-14).
    ``incident`` is the fault during which a neighbour stands in (R-12.3).
    """

    initial_state = "normal"
    inherited_from: Any = None
    incident: Any = None

    def __init__(self, name: str, owner: Any, kind: BoxKind, issuer: Any = None) -> None:
        super().__init__()
        self.title = name
        self.owner = owner
        self.kind = BoxKind(kind)
        self._issuer = issuer
        self.bell = Bell()
        self.check_ins = OOBTree()
        self.checks_per_day = 2
        self.neighbours: tuple[Any, ...] = ()
        self.excluded_kinds: tuple[str, ...] = ()
        for part in ("inbox", "outbox"):
            self[part] = Shelf()

    @property
    def unit(self) -> Any:
        """The unit in whose name the box sends: the issuer given, the owner, or the owner's unit."""
        if self._issuer is not None:
            return self._issuer
        return self.owner.unit if self.kind is BoxKind.DIVISION else self.owner

    @property
    def is_open(self) -> bool:
        """Whether deliveries may come in: the box is not 停用, its owner and the unit it stands for are in service (5.8)."""
        return bool(self.state != "closed" and self.owner.state == "active" and self.unit.state == "active")
