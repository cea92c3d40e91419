"""What stands on the plate of an outgoing document (domain.md 3.2, 3.4; S-3, S-7, P-12): its elements as the typesetter takes them."""

import re
from datetime import date
from typing import Any

from content_types.official_document import Urgency
from content_types.outgoing_document import OutgoingDocument
from govrepo import clock
from govrepo.typeset import Attachment, Fonts, Format, Plate, site_fonts

URGENCIES = {Urgency.PLAIN: "", Urgency.URGENT: "加急", Urgency.MOST_URGENT: "特急"}
FORMATS = {"命令(令)": Format.ORDER, "纪要": Format.MINUTES, "函": Format.LETTER}
"""Kinds with a layout of their own; a series ending in 函 is set as a letter too."""


def format_of(document: OutgoingDocument) -> Format:
    """The layout of a document: told by its kind, or by its series (粤府函)."""
    code = document.series.code if document.series is not None else ""
    return FORMATS.get(document.kind, Format.LETTER if code.endswith("函") else Format.DOCUMENT)


def plate_of(document: OutgoingDocument, *, draft: bool = False) -> Plate:
    """A document as the typesetter takes it; a ``draft`` is a preview, dated today where it is not signed yet."""
    layout = format_of(document)
    asked = document.plate.asked_at if document.plate is not None else clock.now()
    day = document.date or clock.today()
    return Plate(
        format=layout,
        mark=_mark(document, layout, day),
        number=document.number or ("" if draft else "〔〕"),
        title=document.title,
        recipients=document.mains_text or names_of(document.mains, day),
        body=document.body,
        attachments=tuple(Attachment(each.title, each.text) for each in document.attachments),
        signature=_signature(document, layout, day),
        date=day,
        signers=_signers(document, layout),
        note=document.note,
        copies_to=document.copies_text or names_of(document.copies, day),
        printed_by=str(document.box.owner.name_on(day)),
        printed_on=clock.local(asked).date(),
        urgency=URGENCIES[document.urgency],
        attendees=document.attendees,
        draft=draft,
        sealed=layout is not Format.MINUTES,
        seal_mm=seal_mm(document),
    )


def seal_mm(document: OutgoingDocument) -> int:
    """The diameter of the seal for which room is kept (P-75): 5 cm of the province, 4.5 cm below."""
    return 50 if document.unit.level == 0 else 45


def names_of(boxes: tuple[Any, ...], day: date) -> tuple[str, ...]:
    """The units addressed, by the names they bear on a day (P-12)."""
    return tuple(str(box.unit.name_on(day)) for box in boxes)


def _mark(document: OutgoingDocument, layout: Format, day: date) -> tuple[str, ...]:
    names = tuple(str(unit.name_on(day)) for unit in document.signatories)
    if layout is Format.LETTER:
        return names
    last = {Format.DOCUMENT: "文件", Format.ORDER: "令", Format.MINUTES: "会议纪要"}[layout]
    if layout is Format.MINUTES:
        named = re.search(r"[\w]*纪要$", document.title)
        return (named.group() if named else f"{names[0]}{last}",)
    return (*names[:-1], f"{names[-1]}{last}") if layout is Format.ORDER else (*names, last)


def _signature(document: OutgoingDocument, layout: Format, day: date) -> tuple[str, ...]:
    if layout is Format.ORDER and document.signed_by is not None:
        return (str(document.signed_by.post),)
    return tuple(str(unit.name_on(day)) for unit in document.signatories)


def _signers(document: OutgoingDocument, layout: Format) -> tuple[str, ...]:
    if layout is Format.ORDER and document.signed_by is not None:
        return (str(document.signed_by.name),)
    return tuple(filter(None, [document.signer])) if document.upward else ()


def fonts_of(registry: Any) -> Fonts:
    """The fonts of the site."""
    return site_fonts(registry.govrepo_settings)
