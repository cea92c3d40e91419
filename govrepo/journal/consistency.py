"""Whether a journal in use still is what its checkpoints say, and each checkpoint only adds to an earlier one (RFC 9162, SOD-12).

Asked before the auditor countersigns, and by the worker after each new checkpoint. The entries since the earlier checkpoint are hashed
anew; those before it are bound by its root, and ``govrepo-verify journal`` walks all of them.
"""

from typing import TYPE_CHECKING

from govrepo.journal.chain import digest
from govrepo.journal.checkpoint import Checkpoint
from govrepo.journal.entry import Record
from govrepo.journal.merkle import Tree, follows, leaf
from govrepo.journal.rows import body_of
from govrepo.journal.verify import Break

PAGE = 500
MALFORMED = (ValueError, TypeError, KeyError)
"""What reading an entry may raise that somebody has changed into none."""

if TYPE_CHECKING:
    from govrepo.journal.journal import Journal


def check(journal: "Journal", old: Checkpoint | None, new: Checkpoint, public: str) -> Break | None:
    """Why a checkpoint is not what the journal holds, or does not follow from an earlier one; None if all is well.

    ``public`` is the system key's public half in hexadecimal.
    """
    for each in (old, new):
        found = each and _by_itself(journal, each, public)
        if found:
            return found
    away = journal.whole_since()
    since = max(old.size if old else 0, away.size + 1 if away else 0)
    return _changed(journal, since, new.size) or _unlike(journal, old, new)


def _by_itself(journal: "Journal", checkpoint: Checkpoint, public: str) -> Break | None:
    if not checkpoint.is_signed_by(public):
        return Break(checkpoint.size, "forged")
    if checkpoint.journal != journal.genesis():
        return Break(checkpoint.size, "strange")
    held = min(journal.head().seq + 1, journal.tree().size)
    return Break(held, "replayed") if held < checkpoint.size else None


def _changed(journal: "Journal", since: int, until: int) -> Break | None:
    """The first entry among these that does not have its hash, does not follow, or is not the tree's leaf."""
    prev, place, tree = "", max(since - 1, 0), journal.tree()
    try:
        for record in journal.entries(after=place - 1, before=until):
            kind = _fault(tree, record, place, prev)
            if kind:
                return Break(place, kind)
            prev, place = record.hash, place + 1
    except MALFORMED:
        return unreadable(journal, place)
    return Break(place, "missing") if place < until else None


def unreadable(journal: "Journal", place: int) -> Break:
    """The first entry from a place on that is none any more."""
    step = PAGE
    while True:
        try:
            read = len(list(journal.entries(after=place - 1, before=place + step)))
        except MALFORMED:
            if step == 1:
                return Break(place, "changed")
            step = 1
            continue
        if not read:
            return Break(place, "missing")
        place += read


def _fault(tree: Tree, record: Record, place: int, prev: str) -> str | None:
    if record.seq != place:
        return "missing"
    body = body_of(record)
    if digest(body) != record.hash or tree.leaf(place) != leaf(body.encode()):
        return "changed"
    return "unlinked" if prev and record.prev != prev else None


def _unlike(journal: "Journal", old: Checkpoint | None, new: Checkpoint) -> Break | None:
    tree = journal.tree()
    root = tree.root(new.size)
    if root.hex() != new.root:
        return Break(new.size, "root")
    if old is None:
        return None
    proof = tree.consistency(old.size, new.size)
    well = follows(old.size, bytes.fromhex(old.root), new.size, root, proof)
    return None if well else Break(old.size, "root")
