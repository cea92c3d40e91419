"""What can be wrong with a register: kind, index and place, never a value, which may be words of a title (R-8.3)."""

from enum import StrEnum
from typing import Any, NamedTuple

from govrepo.i18n import _


class Kind(StrEnum):
    """What is wrong. The values are stored."""

    DECLARATION = "declaration"
    BROKEN_OFF = "broken off"
    TABLES = "tables"
    ALL_ROWS = "all rows"
    ROW = "row"
    VALUE = "value"
    UNLISTED = "unlisted"
    UNFOUNDED = "unfounded"
    BITMAP = "bitmap"
    MISSING = "missing"


SENTENCES = {
    Kind.DECLARATION: "the declaration has changed since the register was built: rebuild it",
    Kind.BROKEN_OFF: "a rebuild was broken off and folding rests: rebuild again",
    Kind.TABLES: "the row tables differ: {where} rows",
    Kind.ALL_ROWS: "the bitmap of all rows lists {where} rows",
    Kind.ROW: "row {where} does not lead to its object",
    Kind.VALUE: "index {index} holds for {where} another value than the object",
    Kind.UNLISTED: "index {index} does not list row {where} under each of its values",
    Kind.UNFOUNDED: "index {index} lists row {where} under a value that it does not hold",
    Kind.BITMAP: "index {index} has a bitmap that differs from its {where} rows",
    Kind.MISSING: "{where} is not in the register",
}
"""What a script says."""

WORDS = {
    Kind.DECLARATION: _("登记簿建成以后声明改了，须重建。"),
    Kind.BROKEN_OFF: _("重建中断，变更停止并入，须再重建。"),
    Kind.TABLES: _("行表件数不一：${where}"),
    Kind.ALL_ROWS: _("全部行的位图件数不符：${where}"),
    Kind.ROW: _("第 ${where} 行找不到它的对象"),
    Kind.VALUE: _("索引 ${index} 里 ${where} 的值与对象不符"),
    Kind.UNLISTED: _("索引 ${index} 漏列第 ${where} 行"),
    Kind.UNFOUNDED: _("索引 ${index} 多列第 ${where} 行"),
    Kind.BITMAP: _("索引 ${index} 有一个值的位图与其 ${where} 行不符"),
    Kind.MISSING: _("${where} 没有列入"),
}
"""What a page says."""


class Problem(NamedTuple):
    """One thing that is wrong: what, in which index if any, and where (a row, a uid, numbers of rows)."""

    kind: Kind
    name: str = ""
    where: str = ""

    def __str__(self) -> str:
        return SENTENCES[self.kind].format(index=self.name, where=self.where)

    @property
    def words(self) -> Any:
        """What is wrong, for a page."""
        return WORDS[self.kind] % {"index": self.name, "where": self.where}
