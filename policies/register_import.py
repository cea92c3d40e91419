"""Old registers brought in from a table (R-N4.4, R-19): each line is keyed in as paper is, by a keeper of the register, under the next number.

A file is taken whole or not at all: what is wrong is named by line before anything is written. Batches are commits of their own, and the
register remembers how far each file has come, so that an interrupted import is simply called again.
"""

import csv
import hashlib
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from persistent.mapping import PersistentMapping

from content_types.official_document import KINDS, Urgency
from content_types.register_entry import Channel, Facts, Handling
from govrepo import clock
from govrepo.i18n import _, plain
from govrepo.journal import Event
from policies.actor import Actor
from policies.administration import journal, require
from policies.engine import Reason
from policies.permissions import Permission as P
from policies.registering import enter_in_register, fact_problems, keeping_box

ACTION = "register.import"
BATCH = 200
"""Lines of one commit."""

COLUMNS = {
    "来文单位": "from_unit",
    "来文字号": "from_no",
    "标题": "title",
    "文种": "kind",
    "成文日期": "dated",
    "收到日期": "received",
    "来文方式": "channel",
    "紧急程度": "urgency",
    "份数": "copies",
    "页数": "pages",
    "阅办": "handling",
    "原编号": "old_number",
}
"""The headings of the table, in any order; only the first three and the day of arrival are needed."""
NEEDED = ("来文单位", "标题", "收到日期")
CHANNELS = {"纸质": Channel.PAPER, "传真": Channel.FAX, "机要": Channel.SECURE, "其他": Channel.OTHER}
URGENCIES = {"平件": Urgency.PLAIN, "加急": Urgency.URGENT, "特急": Urgency.MOST_URGENT}
HANDLINGS = {"办件": Handling.ACTION, "阅件": Handling.READING}


class TableError(ValueError):
    """The file is no table that can be read; the words say why."""


@dataclass(frozen=True)
class Line:
    """A line of the table: its number in the file, what it says, and the number it bore in the old register."""

    number: int
    facts: Facts
    old_number: str
    problems: tuple[Reason, ...]


@dataclass(frozen=True)
class Table:
    """A file: its SHA-256, by which the register knows it again, and its lines."""

    digest: str
    lines: tuple[Line, ...]

    @property
    def problems(self) -> list[str]:
        """What is wrong, by line."""
        return [f"第{line.number}行：{plain(each.text)}" for line in self.lines for each in line.problems]


def read(path: Path) -> Table:
    """Read a CSV (UTF-8 or GB18030) or xlsx file; raises TableError, OSError."""
    content = path.read_bytes()
    rows = list(_sheet(path) if path.suffix.lower() == ".xlsx" else _csv(content))
    if not rows:
        raise TableError("文件是空的")
    heads = [str(each or "").strip() for each in rows[0]]
    lacking = [each for each in NEEDED if each not in heads]
    if lacking:
        raise TableError(f"缺少列：{'、'.join(lacking)}")
    said = (
        {COLUMNS[head]: cell for head, cell in zip(heads, row, strict=False) if head in COLUMNS} for row in rows[1:]
    )
    lines = [_line(number, each) for number, each in enumerate(said, start=2) if any(map(_text, each.values()))]
    return Table(hashlib.sha256(content).hexdigest(), tuple(lines))


def _csv(content: bytes) -> Iterator[list[Any]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("gb18030", errors="replace")
    yield from csv.reader(io.StringIO(text))


def _sheet(path: Path) -> Iterator[list[Any]]:
    try:
        sheet = load_workbook(path, read_only=True, data_only=True).worksheets[0]
    except Exception as error:
        raise TableError(f"不是能读的 xlsx 文件：{error}") from error
    yield from (list(row) for row in sheet.iter_rows(values_only=True))


def _text(cell: Any) -> str:
    return "" if cell is None else str(cell).strip()


def _line(number: int, said: Mapping[str, Any]) -> Line:
    reading = _Reading(said)
    received = reading.day("received")
    facts = Facts(
        from_unit=reading.text("from_unit"),
        title=reading.text("title"),
        received=_arrival(received) if received else datetime(1949, 1, 1, tzinfo=UTC),
        channel=reading.coded("channel", CHANNELS, Channel.PAPER),
        from_no=reading.text("from_no"),
        kind=reading.coded("kind", {kind: kind for kind in KINDS}, ""),
        dated=reading.day("dated"),
        urgency=str(reading.coded("urgency", URGENCIES, Urgency.PLAIN)),
        copies=reading.whole("copies", 1),
        pages=reading.whole("pages", 0),
        handling=reading.coded("handling", HANDLINGS, Handling.ACTION),
    )
    if received is None and not reading.problems:
        reading.problems.append(Reason(_("请填写收到日期。"), "R-N4.4", "received"))
    return Line(number, facts, reading.text("old_number"), (*reading.problems, *fact_problems(facts)))


def _arrival(day: date) -> datetime:
    return datetime.combine(day, time(9), clock.LOCAL).astimezone(UTC)


class _Reading:
    """Reads the cells of one line, collecting what cannot be read."""

    def __init__(self, said: Mapping[str, Any]) -> None:
        self._said = said
        self.problems: list[Reason] = []

    def text(self, name: str) -> str:
        return _text(self._said.get(name))

    def _wrong(self, name: str) -> None:
        heading = next(words for words, known in COLUMNS.items() if known == name)
        words = _("“${column}”不能是“${value}”。", mapping={"column": heading, "value": self.text(name)})
        self.problems.append(Reason(words, "R-N4.4", name))

    def day(self, name: str) -> date | None:
        cell = self._said.get(name)
        if isinstance(cell, datetime):
            return cell.date()
        text = self.text(name).replace("/", "-").replace(".", "-")
        try:
            return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC).date() if text else None
        except ValueError:
            self._wrong(name)
            return None

    def coded(self, name: str, codes: Mapping[str, Any], default: Any) -> Any:
        text = self.text(name)
        if text and text not in codes:
            self._wrong(name)
        return codes.get(text, default)

    def whole(self, name: str, default: int) -> int:
        text = self.text(name).removesuffix(".0")
        if text and not (text.isascii() and text.isdecimal() and len(text) < 7):
            self._wrong(name)
            return default
        return int(text) if text else default


def done_before(box: Any, table: Table) -> int:
    """How many lines of this very file the register has taken already."""
    return int(getattr(keeping_box(box), "imports", {}).get(table.digest, 0))


def bring_in(box: Any, table: Table, actor: Actor, commit: Callable[[int], object]) -> int:
    """Key in the lines that are not in yet; how many. ``commit`` is called with the lines done after each batch. Raises Refused.

    Raises ValueError for a table with problems: nothing of it is taken.
    """
    if table.problems:
        raise ValueError(table.problems[0])
    keeper = keeping_box(box)
    require(P.REGISTER_ENTER, keeper, actor, ACTION, "R-19.1")
    start = done_before(box, table)
    for first in range(start, len(table.lines), BATCH):
        batch = table.lines[first : first + BATCH]
        for line in batch:
            enter_in_register(keeper, line.facts, actor, note=_note(line))
        _remember(keeper, table, first + len(batch))
        journal(ACTION, keeper, actor, file=table.digest, lines=first + len(batch))
        commit(first + len(batch))
    return len(table.lines) - start


def _note(line: Line) -> str:
    """What the entry's history says of where it comes from."""
    return f"批量补登，原编号{line.old_number}" if line.old_number else "批量补登"


def _remember(keeper: Any, table: Table, lines: int) -> None:
    if not hasattr(keeper, "imports"):
        keeper.imports = PersistentMapping()
    keeper.imports[table.digest] = lines


def includeme(config: Any) -> None:
    """Declare what the journal says of it."""
    said = {"file": _("文件的散列"), "lines": _("已登记的行数")}
    config.add_journal_events("register", _("登记簿"), Event("import", _("批量补登"), said))
