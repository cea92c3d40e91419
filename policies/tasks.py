"""What each person must do next (我的待办, domain.md 7.1, chapter 5): kinds of tasks, each asked of one register.

A kind says which rows wait for an actor; it never gives a right. The first page shows the counts, the page of tasks the rows.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, NamedTuple

from content_types.exchange_box import BoxKind
from govrepo import clock, rules
from govrepo.catalog import Any as AnyOf
from govrepo.catalog import Eq, Query, Range, register
from govrepo.i18n import _
from policies.actor import Actor
from policies.drafting_desk import desks_of
from policies.duty_shift import waits_for
from policies.exchange_box import boxes_of, readable_carriers
from policies.outgoing_guards import is_reviewed
from policies.permissions import Permission as P
from policies.registering import keeps_register
from policies.registers.keys import box_state
from policies.reply import not_answered, to_answer, unanswered
from policies.roles import Role
from policies.seal import expiring
from policies.seal_application import PRESENT
from policies.sealing import seals_for
from policies.unit import decides

PRESENT_SEAL = AnyOf("state", PRESENT)
Asked = Callable[[Actor, Any], Query | None]
Fits = Callable[[Any, Actor], bool]
KEEPERS = (f"{Role.SEAL_KEEPER}@unit:", f"{Role.UNIT_SEAL_KEEPER}@unit:")
MOST = 200
"""Rows of a kind that are looked at; who has more begins with the oldest."""


def every(_row: Any, _actor: Actor) -> bool:
    """Most kinds are told by their query alone."""
    return True


class Kind(NamedTuple):
    """A kind of task. ``order`` is the index that puts the oldest first; ``fits`` leaves out what no index tells."""

    key: str
    words: Any
    register: str
    asked: Asked
    order: str
    fits: Fits = every


def received(permission: P, *states: str) -> Asked:
    """What lies in one of the states in the boxes where an actor does something with it."""

    def asked(actor: Actor, root: Any) -> Query | None:
        names = [str(box.__name__) for box in boxes_of(actor, root) if actor.allowed(permission, box)]
        return AnyOf("box_state", [box_state(name, state) for name in names for state in states]) if names else None

    return asked


def came_back(state: str) -> Asked:
    """What an actor's outboxes sent, and what is not the receivers' any more."""

    def asked(actor: Actor, root: Any) -> Query | None:
        names = _carriers(actor, root, P.DISPATCH_COMPOSE)
        return AnyOf("from_carrier", names) & Eq("state", state) & Eq("internal", 0) if names else None

    return asked


def passed_on(actor: Actor, root: Any) -> Query | None:
    """What receivers ask to pass on beyond those it was addressed to, for the releasers of what was sent (S-10)."""
    names = _carriers(actor, root, P.DISPATCH_RELEASE)
    return AnyOf("asks", [f"circulate {name}" for name in names]) if names else None


def to_be_printed(actor: Actor, root: Any) -> Query | None:
    """What the people of a box ask to print, for its heads (P-58)."""
    names = [str(box.__name__) for box in boxes_of(actor, root) if actor.allowed(P.DELIVERY_CONSENT, box)]
    return AnyOf("asks", [f"print {name}" for name in names]) if names else None


def sending(permission: P, state: str) -> Asked:
    """What lies in a state in the outboxes where an actor does something with it."""

    def asked(actor: Actor, root: Any) -> Query | None:
        names = _carriers(actor, root, permission)
        return AnyOf("box_state", [box_state(name, state) for name in names]) if names else None

    return asked


def _carriers(actor: Actor, root: Any, permission: P) -> list[str]:
    """The outboxes and desks that an actor reads, in the boxes where a permission is held."""
    boxes = (box for box in boxes_of(actor, root) if actor.allowed(permission, box))
    return [name for box in boxes for name in readable_carriers(actor, box)]


def own_drafts(actor: Actor, _root: Any) -> Query | None:
    """A person's own drafts."""
    return Eq("case_officer", actor.person.id) & Eq("state", "drafting")


def long_sent(actor: Actor, root: Any) -> Query | None:
    """What was sent so long ago that the sender looks whether it arrived (P-38)."""
    names = _carriers(actor, root, P.DISPATCH_COMPOSE)
    hours = rules.value(root, actor.registry.govrepo_settings, "sender_check_hours")
    until = clock.micros(clock.now() - timedelta(hours=hours))
    return AnyOf("box_state", [box_state(name, "sent") for name in names]) & Range("sent", 1, until) if names else None


def at_desk(state: str) -> Asked:
    """What lies in a state at the duty desks that an actor works (R-16.4, R-20.3)."""

    def asked(actor: Actor, root: Any) -> Query | None:
        names = [str(box.__name__) for box in boxes_of(actor, root) if actor.allowed(P.DUTY_WORK, box)]
        return AnyOf("box_state", [box_state(name, state) for name in names]) if names else None

    return asked


def noted(actor: Actor, root: Any) -> Query | None:
    """The shifts whose note waits for the next (R-16.1)."""
    names = [str(box.__name__) for box in boxes_of(actor, root) if actor.allowed(P.DUTY_WORK, box)]
    return AnyOf("box", names) & Eq("state", "noted") if names else None


def taken_by_actor(shift: Any, actor: Actor) -> bool:
    """R-16.1: the next shift's people confirm."""
    return bool(waits_for([shift], actor.person))


def assigned(actor: Actor, _root: Any) -> Query | None:
    """What was put before a person."""
    return Eq("person", actor.person.id) & Eq("state", "open")


def turn(*acts: str) -> Asked:
    """The register entries on which an act is an actor's (policies/registers/incoming.py)."""

    def asked(actor: Actor, _root: Any) -> Query | None:
        return AnyOf("turn", [f"{act} {principal}" for act in acts for principal in actor.principals])

    return asked


def making(permission: P, *states: str) -> Asked:
    """What lies in one of the states on the desks where an actor does something with it (5.1)."""

    def asked(actor: Actor, root: Any) -> Query | None:
        desks = desks_of(actor, root, permission)
        return AnyOf("desk_state", [box_state(desk, state) for desk in desks for state in states]) if desks else None

    return asked


def own_documents(*states: str) -> Asked:
    """A case officer's own documents in one of the states (R-24.5)."""

    def asked(actor: Actor, _root: Any) -> Query | None:
        return Eq("case_officer", actor.person.id) & AnyOf("state", states)

    return asked


def to_be_sealed(actor: Actor, root: Any) -> Query | None:
    """What waits for seals on an actor's desks, and what other units issue jointly with those whose seals the actor keeps (S-7)."""
    own = making(P.DOCUMENT_SEAL, "sealing")(actor, root)
    units = [each.partition("@unit:")[2] for each in actor.principals if each.startswith(KEEPERS)]
    joint = AnyOf("issuers", units) & Eq("state", "sealing") if units else None
    return own | joint if own is not None and joint is not None else own or joint


def late(actor: Actor, root: Any) -> Query | None:
    """What is past its limit, for the keepers of the register, who urge (TL12 24(6))."""
    boxes = (box for box in boxes_of(actor, root) if keeps_register(box) and actor.allowed(P.REGISTER_ENTER, box))
    names = [str(box.__name__) for box in boxes]
    past = Range("due", 1, clock.today().toordinal() - 1)
    return AnyOf("box", names) & Eq("state", "handling") & past if names else None


def late_paper(actor: Actor, root: Any) -> Query | None:
    """Paper that should have come into the boxes where an actor collects it (R-N2.2)."""
    names = [str(box.__name__) for box in boxes_of(actor, root) if actor.allowed(P.PAPER_RECEIVE, box)]
    states = [box_state(name, "expected") for name in names]
    return AnyOf("box_state", states) & paper_overdue() if names else None


def paper_overdue() -> Query:
    """The query for paper whose day is over."""
    return Range("due", 1, clock.today().toordinal() - 1)


def paper_to_chase(actor: Actor, root: Any) -> Query | None:
    """Paper that an actor's outboxes sent, and that is overdue or reported lost (R-N2.2)."""
    names = _carriers(actor, root, P.DISPATCH_COMPOSE)
    late = Eq("state", "expected") & paper_overdue()
    return AnyOf("from_carrier", names) & (late | Eq("state", "lost")) if names else None


def seals_of_leaders(actor: Actor, root: Any) -> Query | None:
    """Seals applied for, and those whose destruction is, for the leaders of the operating office (P-70)."""
    return Eq("state", "applied") | (Eq("asked", "asked") & PRESENT_SEAL) if decides(actor, root) else None


def seals_to_make(actor: Actor, root: Any) -> Query | None:
    """What was approved, for whoever makes and destroys seals (P-70)."""
    approved = Eq("state", "approved") | (Eq("asked", "approved") & PRESENT_SEAL)
    return approved if actor.allowed(P.SEAL_MAKE, root) else None


def seals_to_activate(actor: Actor, _root: Any) -> Query | None:
    """What its keeper has to put into use (P-72)."""
    return Eq("keeper", actor.person.id) & Eq("state", "made")


def seals_expiring(actor: Actor, _root: Any) -> Query | None:
    """What its keeper has to have renewed."""
    return Eq("keeper", actor.person.id) & expiring(actor.registry)


def seals_outdated(actor: Actor, _root: Any) -> Query | None:
    """What no longer bears its unit's name, for its keeper (P-12)."""
    return Eq("keeper", actor.person.id) & Eq("outdated", 1)


def by_own_hand(dispatch: Any, actor: Actor) -> bool:
    """R-24.5: a unit's clerks share its box; in the office and its divisions only the case officer sends."""
    return bool(dispatch.box.kind is BoxKind.UNIT or dispatch.document.case_officer is actor.person)


def sent_back(dispatch: Any, _actor: Actor) -> bool:
    """5.2: the releaser gave it back."""
    return bool(dispatch.history[-1].transition == "send_back")


def not_sent_back(dispatch: Any, actor: Actor) -> bool:
    """Still to be finished by whoever began it."""
    return not sent_back(dispatch, actor)


def wanted_back(delivery: Any, _actor: Actor) -> bool:
    """P-41: the sender waits for an answer."""
    return delivery.recall_asked_at is not None


def unchecked(dispatch: Any, actor: Actor) -> bool:
    """P-38: nobody has looked yet."""
    return dispatch.checked_at is None and by_own_hand(dispatch, actor)


def by_another(dispatch: Any, actor: Actor) -> bool:
    """SOD-7: nobody releases what he or she drafted or submitted."""
    return actor.person not in (dispatch.submitted_by, dispatch.document.drafter)


def mine_to_urge(entry: Any, actor: Actor) -> bool:
    """TL12 24(6): the person named urges; where nobody is named, any keeper does."""
    return entry.urger in (None, actor.person)


def for_own_seal(document: Any, actor: Actor) -> bool:
    """P-72, SOD-8: what a seal in the own hand is missing on."""
    return by_others(document, actor) and bool(seals_for(document, actor.person))


def by_others(document: Any, actor: Actor) -> bool:
    """SOD-7: nobody reviews or signs the own draft."""
    return actor.person not in (document.drafter, document.case_officer)


def to_be_reviewed(document: Any, actor: Actor) -> bool:
    """What no reviewer has agreed to in this round."""
    return by_others(document, actor) and not is_reviewed(document)


def to_be_signed(document: Any, actor: Actor) -> bool:
    """What a reviewer has agreed to; S-8: upward and important ones wait for the principal leader."""
    only = document.box.owner.principal_leader if document.upward or document.important else None
    return by_others(document, actor) and is_reviewed(document) and only in (None, actor.person)


def to_be_plated(document: Any, _actor: Actor) -> bool:
    """What has a plate-making system behind it (R-N4.1)."""
    return bool(document.unit.is_fully_deployed)


def not_own_plate(document: Any, actor: Actor) -> bool:
    """SOD-8: nobody reads the own plate."""
    return document.plate is not None and document.plate.by is not actor.person


def to_be_scanned(document: Any, _actor: Actor) -> bool:
    """Path B: stamped on paper, to be scanned (R-N4.2)."""
    return not document.unit.is_fully_deployed


def given_back(document: Any, _actor: Actor) -> bool:
    """A draft that came back from review or from the leader."""
    return bool(document.history[-1].transition in ("return", "refuse"))


def still_drafted(document: Any, actor: Actor) -> bool:
    """A draft that its drafter has not finished."""
    return not given_back(document, actor)


def without_dispatch(document: Any, _actor: Actor) -> bool:
    """Sealed, and no sending made of it yet (R-24.5)."""
    return all(each.state == "cancelled" for each in document.dispatches)


def to_be_given_up(document: Any, actor: Actor) -> bool:
    """5.1: the case officer asks for it, a reviewer decides."""
    return document.asked_cancel is not None and by_others(document, actor)


def asked_by_another(entry: Any, actor: Actor) -> bool:
    """5.5: nobody decides on the own request."""
    return entry.asked_by is not actor.person


def of_own_sending(delivery: Any, actor: Actor) -> bool:
    """R-24.5, for what came back."""
    return by_own_hand(delivery.dispatch, actor)


KINDS: tuple[Kind, ...] = (
    Kind("sign", _("待签收"), "deliveries", received(P.DELIVERY_SIGN_FOR, "pending"), "available"),
    Kind("distribute", _("已签收，待分办或者登记"), "deliveries", received(P.DELIVERY_DISTRIBUTE, "signed"), "available"),
    Kind("assigned", _("分办给我的"), "assignments", assigned, "assigned"),
    Kind("call", _("急件：待电话通知处室"), "division_calls", at_desk("due"), "due"),
    Kind("awaited", _("电话通知：待到文"), "phone_notices", at_desk("awaiting"), "at"),
    Kind("take", _("值班交接：待确认接班"), "duty_shifts", noted, "ends", taken_by_actor),
    Kind("recall", _("发文方请求撤回，待答复"), "deliveries", received(P.DELIVERY_ANSWER_RECALL, "pending", "signed"), "available", wanted_back),
    Kind("sent_back", _("退回修改的草稿"), "dispatches", own_drafts, "order", sent_back),
    Kind("draft", _("我的草稿"), "dispatches", own_drafts, "order", not_sent_back),
    Kind("release", _("待核准"), "dispatches", sending(P.DISPATCH_RELEASE, "submitted"), "order", by_another),
    Kind("send", _("已核准，待发送"), "dispatches", sending(P.DISPATCH_COMPOSE, "released"), "order", by_own_hand),
    Kind("returned", _("退件待签收"), "deliveries", came_back("returned"), "available", of_own_sending),
    Kind("failed", _("投递失败"), "deliveries", came_back("failed"), "available", of_own_sending),
    Kind("circulation", _("收文单位请求扩大发送范围，待答复"), "deliveries", passed_on, "available"),
    Kind("print", _("申请打印，待答复"), "deliveries", to_be_printed, "available"),
    Kind("answer", _("待回复发文方"), "deliveries", to_answer, "reply_due", not_answered),
    Kind("unanswered", _("逾期未回复的单位"), "deliveries", unanswered, "reply_due", of_own_sending),
    Kind("check", _("发送已久，待查询签收情况"), "dispatches", long_sent, "sent", unchecked),
    Kind("paper", _("纸质件：逾期未收到"), "paper_items", late_paper, "due"),
    Kind("paper_match", _("纸质件：待配对"), "paper_items", received(P.PAPER_RECEIVE, "unmatched"), "order"),
    Kind("paper_chase", _("发出的纸质件：对方逾期未收到或者遗失"), "paper_items", paper_to_chase, "due", of_own_sending),
    Kind("seal_approve", _("印章申请：待批准"), "seals", seals_of_leaders, "at"),
    Kind("seal_make", _("印章：待制作或者销毁"), "seals", seals_to_make, "at"),
    Kind("seal_activate", _("印章：待启用"), "seals", seals_to_activate, "at"),
    Kind("seal_expiring", _("印章证书：即将到期或者已到期"), "seals", seals_expiring, "valid_to"),
    Kind("seal_outdated", _("印章：单位已更名，须重新制作"), "seals", seals_outdated, "at"),
    Kind("drafted", _("拟稿：退回修改"), "outgoing", own_documents("draft"), "since", given_back),
    Kind("drafting", _("拟稿：我的文稿"), "outgoing", own_documents("draft"), "since", still_drafted),
    Kind("review", _("发文：待核稿"), "outgoing", making(P.DOCUMENT_REVIEW, "review"), "since", to_be_reviewed),
    Kind("issue", _("发文：待签发"), "outgoing", making(P.DOCUMENT_SIGN, "review"), "since", to_be_signed),
    Kind("recheck", _("发文：待复核"), "outgoing", making(P.DOCUMENT_RECHECK, "signed"), "since", by_others),
    Kind("plate", _("发文：待制版编号"), "outgoing", making(P.DOCUMENT_PLATE, "rechecked", "plating"), "since", to_be_plated),
    Kind("proof", _("发文：待校对"), "outgoing", making(P.DOCUMENT_PROOF, "proofing"), "since", not_own_plate),
    Kind("leader_recheck", _("发文：待领导复核"), "outgoing", making(P.DOCUMENT_LEADER_RECHECK, "leader_recheck"), "since", by_others),
    Kind("seal", _("发文：待盖章"), "outgoing", to_be_sealed, "since", for_own_seal),
    Kind("scan", _("发文：待挂接扫描件"), "outgoing", own_documents("rechecked"), "since", to_be_scanned),
    Kind("dispatch", _("发文：已盖章，待发出"), "outgoing", own_documents("sealed"), "since", without_dispatch),
    Kind("give_up", _("发文：申请作废，待审核"), "outgoing", making(P.DOCUMENT_REVIEW, "draft", "review", "signed", "rechecked", "plating", "proofing", "leader_recheck", "sealing"), "since", to_be_given_up),
    Kind("propose", _("登记件：待初审、拟办"), "register_entries", turn("propose"), "received"),
    Kind("instruct", _("登记件：待批示"), "register_entries", turn("instruct"), "received"),
    Kind("hand_to", _("登记件：待交办"), "register_entries", turn("hand_to"), "received"),
    Kind("read", _("登记件：待阅读"), "register_entries", turn("read"), "received"),
    Kind("conclude", _("登记件：待承办"), "register_entries", turn("conclude"), "due"),
    Kind("late", _("登记件：超时限，待催办"), "register_entries", late, "due", mine_to_urge),
    Kind("oversee", _("登记件：本处室在办"), "register_entries", turn("oversee"), "due"),
    Kind("reply", _("登记件：待登记答复"), "register_entries", turn("reply"), "received"),
    Kind("file", _("登记件：已办结，待归结"), "register_entries", turn("file"), "received"),
    Kind("archive", _("登记件：待归档"), "register_entries", turn("archive"), "received"),
    Kind("cancel", _("登记件：申请注销，待另一人办理"), "register_entries", turn("cancel"), "received", asked_by_another),
    Kind("reopen", _("登记件：申请重办，待决定"), "register_entries", turn("reopen"), "received", asked_by_another),
)  # fmt: skip
"""In the order in which they are shown."""


def rows_of(kind: Kind, actor: Actor, root: Any) -> tuple[Any, ...]:
    """What of a kind waits for an actor, the oldest first, at most :data:`MOST`."""
    query = kind.asked(actor, root)
    if query is None:
        return ()
    found = register(root, kind.register).query(query, sort=kind.order, limit=MOST).objects
    return tuple(each for each in found if kind.fits(each, actor))


def count_of(kind: Kind, actor: Actor, root: Any) -> int:
    """How many of a kind wait; counted by the register, but row by row where no index tells."""
    if kind.fits is not every:
        return len(rows_of(kind, actor, root))
    query = kind.asked(actor, root)
    return 0 if query is None else int(register(root, kind.register).count(query))
