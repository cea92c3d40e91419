"""The incident (故障, domain.md 4.16): a fault of exchange, from the report to the last document handed back (R-12.1 to R-12.5)."""

from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from substanced.content import content

from content_types.content import VolumeContent


class Fallback(StrEnum):
    """What is done while a box cannot exchange (R-12.2): 邻近交换箱 or 纸质."""

    NEIGHBOUR = "neighbour"
    PAPER = "paper"


class Rerouted(NamedTuple):
    """One delivery that went to the neighbour (改投): which, where to, when, in which state it was."""

    delivery: Any
    box: Any
    at: datetime
    state: str


@content("Incident")
class Incident(VolumeContent):
    """A reported fault: of which box, by whom, in which words.

    ``soon`` says whether it can be put right soon (短时可恢复), as the technical service group sees it; ``neighbour`` is the box that stands in
    from ``fallen_back_at`` to ``restored_at``; ``rerouted`` are the deliveries that it got.
    """

    uid_prefix = "i"
    initial_state = "reported"
    confirmed_by: Any = None
    confirmed_at: datetime | None = None
    soon: bool | None = None
    cause = ""
    fallback: Fallback | None = None
    neighbour: Any = None
    fallen_back_at: datetime | None = None
    rerouted: tuple[Rerouted, ...] = ()
    restored_at: datetime | None = None
    measure = ""
    closed_at: datetime | None = None

    def __init__(self, box: Any, reported_by: Any, words: str) -> None:
        super().__init__()
        self.box = box
        self.reported_by = reported_by
        self.words = words

    @property
    def title(self) -> str:
        """What people read in a list."""
        return f"{self.box.title}：{self.words[:40]}"

    @property
    def stands_in(self) -> bool:
        """Whether the neighbour takes what comes for the box."""
        return self.state == "fallback" and self.neighbour is not None

    @property
    def still_away(self) -> tuple[Any, ...]:
        """The deliveries that are still at the neighbour's."""
        return tuple(each.delivery for each in self.rerouted if each.delivery.box is not self.box)
