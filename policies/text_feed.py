"""The text index follows the register of what is searched (design.md sect. 6): the worker feeds it, from where it stands.

Whoever folds "items" notes what changed in the change log, in the same transaction; whoever folds a register that says where a document
stands has the document noted anew. A new index is swept through all rows, a bounded piece at a time, and follows the log from the beginning.
"""

import logging
import shutil
from collections.abc import Iterable
from contextlib import suppress
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from ZODB.utils import u64

from govrepo.catalog import Register, register
from govrepo.catalog.main import Main
from govrepo.fulltext import SWEPT_ALL, ChangeLog, Entry, Progress, Reader, Writer
from policies.item_text import entry_of

EVERY = timedelta(seconds=1)
BATCHES, SWEPT = 20, 500
"""Batches of the log followed, and rows swept, in one commit."""

log = logging.getLogger(__name__)


class UnreadableIndexError(Exception):
    """The text index cannot be read; the worker makes another one with its next run."""


class TextIndex:
    """A process's hold on the text index: the reader, and in the worker's process the writer, each opened when first used."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._reader: Reader | None = None
        self._writer: Writer | None = None

    def reader(self) -> Reader:
        """The reader, at the writer's last commit; opened anew where the folder was taken away. Raises UnreadableIndexError."""
        reader = self._reader
        try:
            if reader is None or not (self.folder / "meta.json").exists():
                self._reader = reader = Reader(self.folder)
            reader.reload()
        except ValueError as error:
            raise UnreadableIndexError(str(error)) from error
        return reader

    def progress(self) -> Progress:
        """How far the index has followed; an index that cannot be read makes way for a new one. For the worker."""
        try:
            return self.reader().progress()
        except (ValueError, UnreadableIndexError):
            self.close()
            self.prepare()
            return self.reader().progress()

    def writer(self) -> Writer:
        """The writer; another one where the folder was taken away, and made anew, under the old one."""
        if self._writer is None or not self._writer.stands():
            self.close()
            self._writer = Writer(self.folder)
        return self._writer

    def prepare(self) -> None:
        """Take away what cannot be opened: an index of another schema, or a spoiled one. All of it can be made anew."""
        try:
            Reader(self.folder)
        except ValueError as error:
            log.warning("The text index in %s makes way for a new one: %s", self.folder, error)
            shutil.rmtree(self.folder)

    def forget(self) -> None:
        """Have everything made anew by the next runs of the worker; for scripts, while no worker runs."""
        self.prepare()
        writer = self.writer()
        writer.clear()
        writer.write((), (), Progress())

    def close(self) -> None:
        """Let go of the folder, and of the writer's lock, whatever has become of what it wrote."""
        writer, self._writer, self._reader = self._writer, None, None
        if writer is not None:
            with suppress(ValueError):
                writer.close()


def rows_name(main: Main) -> str:
    """Which table of rows places are numbered by: a rebuild makes another."""
    return f"{u64(main._p_oid):x}"  # noqa: SLF001 - ZODB's documented name of an object.


def feed(job: Any) -> None:
    """Timed job ``fulltext.feed``: forget what of the log is safely in the index, follow it a bit, sweep a bit."""
    text, items = job.registry.text_index, register(job.root, "items", job.registry)
    try:
        _feed(text, job.root.text_log, items)
    except ValueError:
        text.close()  # A writer that has failed once, as on a full disk, never writes again.
        raise


def _feed(text: TextIndex, changes: ChangeLog, items: Register) -> None:
    stands, main = text.progress(), items.data.main
    sound = stands.rows == rows_name(main) and changes.reaches(stands.position)
    start = stands if sound else Progress(rows_name(main), changes.end, 0)
    if sound:
        changes.trim(stands.position)
    keys, position = _followed(changes, start.position)
    rows, row = _swept(main, start.row)
    # An index that was made anew since it was asked stands elsewhere: the next run begins from there.
    if start.moved(position, row) != stands and text.writer().progress() == stands:
        _write(text.writer(), items, dict.fromkeys([*keys, *rows]), start.moved(position, row), anew=not sound)


def _write(writer: Writer, items: Register, keys: Iterable[str], progress: Progress, *, anew: bool) -> None:
    """Bring items into the index as they are now, and take out what is no more."""
    if anew:
        log.warning("The text index is made anew from %d items.", items.data.main.size)
        writer.clear()
    entries = list(_entries(items, keys))
    writer.write(entries, set(keys) - {entry.key for entry in entries}, progress)


def _followed(changes: ChangeLog, position: int) -> tuple[list[str], int]:
    """The keys that changed behind a position, and the position they reach."""
    keys: list[str] = []
    for reached, batch in changes.after(position, BATCHES):
        keys.extend(batch)
        position = reached
    return keys, position


def _swept(main: Main, row: int) -> tuple[list[str], int]:
    """The keys of the next rows of a sweep, and the row it comes to; none once it has come to the end."""
    if row >= SWEPT_ALL:
        return [], row
    objects = list(islice(main.objects.items(row, excludemin=True), SWEPT))
    return [obj.uid for _row, obj in objects], objects[-1][0] if len(objects) == SWEPT else SWEPT_ALL


def _entries(items: Register, uids: Iterable[str]) -> Iterable[Entry]:
    """What the index keeps of items that are in the register now."""
    main = items.data.main
    for uid in uids:
        row = main.row_of.get(uid)
        if row is not None:
            obj = main.objects[row]
            yield entry_of(obj, row, items.declaration.values(obj))


def sweep_state(root: Any, registry: Any) -> tuple[int, int] | None:
    """How many rows a sweep that is under way has come to, and of how many; None when the index holds everything."""
    progress, main = registry.text_index.reader().progress(), register(root, "items", registry).data.main
    if progress.rows == rows_name(main) and progress.row >= SWEPT_ALL:
        return None
    return (progress.row if progress.rows == rows_name(main) else 0), main.next_row - 1


def _log_items(root: Any, _registry: Any, objects: list[Any]) -> None:
    """Items were folded: the index must look at them. At the first start there is no log yet, and no index that could follow it."""
    if getattr(root, "text_log", None) is not None:
        root.text_log.append(each.uid for each in objects)


def _note_documents(root: Any, registry: Any, objects: list[Any]) -> None:
    """Where documents stand has changed: they are noted anew, each once."""
    items = register(root, "items", registry)
    for document in {each.document.uid: each.document for each in objects}.values():
        items.changed(document)


def _note_entries(root: Any, registry: Any, objects: list[Any]) -> None:
    """Register entries changed: they are items themselves, and say who may read what they register."""
    items = register(root, "items", registry)
    for entry in objects:
        items.changed(entry)
    _note_documents(root, registry, [each.delivery for each in objects if each.delivery is not None])


def _ensure(event: Any) -> None:
    """At start-up: the site has a log, and the index can be opened."""
    event.registry.text_index.prepare()
    if getattr(event.site, "text_log", None) is None:
        event.site.text_log = ChangeLog()


def includeme(config: Any) -> None:
    """Follow the registers, and feed the index in the worker."""
    config.registry.text_index = text = TextIndex(config.registry.govrepo_settings.path("fulltext"))
    config.registry.work_closers.append(text.close)
    config.add_subscriber(_ensure, "govrepo.database.SitePrepared")
    config.add_fold_follower("items", _log_items)
    config.add_fold_follower("register_entries", _note_entries)
    for name in ("deliveries", "dispatches", "assignments"):
        config.add_fold_follower(name, _note_documents)
    config.add_timed_job("fulltext.feed", feed, every=EVERY)
