"""The entries in Products.ZCatalog 7, as Plone would keep them: its plan of indexes on, columns for what a page shows, ZCTextIndex.

Runs in an environment of its own (``_peers.py``). A page further on is asked for by its offset, since a catalog knows no keys.
"""

import re
from collections import Counter
from pathlib import Path

import transaction
import ZODB
from Acquisition import Implicit
from Products.PluginIndexes.FieldIndex.FieldIndex import FieldIndex
from Products.PluginIndexes.KeywordIndex.KeywordIndex import KeywordIndex
from Products.ZCatalog.Catalog import Catalog
from Products.ZCTextIndex.ZCTextIndex import PLexicon, ZCTextIndex
from ZODB.FileStorage import FileStorage

from benchmarks._registers_entries import COLUMNS, FACETS, PAGE, YEARS, batches, entries, moments, pairs, skipped

FIELDS = ("number", "sender", "at", "year", "kind", "urgency", "state")
BATCH, CACHE = 2_000, 400_000
RUN = re.compile(r'[^\s"]+')


class Pairs:
    """The lexicon's splitter: the pairs of each run of characters; phrases come to it with their quotes."""

    def process(self, texts):
        return [pair for text in texts for part in RUN.findall(text) for pair in pairs(part)]

    processGlob = process  # noqa: N815 - The lexicon calls it by this name.


class Holder(Implicit):
    """What a catalog stands in: it has the words of the text index."""

    def __init__(self, lexicon) -> None:
        self.lexicon = lexicon


class Said:
    """The settings of a text index."""

    doc_attr, index_type, lexicon_id = "words", "Okapi BM25 Rank", "lexicon"


def _catalog(lexicon) -> Catalog:
    catalog = Catalog()
    for name in FIELDS:
        catalog.addIndex(name, FieldIndex(name))
    catalog.addIndex("allowed", KeywordIndex("allowed"))
    catalog.addIndex("words", ZCTextIndex("words", Said(), Holder(lexicon)))
    for name in COLUMNS:
        catalog.addColumn(name)
    return catalog


class Document:
    """What the catalog reads."""

    def __init__(self, entry) -> None:
        self.__dict__.update({name: getattr(entry, name) for name in (*COLUMNS, *FIELDS)})
        self.allowed = list(entry.allowed)
        self.words = f"{entry.title} {entry.text}"


def build(folder: Path, count: int) -> None:
    """Catalog all, a commit every few thousand."""
    database = ZODB.DB(FileStorage(str(folder / "Data.fs")), cache_size=CACHE)
    connection = database.open()
    lexicon = connection.root()["lexicon"] = PLexicon("lexicon", "", Pairs())
    catalog = connection.root()["catalog"] = _catalog(lexicon)
    for batch in batches(entries(count), BATCH):
        for entry in batch:
            catalog.catalogObject(Document(entry), f"/archive/{entry.id}")
        transaction.commit()
        connection.cacheGC()
    connection.close()
    database.close()


class Asker:
    """One connection."""

    def __init__(self, folder: Path, count: int) -> None:
        self._skipped = skipped(count)
        self._database = ZODB.DB(FileStorage(str(folder / "Data.fs"), read_only=True), cache_size=CACHE)
        root = self._database.open().root()
        self._catalog = root["catalog"].__of__(Holder(root["lexicon"]))

    def prepare(self) -> None:
        """Nothing: the deep page is asked for by its offset."""

    def _page(self, start=0, **terms):
        batch = {"sort_on": "at", "sort_order": "descending", "b_start": start, "b_size": PAGE}
        return _rows(self._catalog.searchResults({**terms, **batch}))

    def number(self, question):
        return _rows(self._catalog.searchResults(number=question.number))

    def sender_year(self, question):
        return self._page(sender=question.sender, year=question.year)

    def newest(self, _question):
        """A catalog asked for everything answers nothing: so the last year's, as one who knows it would ask."""
        return self._page(at={"query": moments((YEARS[-1], YEARS[-1]))[0], "range": "min"})

    def permission(self, question):
        return self._page(**_seen(question))

    def deep(self, _question):
        return self._page(self._skipped, at={"query": moments((YEARS[0], YEARS[0]))[0], "range": "min"})

    def states(self, question):
        return self._counts({"allowed": _anyone(question)}, ["state"])

    def facets(self, question):
        return self._counts(_seen(question), FACETS)

    def _counts(self, terms, names):
        """The values of what is found, counted; the lazy sequence underneath holds the rows, without making brains of them."""
        found = list(self._catalog.searchResults(terms)._seq)
        return {name: Counter(map(self._catalog.getIndex(name)._unindex.__getitem__, found)) for name in names}

    def words(self, question):
        return self._page(words=" AND ".join(map(_quoted, question.words)))

    def words_permission(self, question):
        return self._page(words=" AND ".join(map(_quoted, question.words)), allowed=_anyone(question))

    def phrase(self, question):
        return self._page(words=_quoted(question.phrase))

    def without(self, question):
        one, other = map(_quoted, question.words)
        return self._page(words=f"{one} AND NOT {other}")


def _rows(found):
    return [tuple(getattr(row, name) for name in COLUMNS) for row in found]


def _anyone(question):
    return {"query": list(question.principals), "operator": "or"}


def _seen(question):
    return {"allowed": _anyone(question), "year": {"query": question.years, "range": "min:max"}}


def _quoted(word: str) -> str:
    return f'"{word}"'
