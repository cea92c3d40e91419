"""Tables as files: every value arrives as what it is, and no text is ever a formula."""

import csv
import io
from datetime import UTC, date, datetime

import pytest
from openpyxl import load_workbook

from govrepo.spreadsheet import as_csv, as_xlsx

NOON = datetime(2013, 1, 7, 4, 5, tzinfo=UTC)
VALUES = ["文", 12, date(2013, 1, 5), NOON, None, -3]


def test_values_arrive_as_what_they_are():
    book = load_workbook(io.BytesIO(as_xlsx("登记簿", ["a"] * 6, [VALUES])))
    assert book.sheetnames == ["登记簿"]
    _head, line = book.active.iter_rows(values_only=True)
    assert line == (
        "文",
        12,
        datetime.fromisoformat("2013-01-05"),
        datetime.fromisoformat("2013-01-07 12:05"),
        None,
        -3,
    )
    _head, told = csv.reader(io.StringIO(as_csv(["a"] * 6, [VALUES]).decode("utf-8-sig")))
    assert told == ["文", "12", "2013-01-05", "2013-01-07 12:05", "", "-3"]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "－1"])
def test_no_text_is_calculated_in_head_or_line(text):
    for row in csv.reader(io.StringIO(as_csv([text], [[text]]).decode("utf-8-sig"))):
        assert row == [f"'{text}"]
    for row in load_workbook(io.BytesIO(as_xlsx("x", [text], [[text]]))).active.iter_rows():
        assert row[0].data_type == "s"


def test_what_a_cell_cannot_take_is_cut_or_marked():
    line = load_workbook(io.BytesIO(as_xlsx("x", ["a", "b"], [["x" * 40_000, "\x07"]]))).active[2]
    assert [cell.value for cell in line] == ["x" * 32_767, "\ufffd"]
