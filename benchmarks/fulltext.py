"""Full text: recall and precision over 5,000 documents against plain comparison, then speed at 100,000.

Texts are clauses of the sample's documents in random order with generated numbers. Every query is answered a second time by
looking through all texts with Python's ``in``, without the index's folding. Speed: p50 of one page of 50, warm, in process, filtered
to 8 of 200 policy tokens. A first argument sets how many documents the speed is measured over.
"""

import json
import random
import re
import statistics
import sys
import tempfile
import time
from pathlib import Path

from govrepo.fulltext import Entry, Narrowed, Progress, Reader, Writer, parse

LABELLED, QUERIES, DOCUMENTS, BATCH, TOKENS = 5_000, 240, 100_000, 5_000, 200
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


def fast(documents: int, draw: random.Random) -> None:
    """The rate of indexing and the time of a page."""
    entries = [entry(number, draw) for number in range(documents)]
    narrowed = Narrowed(tuple(f"t{number}" for number in range(8)))
    with tempfile.TemporaryDirectory() as folder:
        tell(f"indexing {documents} documents", documents / fill(Path(folder), entries), "docs/s")
        reader = Reader(Path(folder))
        searches = [parse(" ".join(draw.sample(CLAUSES, 2)).replace('"', "")) for _ in range(100)]
        for name, page in (
            ("two words, permission, newest 50", lambda search: reader.newest(search, narrowed, 50)),
            ("two words, permission, most relevant 50", lambda search: reader.best(search, narrowed, 50)),
        ):
            tell(name, statistics.median(timed(page, search) for search in searches), "ms", 5)


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
