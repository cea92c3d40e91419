"""Paper items as lists and other nouns' pages show them (R-N2.2, P-34)."""

import re
from typing import Any

from content_types.delivery import Delivery
from content_types.official_document import SpecialAttachment
from content_types.paper_item import PaperItem
from policies import paper_code
from policies.paper_item import CHANNELS, KINDS, STATES, is_late, items_of

from .acts import buttons, url

COPIES = re.compile(r"(?P<title>.*?\S)[\s,，、（(]*(?P<copies>[1-9][0-9]{0,2})\s*份[）)]?")
"""A special attachment as it is typed: its title, and the copies at the end of the line."""
LONGEST = 200
MOST = 50
BADGES = {
    "expected": "wait",
    "received": "done",
    "waived": "stop",
    "lost": "bad",
    "unmatched": "back",
    "matched": "done",
    "kept": "info",
}


def item_view(item: PaperItem, request: Any) -> dict[str, Any]:
    """What lists and pages show of an item."""
    return {
        "item": item,
        "url": url(item, ""),
        "kind": KINDS[item.kind],
        "state": STATES[item.state],
        "badge": BADGES[item.state],
        "code": paper_code.shown(item.code),
        "late": is_late(item),
        "parts": specials_of(item.attachments),
        "receive": buttons(request, item, ("receive",)).get("receive"),
    }


def specials_of(attachments: Any) -> list[dict[str, Any]]:
    """Special attachments in words, numbered by their place (P-34, LS08 4(4))."""
    return [{"title": each.title, "copies": each.copies, "channel": CHANNELS[each.channel]} for each in attachments]


def paper_of(delivery: Delivery, request: Any) -> list[dict[str, Any]]:
    """The paper of a delivery, as its page shows it."""
    return [item_view(item, request) for item in items_of(delivery)]


def specials_in(text: str, channel: str) -> tuple[SpecialAttachment, ...]:
    """The special attachments of a text, one a line, all by one channel; without a number of copies there is one."""
    way = channel if channel in CHANNELS else next(iter(CHANNELS))
    lines = [" ".join(line.split())[:LONGEST] for line in text.splitlines() if line.strip()]
    found = [(COPIES.fullmatch(line), line) for line in lines[:MOST]]
    return tuple(
        SpecialAttachment(m["title"], int(m["copies"]), way) if m else SpecialAttachment(line, 1, way)
        for m, line in found
    )


def specials_text(specials: tuple[SpecialAttachment, ...]) -> str:
    """The special attachments as they are typed."""
    return "\n".join(each.title if each.copies == 1 else f"{each.title} {each.copies}份" for each in specials)
