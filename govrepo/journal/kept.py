"""At start-up: the journal holds what the checkpoints name that were written elsewhere (SOD-12).

An older copy put in the journal's place is sound in itself; only who kept a later checkpoint can tell. Start-up looks at the newest
checkpoint in the folder ``checkpoints``; ``govrepo-verify journal`` looks at all of them, and at every entry.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from govrepo.journal.checkpoint import Checkpoint, exported, last_exported
from govrepo.journal.entry import JournalUnavailableError

if TYPE_CHECKING:
    from govrepo.journal.journal import Journal

ADVICE = "restore the right journal (docs/operating.md), and tell the auditor"


def require_kept(journal: "Journal", folder: Path) -> None:
    """Raise JournalUnavailableError, which says what is wrong, unless the journal goes on from the newest checkpoint in a folder."""
    size = last_exported(folder)
    if not size:
        return
    kept = next(each for each in exported(folder, size))
    found = _against(journal, kept)
    if found:
        raise JournalUnavailableError(f"{found}; {ADVICE}")


def _against(journal: "Journal", kept: Checkpoint) -> str:
    there, name = journal.head().seq + 1, f"{kept.size:012d}.checkpoint"
    if kept.journal != journal.genesis():
        return f"{name} was signed for another journal"
    if there < kept.size:
        return f"the journal has {there} entries, but {name} of {kept.time.isoformat()} counts {kept.size}: an older copy stands in its place"
    if journal.root(kept.size).hex() != kept.root:
        return f"the first {kept.size} entries of the journal are not those that {name} names"
    return ""
