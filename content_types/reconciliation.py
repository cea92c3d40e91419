"""How far journal and database have been compared (SOD-12): the point confirmed, what is suspected, and the sweep over everything."""

from datetime import datetime

from BTrees.OOBTree import OOBTree
from persistent import Persistent

START = b"\0" * 8


class Reconciliation(Persistent):
    """``root.reconciliation``; only the worker writes it.

    ``seq`` is the newest entry examined, ``tid`` the newest database transaction; ``suspects`` maps an object's path to what was found at the
    first look. ``sweep`` is the next entry of the sweep, None while none is under way; ``swept_at`` when the last one ended, having looked at
    ``checked`` objects. ``known`` maps the path of an object that is a gap to what was found; ``appointments`` an appointment's uid to its terms
    (``policies.appointed``), once ``began``: the first look over everything is done.
    """

    def __init__(self) -> None:
        super().__init__()
        self.seq = -1
        self.tid = START
        self.suspects = OOBTree()
        self.known = OOBTree()
        self.appointments = OOBTree()
        self.began = False
        self.sweep: int | None = 0
        self.checked = 0
        self.swept_at: datetime | None = None
