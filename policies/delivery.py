"""The delivery's workflow (domain.md 5.3): open, sign for, return, recall, distribute, note (R-11.2, R-35.1, P-39, P-41, P-51..55)."""

from datetime import datetime
from typing import Any

from content_types.appointment import Capacity
from content_types.delivery import HELD, KEPT, Delivery, PrintKind
from govrepo.i18n import _
from policies import circulation, printing, receipts, registering, reply, rerouting, sending, verification
from policies.distribution import distribute_to, targets_problem
from policies.engine import Act, Reason, Table, Transition
from policies.permissions import Permission as P
from policies.roles import Role
from policies.vocabulary import return_reasons

STATES = {
    "pending": _("待签收"),
    "failed": _("投递失败"),
    "signed": _("已签收"),
    "returned": _("已退回"),
    "return_closed": _("退件已签收"),
    "recalled": _("已撤回"),
    "assigned": _("已分办"),
    "registered": _("已登记"),
    "closed": _("已阅办"),
}


def of_addressee(delivery: Any) -> Any:
    """The box it was addressed to."""
    return delivery.original_box


def of_dispatch(delivery: Any) -> Any:
    """The sender's side of a delivery: its dispatch, whose ACL decides."""
    return delivery.dispatch


def of_entry(delivery: Any) -> Any:
    """The register entry of a delivery: who concludes that settles this."""
    return delivery.entry or delivery


def of_source(delivery: Any) -> Any:
    """The delivery an internal one was distributed from; its box's ACL decides."""
    return delivery.source or delivery


# Guards: each answers None, or why not.


def opened(act: Act) -> Reason | None:
    """Signing and returning presuppose that the receiver has looked: domain.md 5.3, P-51."""
    return None if act.context.first_opened_at else Reason(_("请先打开查看，再签收或退文。"), "P-51")


def verification_not_bad(act: Act) -> Reason | None:
    """A delivery whose verification is bad is not signed for, printed or passed on (P-52)."""
    return Reason(_("验证不通过，只能退文。"), "P-52") if act.context.verification == "bad" else None


def never_opened(act: Act) -> Reason | None:
    """What nobody opened can be taken back at once (domain.md 5.3, P-41)."""
    return Reason(_("对方已打开，只能请求撤回。"), "P-41") if act.context.first_opened_at else None


def has_been_opened(act: Act) -> Reason | None:
    """A request is needed only once it was opened."""
    return None if act.context.first_opened_at else Reason(_("对方尚未打开，可以直接撤回。"), "P-41")


def external(act: Act) -> Reason | None:
    """Internal deliveries are not the sender's: they come back only to the box that distributed them."""
    return Reason(_("内部分办的文件由分办的收文员处理。"), "R-35.1") if act.context.internal else None


def own_sending(act: Act) -> Reason | None:
    """What was sent is taken back by whoever may send it (domain.md 7.2: case officer, own sending)."""
    return None if sending.is_own(act.context.dispatch, act.actor.person) else sending.NOT_OWN


def distributed(act: Act) -> Reason | None:
    """Only what was distributed inside the unit comes back to the box that distributed it."""
    return None if act.context.internal else Reason(_("本件不是内部分办件。"), "R-35.1")


def no_recall_asked(act: Act) -> Reason | None:
    """One request at a time."""
    return Reason(_("已请求撤回，等待对方答复。"), "P-41") if act.context.recall_asked_at else None


def recall_answered(act: Act) -> Reason | None:
    """What the sender wants back is not passed on or closed before the request is answered (P-41)."""
    return Reason(_("发文方请求撤回，请先答复。"), "P-41") if act.context.recall_asked_at else None


def recall_asked(act: Act) -> Reason | None:
    """An answer presupposes a request."""
    return None if act.context.recall_asked_at else Reason(_("发文方没有请求撤回。"), "P-41")


# Guards over what was typed.


def return_reason_given(act: Act) -> Reason | None:
    """A return names a reason from the list; "other" needs words (domain.md 4.9, P-54)."""
    if act.given.get("reason") not in {term.code for term in return_reasons(act.context)}:
        return Reason(_("请从列表中选择退文理由。"), "P-54", "reason")
    if act.given["reason"] == "other" and not str(act.given.get("note", "")).strip():
        return Reason(_("理由为“其他”时请写明情况。"), "P-54", "note")
    return None


def words_given(act: Act) -> Reason | None:
    """A refusal or a request is explained in words."""
    return None if str(act.given.get("note", "")).strip() else Reason(_("请写明理由。"), "P-41", "note")


def targets_given(act: Act) -> Reason | None:
    """Distribution names at least one target inside the unit (domain.md 5.3, assign)."""
    return targets_problem(act)


def entry_given(act: Act) -> Reason | None:
    """R-19.5: a registered delivery has its entry."""
    return None if act.given.get("entry") is not None else Reason(_("请在登记页面办理。"), "R-19.1")


# Effects.


def mark_opened(act: Act) -> None:
    """The first opening counts (R-N3.3); it is not a signature."""
    if act.context.first_opened_at is None:
        act.context.first_opened_at = act.now
        act.context.opened_by = act.actor.person


def mark_heard(act: Act) -> None:
    """The first alert that sounded at a receiver's workstation (R-N3.2, R-N3.3)."""
    act.context.alerted_at = act.context.alerted_at or act.now


def mark_signed(act: Act) -> None:
    """Who signed, when, and in which capacity (4.9): duty, own receiver, or designated."""
    delivery = act.context
    delivery.signed_at = act.now
    delivery.signed_by = act.actor.person
    delivery.capacity = capacity_of(act)


def capacity_of(act: Act) -> str:
    """The capacity shown on the receipt: ``duty`` when only the duty appointment gives the right (R-16.5), else ``own``.

    Who stands in by an appointment for that purpose is shown as such: ``acting`` or ``designated`` (R-11.3).
    """
    scope = act.context.box.owner.scope
    own = {f"{role}@{scope}" for role in (Role.UNIT_CLERK, Role.REGISTRY_CLERK, Role.RECEIVER)}
    if act.context.rerouted:
        return "on_behalf"
    held = [each.capacity for each in act.actor.person.appointments(act.now) if each.principal in own]
    if not held:
        return "duty"
    return "own" if Capacity.REGULAR in held else str(held[0])


def mark_returned(act: Act) -> None:
    """The reason and the words of the return."""
    delivery = act.context
    delivery.returned_at = act.now
    delivery.return_reason = str(act.given["reason"])
    delivery.return_note = str(act.given.get("note", ""))


def mark_recall_asked(act: Act) -> None:
    """The sender's request stands in the box until answered."""
    act.context.recall_asked_at = act.now
    act.context.recall_reason = str(act.given.get("note", ""))


def clear_recall(act: Act) -> None:
    """An answered request is over; both facts stay in the history."""
    act.context.recall_asked_at = None


def drop_entry(act: Act) -> None:
    """The entry was cancelled; the delivery may be registered anew (R-19.5)."""
    act.context.entry = None


def ring(act: Act) -> None:
    """The box has changed; open pages hear of it."""
    act.context.box.bell.ring()


RECEIVING = ("pending",)


def _row(name: str, title: str, sources: tuple[str, ...], target: str | None, permission: P, **more: Any) -> Transition:
    return Transition(name, title, sources, target, permission, **more)


TRANSITIONS: tuple[Transition, ...] = (
    _row("hear", _("来文提醒"), RECEIVING, None, P.BOX_CHECK_IN, effects=(mark_heard,), article="R-N3.2"),
    _row("open", _("打开"), RECEIVING, None, P.DELIVERY_OPEN, effects=(mark_opened,), article="R-N3.3"),
    _row(
        "sign_for", _("签收"), RECEIVING, "signed", P.DELIVERY_SIGN_FOR, article="R-35.1", signed=True,
        guards=(opened, verification_not_bad), effects=(mark_signed, receipts.issue("signed"), ring),
    ),
    _row(
        "return", _("退文"), RECEIVING, "returned", P.DELIVERY_RETURN, article="P-54",
        guards=(opened,), inputs=(return_reason_given,),
        effects=(mark_returned, clear_recall, receipts.issue("returned"), ring),
    ),
    _row(
        "late_return", _("签收后退文"), ("signed",), "returned", P.DELIVERY_LATE_RETURN, article="P-55",
        inputs=(return_reason_given,), effects=(mark_returned, clear_recall, receipts.issue("returned"), ring),
    ),
    _row(
        "acknowledge", _("签收退件"), ("returned",), "return_closed", P.DISPATCH_ACKNOWLEDGE, article="P-39",
        authority=of_dispatch, guards=(external, own_sending),
    ),
    _row(
        "take_back", _("收回退件"), ("returned",), "return_closed", P.DELIVERY_DISTRIBUTE, article="R-35.1",
        authority=of_source, guards=(distributed,), effects=(ring,),
    ),
    _row(
        "recall", _("撤回"), RECEIVING, "recalled", P.DISPATCH_RECALL, article="P-41",
        authority=of_dispatch, guards=(external, own_sending, never_opened), effects=(receipts.issue("recalled"), ring),
    ),
    _row(
        "ask_recall", _("请求撤回"), ("pending", "signed"), None, P.DISPATCH_RECALL, article="P-41",
        authority=of_dispatch, guards=(external, own_sending, has_been_opened, no_recall_asked), inputs=(words_given,),
        effects=(mark_recall_asked, ring),
    ),
    _row(
        "accept_recall", _("同意撤回"), ("pending", "signed"), "recalled", P.DELIVERY_ANSWER_RECALL, article="P-41",
        guards=(recall_asked,), effects=(clear_recall, receipts.issue("recalled"), ring),
    ),
    _row(
        "refuse_recall", _("不同意撤回"), ("pending", "signed"), None, P.DELIVERY_ANSWER_RECALL, article="P-41",
        guards=(recall_asked,), inputs=(words_given,), effects=(clear_recall, receipts.issue("recall_refused"), ring),
    ),
    _row(
        "distribute", _("分办"), HELD, "assigned", P.DELIVERY_DISTRIBUTE, article="R-11.2",
        guards=(rerouting.own_mail, verification_not_bad, recall_answered), inputs=(targets_given,), effects=(distribute_to, ring),
    ),
    _row(
        "note", _("阅知"), HELD, "closed", P.DELIVERY_NOTE, article="TL12 24(4)",
        guards=(rerouting.own_mail, recall_answered), effects=(ring,),
    ),
    _row(
        "register", _("登记"), HELD, "registered", P.REGISTER_ENTER, article="R-19.1",
        guards=(
            rerouting.own_mail, verification_not_bad, recall_answered, registering.not_registered, registering.not_registered_before,
            registering.not_forwarded, registering.formal_for_the_office,
        ),
        inputs=(entry_given,), effects=(registering.keep_entry, receipts.issue("registered"), ring),
    ),
    _row(
        "forward", _("转厅文登记"), HELD, "assigned", P.REGISTER_ENTER, article="R-19.2",
        guards=(
            rerouting.own_mail, verification_not_bad, recall_answered, registering.division_received, registering.not_registered,
            registering.not_forwarded, registering.formal, registering.both_files,
        ),
        effects=(registering.forward_to_office, ring),
    ),
    _row(
        "hand_on", _("交办"), ("registered",), None, P.REGISTER_ENTER, article="TL12 24(4)",
        guards=(verification_not_bad, recall_answered), inputs=(targets_given,), effects=(distribute_to, ring),
    ),
    _row(
        "preview_return", _("初审退文"), ("registered",), "returned", P.REGISTER_ENTER, article="P-54",
        inputs=(return_reason_given,), effects=(mark_returned, clear_recall, receipts.issue("returned"), ring),
    ),
    _row("unregister", _("注销登记"), ("registered",), "signed", P.REGISTER_ENTER, effects=(drop_entry, ring), article="R-19.5"),
    _row("settle", _("办结"), ("registered",), "closed", P.ENTRY_HANDLE, authority=of_entry, effects=(ring,), article="5.3"),
    _row("settle_read", _("阅结"), ("registered",), "closed", P.REGISTER_ENTER, effects=(ring,), article="5.3"),
    _row(
        "print", _("打印正式份"), KEPT, None, P.DELIVERY_PRINT, article="P-35",
        guards=(rerouting.own_mail, verification_not_bad, printing.quota_left, printing.consented),
        inputs=(printing.formal_chosen, printing.formal_copies_given, printing.within_consent(PrintKind.FORMAL)),
        effects=(printing.count(PrintKind.FORMAL),), details=printing.taken,
    ),
    _row(
        "print_plain", _("打印脱密件"), KEPT, None, P.DELIVERY_PRINT, article="P-35",
        guards=(rerouting.own_mail, verification_not_bad, printing.consented),
        inputs=(printing.formal_chosen, printing.copies_given, printing.within_consent(PrintKind.DESENSITISED)),
        effects=(printing.count(PrintKind.DESENSITISED),), details=printing.taken,
    ),
    _row(
        "ask_print", _("申请打印"), KEPT, None, P.DELIVERY_PRINT, article="P-58",
        guards=(verification_not_bad, printing.consent_wanted), inputs=(printing.wish_given,),
        effects=(printing.ask_consent, ring),
    ),
    _row(
        "grant_print", _("同意打印"), KEPT, None, P.DELIVERY_CONSENT, article="P-58", signed=True,
        guards=(printing.consent_asked, printing.not_own_request), effects=(printing.answer(granted=True), ring),
    ),
    _row(
        "refuse_print", _("不同意打印"), KEPT, None, P.DELIVERY_CONSENT, article="P-58",
        guards=(printing.consent_asked,), inputs=(printing.refusal_explained,), effects=(printing.answer(granted=False), ring),
    ),
    _row(
        "download", _("下载可编辑文档"), KEPT, None, P.DELIVERY_PRINT, article="P-59",
        guards=(rerouting.own_mail, verification_not_bad), inputs=(printing.other_file_chosen, printing.purpose_given),
        effects=(printing.count(PrintKind.DOWNLOAD),), details=printing.taken,
    ),
    _row(
        "hand_back", _("收回代收件"), ("pending", *KEPT), None, P.DELIVERY_SIGN_FOR, article="R-12.4",
        authority=of_addressee, guards=(rerouting.away, rerouting.service_back), effects=(rerouting.hand_back, ring),
    ),
    _row(
        "grant_circulation", _("同意扩大发送范围"), KEPT, None, P.DISPATCH_RELEASE, article="S-10", authority=of_dispatch,
        guards=(external, circulation.asked), effects=(circulation.answer(granted=True),), details=circulation.answered,
    ),
    _row(
        "refuse_circulation", _("不同意扩大发送范围"), KEPT, None, P.DISPATCH_RELEASE, article="S-10", authority=of_dispatch,
        guards=(external, circulation.asked), inputs=(words_given,), effects=(circulation.answer(granted=False),),
        details=circulation.answered,
    ),
    _row(
        "reply", _("回复发文方"), KEPT, None, P.DELIVERY_REPLY, article="P-60",
        guards=(reply.wanted,), inputs=(reply.answer_given,), effects=(reply.keep, ring),
    ),
    _row(
        "verify_again", _("重新验证"), ("pending", *KEPT), None, P.DELIVERY_READ, article="P-52",
        guards=(opened, verification.none_under_way), effects=(verification.ask,),
    ),
)  # fmt: skip


def facts(delivery: Delivery) -> dict[str, Any]:
    """Who opened, signed or returned it and when, and the digests of its receipts."""
    opened_by, signed_by = delivery.opened_by, delivery.signed_by
    return {
        "opened_at": _moment(delivery.first_opened_at),
        "opened_by": opened_by and opened_by.id,
        "signed_at": _moment(delivery.signed_at),
        "signed_by": signed_by and signed_by.id,
        "capacity": delivery.capacity,
        "rerouted": delivery.box.uid if delivery.rerouted else "",
        "returned_at": _moment(delivery.returned_at),
        "return_reason": delivery.return_reason,
        "receipts": [each.digest for each in delivery.receipts],
    }


def _moment(instant: datetime | None) -> str:
    return instant.isoformat() if instant else ""


TABLE = Table(
    noun="delivery",
    label=_("收件"),
    begun={"deliver": _("送达"), "deliver_fail": _("送达失败"), "reroute": _("改投")},
    content_type="Delivery",
    initial="pending",
    states=STATES,
    transitions=TRANSITIONS,
    register="deliveries",
    version=lambda delivery: delivery.document.digest(),
    facts=facts,
)


def includeme(config: Any) -> None:
    """Bind the table."""
    config.add_policy_table(Delivery, TABLE)
