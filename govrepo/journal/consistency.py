"""Whether a journal in use still is what its checkpoints say, and each checkpoint only adds to an earlier one (RFC 9162, SOD-12).

Asked before the auditor countersigns, and by the worker after each new checkpoint. The entries since the earlier checkpoint are hashed
anew; those before it are bound by its root, and ``govrepo-verify journal`` walks all of them.
"""

from typing import TYPE_CHECKING

from govrepo.journal.chain import digest
from govrepo.journal.checkpoint import Checkpoint
from govrepo.journal.merkle import follows, leaf
from govrepo.journal.rows import body_of
from govrepo.journal.verify import Break

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
    since = old.size if old else 0
    return _changed(journal, since, new.size) or _unlike(journal, old, new)


def _by_itself(journal: "Journal", checkpoint: Checkpoint, public: str) -> Break | None:
    if not checkpoint.is_signed_by(public):
        return Break(checkpoint.size, "forged")
    if checkpoint.journal != journal.genesis():
        return Break(checkpoint.size, "strange")
    held = journal.head().seq + 1
    return Break(held, "replayed") if held < checkpoint.size else None


def _changed(journal: "Journal", since: int, until: int) -> Break | None:
    """The first entry among these that does not have its hash, does not follow, or is not the tree's leaf."""
    tree, expected = journal.tree(), since
    prev = next(journal.entries(after=since - 2, before=since)).hash if since else None
    for record in journal.entries(after=since - 1, before=until):
        if record.seq != expected:
            return Break(expected, "missing")
        body = body_of(record)
        if digest(body) != record.hash or tree.leaf(expected) != leaf(body.encode()):
            return Break(expected, "changed")
        if prev not in (None, record.prev):
            return Break(expected, "unlinked")
        prev, expected = record.hash, expected + 1
    return Break(expected, "missing") if expected < until else None


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
