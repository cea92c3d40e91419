"""The form of a draft: what was typed as values of the document, the values of a draft as fields, and what the fields offer (domain.md 3.2)."""

from collections.abc import Iterable
from typing import Any

from content_types.exchange_box import ExchangeBox
from content_types.official_document import KINDS, Classification, Urgency
from content_types.outgoing_document import Openness, OutgoingDocument
from content_types.production import BodyAttachment
from govrepo.typeset.body import levels
from policies import drafting as policy
from policies.draft_import import Brought

from .compose import one_of
from .i18n import _
from .reading import CLASSIFICATION_WORDS, kind_choices
from .recipients import addressable_boxes, groups_of

LONG = ("body", "attachment_text")
LINES = ("title", "note", "mains_text", "copies_text")
OPENNESS_WORDS = {
    Openness.UNSAID: _("未注明"),
    Openness.PUBLIC: _("主动公开"),
    Openness.ON_REQUEST: _("依申请公开"),
    Openness.CLOSED: _("不予公开"),
}
MOST_DIGITS = 5


def typed(request: Any, box: ExchangeBox, document: OutgoingDocument | None = None) -> dict[str, Any]:
    """What was typed, as values of a document; names that are not offered are dropped."""
    post = request.POST
    boxes = {each.__name__: each for each in addressable_boxes(box)}
    series = {each.uid: each for each in policy.series_for(box)}
    entries = {each.uid: each for each in offered_answers(request, document)}
    return {name: " ".join(post.get(name, "").split()) for name in LINES} | {
        "title": title_of(post.get("title", "")),
        "body": paragraphs(post.get("body", "")),
        "series": series.get(post.get("series", "")),
        "kind": post.get("kind", "") if post.get("kind", "") in KINDS else "",
        "urgency": one_of(Urgency, post.get("urgency", ""), Urgency.PLAIN),
        "classification": one_of(Classification, post.get("classification", ""), Classification.NONE),
        "openness": one_of(Openness, post.get("openness", ""), Openness.UNSAID),
        "mains": _chosen(boxes, post.getall("mains")),
        "copies": _chosen(boxes, post.getall("copies")),
        "issuers": _chosen({each.code: each for each in policy.issuers_for(box)}, post.getall("issuers")),
        "answers": _chosen(entries, post.getall("answers")),
        "important": post.get("important") == "yes",
        "copies_printed": _number(post.get("copies_printed", "")),
        "attendees": tuple(paragraphs(post.get("attendees", "")).splitlines()),
        "attachments": _attachments(post.getall("attachment_title"), post.getall("attachment_text")),
    }


def title_of(text: str) -> str:
    """A title: a break in it stays, for it says where the line is broken on the page."""
    return "\n".join(" ".join(line.split()) for line in text.splitlines() if line.strip())


def paragraphs(text: str) -> str:
    """A text as it is kept: a paragraph a line, nothing around it."""
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())


def _chosen(offered: dict[str, Any], names: Iterable[str]) -> tuple[Any, ...]:
    return tuple(offered[name] for name in dict.fromkeys(names) if name in offered)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and text.isascii() and len(text) <= MOST_DIGITS else 0


def _attachments(titles: list[str], texts: list[str]) -> tuple[BodyAttachment, ...]:
    pairs = zip(titles, texts + [""] * len(titles), strict=False)
    found = (BodyAttachment(" ".join(title.split()), paragraphs(text)) for title, text in pairs)
    return tuple(each for each in found if any(each))


def offered_answers(request: Any, document: OutgoingDocument | None) -> list[Any]:
    """The entries a draft may answer: those it answers already, then those of the drafter."""
    standing = document.answers if document is not None else ()
    return [*standing, *(each for each in policy.answerable(request.actor, request.root) if each not in standing)]


def fields(values: dict[str, Any]) -> dict[str, Any]:
    """Values of a document as the form shows them."""
    shown = {name: values[name] for name in (*LINES, "body", "kind")}
    return shown | {
        "series": values["series"].uid if values["series"] is not None else "",
        "urgency": str(values["urgency"]),
        "classification": str(values["classification"]),
        "openness": str(values["openness"]),
        "mains": [box.__name__ for box in values["mains"]],
        "copies": [box.__name__ for box in values["copies"]],
        "issuers": [unit.code for unit in values["issuers"]],
        "answers": [entry.uid for entry in values["answers"]],
        "important": ["yes"] if values["important"] else [],
        "copies_printed": values["copies_printed"] or "",
        "attendees": "\n".join(values["attendees"]),
        "attachments": values["attachments"],
    }


def values_of(document: OutgoingDocument) -> dict[str, Any]:
    """The values of a draft."""
    return {name: getattr(document, name) for name in policy.ELEMENTS}


def with_text(values: dict[str, Any], brought: Brought) -> dict[str, Any]:
    """What was typed with a text brought in from a file: its body replaces the body, its head fills what was left empty."""
    given = {"title": brought.title, "mains_text": brought.mains_text}
    return values | {"body": brought.body} | {name: values[name] or text for name, text in given.items()}


def offers(request: Any, box: ExchangeBox, document: OutgoingDocument | None) -> dict[str, Any]:
    """What the fields offer."""
    series = [(each.uid, each.code) for each in policy.series_for(box)]
    answers = [
        (each.uid, f"{each.number.title} {each.facts.from_unit} {each.title}")
        for each in offered_answers(request, document)
    ]
    return {
        "series": [("", _("请选择")), *series],
        "kinds": kind_choices(),
        "urgencies": [(str(each), request.fmt.urgency(str(each))) for each in Urgency],
        "classifications": [(str(key), word) for key, word in CLASSIFICATION_WORDS.items()],
        "opennesses": [(str(key), word) for key, word in OPENNESS_WORDS.items()],
        "groups": groups_of(box),
        "units": [(unit.code, unit.name) for unit in policy.issuers_for(box)],
        "answers": answers,
    }


def outline(body: str) -> list[tuple[int, str]]:
    """The headings of a body, each with its level."""
    return [(level, text[:60]) for level, text in levels(body) if level]
