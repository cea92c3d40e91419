"""A small real site: FileStorage, one site object with documents, and the journal beside it."""

from contextlib import contextmanager
from pathlib import Path

import transaction
import ZODB
from persistent import Persistent
from persistent.mapping import PersistentMapping
from ZODB.FileStorage import FileStorage

from govrepo.journal import Entry, Journal
from govrepo.journal.markers import MarkerLanes


class Site(PersistentMapping):
    """Stands for the root object: a mapping that carries the markers."""


class Document(Persistent):
    """Something that acts change."""

    changes = 0


def act(subject="/a", action="document.change", actor="person:p1", **more):
    return Entry(action, actor, subject=subject, **more)


class Place:
    """A database and its journal in one folder; opened, closed and opened again like a site that restarts.

    ``where`` puts the journal elsewhere, say into PostgreSQL.
    """

    def __init__(self, folder: Path, where: str | None = None):
        self.folder = folder
        self.journal_path = folder / "journal.sqlite"
        self.db = ZODB.DB(FileStorage(str(folder / "Data.fs")), pool_size=20)
        self.journal = Journal.open(where or self.journal_path)
        with self.session() as site:
            if site is None:
                self._found()

    def _found(self):
        with self.db.transaction() as connection:
            site = connection.root()["app_root"] = Site()
            site.journal_markers = MarkerLanes()
            for name in "abcdefgh":
                site[name] = Document()

    @contextmanager
    def session(self):
        """The site in a connection of its own, whose manager is ``site._p_jar.transaction_manager``."""
        manager = transaction.TransactionManager()
        connection = self.db.open(manager)
        try:
            yield connection.root().get("app_root")
        finally:
            manager.abort()
            connection.close()

    def commit(self, entry, name="a"):
        with self.session() as site:
            site[name].changes += 1
            self.journal.append(entry, site[name])
            site._p_jar.transaction_manager.commit()

    def changes(self):
        with self.session() as site:
            return sum(site[name].changes for name in "abcdefgh")

    def marks(self):
        with self.session() as site:
            return set(site.journal_markers)

    def acts(self, *, committed=True):
        return [r for r in self.journal.entries(action="document.change") if r.committed is committed]

    def close(self):
        self.journal.close()
        self.db.close()
