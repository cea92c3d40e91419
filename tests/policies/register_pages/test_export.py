"""A register as a file: all rows as they stand, on record."""

import csv
import io

from policies.register_pages import PAGES
from policies.register_pages.asked import ask
from policies.register_pages.export import at_once, filename, header


def test_all_rows_are_written_and_told(bench):
    for place in (1, 2):
        bench.delivery(number=f"江府〔2013〕{place}号")
    asked = ask(
        PAGES["deliveries"], bench.actor("office.registry1"), bench.root, {"sort": "available", "urgency": "plain"}
    )
    head, *lines = csv.reader(io.StringIO(at_once(asked, "csv", str).decode("utf-8-sig")))
    assert head == [str(each) for each in header(PAGES["deliveries"], str)]
    assert [line[:2] for line in lines] == [["平件", "江府〔2013〕1号"], ["平件", "江府〔2013〕2号"]]
    (told,) = bench.journaled("register.export")
    assert told.details == {"register": "deliveries", "filters": {"urgency": "plain"}, "rows": 2, "format": "csv"}


def test_a_file_is_called_by_its_register_and_its_time(bench):
    assert filename(PAGES["returns"], "xlsx", str) == "退文登记簿-20130107-100000.xlsx"
