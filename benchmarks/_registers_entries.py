"""The entries and the questions of ``registers.py``: generated, the same for every system and every run.

Of the standard library alone, since a peer's process may have nothing else. Entries come in the order of registration, ``at`` (seconds)
rises with them, as a register's number does. The newest hundred and a hundred older ones
are late (``is_late``): for govrepo they wait to be folded.
"""

import random
import re
import string
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import accumulate, islice
from pathlib import Path

YEARS = range(2002, 2014)
KINDS = [
    "通知",
    "函",
    "报告",
    "请示",
    "批复",
    "意见",
    "通报",
    "纪要",
    "决定",
    "公告",
    "通告",
    "命令",
    "议案",
    "决议",
    "公报",
]
URGENCIES = ("plain", "urgent", "very_urgent", "special")
STATES = ["registered", "returned", "handling", "circulating", "concluded", "filed", "cancelled"]
OFFICES, PEOPLE, UNITS = 40, 2_000, 200
LATE = 100
"""So many entries come last of all, and as many of the older ones change last of all."""

SETS = 12
"""Every kind of question is asked with so many sets of values."""

PAGE = 50
SAMPLES = Path(__file__).resolve().parent.parent / "policies/sample/files"
PLACES = [
    "广州",
    "深圳",
    "珠海",
    "汕头",
    "佛山",
    "韶关",
    "河源",
    "梅州",
    "惠州",
    "汕尾",
    "东莞",
    "中山",
    "江门",
    "阳江",
    "湛江",
    "茂名",
    "肇庆",
    "清远",
    "潮州",
    "揭阳",
    "云浮",
    "顺德",
]
MATTERS = [
    "发改",
    "经信",
    "教育",
    "科技",
    "民宗",
    "公安",
    "民政",
    "司法",
    "财政",
    "人社",
    "国土",
    "环保",
    "住建",
    "交通",
    "水利",
    "农业",
    "林业",
    "商务",
    "文化",
    "卫生",
    "审计",
    "国资",
    "地税",
    "工商",
    "质监",
    "体育",
    "安监",
    "统计",
    "旅游",
    "法制",
]


@dataclass(frozen=True)
class Entry:
    """One entry; ``allowed`` are the principals that may read it."""

    id: int
    number: str
    sender: str
    at: int
    year: int
    kind: str
    urgency: str
    state: str
    allowed: tuple[str, ...]
    title: str
    text: str


@dataclass(frozen=True)
class Question:
    """One set of values; each kind of question uses some of them."""

    number: str
    sender: str
    year: int
    years: tuple[int, int]
    principals: tuple[str, ...]
    words: tuple[str, str]
    phrase: str


COLUMNS = ("id", "number", "title", "sender", "at")
"""What a page shows of an entry: every system brings these."""


def _weights(count: int, power: float) -> list[float]:
    return list(accumulate(1 / (place + 1) ** power for place in range(count)))


def _clauses() -> list[str]:
    text = "\n".join(path.read_text(encoding="utf-8") for path in sorted(SAMPLES.glob("*.txt")))
    found = {re.sub(r"[\x00-\x7f\s]", "", clause) for clause in re.split(r"[\s，。；：、“”]+", text)}
    return sorted(clause for clause in found if 4 <= len(clause) <= 40)


CLAUSES = _clauses()
SENDERS = [f"{place}市{matter}局" for place in PLACES for matter in MATTERS][:UNITS]
DRAWN = {
    "clause": _weights(len(CLAUSES), 0.8),
    "sender": _weights(len(SENDERS), 0.8),
    "kind": _weights(len(KINDS), 1.2),
    "urgency": _weights(len(URGENCIES), 2),
    "state": [2, 3, 8, 12, 20, 98, 100],  # Most is filed.
}


def _start(year: int) -> int:
    return int(datetime(year, 1, 1, tzinfo=UTC).timestamp())


SINCE, UNTIL = _start(YEARS[0]), _start(YEARS[-1] + 1)
STARTS = [_start(year) for year in YEARS]


def entries(count: int) -> Iterator[Entry]:
    """So many entries as they stand in the end."""
    draw = random.Random(846)
    step, given = (UNTIL - SINCE) / count, {}
    for number in range(1, count + 1):
        at = SINCE + int((number - 1) * step) + draw.randrange(max(int(step), 1))
        year = YEARS[0] + sum(at >= start for start in STARTS) - 1
        sender = draw.choices(SENDERS, cum_weights=DRAWN["sender"])[0]
        given[sender, year] = given.get((sender, year), 0) + 1
        kind = draw.choices(KINDS, cum_weights=DRAWN["kind"])[0]
        yield Entry(
            number,
            f"{sender}〔{year}〕{given[sender, year]}号",
            sender,
            at,
            year,
            kind,
            draw.choices(URGENCIES, cum_weights=DRAWN["urgency"])[0],
            draw.choices(STATES, cum_weights=DRAWN["state"])[0],
            _allowed(sender, draw),
            f"关于{draw.choice(PLACES)}市{draw.choice(CLAUSES)[:24]}的{kind}",
            _text(draw),
        )


def _allowed(sender: str, draw: random.Random) -> tuple[str, ...]:
    """Seven to thirteen principals: two units, some offices, some people."""
    units = {f"unit:{sender}", f"unit:{draw.choices(SENDERS, cum_weights=DRAWN['sender'])[0]}"}
    offices = {f"office:{draw.randrange(OFFICES)}" for _ in range(draw.randint(3, 6))}
    people = {f"person:{draw.randrange(PEOPLE)}" for _ in range(draw.randint(2, 5))}
    return tuple(sorted(units | offices | people))


def _text(draw: random.Random) -> str:
    """About 60 to 300 characters: clauses, the frequent ones often, and names that occur seldom."""
    wanted, parts, length = 60 + int(240 * draw.random() ** 2), [], 0
    while length < wanted:
        if draw.random() < 0.25:
            part = f"{draw.choice(PLACES)}市{draw.choice(MATTERS)}局第{draw.randint(1, 400)}号项目"
        else:
            part = draw.choices(CLAUSES, cum_weights=DRAWN["clause"])[0]
        parts.append(part)
        length += len(part) + 1
    return "，".join(parts) + "。"


def batches(found: Iterable[Entry], size: int) -> Iterator[list[Entry]]:
    """Entries in lists of at most so many."""
    rest = iter(found)
    while batch := list(islice(rest, size)):
        yield batch


def is_late(entry: Entry, count: int) -> bool:
    """Whether the entry is new or has changed just now."""
    return is_new(entry, count) or entry.id % (count // _late(count)) == 1


def is_new(entry: Entry, count: int) -> bool:
    """Whether the entry is one of the newest, of which nothing is folded."""
    return entry.id > count - _late(count)


def _late(count: int) -> int:
    return min(LATE, count // 10)


def before(entry: Entry) -> dict[str, str]:
    """What an entry that has changed late was before."""
    return {"state": STATES[(STATES.index(entry.state) + 1) % len(STATES)]}


def questions(count: int) -> list[Question]:
    """The sets of values, drawn from the entries."""
    draw = random.Random(7)
    places = {draw.randrange(1, count + 1) for _ in range(SETS * 3)}
    drawn = [entry for entry in entries(count) if entry.id in places]
    draw.shuffle(drawn)
    return [_question(entry, draw) for entry in drawn[:SETS]]


def _question(entry: Entry, draw: random.Random) -> Question:
    """A person of one of the larger units asks, with eight principals."""
    offices = draw.sample(range(OFFICES), 2)
    groups = [f"group:{number}" for number in range(4)]  # Which nothing names.
    first = draw.randrange(YEARS[0], YEARS[-1] - 5)
    return Question(
        entry.number,
        SENDERS[draw.randrange(12)],
        draw.choice(YEARS),
        (first, first + 5),
        (f"person:{draw.randrange(PEOPLE)}", f"unit:{SENDERS[draw.randrange(12)]}", *(f"office:{each}" for each in offices), *groups),
        (_piece(entry, 2, draw), _piece(entry, 2, draw)),
        _piece(entry, draw.randint(5, 9), draw),
    )  # fmt: skip


def _piece(entry: Entry, length: int, draw: random.Random) -> str:
    """A part of one clause of the text, without digits at its ends, as people search for words."""
    clauses = [clause for clause in re.split("[，。]", entry.text) if len(clause) >= length]
    while True:
        clause = draw.choice(clauses) if clauses else entry.title
        start = draw.randrange(len(clause) - length + 1)
        piece = clause[start : start + length]
        if piece.isalpha() and piece[0] not in string.digits:
            return piece


def skipped(count: int) -> int:
    """How many entries stand before page 200; fewer where there are few."""
    return min(199 * PAGE, count // 2)


def moments(years: tuple[int, int]) -> tuple[int, int]:
    """The first and the last second of some years."""
    return _start(years[0]), _start(years[1] + 1) - 1


def pairs(text: str) -> list[str]:
    """The overlapping pairs of a text: the words of every peer's text index."""
    return [text[at : at + 2] for at in range(len(text) - 1)]


Ask = Callable[[Question], object]
"""Answers one question: a page as a list of rows of COLUMNS, or counts by index and value."""

KINDS_OF_QUESTIONS = {
    "number": "exact number",
    "sender_year": "sender and year, newest 50",
    "newest": "all, newest 50",
    "permission": "permission and 6 years, newest 50",
    "deep": "all, page 200",
    "states": "counts by state, permission",
    "facets": "facets kind, sender, year; permission and 6 years",
    "words": "two words, newest 50",
    "words_permission": "two words and permission, newest 50",
    "phrase": "phrase, newest 50",
    "without": "one word and not another, newest 50",
}
FACETS = ("kind", "sender", "year")
