"""The audit journal: who did what, when, to which object, with what result (Art. 7; R-7.1, R-7.2, R-25.1, SOD-12).

What is journaled inside a transaction is durable exactly if the transaction commits, and if the journal cannot be
written nothing commits. Nobody can change or delete an entry; a change behind our back breaks the hash chain, and
``govrepo-verify journal`` says where.
"""

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from govrepo.journal.entry import Entry, JournalUnavailableError, Record
    from govrepo.journal.events import ALLOWED, FAILED, REFUSED, Event
    from govrepo.journal.journal import Journal

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

HOMES = {
    **dict.fromkeys(("Entry", "JournalUnavailableError", "Record"), "entry"),
    **dict.fromkeys(("ALLOWED", "FAILED", "REFUSED", "Event"), "events"),
    "Journal": "journal",
}
"""Where each name of this doorway is defined."""


def __getattr__(name: str) -> Any:
    """A name of this doorway, fetched when it is asked for (PEP 562).

    ``govrepo-verify`` imports modules of this package on machines that have ``cryptography`` and no database.
    """
    if name not in HOMES:
        raise AttributeError(name)
    return getattr(import_module(f"govrepo.journal.{HOMES[name]}"), name)


def _bind(event: Any) -> None:
    from govrepo.journal.markers import MarkerLanes  # noqa: PLC0415 - See above; so in the functions below.

    # A site that brings its markers along may have journaled already; only another one is given them.
    markers = getattr(event.site, "journal_markers", None) or MarkerLanes()
    markers.genesis = event.registry.journal.genesis()
    event.site.journal_markers = markers


def _reconcile(event: Any) -> None:
    from govrepo.journal.entry import JournalUnavailableError  # noqa: PLC0415
    from govrepo.journal.kept import require_kept  # noqa: PLC0415

    if event.site.journal_markers.genesis != event.registry.journal.genesis():
        raise JournalUnavailableError("the journal is not the one that this site was made with; restore that one")
    require_kept(event.registry.journal, event.registry.govrepo_settings.path("checkpoints"))
    event.registry.journal.reconcile(event.site)


def includeme(config: Any) -> None:
    """Open the journal as ``registry.journal``; a new site gets its markers and is tied to it, every start reconciles.

    Raises JournalUnavailableError if it cannot be opened or made, or at start if it is another site's: a journal
    that was taken away must not be replaced by an empty one in silence.
    """
    from govrepo.journal.journal import Journal  # noqa: PLC0415
    from govrepo.journal.stores import in_database  # noqa: PLC0415

    config.include("govrepo.journal.events")
    settings = config.registry.govrepo_settings
    where = settings.journal if in_database(settings.journal) else settings.path("journal")
    if isinstance(where, Path):
        where.parent.mkdir(parents=True, exist_ok=True)
    config.registry.journal = Journal.open(where, config.registry.journal_events)
    config.add_subscriber(_bind, "govrepo.database.SiteCreated")
    config.add_subscriber("govrepo.journal.witness.prepare", "govrepo.database.SitePrepared")
    config.add_subscriber(_reconcile, "govrepo.database.SitePrepared")
