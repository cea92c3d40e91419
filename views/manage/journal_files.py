"""The journal as a file (R-7.1): JSON lines, CSV, and a table for a spreadsheet. No text in one is ever taken for a formula."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from govrepo.journal import Record

COLUMNS = ("seq", "time", "actor", "certificate", "session", "address", "action", "subject", "subject_uid", "version",
           "result", "reason", "details", "hash")  # fmt: skip
LONGEST_CELL = 32_767
"""Characters that a cell of a spreadsheet takes."""


def facts(record: Record) -> dict[str, Any]:
    """An entry as a flat mapping, for files."""
    said = vars(record.entry) | {"seq": record.seq, "time": record.time.isoformat(), "hash": record.hash}
    return {name: said[name] for name in COLUMNS} | {"prev": record.prev, "committed": record.committed}


def _as_json_lines(found: Iterable[Record]) -> bytes:
    return "".join(json.dumps(facts(record), ensure_ascii=False) + "\n" for record in found).encode()


def _as_csv(found: Iterable[Record]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows(_cells(record) for record in found)
    return out.getvalue().encode("utf-8-sig")


def _as_xlsx(found: Iterable[Record]) -> bytes:
    """Every cell is text: nothing is a formula, whatever it begins with, what is longer than a cell takes is cut."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("journal")
    sheet.freeze_panes = "A2"
    sheet.append([*COLUMNS])
    for record in found:
        sheet.append([_text(sheet, text) for text in _texts(record)])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _text(sheet: Any, text: str) -> Any:
    cell = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("\N{REPLACEMENT CHARACTER}", text)[:LONGEST_CELL])
    cell.data_type = "s"
    return cell


def _cells(record: Record) -> Iterator[str]:
    """The cells of a line; a text that a spreadsheet would take for a formula is put in quotes of its own."""
    for text in _texts(record):
        yield f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def _texts(record: Record) -> Iterator[str]:
    said = facts(record)
    for name in COLUMNS:
        yield json.dumps(said[name], ensure_ascii=False) if name == "details" else str(said[name])


FORMATS: dict[str, tuple[str, Callable[[Iterable[Record]], bytes]]] = {
    "jsonl": ("application/jsonl", _as_json_lines),
    "csv": ("text/csv", _as_csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _as_xlsx),
}
"""What an export can be: its media type and its writer."""
