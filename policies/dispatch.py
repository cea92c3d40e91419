"""The dispatch's workflow (domain.md 5.2): draft, submit, release by a second person, send, add, resend, correct (P-30..41)."""

from collections import Counter
from datetime import timedelta
from typing import Any

from content_types.dispatch import Address, Dispatch, DispatchKind, Recipient
from content_types.exchange_box import BoxKind
from content_types.outgoing_document import OutgoingDocument
from content_types.unit import Connection
from govrepo import rules
from govrepo.catalog import Any as AnyOf
from govrepo.catalog import register
from govrepo.i18n import _
from policies import circulation, formats, leaving, legal_force, paper_making, phone_notice, reply, sending
from policies import official_document as documents
from policies.engine import Act, Reason, Table, Transition
from policies.incident import OPEN as OPEN_INCIDENTS
from policies.permissions import Permission as P

STATES = {
    "drafting": _("起草中"),
    "submitted": _("待核准"),
    "released": _("已核准"),
    "sent": _("已发送"),
    "completed": _("已完成"),
    "cancelled": _("已撤销"),
}


CHANNELS = {
    "paper": _("纸质"),
    "fax": _("传真"),
    "confidential": _("机要"),
    "other": _("其他"),
}
"""The original channel of an off-line entry (domain.md 4.10)."""


def elements_complete(act: Act) -> list[Reason]:
    """All mandatory elements are there (domain.md sect. 3.2)."""
    return documents.element_problems(act.context.document, _rule(act, "max_classification"))


def _rule(act: Act, name: str) -> Any:
    """A business setting as it counts at the moment of the act (R-41.1)."""
    return rules.value(act.context, act.actor.registry.govrepo_settings, name, act.now)


def recipients_fit(act: Act) -> list[Reason]:
    """At least one main recipient, nobody twice, not oneself, boxes that take the kind (P-4, P-31)."""
    dispatch = act.context
    problems = []
    whole = dispatch.kind not in (
        DispatchKind.SUPPLEMENT,
        DispatchKind.RESEND,
    )  # The rest of a sending may be copies only.
    if whole and not dispatch.boxes(Address.MAIN) and documents.needs_main_recipient(dispatch.document):
        problems.append(Reason(_("请选择主送机关。"), "P-31", "mains"))
    if not dispatch.recipients:
        problems.append(Reason(_("请选择收文单位。"), "P-31", "mains"))
    return [*problems, *_box_problems(dispatch, dispatch.recipients)]


def _box_problems(dispatch: Dispatch, recipients: tuple[Recipient, ...]) -> list[Reason]:
    problems = []
    for box, times in Counter(recipient.box for recipient in recipients).items():
        name = {"name": box.title}
        if times > 1:
            problems.append(Reason(_("“${name}”重复，主送和抄送中只能出现一次。", mapping=name), "P-31", "copies"))
        if box is dispatch.box:
            problems.append(Reason(_("不能发给自己的交换箱。"), "P-31", "mains"))
        if dispatch.document.kind in box.excluded_kinds:
            problems.append(Reason(_("“${name}”不接收此文种。", mapping=name), "P-4", "kind"))
    return problems


def kind_rules(act: Act) -> list[Reason]:
    """The rules tied to kind and direction (S-1, S-3)."""
    return documents.direction_problems(act.context.document, act.context.recipients)


def formats_complete(act: Act) -> list[Reason]:
    """The files required are there, each missing one named (R-N4.2, R-N4.3), and none is unfit."""
    document = act.context.document
    return [*formats.missing_files(document), *formats.unfit_files(document)]


def may_issue(act: Act) -> Reason | None:
    """A division sends informal items only, and nobody else does (S-5): a unit's items are official documents (R-N4.2)."""
    of_division = act.context.box.kind is BoxKind.DIVISION
    if of_division and not act.context.document.informal:
        return Reason(_("处室不得对外正式行文，只能发送便函或转办件。"), "S-5", "kind")
    if act.context.document.informal and not of_division:
        return Reason(_("便函由处室发送；单位应以公文发送。"), "R-N4.2", "kind")
    return None


def second_person(act: Act) -> Reason | None:
    """Who releases has neither drafted nor submitted (P-30, SOD-7)."""
    dispatch = act.context
    if act.actor.person in (dispatch.submitted_by, dispatch.document.drafter):
        return Reason(_("核准人不能是起草人或提交人。"), "SOD-7")
    return None


def not_releaser(act: Act) -> Reason | None:
    """Who sends has not released (SOD-7)."""
    if act.actor.person is act.context.released_by:
        return Reason(_("核准人不能自己发送。"), "SOD-7")
    return None


def is_case_officer(act: Act) -> Reason | None:
    """In the office and its divisions only the document's case officer presses send (R-24.5)."""
    return None if sending.is_own(act.context, act.actor.person) else sending.NOT_OWN


def still_draft(act: Act) -> Reason | None:
    """A document that has been frozen is not edited, whatever a linked dispatch's state (design.md sect. 5: immutable once sent)."""
    return Reason(_("文件已定稿，不能修改。"), "5.1") if act.context.document.frozen else None


def a_day_gone_by(act: Act) -> Reason | None:
    """The check is of use once the receivers have had their time, 24 hours by default (P-38)."""
    hours = _rule(act, "sender_check_hours")
    if act.now - act.context.sent_at >= timedelta(hours=hours):
        return None
    return Reason(_("发送满${hours}小时后再查询。", mapping={"hours": hours}), "P-38")


def came_as_files(act: Act) -> Reason | None:
    """S-9: what was made here is revoked on its own page; of what came as files, the sending stands for it."""
    made_here = isinstance(act.context.document, OutgoingDocument)
    return Reason(_("请在公文页面上办理。"), "S-9") if made_here else None


def not_corrected_yet(act: Act) -> Reason | None:
    """A document is corrected once; what is wrong then is the correction (P-40)."""
    if any(each.document.replaces is act.context.document for each in sending.linked(act.context)):
        return Reason(_("本件已有更正件，请在更正件上办理。"), "P-40")
    return None


def in_force(act: Act) -> Reason | None:
    """Nothing is sent before the system's start date (R-N1.2)."""
    first_day = _rule(act, "effective_date")
    if documents.today_is_in_force(first_day):
        return None
    return Reason(_("系统自${day}起正式运行，此前不能发送。", mapping={"day": first_day}), "R-N1.2")


def recipients_given(act: Act) -> list[Reason]:
    """A supplement names boxes that are not addressed yet (P-31); they are bound by the same rules as the first ones."""
    recipients = tuple(act.given.get("recipients", ()))
    if not recipients:
        return [Reason(_("请选择要补发的单位。"), "P-31", "mains")]
    already = {recipient.box for dispatch in sending.family(act.context) for recipient in dispatch.recipients}
    twice = [
        Reason(_("“${name}”已在收文单位中。", mapping={"name": recipient.box.title}), "P-31", "mains")
        for recipient in recipients
        if recipient.box in already
    ]
    rules = documents.direction_problems(act.context.document, recipients)
    return [*twice, *_box_problems(act.context, recipients), *rules]


def awaiting_given(act: Act) -> Reason | None:
    """What is taken back here has no delivery yet; a delivery is recalled itself (P-41)."""
    if act.given.get("box") in sending.awaiting(act.context):
        return None
    return Reason(_("该单位没有等待投递的文件。"), "P-41")


def resendable_given(act: Act) -> Reason | None:
    """A resend goes to boxes whose delivery came back, failed or was recalled (domain.md 5.2)."""
    boxes = act.given.get("boxes", ())
    if boxes and all(box in sending.resendable(act.context) for box in boxes):
        return None
    return Reason(_("只能向已退回、投递失败或已撤回的单位重发。"), "P-54", "boxes")


def in_trouble(dispatch: Dispatch) -> list[Any]:
    """The recipients whose delivery waits in a box with a fault that is not closed: to them paper may go instead (R-12.5)."""
    waiting = [each for each in dispatch.tracking.deliveries.values() if each.state in ("pending", "failed")]
    names = [str(each.original_box.__name__) for each in waiting]
    asked = AnyOf("box", names) & AnyOf("state", OPEN_INCIDENTS)
    found = register(dispatch, "incidents").query(asked, sort="at", limit=500).objects if names else ()
    troubled = {incident.box for incident in found}
    return [each for each in waiting if each.original_box in troubled]


def trouble_given(act: Act) -> list[Reason]:
    """R-12.5: paper goes instead to a box in trouble, and why is said."""
    there = {str(each.original_box.__name__) for each in in_trouble(act.context)}
    problems = [] if act.given.get("box") in there else [Reason(_("请选择有故障的收文单位。"), "R-12.5", "box")]
    return [
        *problems,
        *([] if str(act.given.get("note", "")).strip() else [Reason(_("请写明理由。"), "R-12.5", "note")]),
    ]


def expect_paper(act: Act) -> None:
    """R-12.5: the worker records the paper against this sending."""
    delivery = act.context.tracking.deliveries[act.given["box"]]
    paper_making.ask_fallback(delivery, act.given["note"])


def offline_files_complete(act: Act) -> list[Reason]:
    """An off-line entry carries the same files; they are inspected after the entry (R-N4.4)."""
    return formats.missing_files(act.context.document)


def from_unconnected_unit(act: Act) -> list[Reason]:
    """Only a unit without a connection is entered for, and its original channel is named (R-N4.4)."""
    dispatch = act.context
    problems = []
    if dispatch.document.unit.connection is Connection.CONNECTED:
        problems.append(Reason(_("已联通的单位应自行通过系统发文。"), "R-N4.4", "unit"))
    if dispatch.channel not in CHANNELS:
        problems.append(Reason(_("请选择原渠道。"), "R-N4.4", "channel"))
    return problems


def reason_given(act: Act) -> Reason | None:
    """A step back is explained in words."""
    return None if str(act.given.get("reason", "")).strip() else Reason(_("请写明理由。"), "P-30", "reason")


def freeze(act: Act) -> None:
    """Freeze the document and note who submitted it."""
    act.context.submitted_by = act.actor.person
    if not act.context.document.frozen:
        documents.freeze(act.context.document)


def thaw(act: Act) -> None:
    """Give the draft back, unless its document has been sent before (补发, 重发), or was sealed here and stays as it is (P-74)."""
    document = act.context.document
    if document.state == "sealed" and not isinstance(document, OutgoingDocument):
        documents.thaw(document)


def mark_released(act: Act) -> None:
    """Who released, and when (P-30)."""
    act.context.released_by = act.actor.person
    act.context.released_at = act.now


def mark_checked(act: Act) -> None:
    """The sender has looked after 24 hours (P-38)."""
    act.context.checked_at = act.now


OPEN = ("drafting", "submitted", "released")
GONE = ("sent", "completed")


def _row(name: str, title: str, sources: tuple[str, ...], target: str | None, permission: P, **more: Any) -> Transition:
    return Transition(name, title, sources, target, permission, **more)


TRANSITIONS: tuple[Transition, ...] = (
    _row("edit", _("修改"), ("drafting",), None, P.DISPATCH_PREPARE, guards=(is_case_officer, still_draft)),
    _row(
        "ask_reply", _("要求回复"), ("drafting",), None, P.DISPATCH_PREPARE, article="P-60",
        guards=(is_case_officer,), inputs=(reply.terms_given,), effects=(reply.set_terms,),
    ),
    _row(
        "submit", _("提交核准"), ("drafting",), "submitted", P.DISPATCH_PREPARE, article="P-30",
        guards=(is_case_officer, may_issue, elements_complete, recipients_fit, kind_rules, formats_complete, circulation.within_range, reply.terms_complete),
        effects=(freeze,),
    ),
    _row(
        "ask_circulation", _("征求发文单位同意"), ("drafting",), None, P.DISPATCH_PREPARE, article="S-10",
        guards=(is_case_officer, circulation.consent_needed), inputs=(reason_given,), effects=(circulation.ask,),
    ),
    _row(
        "send_back", _("退回修改"), ("submitted",), "drafting", P.DISPATCH_RELEASE, article="P-30",
        guards=(second_person,), inputs=(reason_given,), effects=(thaw,),
    ),
    _row(
        "release", _("核准"), ("submitted",), "released", P.DISPATCH_RELEASE, article="P-30", signed=True,
        guards=(second_person,), effects=(mark_released,),
    ),
    _row(
        "send", _("发送"), ("released",), "sent", P.DISPATCH_SEND, article="P-36",
        guards=(is_case_officer, not_releaser, in_force), inputs=(phone_notice.given_where_demanded,),
        effects=(sending.send, phone_notice.keep_with_dispatch),
    ),
    _row(
        "withdraw", _("撤销"), OPEN, "cancelled", P.DISPATCH_PREPARE, article="5.2",
        guards=(is_case_officer,), inputs=(reason_given,), effects=(thaw,),
    ),
    _row(
        "add_recipients", _("补发"), GONE, None, P.DISPATCH_PREPARE, article="P-31",
        guards=(is_case_officer,), inputs=(recipients_given, circulation.more_within_range), effects=(sending.supplement,),
    ),
    _row(
        "resend", _("重发"), GONE, None, P.DISPATCH_PREPARE, article="P-54",
        guards=(is_case_officer,), inputs=(resendable_given,), effects=(sending.resend,),
    ),
    _row(
        "correct", _("更正"), GONE, None, P.DISPATCH_PREPARE, article="P-40",
        guards=(is_case_officer, not_corrected_yet), effects=(sending.correct,),
    ),
    _row(
        "cancel_recipient", _("撤回"), GONE, None, P.DISPATCH_RECALL, article="P-41",
        guards=(is_case_officer,), inputs=(awaiting_given,), effects=(sending.cancel_recipient,),
    ),
    _row(
        "enter_offline", _("补录"), ("drafting",), "sent", P.OFFLINE_ENTER, article="R-N4.4",
        guards=(from_unconnected_unit, elements_complete, offline_files_complete, in_force),
        effects=(freeze, sending.send),
    ),
    _row(
        "send_paper", _("改送纸质"), GONE, None, P.DISPATCH_SEND, article="R-12.5",
        guards=(is_case_officer,), inputs=(trouble_given,), effects=(expect_paper,),
    ),
    _row(
        "check", _("查询签收情况"), GONE, None, P.DISPATCH_SEND, article="P-38",
        guards=(is_case_officer, a_day_gone_by), effects=(mark_checked,),
    ),
    *legal_force.rows(GONE, P.DISPATCH_RELEASE, (came_as_files,)),
    _row(
        "hand_over", _("移交"), (*OPEN, "sent"), None, P.PERSON_LEAVE, article="R-24.5", authority=leaving.of_case_officer,
        guards=(leaving.is_leaving,), inputs=(leaving.taker_fits,), effects=(leaving.hand_dispatch,),
    ),
)  # fmt: skip


def facts(dispatch: Dispatch) -> dict[str, Any]:
    """Of a sent one: by whom and when it was sent, by whom released, to whom, and the package's digest."""
    if dispatch.sent_at is None:
        return {}
    released_by, sent_by, called = dispatch.released_by, dispatch.sent_by, dispatch.phone_notice
    return {
        "sent_at": dispatch.sent_at.isoformat(),
        "sent_by": sent_by and sent_by.id,
        "released_by": released_by and released_by.id,
        "recipients": sending.recipients_digest(dispatch),
        "package": dispatch.package_digest,
        "phone_notice": called and str(called.result),
    }


TABLE = Table(
    noun="dispatch",
    label=_("发文"),
    begun={"prepare": _("起草"), "supplement": _("补发"), "resend": _("重发"), "settle": _("办结发文")},
    content_type="Dispatch",
    initial="drafting",
    states=STATES,
    transitions=TRANSITIONS,
    register="dispatches",
    version=lambda dispatch: dispatch.document.digest(),
    facts=facts,
)


def includeme(config: Any) -> None:
    """Bind the table."""
    config.add_policy_table(Dispatch, TABLE)
