"""Bringing a text in (导入正文): what a file says, as a draft takes it; the file itself is not kept."""

import re
from pathlib import Path
from typing import Any, NamedTuple

from govrepo.extraction import extract
from govrepo.files.sniff import EDITABLE
from govrepo.i18n import _
from govrepo.numbering import NumberError, parse
from govrepo.sandbox import SandboxError
from policies.drafting import LONGEST
from policies.engine import Reason

LONGEST_TITLE = 100
"""A first line that is longer is no title."""
HEAD = 3
"""Lines at the beginning among which a number may stand."""
STOPS = "。；，、：:;,.!！?？"
_INVISIBLE = re.compile(r"[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_GAPS = re.compile(r"[ \t\u00a0\u3000]+")


class Brought(NamedTuple):
    """A text out of a file: the title and the recipients that were found at its head, and the rest."""

    title: str
    mains_text: str
    body: str


class UnreadableError(ValueError):
    """A file no text can be taken from; ``reason`` says why in words."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(str(reason.text))
        self.reason = reason


def bring(path: Path, kind: Any, filename: str) -> Brought:
    """The text of a file of a sniffed type. Raise UnreadableError."""
    if kind.code not in EDITABLE:
        raise UnreadableError(_unreadable(filename, kind.refusal_zh or kind.label_zh))
    try:
        found = extract(path, kind.code, LONGEST["body"])
    except SandboxError as error:
        busy = _("服务器正忙，请稍后再试。")
        raise UnreadableError(
            Reason(busy, "", "source") if error.kind == "busy" else _unreadable(filename, _("内容无法读取"))
        ) from error
    if found.cut:
        words = _("文件“${name}”超过${most}字，请分开导入。", mapping={"name": filename, "most": LONGEST["body"]})
        raise UnreadableError(Reason(words, "", "source"))
    brought = taken_apart("\n".join(found.parts))
    if not brought.title and not brought.body:
        raise UnreadableError(_unreadable(filename, _("没有文字")))
    return brought


def _unreadable(filename: str, why: Any) -> Reason:
    words = _(
        "不能从文件“${name}”导入正文：${why}。请用 txt、doc、docx、wps、odt 或 rtf。",
        mapping={"name": filename, "why": why},
    )
    return Reason(words, "R-N4.2", "source")


def taken_apart(text: str) -> Brought:
    """Title, recipients and body of a text.

    A short first line without a stop is the title, a line after it that ends with a colon the recipients. A number there is left out: it comes
    with the plate (S-27).
    """
    lines = list(filter(None, (tidy(line) for line in text.splitlines())))
    lines = [*(line for line in lines[:HEAD] if not _is_number(line)), *lines[HEAD:]]
    title = lines.pop(0) if lines and _is_title(lines[0]) else ""
    mains = lines.pop(0).rstrip("：:") if title and lines and _are_recipients(lines[0]) else ""
    return Brought(title, mains, "\n".join(lines))


def tidy(line: str) -> str:
    """A paragraph without what cannot be seen, without the indent, and with no more than one gap in a row."""
    return _GAPS.sub(" ", _INVISIBLE.sub("", line)).strip()


def _is_number(line: str) -> bool:
    try:
        parse(line)
    except NumberError:
        return False
    return True


def _is_title(line: str) -> bool:
    return len(line) <= LONGEST_TITLE and line[-1] not in STOPS


def _are_recipients(line: str) -> bool:
    return line[-1] in "：:" and "。" not in line and len(line) <= LONGEST["mains_text"]
