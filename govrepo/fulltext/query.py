"""What a person may type into the search box, read without any engine's parser.

Words apart by spaces must all occur; OR (或) joins alternatives; NOT, 非 or a leading minus excludes; quotes keep spaces together.
A word occurs wherever its characters stand together in the folded text.
"""

import re
from dataclasses import dataclass
from typing import Any

from govrepo.fulltext.folding import fold
from govrepo.i18n import _

MAX_CHARACTERS = 200
MAX_WORDS = 20
_TOKEN = re.compile(r'(?P<minus>[-－](?=\S))?(?:["“”](?P<phrase>[^"“”]*)(?P<end>["“”]?)|(?P<word>[^\s"“”]+))')
_OR = {"OR", "或", "|"}
_NOT = {"NOT", "非"}
_AND = {"AND", "且", "&"}


class QueryError(ValueError):
    """A search that cannot be read; ``words`` say why, for the person who typed it."""

    def __init__(self, words: Any) -> None:
        super().__init__(str(words))
        self.words = words


@dataclass(frozen=True)
class Branch:
    """One alternative: folded words that must occur, and those that must not."""

    wanted: tuple[str, ...]
    unwanted: tuple[str, ...]


@dataclass(frozen=True)
class Query:
    """A search: a text is found if any branch holds."""

    branches: tuple[Branch, ...]


def parse(typed: str) -> Query:
    """The search that was typed. Raises QueryError."""
    if len(typed) > MAX_CHARACTERS:
        raise QueryError(_("检索词不能超过 ${most} 个字", mapping={"most": MAX_CHARACTERS}))
    tokens = [_token(found) for found in _TOKEN.finditer(typed)]
    if not tokens:
        raise QueryError(_("请输入检索词"))
    if len(tokens) > MAX_WORDS:
        raise QueryError(_("检索词不能超过 ${most} 个", mapping={"most": MAX_WORDS}))
    return Query(tuple(_branch(alternative) for alternative in _alternatives(tokens)))


def _token(found: re.Match[str]) -> tuple[str, str]:
    """The kind of a token (``or``, ``and``, ``not``, ``word``, ``unword``) and its folded word."""
    phrase, word = found["phrase"], found["word"]
    if phrase is not None and not found["end"]:
        raise QueryError(_("引号没有成对，请补上另一半引号"))
    if phrase is None and not found["minus"]:
        for kind, marks in (("or", _OR), ("and", _AND), ("not", _NOT)):
            if word in marks:
                return kind, ""
    folded = fold(word if phrase is None else phrase)
    if not any(character.isalnum() for character in folded):
        raise QueryError(_("检索词中至少要有一个汉字、字母或数字"))
    return ("unword" if found["minus"] else "word"), folded


def _alternatives(tokens: list[tuple[str, str]]) -> list[list[tuple[str, str]]]:
    """The tokens between the ORs."""
    parts: list[list[tuple[str, str]]] = [[]]
    for token in tokens:
        if token[0] == "or":
            parts.append([])
        else:
            parts[-1].append(token)
    if not all(parts):
        raise QueryError(_("“或”（OR）的两边都要有检索词"))
    return parts


def _branch(tokens: list[tuple[str, str]]) -> Branch:
    """One alternative. Raises QueryError if it only excludes, or an operator stands alone."""
    wanted: list[str] = []
    unwanted: list[str] = []
    operator = ""
    for kind, word in tokens:
        if kind in {"and", "not"}:
            operator = kind
            continue
        excluded = kind == "unword" or operator == "not"
        (unwanted if excluded else wanted).append(word)
        operator = ""
    if operator:
        raise QueryError(_("“非”（NOT）或“且”（AND）的后面要有检索词"))
    if not wanted:
        raise QueryError(_("只有排除的词无法检索，请再加一个要找的词"))
    return Branch(tuple(wanted), tuple(unwanted))


def matches(query: Query, *texts: str) -> bool:
    """Whether the texts of a document are found, judged without an index: for what is not indexed yet."""
    folded = [fold(text) for text in texts]

    def occurs(word: str) -> bool:
        return any(word in text for text in folded)

    return any(all(map(occurs, branch.wanted)) and not any(map(occurs, branch.unwanted)) for branch in query.branches)
