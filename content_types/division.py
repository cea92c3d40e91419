"""The division (处室): a part of a unit with its own box and its own receiver (R-11, R-35)."""

from typing import Any

from substanced.content import content

from content_types.content import Carrier, Container


@content("Division")
class Division(Carrier, Container):
    """A division of a unit. ``code`` is unique over all units; ``rank`` is its place among the unit's divisions.

    ``operator`` marks the one that runs the system (信息化管理单位, R-4.1).
    """

    initial_state = "active"
    operator = False

    def __init__(self, code: str, name: str, *, rank: int = 0) -> None:
        super().__init__()
        self.code = code
        self.name = name
        self.rank = rank
        self.box_name = ""

    @property
    def unit(self) -> Any:
        """The unit this division is part of."""
        return self.__parent__

    @property
    def title(self) -> str:
        """The name people read."""
        return self.name

    @property
    def scope(self) -> str:
        """The scope that an appointment for this division names."""
        return f"division:{self.code}"
