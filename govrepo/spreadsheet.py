"""Tables as files for a spreadsheet: CSV and xlsx. No text in one is ever taken for a formula (CSV injection)."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import chain
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from govrepo import clock

CSV = "text/csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_CELL = 32_767
"""Characters that a cell of a spreadsheet takes."""
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a text begins with that a spreadsheet would calculate, full width included."""

Row = Sequence[Any]
"""The cells of a line: texts, whole numbers, days, instants; None is an empty one."""


def as_csv(header: Row, rows: Iterable[Row]) -> bytes:
    """UTF-8 with a mark at its beginning, as spreadsheets want it; a text that looks like a formula begins with a quote."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([_guarded(each) for each in header])
    writer.writerows([_guarded(each) for each in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(title: str, header: Row, rows: Iterable[Row]) -> bytes:
    """One sheet. Texts are texts whatever they begin with, numbers, days and instants (Asia/Shanghai) are what they are.

    What is longer than a cell takes is cut.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for row in chain([header], rows):
        sheet.append([_cell(sheet, each) for each in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _guarded(value: Any) -> Any:
    """A cell of a CSV file; instants are local ones, to the minute."""
    if isinstance(value, datetime):
        return f"{clock.local(value):%Y-%m-%d %H:%M}"
    if isinstance(value, str):
        return f"'{value}" if value.startswith(FORMULA) else value
    return "" if value is None else value


def _cell(sheet: Any, value: Any) -> Any:
    if not isinstance(value, str):
        return clock.local(value).replace(tzinfo=None) if isinstance(value, datetime) else value
    cell = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("\N{REPLACEMENT CHARACTER}", value)[:LONGEST_CELL])
    cell.data_type = "s"
    return cell
