"""A person who leaves (S-13, P-19, R-24.5; domain.md 5.9): beginning the handover, handing each thing over, ending the account."""

from typing import Any
from urllib.parse import urlencode

from pyramid.httpexceptions import HTTPBadRequest
from pyramid.view import view_config

from content_types.assignment import Assignment
from content_types.outgoing_document import OutgoingDocument
from content_types.person import Person
from content_types.register_entry import RegisterEntry
from govrepo import clock
from policies.certificate import ISSUED, KINDS, OPEN, STATES, certificates_of
from policies.leaving import TABLE, OpenWork, open_work, takers_of
from policies.permissions import Permission as P
from policies.scopes import scope_title

from .acts import attempt, buttons, done, url
from .case import timeline
from .i18n import _
from .manage.people import STATE_BADGES
from .manage.scopes import role_title

TEMPLATE = "views:templates/person/leave.pt"
ACCOUNT_ACTS = {
    "begin_handover": _("已开始交接，该人员的会话已经结束。"),
    "close": _("账号已注销。"),
}
CHANGED = {"suspend": _("停用"), "restore": _("恢复")}
"""What permission changes leave in a person's history (policies/permission_change.py)."""


@view_config(context=Person, name="leave", permission=P.PERSON_LEAVE, request_method="GET", renderer=TEMPLATE)
def page(context: Person, request: Any) -> dict[str, Any]:
    """What the person has in hand, to whom each may go, and what still stands against the end of the account."""
    work = open_work(context)
    groups = (
        (_("待办的分办件"), work.assignments),
        (_("起草中的发文"), work.drafts),
        (_("已发送、尚未了结的发文"), work.unchecked),
        (_("承办或者传阅中的收文登记"), work.entries),
        (_("在办的公文"), work.documents),
    )
    return {
        "title": _("${name}的离岗交接", mapping={"name": context.name}),
        "crumbs": [(context.unit.name, url(context.unit, "people"))] if _sees_people(request, context) else [],
        "person": context,
        "here": url(context, "leave"),
        "state": TABLE.states[context.state],
        "badge": STATE_BADGES[context.state],
        "steps": steps(context, work),
        "roles": held(context, request.root),
        "certificates": certificates(context, request.root),
        "groups": [(words, [line(request, item, context) for item in items]) for words, items in groups],
        "buttons": buttons(request, context),
        "events": timeline(context, CHANGED),
        "errors": {},
        "values": dict(request.POST),
    }


def _sees_people(request: Any, person: Person) -> bool:
    return bool(request.has_permission(P.PEOPLE_VIEW, person.unit))


def line(request: Any, item: Any, giver: Person) -> dict[str, Any]:
    """An open thing: its number, its title only for those who may read it (R-8.3), and who can take it."""
    number, title, since, source, permission = _shown(item)
    return {
        "uid": item.uid,
        "number": number or "—",
        "title": title if request.has_permission(permission, source) else "",
        "since": since,
        "takers": [(each.id, f"{each.name}（{each.login}）") for each in takers_of(item, giver, clock.now())],
    }


def _shown(item: Any) -> tuple[str, str, Any, Any, P]:
    """Number, title and time of an open thing, and the object whose ACL says, with which permission, who reads the title."""
    if isinstance(item, RegisterEntry):
        number = item.number.title if item.number is not None else ""
        return number, item.facts.title, item.handed_at or item.facts.received, item, P.ENTRY_READ
    if isinstance(item, OutgoingDocument):
        return item.number, item.title, item.created, item, P.DOCUMENT_READ
    document = item.document
    if isinstance(item, Assignment):
        return document.number, document.title, item.assigned_at, item.delivery, P.DELIVERY_READ
    return document.number, document.title, item.sent_at or item.created, item, P.DISPATCH_READ


def steps(person: Person, work: OpenWork) -> list[tuple[Any, str, Any]]:
    """The way of a leaver, as (words, done now todo, note): the first that is not done is the one to do now."""
    begun, roles, left = person.state in ("handover", "closed"), person.appointments(clock.now()), len(work.items)
    done = (
        (_("开始交接"), begun, ""),
        (_("逐件移交"), begun and not left, _("还有 ${number} 件", mapping={"number": left}) if left else ""),
        (_("撤销任职"), begun and not roles, _("还有 ${number} 项", mapping={"number": len(roles)}) if roles else ""),
        (_("注销账号"), person.state == "closed", ""),
    )
    first = next((number for number, (_words, ready, _note) in enumerate(done) if not ready), None)
    return [
        (words, "done" if ready else "now" if number == first else "todo", note)
        for number, (words, ready, note) in enumerate(done)
    ]


def held(person: Person, root: Any) -> list[tuple[Any, str]]:
    """The appointments in force, each with the address of the request that revokes it, filled in as far as it can be."""
    found = []
    for each in person.appointments(clock.now()):
        asked = {"person": person.login, "kind": "revoke", "appointment": f"{person.id}/{each.uid}"}
        words = _(
            "${role}（${scope}）", mapping={"role": role_title(each.role), "scope": scope_title(root, each.scope)}
        )
        found.append((words, f"/request_change?{urlencode(asked)}"))
    return found


def certificates(person: Person, root: Any) -> list[tuple[Any, Any]]:
    """What the security officer has to revoke (5.6): the certificates that still work or are on their way."""
    alive = [each for each in certificates_of(root, person) if each.state in (*OPEN, *ISSUED)]
    return [(KINDS[each.kind], STATES[each.state]) for each in alive]


@view_config(context=Person, name="leave", permission=P.PERSON_LEAVE, request_method="POST", renderer=TEMPLATE)
def try_act(context: Person, request: Any) -> Any:
    """Begin, hand one thing over, or end the account."""
    name = request.POST.get("act", "")
    here = url(context, "leave")
    if name == "hand_over":
        return _hand_over(context, request, here)
    if name not in ACCOUNT_ACTS:
        raise HTTPBadRequest
    errors = attempt(request, context, name, note=request.POST.get("note", "").strip())
    return {**page(context, request), "errors": errors} if errors else done(request, ACCOUNT_ACTS[name], here)


def _hand_over(person: Person, request: Any, here: str) -> Any:
    found = [each for each in open_work(person).items if each.uid == request.POST.get("item")]
    if not found:
        raise HTTPBadRequest
    taker = request.root["people"].get(request.POST.get("taker", ""))
    words = {"from": person.name, "to": taker.name if taker else ""}
    errors = attempt(request, found[0], "hand_over", taker=taker, note=f"{words['from']} → {words['to']}")
    if errors:
        return {**page(context=person, request=request), "errors": errors, "wrong": found[0].uid}
    return done(request, _("已移交${to}。", mapping=words), here)
