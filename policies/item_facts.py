"""What a list of results and a file of them say of an item: a document or a register entry, in the same words (domain.md part 6)."""

from datetime import date
from functools import singledispatch
from typing import Any, NamedTuple

from content_types.official_document import OfficialDocument
from content_types.production import LegalState
from content_types.register_entry import RegisterEntry
from govrepo.i18n import _
from policies.legal_force import STATES as FORCE
from policies.outgoing_document import STATES as OUTGOING_STATES
from policies.register_entry import STATES as ENTRY_STATES
from policies.registers.items import day

DOCUMENT_STATES = {"draft": _("起草"), "sealed": _("已定稿"), "dispatched": _("已发送")}
"""States of a document: content and files frozen once it was submitted (定稿锁定)."""

STATES = OUTGOING_STATES | DOCUMENT_STATES | ENTRY_STATES


class Facts(NamedTuple):
    """One line: number, title, who issued it, its day, kind and urgency as coded, and its state in words."""

    number: str
    title: str
    issuer: str
    day: date
    kind: str
    urgency: str
    state: Any
    force: Any = ""
    """That the document is revoked or repealed (S-9)."""


@singledispatch
def facts_of(item: Any) -> Facts:
    """The line of an item."""
    raise TypeError(f"{item!r} is not searched")


@facts_of.register
def _document(item: OfficialDocument) -> Facts:
    return Facts(
        item.number,
        item.title,
        item.issuer,
        day(item),
        item.kind,
        str(item.urgency),
        STATES[item.state],
        force_of(item),
    )


@facts_of.register
def _entry(item: RegisterEntry) -> Facts:
    facts, state = item.facts, STATES[item.state]
    force = force_of(item.delivery.document) if item.delivery is not None else ""
    return Facts(facts.from_no, facts.title, facts.from_unit, day(item), facts.kind, str(facts.urgency), state, force)


def force_of(document: OfficialDocument) -> Any:
    """已撤销 or 已废止, which every list and every copy shows (S-9); empty for a document in force."""
    return "" if document.legal_state == LegalState.VALID else FORCE[document.legal_state]
