"""The text index under faults: what must be true of it after a restart, and where its feeding can be killed.

The index must hold exactly what the register "items" holds: the same keys, each found by its words, its tokens and its facets.
"""

import threading
from collections import Counter
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

from govrepo.catalog import register, registers_of
from govrepo.database import opened
from govrepo.fulltext import SWEPT_ALL, ChangeLog, Narrowed, Writer, index, parse
from policies.item_text import entry_of
from policies.text_feed import UnreadableIndexError, rows_name
from tests.faults import killing

PLACES = (
    "before the text is written",
    "among the documents",
    "before the progress",
    "after the text's commit",
    "after the log's trimming",
)
"""In the order of a feeding; the site commits after the last. What is trimmed was written by the feeding before."""
CAUGHT_UP = 30.0
LOOK_AGAIN = 0.02
HURRY = timedelta(milliseconds=50)
JOBS = ("catalog.fold", "fulltext.feed")
FOLLOWED = ("items", "deliveries", "dispatches", "assignments", "register_entries")
WORD = "工作"
"""Stands in the title of every letter."""
MOST = 5_000


def hurry(registry):
    """Have the worker of this process fold and feed twenty times a second, so that no test waits for seconds."""
    for name in JOBS:
        registry.timed_jobs[name] = replace(registry.timed_jobs[name], every=HURRY)


def set_trap(_registry, place, nth):
    """Let this process kill itself when the worker's feeding comes to a place the n-th time."""
    trigger = killing.Trigger("", place, nth)
    if place == PLACES[4]:
        _trap_trimming(trigger)
        return
    owner, name, before = {
        PLACES[0]: (Writer, "write", True),
        PLACES[1]: (index, "_document", False),
        PLACES[2]: (index, "_marker", True),
        PLACES[3]: (Writer, "write", False),
    }[place]
    reached, not_yet = (lambda *_arguments: trigger._count()), (lambda *_arguments: None)
    killing._wrap(owner, name, *((reached, not_yet) if before else (not_yet, reached)))


def _trap_trimming(trigger):
    """Count those trimmings that take something away."""
    real = ChangeLog.trim

    def trim(changes, position):
        kept = len(changes._batches)
        real(changes, position)
        if len(changes._batches) < kept:
            trigger._count()

    ChangeLog.trim = trim


def findings(registry, patience=CAUGHT_UP):
    """Everything that is wrong with the text index once the worker has caught up; that it does not is a finding."""
    pause, left = threading.Event(), patience
    while left > 0:
        # Spoiled a moment ago, the index cannot be read until the worker has come by.
        with opened(registry) as root, suppress(UnreadableIndexError):
            if _caught_up(root, registry):
                return list(_differences(root, registry))
        pause.wait(LOOK_AGAIN)
        left -= LOOK_AGAIN
    with opened(registry) as root:
        errors = {name: root.work.marks[name].error for name in JOBS}
        return [f"the text index does not catch up: {errors}, {registry.text_index.reader().progress()}"]


def _caught_up(root, registry):
    """Whether nothing waits to be folded, and the index stands at the log's end and at the sweep's."""
    waiting = [each for each in registers_of(root, registry) if each.declaration.name in FOLLOWED]
    stands, main = registry.text_index.reader().progress(), register(root, "items", registry).data.main
    wanted = (rows_name(main), root.text_log.end, SWEPT_ALL)
    return all(each.data.pending.is_empty() for each in waiting) and wanted == (
        stands.rows,
        stands.position,
        stands.row,
    )


def _differences(root, registry):
    """What index and register do not both say: of each key by its facets, and of each token."""
    items, reader = register(root, "items", registry), registry.text_index.reader()
    entries = [entry_of(obj, row, items.declaration.values(obj)) for row, obj in items.data.main.objects.items()]
    entries = [each for each in entries if WORD in each.title]
    terms = {("token", each) for entry in entries for each in entry.tokens}
    terms |= {("facet", each) for entry in entries for each in entry.facets}
    for field, value in [("", ""), *sorted(terms)]:
        groups = ({field: (value,)},) if field else ()
        found = Counter((hit.key, hit.place) for hit in reader.newest(parse(WORD), Narrowed(groups=groups), MOST))
        wanted = Counter(
            (each.key, each.place) for each in entries if not field or value in (*each.tokens, *each.facets)
        )
        yield from (f"{key} is found by {value or WORD} and should not be" for key in found - wanted)
        yield from (f"{key} is not found by {value or WORD}" for key in wanted - found)
