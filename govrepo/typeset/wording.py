"""The words of a plate as its template takes them: what the standard writes around them is put there here."""

from dataclasses import asdict
from datetime import date
from typing import Any

from govrepo.typeset.body import heading, is_chapter, levels
from govrepo.typeset.plate import Attachment, Plate
from govrepo.typeset.title import lines

_KIND_WORD = "文件"


def wording(plate: Plate) -> dict[str, Any]:
    """Everything a template prints, as JSON values."""
    names, kind_word = _mark(plate.mark)
    return asdict(plate) | {
        "mark": names,
        "kind_word": kind_word,
        "name": "".join(plate.title.split()),
        "title": lines(plate.title),
        "recipients": _addressed(plate.recipients),
        "body": _body(plate.body),
        "attachments": _attachments(plate.attachments),
        "note": _in_parentheses(plate.note),
        "copies_to": _with_stop(_joined(plate.copies_to)),
        "signature": list(plate.signature),
        "signers": list(plate.signers),
        "attendees": [_labelled(each) for each in plate.attendees],
        "date": _day(plate.date),
        "day": [plate.date.year, plate.date.month, plate.date.day],
        "printed_on": _day(plate.printed_on) + "印发" if plate.printed_on else "",
        "format": str(plate.format),
    }


def _mark(mark: tuple[str, ...]) -> tuple[list[str], str]:
    """The issuers' names, and 文件 if one of them bears it."""
    names = [name.strip().removesuffix(_KIND_WORD) for name in mark]
    bears = any(name.strip().endswith(_KIND_WORD) for name in mark)
    return [name for name in names if name], _KIND_WORD if bears else ""


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _joined(names: tuple[str, ...] | str) -> str:
    return names.strip() if isinstance(names, str) else "，".join(name.strip() for name in names)


def _addressed(names: tuple[str, ...] | str) -> str:
    joined = _joined(names).rstrip("：:")
    return f"{joined}：" if joined else ""


def _with_stop(text: str) -> str:
    return text.rstrip("。.") + "。" if text else ""


def _in_parentheses(note: str) -> str:
    inner = note.strip()
    return inner if not inner or inner[0] in "（(" else f"（{inner}）"


def _body(text: str) -> list[dict[str, Any]]:
    """The paragraphs; numbered items of a regulation's articles, and those that follow a ；, are no headings."""
    paragraphs, article, previous = [], False, (0, "")
    for level, words in levels(text):
        head, rest = heading(level, words)
        article = article or (level == 0 and head != "")
        listed = level > 0 and (article or (level, "；") == previous)
        shown = ("", words) if listed else (head, rest)
        paragraphs.append({"level": level, "heading": shown[0], "text": shown[1], "chapter": is_chapter(words)})
        previous = (level, words[-1])
    return paragraphs


def _attachments(attachments: tuple[Attachment, ...]) -> list[dict[str, Any]]:
    return [{"title": each.title.strip(), "lines": lines(each.title), "body": _body(each.text)} for each in attachments]


def _labelled(line: str) -> dict[str, str]:
    """A list of attendees with its label; without one they were present."""
    label, colon, names = line.strip().partition("：")
    return {"label": f"{label}：", "names": names} if colon else {"label": "出席：", "names": label}
