"""The keys that registers are sorted, counted and searched by: plain ints and strings (design.md sect. 6).

``order`` sorts as the lists are read: urgency first, then the newest.
"""

from datetime import datetime
from typing import Any

from content_types.official_document import Urgency
from govrepo import clock

URGENCY_RANK = {Urgency.PLAIN: 0, Urgency.URGENT: 1, Urgency.MOST_URGENT: 2}


_RANK_STEP = 10**17


FOREVER = 10**18
"""The end of an appointment without end, as an index key: later than any instant."""


def moment(instant: datetime | None) -> int:
    """An instant as an index key; 0 for none."""
    return 0 if instant is None else clock.micros(instant)


def order(urgency: str, instant: datetime | None) -> int:
    """The key of a box list: urgency, then time; read from its end."""
    return URGENCY_RANK[Urgency(urgency)] * _RANK_STEP + moment(instant)


def box_state(carrier: str, state: str) -> str:
    """The key under which the entries of a box, or of a division's desk in it, are counted and listed by state."""
    return f"{carrier}:{state}"


def in_month(instant: datetime | None, unit: Any, *more: Any) -> str:
    """The key under which statistics find what happened to a unit in a month, Asia/Shanghai; empty for what did not happen."""
    return "" if instant is None else " ".join([f"{clock.local(instant):%Y-%m}", unit.code, *map(str, more)])


def bigrams(text: str) -> set[str]:
    """Every two characters in a row, case folded: each substring of two or more is found by those it is made of."""
    folded = "".join(text.split()).casefold()
    return {folded[start : start + 2] for start in range(len(folded) - 1)}


def token(kind: str, name: str) -> str:
    """A search token: whoever may read in a place of this kind and name (``box``, ``carrier``, ``register``)."""
    return f"{kind}:{name}"
