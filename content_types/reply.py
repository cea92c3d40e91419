"""The reply (回复, domain.md 4.8 reply_kind, reply_due; P-60): what the sender asks for, and what a recipient answered.

What is asked for stands on the dispatch, what was answered on the recipient's delivery: neither side writes on the other's object.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple


class ReplyKind(StrEnum):
    """无, 会议回执 or 文件回复."""

    NONE = ""
    MEETING = "meeting"
    WRITTEN = "written"


class Attendee(NamedTuple):
    """One person who comes to a meeting: name, post, phone."""

    name: str
    post: str
    phone: str


class Reply(NamedTuple):
    """One answer: when, by whom, from which box. ``attends`` is None where no meeting is asked about.

    ``text`` is the written reply, or why nobody comes; ``document`` is the dispatch that carries a reply sent as a document.
    """

    at: datetime
    by: str
    by_name: str
    box: str
    attends: bool | None = None
    people: tuple[Attendee, ...] = ()
    text: str = ""
    document: Any = None
