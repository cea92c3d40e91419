"""The phone notice (电话通知, domain.md 4.16): who was called about an urgent document, by whom, when, with what result (R-16, R-20.3)."""

from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from substanced.content import content

from content_types.content import VolumeContent
from govrepo import clock


class Direction(StrEnum):
    """打出 or 打入, as the box sees it whose record it is."""

    OUT = "out"
    IN = "in"


class Result(StrEnum):
    """已告知, 无人接听, or 未电话通知: a sender's word that nobody was called (R-16.3)."""

    TOLD = "told"
    UNANSWERED = "unanswered"
    NOT_NOTIFIED = "not_notified"


class Call(NamedTuple):
    """A call as it is typed: when, who called and who was called, in words; the result and what was said."""

    at: datetime | None
    caller: str
    called: str
    result: Result = Result.TOLD
    words: str = ""


@content("PhoneNotice")
class PhoneNotice(VolumeContent):
    """One call, or the word of a sender that there was none. It is made and never changed; a wrong one is corrected by another (5.9).

    ``box`` is the box whose people made the record. A sender's notice names its ``dispatch``; one about what has arrived its ``delivery``, which a call that
    came before the document gets when it arrives (R-16.4). ``unit``, ``number``, ``title`` and ``urgency`` are what the caller said of
    the document; ``division`` is the division that was called (R-20.3).
    """

    uid_prefix = "u"
    initial_state = "recorded"

    def __init__(self, box: Any, direction: Direction, call: Call, recorded_by: Any) -> None:
        super().__init__()
        self.box = box
        self.direction = Direction(direction)
        self.at: datetime = call.at or clock.now()
        self.caller = call.caller
        self.called = call.called
        self.result = Result(call.result)
        self.words = call.words
        self.recorded_by = recorded_by
        self.unit: Any = None
        self.number = ""
        self.title = ""
        self.urgency = ""
        self.dispatch: Any = None
        self.delivery: Any = None
        self.division: Any = None

    @property
    def document(self) -> Any:
        """The document it is about; None while it has not arrived."""
        about = self.dispatch or self.delivery
        return None if about is None else about.document

    @property
    def told(self) -> bool:
        """Whether somebody was reached."""
        return self.result is Result.TOLD
