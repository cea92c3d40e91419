"""Full text: recall and precision over 5,000 documents against plain comparison, then speed at 100,000.

Recall: texts are clauses of the sample's documents in random order with generated numbers. Every query is answered a second time by
looking through all texts with Python's ``in``, without the index's folding.
Speed: texts are words as often as words are (the n-th most frequent one n times rarer than the first); p50 and p95 of 200 searches for two
words, warm, in process, filtered to 8 of 200 policy tokens. A first argument sets how many documents the speed is measured over.
"""

import itertools
import json
import math
import random
import re
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from govrepo.fulltext import Entry, Narrowed, Progress, Query, Reader, Writer, parse

LABELLED, QUERIES, DOCUMENTS, BATCH, TOKENS = 5_000, 240, 100_000, 5_000, 200
VOCABULARY, LENGTH = 60_000, 130
RANKS = {"two common words": (10, 100), "two words": (100, 20_000)}
"""How frequent the words are that are looked for."""
SAMPLES = Path(__file__).resolve().parent.parent / "policies/sample/files"
CLAUSES = sorted(
    {
        clause
        for path in SAMPLES.glob("*.txt")
        for clause in re.split(r"[\s，。；：、]+", path.read_text(encoding="utf-8"))
        if len(clause) > 3
    }
)
UNREADABLE = re.compile(r"[\s\"“”]")


def entry(number: int, draw: random.Random) -> Entry:
    """A document of about 300 characters with a number of its own."""
    name = f"粤府办〔{draw.randint(2005, 2013)}〕{draw.randint(1, 900)}号"
    body = f"{name}" + "，".join(draw.sample(CLAUSES, min(30, len(CLAUSES)))) + "。"
    return Entry(str(number), "", body, (f"t{draw.randrange(TOKENS)}",), number)


def fill(folder: Path, entries: list[Entry]) -> float:
    """Index all in batches; seconds taken."""
    began = time.perf_counter()
    writer = Writer(folder)
    for start in range(0, len(entries), BATCH):
        writer.write(entries[start : start + BATCH], (), Progress("", start, start))
    writer.close()
    return time.perf_counter() - began


def labelled(texts: list[str], draw: random.Random) -> tuple[str, set[str]]:
    """A search and the keys of the texts that it must find, told by plain comparison."""
    parts: list[str] = []
    while len(parts) < 2:
        text = draw.choice(texts)
        start = draw.randrange(len(text) - 8)
        part = text[start : start + draw.randint(2, 8)]
        if not UNREADABLE.search(part) and any(each.isalnum() for each in part):
            parts.append(part)
    one, other = parts
    kind = draw.randrange(4)
    typed = (f'"{one}"', f'"{one}" "{other}"', f'"{one}" NOT "{other}"', f'"{one}" OR "{other}"')[kind]
    holds = (
        lambda text: one in text,
        lambda text: one in text and other in text,
        lambda text: one in text and other not in text,
        lambda text: one in text or other in text,
    )[kind]
    typed = typed.replace("〔", draw.choice("[【(〔")).replace("〕", draw.choice("]】)〕"))
    return typed, {str(at) for at, text in enumerate(texts) if holds(text)}


def tell(name: str, value: float, unit: str, budget: float | None = None) -> None:
    """One figure as ``run.py`` reads it."""
    print(json.dumps({"name": name, "value": value, "unit": unit, "budget": budget}, ensure_ascii=False), flush=True)


def found_right(draw: random.Random) -> None:
    """Recall and precision over the labelled searches."""
    entries = [entry(number, draw) for number in range(LABELLED)]
    hits = expected = answered = 0
    with tempfile.TemporaryDirectory() as folder:
        fill(Path(folder), entries)
        reader = Reader(Path(folder))
        for _ in range(QUERIES):
            typed, right = labelled([each.body for each in entries], draw)
            found = {hit.key for hit in reader.newest(parse(typed), Narrowed(), LABELLED)}
            hits, expected, answered = hits + len(found & right), expected + len(right), answered + len(found)
    tell(f"recall of {QUERIES} searches over {LABELLED} documents", 100 * hits / expected, "%", 100)
    tell(f"precision of {QUERIES} searches over {LABELLED} documents", 100 * hits / answered, "%", 100)


class Words:
    """Made-up words of two to four characters, each with its frequency in texts."""

    def __init__(self, draw: random.Random) -> None:
        characters = sorted({each for clause in CLAUSES for each in clause if each.isalpha()})
        made = {"".join(draw.choices(characters, k=draw.choice((2, 2, 3, 4)))) for _ in range(VOCABULARY)}
        self.words = sorted(made)
        draw.shuffle(self.words)
        self._weights = list(itertools.accumulate(1 / (rank + 1) for rank in range(len(self.words))))

    def entry(self, number: int, draw: random.Random) -> Entry:
        """A document of some 350 characters."""
        words = draw.choices(self.words, cum_weights=self._weights, k=LENGTH)
        facets = (f"kind={number % 15}", f"year={2000 + number % 14}", f"unit={draw.randrange(70)}")
        return Entry(
            str(number), "".join(words[:8]), "".join(words[8:]), (f"t{draw.randrange(TOKENS)}",), number, facets
        )

    def search(self, ranks: tuple[int, int], draw: random.Random) -> Query:
        """Two words, as rare as ranks between these; each rank ten times as deep is asked for as often."""
        low, high = map(math.log, ranks)
        return parse(" ".join(self.words[int(math.exp(draw.uniform(low, high)))] for _ in range(2)))


def fast(documents: int, draw: random.Random) -> None:
    """The rate of indexing and the time of a page."""
    words, narrowed = Words(draw), Narrowed(tuple(f"t{number}" for number in range(8)))
    dated = replace(narrowed, low=documents // 2)
    with tempfile.TemporaryDirectory() as folder:
        tell(f"indexing {documents} documents", documents / fill_lazily(Path(folder), words, documents, draw), "docs/s")
        tell("index", sum(path.stat().st_size for path in Path(folder).iterdir()) / documents, "bytes a document")
        reader = Reader(Path(folder))
        for kind, ranks in RANKS.items():
            searches = [words.search(ranks, draw) for _ in range(200)]
            for name, page in (
                ("newest 50", lambda search: reader.newest(search, narrowed, 50)),
                ("newest 50 of a half of all days", lambda search: reader.newest(search, dated, 50)),
                ("most relevant 50", lambda search: reader.best(search, narrowed, 50)),
                ("total", lambda search: reader.count(search, narrowed)),
                ("facets", lambda search: reader.facets(search, narrowed)),
            ):
                times = sorted(timed(page, search) for search in searches)
                tell(f"{kind}, {name}, p50", statistics.median(times), "ms", 5)
                tell(f"{kind}, {name}, p95", times[int(0.95 * len(times))], "ms")


def fill_lazily(folder: Path, words: Words, documents: int, draw: random.Random) -> float:
    """Index so many in batches, each made when its turn comes; seconds taken by the index."""
    writer, took = Writer(folder), 0.0
    for start in range(0, documents, BATCH):
        entries = [words.entry(number, draw) for number in range(start, min(start + BATCH, documents))]
        began = time.perf_counter()
        writer.write(entries, (), Progress("", start, start))
        took += time.perf_counter() - began
    began = time.perf_counter()
    writer.close()
    return took + time.perf_counter() - began


def timed(page, search) -> float:
    """The shortest of three times of one search, in milliseconds."""
    times = []
    for _ in range(3):
        began = time.perf_counter()
        page(search)
        times.append(time.perf_counter() - began)
    return 1_000 * min(times)


if __name__ == "__main__":
    found_right(random.Random(5))
    fast(int(sys.argv[1]) if len(sys.argv) > 1 else DOCUMENTS, random.Random(7))
