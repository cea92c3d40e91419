"""Make docs/events.md from the application's closed list of the journal's events (govrepo/journal/events.py).

``make format`` runs it; ``tests/test_docs.py`` fails when the page is not that of the code.
"""

import tempfile
from pathlib import Path
from typing import Any

from govrepo import main
from govrepo.database import database
from govrepo.journal.events import OF_A_REFUSAL, RESULTS, Events
from policies.engine import ACT_DETAILS
from tools.docs_policies import DOCS, both, table

HEAD = """\
# Events of the journal

Every action that an entry of the audit journal may name. It reads `<noun>.<verb>`: the noun is the module in the auditor's filter. The
application refuses to journal anything else, so what stands here is all that can stand in a journal of this release; what an
entry holds beside its details is in [Evidence](evidence.md). No entry holds content of a document, a password, or a key.

A *refused* entry tells of what was tried and not done; it also has the detail `method`. Nothing in govrepo deletes or changes an entry.

This page is made from the code by `make format`: the acts of the workflow tables ([Policies](policies.md)) and what is declared beside them.
"""


def events_page(events: Events) -> str:
    """The page of the list."""
    return HEAD + "".join(_section(noun, label, events) for noun, label in events.modules.items()) + _common()


def _section(noun: str, label: Any, events: Events) -> str:
    lines = [each for each in events if each.action.partition(".")[0] == noun]
    rows = (
        (f"`{each.action}`", both(each.event.title), ", ".join(each.event.results), _details(each.event.details))
        for each in lines
    )
    return f"\n## {both(label)} `{noun}`\n\n{table(('action', 'words', 'results', 'details'), rows)}"


def _details(details: Any) -> str:
    return "those of an act" if details is ACT_DETAILS else _meanings(details)


def _meanings(details: Any) -> str:
    return "; ".join(f"`{name}` {both(meaning)}" for name, meaning in details.items())


def _common() -> str:
    results = table(("result", "word"), ((f"`{name}`", both(word)) for name, word in RESULTS.items()))
    acts = table(("detail of an act", "meaning"), ((f"`{name}`", both(words)) for name, words in ACT_DETAILS.items()))
    return f"\n## Acts and results\n\n{acts}\n{results}\nOf a refusal also: {_meanings(OF_A_REFUSAL)}.\n"


def application_events(folder: Path) -> Events:
    """The list of a whole application, made on an empty database in a folder."""
    settings = {"zodbconn.uri": "memory://", "govrepo.var": str(folder), "govrepo.worker": "none"}
    registry = main({}, **settings, **{"tm.annotate_user": "no", "retry.attempts": "5"}).registry
    events: Events = registry.journal_events
    registry.pulse.stop()
    registry.journal.close()
    database(registry).close()
    return events


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        (DOCS / "events.md").write_text(events_page(application_events(Path(made))), encoding="utf-8")
