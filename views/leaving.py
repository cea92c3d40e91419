"""A person who leaves (S-13, P-19, R-24.5; domain.md 5.9): beginning the handover, handing each thing over, ending the account."""

from typing import Any

from pyramid.httpexceptions import HTTPBadRequest
from pyramid.view import view_config

from content_types.assignment import Assignment
from content_types.person import Person
from govrepo import clock
from policies.leaving import TABLE, open_work, takers_of
from policies.permissions import Permission as P

from .acts import attempt, buttons, done, url
from .case import timeline
from .i18n import _
from .manage.people import STATE_BADGES, row

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
        (_("已发送、未查询签收的发文"), work.unchecked),
    )
    person = row(request.root, context)
    return {
        "title": _("${name}的离岗交接", mapping={"name": context.name}),
        "crumbs": [(context.unit.name, url(context.unit, "people"))] if _sees_people(request, context) else [],
        "person": context,
        "here": url(context, "leave"),
        "state": TABLE.states[context.state],
        "badge": STATE_BADGES[context.state],
        "roles": person["roles"],
        "change": f"/request_change?person={context.login}",
        "groups": [(words, [line(request, item) for item in items]) for words, items in groups],
        "buttons": buttons(request, context),
        "events": timeline(context, CHANGED),
        "errors": {},
        "values": dict(request.POST),
    }


def _sees_people(request: Any, person: Person) -> bool:
    return bool(request.has_permission(P.PEOPLE_VIEW, person.unit))


def line(request: Any, item: Any) -> dict[str, Any]:
    """An open thing: its number, its title only for those who may read it (R-8.3), and who can take it."""
    now = clock.now()
    document = item.document
    giver = item.person if isinstance(item, Assignment) else document.case_officer
    readable = request.has_permission(P.DELIVERY_READ, item.delivery) if isinstance(item, Assignment) else (
        request.has_permission(P.DISPATCH_READ, item)
    )  # fmt: skip
    return {
        "uid": item.uid,
        "number": document.number or "—",
        "title": document.title if readable else "",
        "since": item.assigned_at if isinstance(item, Assignment) else item.sent_at or item.created,
        "takers": [(each.id, f"{each.name}（{each.login}）") for each in takers_of(item, giver, now)],
    }


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
