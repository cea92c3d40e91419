"""Tells the four levels of headings in plain text by their numbering (GB/T 9704-2012, 7.3.3).

Regulations, which mostly come as attachments, have chapters and articles instead; both are told as well.
"""

import re

#: 一、 （一） 1. （1）: the standard's four levels, in order. A decimal (1.5) is no heading.
_NUMBERINGS = (
    re.compile(r"[一二三四五六七八九十百]+、"),
    re.compile(r"[（(][一二三四五六七八九十百]+[）)]"),
    re.compile(r"\d{1,3}[.．](?!\d)"),
    re.compile(r"[（(]\d{1,3}[）)]"),
)
_ORDINAL = r"第[一二三四五六七八九十百零〇\d]{1,6}"
_CHAPTER = re.compile(_ORDINAL + r"[编章节]\s+\S[^。]{0,30}")
_ARTICLE = re.compile(rf"({_ORDINAL}条)\s+(?=\S)")
#: A sentence longer than this is text that happens to be numbered, not a heading.
_LONGEST_HEADING = 50


def levels(text: str) -> list[tuple[int, str]]:
    """The paragraphs of a text, one a line, each with the level of its heading: 1 to 4, or 0 for none."""
    lines = (line.strip() for line in text.splitlines())
    return [(_level(line), line) for line in lines if line]


def _level(line: str) -> int:
    return next((level for level, numbering in enumerate(_NUMBERINGS, 1) if numbering.match(line)), 0)


def is_chapter(paragraph: str) -> bool:
    """Whether it is the heading of a part of a regulation: 第一章 总则."""
    return _CHAPTER.fullmatch(paragraph) is not None


def heading(level: int, paragraph: str) -> tuple[str, str]:
    """The part of a paragraph that is its heading, and the rest.

    All of it, or its first sentence if text follows; of an article its number. An item that ends with ； is none.
    """
    if level == 0:
        article = _ARTICLE.match(paragraph)
        return (article[1], paragraph[article.end() :]) if article else ("", paragraph)
    sentence, stop, rest = paragraph.partition("。")
    if len(sentence) > _LONGEST_HEADING or paragraph.endswith("；"):
        return "", paragraph
    return sentence + stop, rest
