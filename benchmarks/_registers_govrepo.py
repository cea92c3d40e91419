"""The entries in govrepo: a register with facets, late changes pending, and the text index beside it."""

import gc
from pathlib import Path

import transaction
import ZODB
from persistent import Persistent
from ZODB.FileStorage import FileStorage

from benchmarks._registers_entries import (
    COLUMNS,
    FACETS,
    PAGE,
    Entry,
    batches,
    before,
    entries,
    is_late,
    is_new,
    skipped,
)
from govrepo import fulltext
from govrepo.catalog import EVERYTHING, Any, Eq, Index, Range, Register, RegisterDeclaration, Registers

BATCH, CACHE = 5_000, 400_000


class Item(Persistent):
    """An entry as an object of the database."""

    def __init__(self, entry: Entry) -> None:
        self.uid = f"e{entry.id:08d}"
        for name in (*COLUMNS, "year", "kind", "urgency", "state", "allowed"):
            setattr(self, name, getattr(entry, name))


def _read(name):
    return lambda item: getattr(item, name)


ITEMS = RegisterDeclaration(
    "items",
    (Item,),
    (
        *(Index(name, "field", _read(name)) for name in ("number", "at")),
        *(Index(name, "field", _read(name), facet=True) for name in ("sender", "year", "kind", "urgency", "state")),
        Index("allowed", "keyword", _read("allowed"), facet=True),
    ),
)


def build(folder: Path, count: int) -> None:
    """Enter and fold all but the late ones; then those, which wait."""
    database = ZODB.DB(FileStorage(str(folder / "Data.fs")), cache_size=50_000)
    connection = database.open()
    registers = connection.root()["registers"] = Registers()
    registers.ensure([ITEMS])
    register, late = Register(registers.by_name["items"], ITEMS), []
    writer = fulltext.Writer(folder / "text")
    for batch in batches(entries(count), BATCH):
        writer.write((_texts(entry) for entry in batch), (), fulltext.Progress("", batch[-1].id, batch[-1].id))
        late += _enter(register, batch, count)
        connection.cacheGC()
    for entry, known in late:
        item = known or Item(entry)
        item.state = entry.state
        register.changed(item)
    transaction.commit()
    writer.close()
    connection.close()
    database.close()


def _enter(register: Register, batch, count: int):
    """Enter a batch and fold it; what must come later, with its object if it is in already."""
    late = []
    for entry in batch:
        item = Item(entry)
        new = is_new(entry, count)
        if is_late(entry, count):
            late.append((entry, None if new else item))
            item.state = before(entry)["state"]
        if not new:
            register.changed(item)
    transaction.commit()
    register.drain()
    transaction.commit()
    return late


def _texts(entry: Entry) -> fulltext.Entry:
    return fulltext.Entry(f"e{entry.id:08d}", entry.title, entry.text, entry.allowed, entry.id)


class Asker:
    """One process with the register open."""

    def __init__(self, folder: Path, count: int) -> None:
        self._skipped = skipped(count)
        self._database = ZODB.DB(FileStorage(str(folder / "Data.fs"), read_only=True), cache_size=CACHE)
        registers = self._database.open().root()["registers"]
        self._register = Register(registers.by_name["items"], ITEMS)
        self._reader = fulltext.Reader(folder / "text")
        gc.freeze()

    def _page(self, query, after=None):
        page = self._register.query(query, sort="at", reverse=True, limit=PAGE, after=after)
        return [(item.id, item.number, item.title, item.sender, item.at) for item in page.objects]

    def number(self, question):
        return self._page(Eq("number", question.number))

    def sender_year(self, question):
        return self._page(Eq("sender", question.sender) & Eq("year", question.year))

    def newest(self, _question):
        return self._page(EVERYTHING)

    def permission(self, question):
        return self._page(_seen(question))

    def deep(self, _question):
        """By the key that the page before ends with; the key is no part of the time."""
        return self._page(EVERYTHING, self._key)

    def prepare(self) -> None:
        """Walk to the deep page once, for its key."""
        key, left = None, self._skipped
        while left:
            page = self._register.query(EVERYTHING, sort="at", reverse=True, limit=min(left, 5_000), after=key)
            key, left = page.next_key, left - len(page.objects)
        self._key = key

    def states(self, question):
        return self._register.facets(Any("allowed", question.principals), ["state"])

    def facets(self, question):
        return self._register.facets(_seen(question), FACETS)

    def _texts(self, typed, tokens):
        main = self._register.data.main
        rows = main.row_of
        hits = self._reader.newest(fulltext.parse(typed), fulltext.Narrowed(tokens), PAGE)
        items = [main.objects[rows[hit.key]] if hit.key in rows else self._waiting(hit.key) for hit in hits]
        return [(item.id, item.number, item.title, item.sender, item.at) for item in items]

    def _waiting(self, uid):
        return self._register.data.pending.winners()[uid].obj

    def words(self, question):
        return self._texts(" ".join(question.words), None)

    def words_permission(self, question):
        return self._texts(" ".join(question.words), question.principals)

    def phrase(self, question):
        return self._texts(question.phrase, None)

    def without(self, question):
        return self._texts(f"{question.words[0]} -{question.words[1]}", None)


def _seen(question):
    return Any("allowed", question.principals) & Range("year", *question.years)
