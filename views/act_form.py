"""The form of an act that needs something typed: its fields, as units, divisions and register entries declare them; acts.pt draws it."""

from typing import Any, NamedTuple


class Field(NamedTuple):
    """A field of an act's form; ``kind`` is text, area, date, select or checks. What the last two offer comes with the page's ``choices``."""

    name: str
    label: Any
    kind: str = "text"
    required: bool = False
    hint: Any = None
