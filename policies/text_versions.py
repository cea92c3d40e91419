"""Versions of a draft (花脸稿, domain.md 4.5, 4.11): what differs between two of them, and what an old one brings back."""

from typing import Any, NamedTuple

from content_types.outgoing_document import OutgoingDocument
from content_types.production import BodyAttachment, Version
from govrepo.differences import Line, differences, same

Attachments = tuple[BodyAttachment, ...]


class Text(NamedTuple):
    """What of a draft is kept by versions."""

    title: str
    body: str
    attachments: Attachments = ()


class Comparison(NamedTuple):
    """What differs: title, body, and each attachment by its place."""

    title: list[Line]
    body: list[Line]
    attachments: list[list[Line]]

    @property
    def same(self) -> bool:
        """Whether the texts are the same."""
        return same(self.title) and same(self.body) and all(map(same, self.attachments))


def versions_of(document: OutgoingDocument) -> tuple[Version, ...]:
    """The versions, the newest first."""
    return document.versions.newest_first() if document.versions is not None else ()


def version(document: OutgoingDocument, number: int) -> Version | None:
    """The version of a number, or None."""
    return document.versions.get(number) if document.versions is not None else None


def compare(old: Any, new: Any) -> Comparison:
    """Compare two texts: versions, drafts, or anything that has title, body and attachments."""
    most = max(len(old.attachments), len(new.attachments))
    pairs = zip(_filled(old.attachments, most), _filled(new.attachments, most), strict=True)
    return Comparison(
        differences(old.title, new.title),
        differences(old.body, new.body),
        [differences(before, after) for before, after in pairs],
    )


def _filled(attachments: Attachments, most: int) -> list[str]:
    texts = ["\n".join(filter(None, each)) for each in attachments]
    return texts + [""] * (most - len(texts))


def brought_back(found: Version) -> dict[str, Any]:
    """What taking an old version back writes."""
    return {"title": found.title, "body": found.body, "attachments": found.attachments}
