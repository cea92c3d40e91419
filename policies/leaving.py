"""A person who leaves (domain.md 5.9 account, S-13, P-19, R-24.5): the handover of everything open, then the end of the account.

From the handover on the account opens nothing. Each open thing goes to a colleague, with a record of who handed it over and when; the
account is closed once nothing is open and no role is in force. Nothing is deleted: appointments keep their periods.
"""

from typing import Any, NamedTuple

from content_types.appointment import Appointment
from content_types.assignment import Assignment
from content_types.content import month_shelf, shelf
from content_types.dispatch import Dispatch
from content_types.exchange_box import BoxKind
from content_types.official_document import HandedOver
from content_types.outgoing_document import OutgoingDocument
from content_types.person import Person
from content_types.register_entry import Reading, RegisterEntry
from govrepo.catalog import Any as AnyOf
from govrepo.catalog import Eq, register
from govrepo.database import site
from govrepo.i18n import _
from govrepo.security import accounts
from govrepo.security.acl import ACLAuthorizationPolicy
from policies.appointment import end
from policies.engine import Act, Reason, Table, Transition, record, table_of
from policies.entry_access import renew_access
from policies.permissions import Permission as P
from policies.person import STATES, is_officer, people_of
from policies.registers.incoming import PERSONAL
from policies.seal_application import PRESENT
from policies.separation_of_duties import sod_13

_ACL = ACLAuthorizationPolicy()
DRAFTED = ("drafting", "submitted", "released")
IN_THE_MAKING = (
    "draft",
    "review",
    "signed",
    "rechecked",
    "plating",
    "proofing",
    "leader_recheck",
    "sealing",
    "sealed",
    "dispatched",
)


class OpenWork(NamedTuple):
    """What a person has in hand: assignments to close, own drafts, sendings that still ask something, and entries of registers.

    A sending asks while nobody has looked after it (P-38), and in the office, where only the case officer may recall, resend and
    acknowledge (R-24.5), until it is completed. An entry lies with who handles it or has it to read (TL12 24(5)).
    """

    assignments: tuple[Assignment, ...]
    drafts: tuple[Dispatch, ...]
    unchecked: tuple[Dispatch, ...]
    entries: tuple[RegisterEntry, ...]
    documents: tuple[OutgoingDocument, ...] = ()

    @property
    def items(self) -> tuple[Any, ...]:
        """All of it."""
        return (*self.assignments, *self.drafts, *self.unchecked, *self.entries, *self.documents)


def open_work(person: Person) -> OpenWork:
    """Everything that somebody else must take over before the person's account is closed (S-13)."""
    open_ones = Eq("person", person.id) & Eq("state", "open")
    assignments = register(person, "assignments").query(open_ones, sort="order", limit=1000).objects
    dispatches, own = register(person, "dispatches"), Eq("case_officer", person.id)
    drafts = dispatches.query(own & AnyOf("state", DRAFTED), sort="order", limit=1000).objects
    sent = dispatches.query(own & Eq("state", "sent"), sort="order", limit=1000).objects
    asking = (each for each in sent if each.checked_at is None or each.box.kind is not BoxKind.UNIT)
    entries = (
        register(person, "register_entries")
        .query(AnyOf("turn", [f"{act} {person.principal}" for act in PERSONAL]), sort="order", limit=1000)
        .objects
    )
    making = Eq("case_officer", person.id) & AnyOf("state", IN_THE_MAKING)
    documents = register(person, "outgoing").query(making, sort="order", limit=1000).objects
    return OpenWork(tuple(assignments), tuple(drafts), tuple(asking), tuple(entries), tuple(documents))


def takers_of(item: Any, giver: Person, now: Any) -> list[Person]:
    """The colleagues an open thing may go to: who may send it, or for an assignment whoever a document may be put before."""
    colleagues = [each for each in people_of(giver.unit) if each is not giver and not is_officer(each)]
    if isinstance(item, Assignment):
        return colleagues
    if isinstance(item, RegisterEntry):
        return [each for each in colleagues if _may_take(each, item, giver)]
    if isinstance(item, OutgoingDocument):
        return [each for each in colleagues if _may(each, item, now, P.DOCUMENT_DRAFT)]
    return [each for each in colleagues if _may(each, item, now, P.DISPATCH_SEND)]


def _may(person: Person, item: Any, now: Any, permission: P) -> bool:
    return bool(_ACL.permits(item, (person.principal, *person.principals(now)), permission))


def _may_take(person: Person, entry: RegisterEntry, giver: Person) -> bool:
    """Who handles a division's entry is of that division (TL12 24(4)); what is only to be read goes to anybody of the unit."""
    return entry.lead is not giver or person.division is entry.box.owner


def of_case_officer(dispatch: Dispatch) -> Person:
    """The person whose leaving decides who may hand a sending over."""
    person: Person = dispatch.document.case_officer
    return person


def of_drafter(document: OutgoingDocument) -> Person:
    """The person whose leaving decides who may hand a document in the making over."""
    person: Person = document.case_officer
    return person


# Guards and effects of the handing over, which stand in the tables of the assignment and of the dispatch.


def giver_of(item: Any) -> Any:
    """Whose an open thing is: of an entry, whoever of those it lies with is leaving; the entry itself if nobody is."""
    if isinstance(item, RegisterEntry):
        with_whom = (item.lead, *(each.person for each in item.readings if each.read is None))
        return next((each for each in with_whom if getattr(each, "state", "") == "handover"), item)
    if isinstance(item, OutgoingDocument):
        return item.case_officer
    person: Person = item.person if isinstance(item, Assignment) else item.document.case_officer
    return person


def is_leaving(act: Act) -> Reason | None:
    """S-13: work changes hands when its person leaves."""
    return None if giver_of(act.context).state == "handover" else Reason(_("该人员不在交接中。"), "S-13")


def taker_fits(act: Act) -> Reason | None:
    """R-24.5, S-13: it goes to a colleague who can do it, and is not there already; nobody takes it for the own hand (SOD-4)."""
    taker, item = act.given.get("taker"), act.context
    if taker is not None and taker is act.actor.person:
        return Reason(_("不得移交给本人，请移交给其他同事，或者由其他负责人办理。"), "SOD-4", "taker")
    if taker not in takers_of(item, giver_of(item), act.now):
        return Reason(_("请选择能够接办的同事。"), "S-13", "taker")
    if isinstance(item, Assignment) and taker in _already(item):
        return Reason(_("${name}已经有这一件。", mapping={"name": taker.name}), "S-13", "taker")
    return None


def _already(assignment: Assignment) -> list[Person]:
    """The persons whom the same delivery lies before."""
    return [
        each.person
        for each in assignment.delivery.assignments
        if isinstance(each, Assignment) and each.state != "handed_over"
    ]


def hand_assignment(act: Act) -> None:
    """A new assignment of the same delivery in the colleague's list; the old one stays, as handed over."""
    old, taker = act.context, act.given["taker"]
    made = Assignment(old.delivery, taker, old.part, old.note, act.actor.person, act.now)
    made.handed_from = old.person
    month_shelf(shelf(taker, "assigned"), act.now)[made.uid] = made
    old.delivery.assignments = (*old.delivery.assignments, made)
    record(table_of(made), "assign", Act(made, act.actor, act.now, {"note": old.note}), "")


def hand_entry(act: Act) -> None:
    """The entry lies with the colleague now; who had it stands in its history."""
    entry, taker, giver = act.context, act.given["taker"], giver_of(act.context)
    if entry.lead is giver:
        entry.lead = taker
    entry.readings = tuple(
        Reading(taker, act.now) if each.person is giver and each.read is None else each for each in entry.readings
    )
    renew_access(entry, act.actor.registry)


def hand_dispatch(act: Act) -> None:
    """R-24.5: the document of a sending has a new case officer."""
    _hand(act.context.document, act)


def hand_document(act: Act) -> None:
    """R-24.5: a document in the making has a new case officer."""
    _hand(act.context, act)


def _hand(document: Any, act: Act) -> None:
    """Who handed it over to whom, and when, stays on the document."""
    taker = act.given["taker"]
    step = HandedOver(document.case_officer, taker, act.actor.person, act.now)
    document.handed_over = (*document.handed_over, step)
    document.case_officer = taker


# The account.


def not_oneself(act: Act) -> Reason | None:
    """SOD-4: nobody ends the own account."""
    return Reason(_("不得为本人办理。"), "SOD-4") if act.context is act.actor.person else None


def no_officer(act: Act) -> Reason | None:
    """R-6.3, R-7.4: an officer's post is handed over and given back by a reviewed request first; no head stops an officer."""
    if not is_officer(act.context):
        return None
    return Reason(_("担任审计员、管理员、保密员的，先办岗位交接，撤销任职，再办离岗交接。"), "R-6.3")


def not_the_last(act: Act) -> list[Reason]:
    """SOD-13: the last auditor or administrator stays until a successor is confirmed."""
    person = act.context
    return sod_13(person, person.appointments(act.now), site(person), act.now)


def decided(act: Act) -> Reason | None:
    """R-39.3: an emergency suspension waits for the leader's decision first."""
    suspension = act.context.suspension
    if suspension is None or suspension.state != "reported":
        return None
    return Reason(_("紧急停用还没有经厅领导决定。"), "R-39.3")


def reason_given(act: Act) -> Reason | None:
    """P-19: a change of post, retirement or the like, in words."""
    return None if str(act.given.get("note", "")).strip() else Reason(_("请写明离岗原因。"), "P-19", "note")


def nothing_open(act: Act) -> Reason | None:
    """S-13: everything has been handed over."""
    number = len(open_work(act.context).items)
    words = _("还有 ${number} 件没有移交。", mapping={"number": number})
    return Reason(words, "S-13") if number else None


def no_role_in_force(act: Act) -> Reason | None:
    """R-7.4: roles end by reviewed requests, before the account does."""
    number = len(act.context.appointments(act.now))
    words = _("还有 ${number} 项任职没有撤销，请提出权限变更申请。", mapping={"number": number})
    return Reason(words, "R-7.4") if number else None


def no_seal_kept(act: Act) -> Reason | None:
    """P-72: the seals that the person keeps have another keeper, or are destroyed."""
    kept = Eq("keeper", act.context.id) & AnyOf("state", PRESENT)
    number = register(act.context, "seals").count(kept)
    words = _("还保管着 ${number} 枚印章，请先更换保管人或者销毁。", mapping={"number": number})
    return Reason(words, "P-72") if number else None


def end_sessions(act: Act) -> None:
    """With the next request every session is over."""
    accounts.revoke_all(act.context)


def end_appointments(act: Act) -> None:
    """Appointments to come never begin; those that were stay as they were."""
    for each in act.context.values():
        if isinstance(each, Appointment):
            end(each, act.now)


TABLE = Table(
    noun="person",
    label=_("人员"),
    begun={"suspend": _("停用账号"), "restore": _("恢复账号")},
    content_type="Person",
    initial="active",
    states=STATES,
    transitions=(
        Transition(
            "begin_handover",
            _("开始交接"),
            ("active", "suspended"),
            "handover",
            P.PERSON_LEAVE,
            guards=(not_oneself, no_officer, not_the_last, decided),
            inputs=(reason_given,),
            effects=(end_sessions,),
            article="S-13",
        ),
        Transition(
            "close",
            _("注销账号"),
            ("handover",),
            "closed",
            P.ACCOUNT_MANAGE,
            guards=(not_oneself, nothing_open, no_role_in_force, no_seal_kept),
            effects=(end_sessions, end_appointments),
            article="5.9",
        ),
    ),
    register="people",
)


def includeme(config: Any) -> None:
    """Bind the table."""
    config.add_policy_table(Person, TABLE)
