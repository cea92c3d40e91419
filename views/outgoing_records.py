"""What was recorded of making an outgoing document, as its page shows it (domain.md 4.11): opinions, plates, proofs, re-checks, seals, sendings."""

from typing import Any

from content_types.outgoing_document import OutgoingDocument
from content_types.production import Proof, SealAsked, Step
from govrepo.typeset.body import heading, levels
from policies import dispatch as dispatches
from policies import plating, sealing
from policies.outgoing_guards import CHECKLIST
from policies.permissions import Permission as P

from .acts import url
from .i18n import _
from .rows import DISPATCH_BADGES

STEP_WORDS = {Step.REVIEW: _("核稿"), Step.SIGN: _("签发"), Step.RECHECK: _("发文复核"), Step.LEADER: _("领导复核")}


def records(document: OutgoingDocument, request: Any) -> dict[str, Any]:
    """Everything that was recorded, in the order of the chain."""
    return {
        "opinions": [(each, STEP_WORDS[each.step]) for each in document.opinions],
        "checked": [CHECKLIST[each] for each in document.checklist],
        "coming": plating.coming_number(document) if document.state == "rechecked" else "",
        "plates": [(number, each, *_plate_state(each)) for number, each in enumerate(document.plates, 1)],
        "proofs": [_proof(each) for each in document.proofs],
        "rechecks": document.rechecks,
        "issuers": _issuers(document) if document.issuers else [],
        "seals": [_seal(each) for each in document.seals_asked],
        "dispatches": [_dispatch(each, request) for each in document.dispatches],
        "versions": request.has_permission(P.DOCUMENT_READ, document) and document.versions is not None,
    }


def _plate_state(plate: Any) -> tuple[str, Any]:
    if plate.done_at is None:
        return "wait", _("排版中")
    if plate.problem:
        return "bad", plating.PROBLEMS[plate.problem]
    return ("bad", _("缺字")) if plate.missing else ("done", _("已制版"))


def _proof(proof: Proof) -> tuple[Proof, str, Any]:
    return (proof, "done", _("通过")) if proof.passed else (proof, "back", _("退改"))


def _seal(asked: SealAsked) -> tuple[SealAsked, str, Any]:
    if asked.done_at is None:
        return asked, "wait", _("盖章中")
    return (asked, "bad", sealing.PROBLEMS[asked.problem]) if asked.problem else (asked, "done", _("已盖章"))


def _issuers(document: OutgoingDocument) -> list[tuple[str, str, Any]]:
    """Of a joint issue, which of the issuers have sealed (S-7)."""
    done = sealing.slots_set(document)
    return [
        (unit.name, "done", _("已盖章")) if slot in done else (unit.name, "wait", _("未盖章"))
        for slot, unit in enumerate(document.signatories)
    ]


def _dispatch(dispatch: Any, request: Any) -> tuple[Any, str | None, str, Any]:
    address = url(dispatch, "") if request.has_permission(P.DISPATCH_READ, dispatch) else None
    return dispatch, address, DISPATCH_BADGES[dispatch.state], dispatches.STATES[dispatch.state]


def paragraphs(document: OutgoingDocument) -> list[tuple[int, str, str]]:
    """The text as it stands, paragraph by paragraph: the level of its heading (0: none), the heading, the rest; then the attachments."""
    found = [(level, *heading(level, text)) for level, text in levels(document.body)]
    for each in document.attachments:
        found += [
            (1, f"附件：{each.title}", ""),
            *((level, *heading(level, text)) for level, text in levels(each.text)),
        ]
    return found
