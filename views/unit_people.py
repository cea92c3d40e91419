"""A unit's people, for its administrator (P-18, P-19; 7.2 "o unit"): the list, a new account, and the way to requests and handovers.

Beside it, to read: what trainings they had, and what inspections found at their equipment (R-4.2, R-39.1).
"""

from typing import Any

from pyramid.view import view_config

from content_types.unit import Unit
from govrepo.catalog import And, Eq, register
from policies import person as policy
from policies.engine import Refused
from policies.inspection import KINDS, STATES, inspections
from policies.permissions import Permission as P
from policies.person import NewAccount, everybody_of
from policies.separation_of_duties import TRAININGS

from .acts import mend, url
from .i18n import _
from .inspection import BADGES
from .manage.people import division_choices, row
from .unit import frame

MOST = 1000


@view_config(
    context=Unit,
    name="people",
    permission=P.PEOPLE_VIEW,
    request_method="GET",
    renderer="views:templates/unit/people.pt",
)
def people(context: Unit, request: Any) -> dict[str, Any]:
    """Everybody of the unit, in whatever state, with roles; beside each what may be asked for."""
    terms = [Eq("unit", context.code)]
    terms += [Eq("words", word) for word in request.GET.get("q", "").casefold().split()]
    found = register(context, "people").query(And(tuple(terms)), sort="order", limit=MOST).objects
    return {
        **frame(context, request, "people"),
        "rows": [line(request, person) for person in found],
        "values": {"q": request.GET.get("q", "")},
        "may_create": request.has_permission(P.ACCOUNT_MANAGE, context) and context.state in policy.STAFFED,
    }


def line(request: Any, person: Any) -> dict[str, Any]:
    """A line of the list, with what may be done about the person."""
    return {
        **row(request.root, person),
        "may_leave": request.has_permission(P.PERSON_LEAVE, person) and person.state != "closed",
        "leave": url(person, "leave"),
        "change": f"/request_change?person={person.login}",
    }


@view_config(
    context=Unit,
    name="new_person",
    permission=P.ACCOUNT_MANAGE,
    request_method=("GET", "POST"),
    renderer="views:templates/manage/new_person.pt",
)
def new_person(context: Unit, request: Any) -> Any:
    """An account for somebody of this unit; the answer shows the temporary password this once (P-17)."""
    page = {
        **frame(context, request, "people"),
        "title": _("新建账号"),
        "crumbs": [
            (_("使用单位"), "/unit_list"),
            (context.name, url(context, "")),
            (_("人员"), url(context, "people")),
        ],
        "action": url(context, "new_person"),
        "back": url(context, "people"),
        "units": [(context.code, context.short_name)],
        "divisions": division_choices(context),
        "errors": {},
        "values": dict(request.POST),
        "password": "",
    }
    if request.method == "POST":
        try:
            person, password = policy.create(request.root, _wanted(context, request.POST), request.actor)
            page |= {"title": _("账号已建"), "password": password, "person": person, "url": url(person, "@@person")}
        except Refused as refused:
            page["errors"] = mend(request, refused)
    return page


def _wanted(unit: Unit, post: Any) -> NewAccount:
    division = unit.get(post.get("division", ""))
    return NewAccount(
        login=post.get("login", ""),
        name=post.get("name", ""),
        unit=unit,
        division=division,
        post=post.get("post", "")[:40],
        established=post.get("established") == "yes",
        namesake="namesake" in post,
    )


@view_config(
    context=Unit,
    name="supervision",
    permission=P.INSPECTION_VIEW,
    request_method="GET",
    renderer="views:templates/unit/supervision.pt",
)
def supervision(context: Unit, request: Any) -> dict[str, Any]:
    """The trainings of the unit's people and the inspections of their equipment, the newest first; nothing is changed here."""
    people = everybody_of(context)
    trainings = [each for person in people for each in person.trainings]
    return {
        **frame(context, request, "supervision"),
        "trainings": [
            (each, TRAININGS[each.kind]) for each in sorted(trainings, key=lambda one: one.day, reverse=True)
        ],
        "inspections": [
            (each, KINDS[each.kind], STATES[each.state], BADGES[each.state])
            for each in inspections(request.root)
            if each.person.unit is context
        ],
    }
