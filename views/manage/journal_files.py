"""The journal as a file (R-7.1): JSON lines, CSV, and a table for a spreadsheet. No text in one is ever taken for a formula."""

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from govrepo.journal import Record
from govrepo.spreadsheet import CSV, XLSX, as_csv, as_xlsx

COLUMNS = ("seq", "time", "actor", "certificate", "session", "address", "action", "subject", "subject_uid", "version",
           "result", "reason", "details", "hash")  # fmt: skip


def facts(record: Record) -> dict[str, Any]:
    """An entry as a flat mapping, for files."""
    said = vars(record.entry) | {"seq": record.seq, "time": record.time.isoformat(), "hash": record.hash}
    return {name: said[name] for name in COLUMNS} | {"prev": record.prev, "committed": record.committed}


def _as_json_lines(found: Iterable[Record]) -> bytes:
    return "".join(json.dumps(facts(record), ensure_ascii=False) + "\n" for record in found).encode()


def _as_csv(found: Iterable[Record]) -> bytes:
    return as_csv(COLUMNS, ([*_texts(record)] for record in found))


def _as_xlsx(found: Iterable[Record]) -> bytes:
    return as_xlsx("journal", COLUMNS, ([*_texts(record)] for record in found))


def _texts(record: Record) -> Iterator[str]:
    said = facts(record)
    for name in COLUMNS:
        yield json.dumps(said[name], ensure_ascii=False) if name == "details" else str(said[name])


FORMATS: dict[str, tuple[str, Callable[[Iterable[Record]], bytes]]] = {
    "jsonl": ("application/jsonl", _as_json_lines),
    "csv": (CSV, _as_csv),
    "xlsx": (XLSX, _as_xlsx),
}
"""What an export can be: its media type and its writer."""
