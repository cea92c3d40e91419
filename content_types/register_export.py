"""The register export (登记簿导出; design.md sect. 10): a long register on its way to a file, asked for by one person."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from persistent import Persistent
from substanced.content import content

from content_types.content import VolumeContent


class Piece(Persistent):
    """Some finished rows, each cell by cell; kept until the file is whole."""

    def __init__(self, rows: tuple[tuple[Any, ...], ...]) -> None:
        super().__init__()
        self.rows = rows


@content("RegisterExport")
class RegisterExport(VolumeContent):
    """One export. ``register`` names the register page, ``asked`` holds filters and order as the address had them.

    ``done`` of about ``total`` rows are finished; ``next_key`` is where the next piece begins. ``stored`` is the file until it expires.
    """

    uid_prefix = "x"
    initial_state = "making"

    def __init__(self, register: str, asked: Mapping[str, str], wanted: str, locale: str, asked_by: Any) -> None:
        super().__init__()
        self.register = register
        self.asked = dict(asked)
        self.wanted = wanted
        self.locale = locale
        self.asked_by = asked_by
        self.total = 0
        self.done = 0
        self.next_key: tuple[Any, int] | None = None
        self.pieces: tuple[Piece, ...] = ()
        self.filename = ""
        self.made_at: datetime | None = None
        self.stored: Any = None
