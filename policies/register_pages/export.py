"""A register as a file: the rows a person asked for, in their order, as xlsx or CSV."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Protocol

from govrepo import clock
from govrepo.i18n import _
from govrepo.journal import Event
from govrepo.spreadsheet import CSV, XLSX, Row, as_csv, as_xlsx
from policies.actor import Actor
from policies.administration import journal
from policies.register_pages.declaration import RegisterPage

MOST_AT_ONCE = 2_000
"""Rows that a request writes; longer registers are written by the worker."""
ACTION = "register.export"
FORMATS = {"xlsx": XLSX, "csv": CSV}


class Listing(Protocol):
    """What can be written as a file: a page as one person asked for it, and its rows."""

    @property
    def page(self) -> RegisterPage:
        """What the columns are."""

    @property
    def root(self) -> Any:
        """The site."""

    @property
    def actor(self) -> Actor:
        """Who asks."""

    @property
    def given(self) -> Mapping[str, str]:
        """What was asked."""

    def all_rows(self) -> Iterator[Any]:
        """Every row."""


Say = Callable[[Any], Any]
"""From a text of ours to the words of a locale; everything else stays as it is."""


def header(page: RegisterPage, say: Say) -> Row:
    """The labels of the columns."""
    return [say(column.label) for column in page.columns]


def line(page: RegisterPage, row: Any, say: Say) -> Row:
    """A row, column by column."""
    return [say(column.said(row)) for column in page.columns]


def write(page: RegisterPage, rows: Iterable[Row], wanted: str, say: Say) -> bytes:
    """Rows as a file; ``wanted`` is a key of :data:`FORMATS`."""
    if wanted == "csv":
        return as_csv(header(page, say), rows)
    return as_xlsx(say(page.title), header(page, say), rows)


def filename(page: RegisterPage, wanted: str, say: Say) -> str:
    """What the file is called: the register and when it was made."""
    return f"{say(page.title)}-{clock.local(clock.now()):%Y%m%d-%H%M%S}.{wanted}"


def at_once(asked: Listing, wanted: str, say: Say) -> bytes:
    """The whole register as a file, on record. The caller has seen that it is short enough."""
    rows = [line(asked.page, row, say) for row in asked.all_rows()]
    told(asked, wanted, len(rows))
    return write(asked.page, rows, wanted, say)


def told(asked: Listing, wanted: str, rows: int) -> None:
    """Write into the journal who took which rows out."""
    said = {"register": asked.page.name, "filters": dict(asked.given), "rows": rows, "format": wanted}
    journal(ACTION, asked.root, asked.actor, "", **said)


def includeme(config: Any) -> None:
    """Declare what the journal says of it."""
    said = {
        "register": _("登记簿"),
        "filters": _("查询条件"),
        "rows": _("行数"),
        "format": _("文件格式"),
    }
    config.add_journal_events("register", _("登记簿"), Event("export", _("导出登记簿"), said))
