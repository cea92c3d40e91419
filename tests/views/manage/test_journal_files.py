"""The journal as a file: each form says everything, and nothing in it becomes a formula (R-7.1)."""

import csv
import io
import json
from datetime import UTC, datetime

import pytest
from openpyxl import load_workbook

from govrepo.journal import Entry, Record
from views.manage.journal_files import COLUMNS, FORMATS

HOSTILE = ["=1+1", "+1", "-1", "@x", "\t=1", "\x00\x07x", "x" * 40_000]


def record(reason):
    entry = Entry("delivery.return", "person:p1", reason=reason, details={"from": "pending"})
    return Record(3, datetime(2013, 1, 7, tzinfo=UTC), "t", entry, "p" * 64, "h" * 64, committed=True)


@pytest.mark.parametrize("reason", HOSTILE)
def test_no_text_is_a_formula(reason):
    book = load_workbook(io.BytesIO(FORMATS["xlsx"][1]([record(reason)])))
    titles, line = book.active.iter_rows()
    assert tuple(cell.value for cell in titles) == COLUMNS
    assert all(cell.data_type != "f" for cell in line)
    cell = line[COLUMNS.index("reason")]
    assert cell.value == reason[:32_767].replace("\x00", "\ufffd").replace("\x07", "\ufffd")
    (told,) = csv.DictReader(io.StringIO(FORMATS["csv"][1]([record(reason)]).decode("utf-8-sig")))
    assert told["reason"].lstrip("'") == reason
    assert told["reason"][:1] not in ("=", "+", "-", "@", "\t")


def test_json_lines_say_the_entry_as_it_is():
    said = json.loads(FORMATS["jsonl"][1]([record("=1+1")]))
    assert (said["reason"], said["details"], said["committed"]) == ("=1+1", {"from": "pending"}, True)
