"""Declarations: which objects stand in a register, and what each of its indexes reads from them.

A declaration belongs to the process (code), a register to the content. Their agreement is a *fingerprint* that the
register keeps: when an index is added or a getter changes its meaning (raise ``version``), ``govrepo-catalog check``
says so and ``rebuild`` mends it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from govrepo.catalog.query import Column

MISSING = None
"""What a field index holds for an entry without a value: so every entry stands in every sort index. It sorts first."""

LAST_CHARACTER = "\U0010ffff"
"""No text may hold this (it is no character): the walk uses it to name the place just before a text."""

KINDS = ("field", "keyword")
Values = dict[str, Any]


@dataclass(frozen=True)
class Index:
    """One index: its name, its kind (``field`` or ``keyword``) and how to read its value from an object.

    A field's getter returns a plain int (day ordinal, sequence number, microseconds) or str, or None for no value; all
    values of one index are of one type. A keyword's getter returns several of them, or None. A ``facet`` keeps bitmaps
    besides (see ``bitmaps.py``): for what is counted, or narrows most counts, and has hundreds of values, not one per entry.
    """

    name: str
    kind: str
    getter: Callable[[Any], Any]
    facet: bool = False

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"index {self.name}: unknown kind {self.kind!r}")

    def read(self, obj: Any) -> Any:
        """The object's value as the index keeps it; raises TypeError for anything but plain values."""
        value = self.getter(obj)
        if self.kind == "field":
            return self._plain(value)
        if isinstance(value, str):
            raise TypeError(f"index {self.name}: a keyword index takes several values, got the text {value!r}")
        return tuple(dict.fromkeys(self._plain(each) for each in value or ()))

    def _plain(self, value: Any) -> int | str | None:
        if value is MISSING and self.kind == "field":
            return MISSING
        if isinstance(value, int):
            return int(value)
        if isinstance(value, str) and LAST_CHARACTER not in value:
            return str(value)
        raise TypeError(f"index {self.name}: expected a plain int or text, got {value!r}")


@dataclass(frozen=True)
class RegisterDeclaration:
    """A register family: its name, the content types entered in it and its indexes.

    Raise ``version`` when a getter changes its meaning.
    """

    name: str
    content_types: tuple[type, ...]
    indexes: tuple[Index, ...]
    version: int = 1

    def __post_init__(self) -> None:
        names = [index.name for index in self.indexes]
        if len(set(names)) < len(names):
            raise ValueError(f"register {self.name}: two indexes of one name in {names}")

    @property
    def fingerprint(self) -> tuple[Any, ...]:
        """What a register must have been built from to serve this declaration."""
        return (self.version, tuple(sorted(_form(index) for index in self.indexes)))

    def values(self, obj: Any) -> Values:
        """Every index's value of an object."""
        return {index.name: index.read(obj) for index in self.indexes}

    def require(self, obj: Any) -> None:
        """Raise TypeError if an object of this type does not belong in the register."""
        if not isinstance(obj, self.content_types):
            raise TypeError(f"register {self.name} holds no {type(obj).__name__}")

    def columns(self, read: Callable[[Any], Values]) -> Callable[[str], Column]:
        """Columns over entries whose values ``read`` fetches by key."""
        keywords = {index.name: index.kind == "keyword" for index in self.indexes}
        return lambda name: Column(lambda key: read(key).get(name), keywords[name])


def _form(index: Index) -> tuple[str, ...]:
    """An index as far as stored data depend on it."""
    return (index.name, index.kind, "facet") if index.facet else (index.name, index.kind)


def add_register(config: Any, declaration: RegisterDeclaration) -> None:
    """Directive ``config.add_register``: declare a register; two of one name are a configuration conflict."""

    def declare() -> None:
        config.registry.govrepo_registers[declaration.name] = declaration

    config.action(("govrepo register", declaration.name), declare)
