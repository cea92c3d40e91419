"""The audit journal: who did what, when, to which object, with what result (Art. 7; R-7.1, R-7.2, R-25.1, SOD-12).

What is journaled inside a transaction is durable exactly if the transaction commits, and if the journal cannot be
written nothing commits. Nobody can change or delete an entry; a change behind our back breaks the hash chain, and
``govrepo-verify journal`` says where.
"""

from pathlib import Path
from typing import Any

from govrepo.journal.entry import Entry, JournalUnavailableError, Record
from govrepo.journal.events import ALLOWED, FAILED, REFUSED, Event
from govrepo.journal.journal import Journal
from govrepo.journal.kept import require_kept
from govrepo.journal.markers import MarkerLanes
from govrepo.journal.stores import in_database

__all__ = [
    "ALLOWED",
    "FAILED",
    "REFUSED",
    "Entry",
    "Event",
    "Journal",
    "JournalUnavailableError",
    "Record",
    "includeme",
]


def _bind(event: Any) -> None:
    # A site that brings its markers along may have journaled already; only another one is given them.
    markers = getattr(event.site, "journal_markers", None) or MarkerLanes()
    markers.genesis = event.registry.journal.genesis()
    event.site.journal_markers = markers


def _reconcile(event: Any) -> None:
    if event.site.journal_markers.genesis != event.registry.journal.genesis():
        raise JournalUnavailableError("the journal is not the one that this site was made with; restore that one")
    require_kept(event.registry.journal, event.registry.govrepo_settings.path("checkpoints"))
    event.registry.journal.reconcile(event.site)


def includeme(config: Any) -> None:
    """Open the journal as ``registry.journal``; a new site gets its markers and is tied to it, every start reconciles.

    Raises JournalUnavailableError if it cannot be opened or made, or at start if it is another site's: a journal
    that was taken away must not be replaced by an empty one in silence.
    """
    config.include("govrepo.journal.events")
    settings = config.registry.govrepo_settings
    where = settings.journal if in_database(settings.journal) else settings.path("journal")
    if isinstance(where, Path):
        where.parent.mkdir(parents=True, exist_ok=True)
    config.registry.journal = Journal.open(where, config.registry.journal_events)
    config.add_subscriber(_bind, "govrepo.database.SiteCreated")
    config.add_subscriber("govrepo.journal.witness.prepare", "govrepo.database.SitePrepared")
    config.add_subscriber(_reconcile, "govrepo.database.SitePrepared")
