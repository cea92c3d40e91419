"""What stands on a plate: the elements of an official document (公文要素, domain.md 3.2), as plain values."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class Format(StrEnum):
    """The layouts of GB/T 9704-2012."""

    DOCUMENT = "document"  # 文件
    LETTER = "letter"  # 信函
    ORDER = "order"  # 命令
    MINUTES = "minutes"  # 纪要


@dataclass(frozen=True)
class Attachment:
    """An attachment; without a text it is only named under the body, its file goes separately."""

    title: str
    text: str = ""


@dataclass(frozen=True)
class Plate:
    """All that is printed. What is empty is left out; a line break in the title is kept as one.

    ``mark`` is the issuer mark (发文机关标志), a name of an issuer each, the lead organ's first; 文件 at the end of one of
    them, or as an item of its own, stands once beside them all. ``body`` and the attachments' texts are plain text, a
    paragraph a line (:mod:`govrepo.typeset.body`). ``signature`` are the issuers under the body, one for each seal; in
    the order format the post of each signer. ``signers`` are the 签发人 of an upward document, in the order format the
    names under the posts. ``recipients`` and ``copies_to`` are names or one text as it is to be printed.
    ``classification`` bears its term (机密★10年). ``attendees`` of minutes is a list each, with its label (出席：...).
    ``seal_mm`` is the diameter of the seals, for which room is kept; ``sealed`` says whether there will be any.
    ``draft`` makes a preview that cannot be taken for the document: 草稿 across the page, no place for a seal.
    """

    format: Format
    mark: tuple[str, ...]
    number: str
    title: str
    body: str
    signature: tuple[str, ...]
    date: dt.date
    recipients: tuple[str, ...] | str = ()
    attachments: tuple[Attachment, ...] = ()
    signers: tuple[str, ...] = ()
    note: str = ""
    copies_to: tuple[str, ...] | str = ()
    printed_by: str = ""
    printed_on: dt.date | None = None
    copy_number: str = ""
    classification: str = ""
    urgency: str = ""
    attendees: tuple[str, ...] = ()
    draft: bool = False
    sealed: bool = True
    seal_mm: int = 42
