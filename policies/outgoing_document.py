"""The workflow of an outgoing document (发文, domain.md 5.1; R-24.1 to R-24.5, S-1 to S-9, SOD-7, SOD-8): from the draft to the concluded matter.

What a row asks stands in ``outgoing_guards``, what it does in ``outgoing_effects``; plates are made in ``plating``, seals set in ``sealing``. A document that
comes as finished files never enters this table: its dispatch freezes it (``policies/dispatch.py``).
"""

from typing import Any

from content_types.outgoing_document import OutgoingDocument
from govrepo.i18n import _
from policies import drafting, leaving, legal_force, plating, sealing
from policies import outgoing_effects as effects
from policies import outgoing_guards as guards
from policies.engine import Table, Transition
from policies.permissions import Permission as P

STATES = {
    "draft": _("拟稿"),
    "review": _("核稿"),
    "signed": _("已签发"),
    "rechecked": _("已复核"),
    "plating": _("制版"),
    "proofing": _("校对"),
    "leader_recheck": _("领导复核"),
    "sealing": _("待盖章"),
    "sealed": _("已盖章"),
    "dispatched": _("已发出"),
    "concluded": _("已办结"),
    "filed": _("已归档"),
    "void": _("已作废"),
}

UNFINISHED = ("draft", "review", "signed", "rechecked", "plating", "proofing", "leader_recheck", "sealing")
FINISHED = ("sealed", "dispatched", "concluded", "filed")


def _row(name: str, title: str, sources: tuple[str, ...], target: str | None, permission: P, **more: Any) -> Transition:
    return Transition(name, title, sources, target, permission, **more)


TRANSITIONS: tuple[Transition, ...] = (
    _row(
        "edit", _("修改文稿"), ("draft",), None, P.DOCUMENT_DRAFT, article="5.1",
        guards=(guards.own, guards.not_in_other_hands), inputs=drafting.INPUTS, effects=(drafting.write,),
    ),
    _row(
        "check_out", _("签出"), ("draft",), None, P.DOCUMENT_DRAFT, article="5.1",
        guards=(guards.own, guards.not_in_other_hands), effects=(drafting.check_out,),
    ),
    _row("check_in", _("签入"), ("draft",), None, P.DOCUMENT_DRAFT, article="5.1", guards=(drafting.in_own_hand,), effects=(effects.put_down,)),
    _row(
        "submit", _("送核稿"), ("draft",), "review", P.DOCUMENT_DRAFT, article="5.1",
        guards=(guards.own, guards.not_in_other_hands, guards.elements_complete, guards.kind_rules, guards.series_fits),
        effects=(effects.put_down,),
    ),
    _row(
        "agree", _("核稿同意"), ("review",), None, P.DOCUMENT_REVIEW, article="TL12 25",
        guards=(guards.not_drafter, guards.not_reviewed_yet), effects=(effects.opinion_of_review,),
    ),
    _row(
        "return", _("退回修改"), ("review",), "draft", P.DOCUMENT_REVIEW, article="5.1",
        inputs=(guards.reason_given,), effects=(effects.returned_at_review,),
    ),
    _row(
        "sign", _("签发"), ("review",), "signed", P.DOCUMENT_SIGN, article="S-8", signed=True,
        guards=(guards.not_drafter, guards.reviewed, guards.principal_signs), effects=(effects.sign,),
    ),
    _row(
        "refuse", _("不予签发"), ("review",), "draft", P.DOCUMENT_SIGN, article="S-8",
        inputs=(guards.reason_given,), effects=(effects.returned_by_leader,),
    ),
    _row(
        "recheck_ok", _("复核通过"), ("signed",), "rechecked", P.DOCUMENT_RECHECK, article="TL12 25(1)",
        guards=(guards.not_drafter, guards.elements_complete, guards.kind_rules, guards.series_fits),
        inputs=(guards.checklist_complete,), effects=(effects.rechecked,),
    ),
    _row(
        "recheck_substance", _("退原签批人"), ("signed",), "review", P.DOCUMENT_RECHECK, article="TL12 25(1)",
        inputs=(guards.reason_given,), effects=(effects.substance_changed,),
    ),
    _row(
        "plate", _("制版、编号"), ("rechecked",), "plating", P.DOCUMENT_PLATE, article="R-24.2",
        guards=(guards.has_plate, guards.series_fits, guards.series_open, guards.not_of_another_year), effects=(plating.number_and_plate,),
    ),
    _row(
        "take_scan", _("上传扫描件"), ("rechecked",), None, P.DOCUMENT_DRAFT, article="R-N4.2",
        guards=(guards.own, guards.on_paper), effects=(effects.take_scan,),
    ),
    _row(
        "attach_scan", _("挂接盖章扫描件"), ("rechecked",), "sealed", P.DOCUMENT_DRAFT, article="R-N4.2",
        guards=(guards.own, guards.on_paper, guards.scan_complete, guards.number_typed), effects=(effects.freeze_scan,),
    ),
    _row(
        "replate", _("重新制版"), ("plating",), None, P.DOCUMENT_PLATE, article="R-24.2",
        guards=(plating.idle,), inputs=(plating.corrections_apply,), effects=(plating.plate_again,),
    ),
    _row("plated", _("制版完成"), ("plating",), None, P.DOCUMENT_FINISH, article="R-24.2", effects=(plating.keep_plate,)),
    _row("plate_done", _("送校对"), ("plating",), "proofing", P.DOCUMENT_PLATE, article="R-24.2", guards=(plating.plate_good, plating.corrected)),
    _row(
        "proof_back", _("退改"), ("proofing",), "plating", P.DOCUMENT_PROOF, article="R-24.2",
        guards=(guards.not_plate_maker,), inputs=(guards.corrections_given,), effects=(effects.proof_back,),
    ),
    _row(
        "proof_ok", _("校对通过"), ("proofing",), "sealing", P.DOCUMENT_PROOF, article="R-24.2",
        guards=(guards.not_plate_maker, guards.no_leader_needed), effects=(effects.proof_ok, sealing.open_to_issuers),
    ),
    _row(
        "proof_ok_leader", _("校对通过，送领导复核"), ("proofing",), "leader_recheck", P.DOCUMENT_PROOF, article="R-24.3",
        guards=(guards.not_plate_maker, guards.leader_needed), effects=(effects.proof_ok,),
    ),
    _row(
        "leader_ok", _("领导复核通过"), ("leader_recheck",), "sealing", P.DOCUMENT_LEADER_RECHECK, article="R-24.3", signed=True,
        guards=(guards.not_drafter,), effects=(effects.leader_ok, sealing.open_to_issuers),
    ),
    _row(
        "leader_back", _("退回制版"), ("leader_recheck",), "plating", P.DOCUMENT_LEADER_RECHECK, article="R-24.3",
        inputs=(guards.reason_given,), effects=(effects.leader_back,),
    ),
    _row(
        "seal", _("盖章"), ("sealing",), None, P.DOCUMENT_SEAL, article="P-74", signed=True,
        guards=(guards.has_seal, sealing.idle, sealing.numbered_plate, sealing.keeper_apart), inputs=(sealing.seal_fits,), effects=(sealing.ask,),
    ),
    _row("seal_failed", _("盖章未成"), ("sealing",), None, P.DOCUMENT_FINISH, article="P-74", effects=(sealing.say_failed,)),
    _row("seal_set", _("加盖一方印章"), ("sealing",), None, P.DOCUMENT_FINISH, article="S-7", effects=(sealing.keep_sealed,)),
    _row("finish", _("盖章完成"), ("sealing",), "sealed", P.DOCUMENT_FINISH, article="P-74", effects=(sealing.keep_sealed, sealing.freeze)),
    _row(
        "dispatch", _("发文"), ("sealed",), None, P.DOCUMENT_DISPATCH, article="R-24.5",
        guards=(guards.own, guards.not_in_dispatch), effects=(effects.make_dispatch,),
    ),
    _row("sent", _("已发送"), ("sealed",), "dispatched", P.DOCUMENT_DISPATCH, article="P-36"),
    _row(
        "conclude", _("办结"), ("dispatched",), "concluded", P.DOCUMENT_DISPATCH, article="5.1",
        guards=(guards.own, guards.all_settled),
    ),
    _row(
        "ask_cancel", _("申请作废"), UNFINISHED, None, P.DOCUMENT_DRAFT, article="S-24",
        guards=(guards.own, guards.no_cancel_asked), inputs=(guards.reason_given,), effects=(effects.ask_cancel,),
    ),
    _row(
        "cancel", _("作废"), UNFINISHED, "void", P.DOCUMENT_REVIEW, article="S-24",
        guards=(guards.cancel_asked, guards.not_drafter, sealing.nothing_sealed), effects=(effects.cancel,),
    ),
    _row(
        "keep", _("不予作废"), UNFINISHED, None, P.DOCUMENT_REVIEW, article="S-24",
        guards=(guards.cancel_asked,), inputs=(guards.reason_given,), effects=(effects.keep,),
    ),
    *legal_force.rows(FINISHED, P.DOCUMENT_VOID),
    _row(
        "hand_over", _("移交"), (*UNFINISHED, "sealed", "dispatched"), None, P.PERSON_LEAVE, article="R-24.5",
        authority=leaving.of_drafter, guards=(leaving.is_leaving,), inputs=(leaving.taker_fits,), effects=(leaving.hand_document,),
    ),
)  # fmt: skip


def facts(document: OutgoingDocument) -> dict[str, Any]:
    """Of a numbered one: its number, who signed it, the digest of the newest plate, and its legal state where it lost its force."""
    plate = document.plate
    return {
        "number": document.number if document.allotment is not None or document.frozen else "",
        "signed_by": document.signed_by and document.signed_by.id,
        "plate": plate.file.sha256 if plate is not None and plate.file is not None else "",
        "legal_state": "" if not document.legal_changes else str(document.legal_state),
    }


TABLE = Table(
    noun="outgoing_document",
    label=_("公文"),
    begun={"begin": _("拟稿")},
    content_type="OutgoingDocument",
    initial="draft",
    states=STATES,
    transitions=TRANSITIONS,
    register="outgoing",
    version=lambda document: document.digest(),
    facts=facts,
)


def includeme(config: Any) -> None:
    """Bind the table."""
    config.add_policy_table(OutgoingDocument, TABLE)
