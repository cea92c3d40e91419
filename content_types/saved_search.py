"""The saved search: a question a person asks often, kept with the person or, to be shared, with the unit (domain.md part 6)."""

from datetime import datetime
from typing import Any, NamedTuple


class SavedSearch(NamedTuple):
    """A search page's ``address`` under a ``name``; ``by`` is the person who kept it."""

    uid: str
    name: str
    address: str
    by: Any
    at: datetime
