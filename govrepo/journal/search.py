"""How a question to the journal is asked so that the first page is there at once, however long the journal is (R-7.1).

SQLite has no statistics of a file that only grows, so each question names its index: the most selective one that serves. Every
index ends with the entry's number, so what it finds comes in order. A module is asked for as its actions, one by one: first for
the numbers, which stand in the index, then for the rows of those that make the page.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from govrepo.journal.entry import Query
from govrepo.journal.nodes import Ask
from govrepo.journal.rows import Found, by_number, selection

INDEXES = (
    ("entries_subject_uid", {"subject_uid"}),
    ("entries_subject", {"subject"}),
    ("entries_actor_refused", {"actor", "refused"}),
    ("entries_address_refused", {"address", "refused"}),
    ("entries_action_refused", {"action", "refused"}),
    ("entries_actor_address", {"actor", "address"}),
    ("entries_actor_action", {"actor", "action"}),
    ("entries_address_action", {"address", "action"}),
    ("entries_certificate", {"certificate"}),
    ("entries_actor", {"actor"}),
    ("entries_address", {"address"}),
    ("entries_result", {"refused"}),
    ("entries_action", {"action"}),
)
"""From the most selective on: its name and the filters it serves; ``refused`` stands for any result but ``allowed``."""
ACTIONS = """
WITH RECURSIVE known (action) AS (
    SELECT min(action) FROM entries
    UNION ALL SELECT (SELECT min(action) FROM entries WHERE action > known.action) FROM known WHERE known.action IS NOT NULL)
SELECT action FROM known WHERE action IS NOT NULL
"""
"""The actions that occur, each found by one step into the index."""
AT_ONCE = 500
"""Rows asked for by their numbers in one statement."""


def search(ask: Ask, query: Query, index: Callable[[Query], str] = lambda _query: "") -> list[Found]:
    """The rows that fit a query, in its order; ``index`` names the index for a query where the database does not choose well itself."""
    if query.module is None:
        return list(ask(*selection(query, index(query))))
    numbers = [seq for each in _by_action(ask, query) for (seq,) in ask(*selection(each, index(each), numbers=True))]
    wanted = sorted(numbers, reverse=query.reverse)[: query.limit]
    return [row for start in range(0, len(wanted), AT_ONCE) for row in _rows(ask, wanted[start : start + AT_ONCE])]


def _rows(ask: Ask, numbers: list[int]) -> list[Found]:
    """The rows of these numbers, in their order."""
    found = {row[0]: row for row in ask(by_number(len(numbers)), numbers)}
    return [found[number] for number in numbers]


def _by_action(ask: Ask, query: Query) -> Iterator[Query]:
    """As many queries as the module has actions."""
    asked: Sequence[Any] = [(query.action,)] if query.action is not None else ask(ACTIONS, ())
    for (action,) in asked:
        if action.partition(".")[0] == query.module:
            yield replace(query, module=None, action=action)


def sqlite_index(query: Query) -> str:
    """The most selective index of the SQLite file that serves a query; empty for a walk."""
    given = {name for name, value in vars(query).items() if value is not None}
    if query.result not in (None, "allowed"):
        given.add("refused")
    return next((name for name, filters in INDEXES if filters <= given), "")
