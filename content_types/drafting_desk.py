"""The drafting desk (拟稿台): where the outgoing documents that one division makes for one box lie by month, with their ACL (domain.md 7.2)."""

from typing import Any

from substanced.content import content

from content_types.content import Carrier, Shelf


@content("DraftingDesk")
class DraftingDesk(Carrier, Shelf):
    """A desk. ``box`` is the box in whose name it is drafted, ``division`` the drafting division; None in a unit without divisions.

    A case officer sees the own division's documents only, and those who work on every document of the unit see all its desks.
    """

    def __init__(self, box: Any, division: Any = None) -> None:
        super().__init__()
        self.box = box
        self.division = division

    @property
    def title(self) -> str:
        """Whose desk it is."""
        return str((self.division or self.box.unit).name)
