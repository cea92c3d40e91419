"""People: the searchable list of all accounts, and making a new one (R-3.1, P-17; design.md sect. 10)."""

from typing import Any
from urllib.parse import urlencode

from pyramid.httpexceptions import HTTPBadRequest
from pyramid.view import view_config

from content_types.division import Division
from content_types.person import Person
from content_types.site import Site
from govrepo import clock
from govrepo.catalog import EVERYTHING, And, Eq, Query, register
from policies import person as policy
from policies.engine import Refused
from policies.permissions import Permission as P
from policies.person import STATES, NewAccount
from policies.roles import ROLES, Role
from policies.scopes import divisions_of, place_of, scope_title
from views.acts import mend, url
from views.i18n import _
from views.manage import site_page

PAGE = 50
STATE_BADGES = {"active": "done", "suspended": "bad", "handover": "wait", "closed": "stop"}
FILTERS = ("unit", "role", "state")


@view_config(
    context=Site,
    name="people",
    permission=P.PEOPLE_VIEW,
    request_method="GET",
    renderer="views:templates/manage/people.pt",
)
def list_(context: Site, request: Any) -> dict[str, Any]:
    """One page of people, by unit and login name."""
    given = {name: request.GET.get(name, "").strip() for name in ("q", *FILTERS)}
    people = register(context, "people")
    try:
        found = people.query(query_of(given), sort="order", limit=PAGE, after=_key(request.GET.get("after", "")))
    except ValueError as error:
        raise HTTPBadRequest from error
    return site_page(
        _("人员"),
        rows=[row(context, person) for person in found.objects],
        pager=_pager(request, given, found, people.count(query_of(given))),
        values=given,
        filtered=any(given.values()),
        may_create=request.has_permission(P.ACCOUNT_MANAGE),
        **choices(context),
    )


def query_of(given: dict[str, str]) -> Query:
    """What the search field and the filters ask for."""
    asked: list[Query] = [Eq(name, given[name]) for name in FILTERS if given[name]]
    asked += [Eq("words", word) for word in given["q"].casefold().split()]
    return And(tuple(asked)) if asked else EVERYTHING


def _key(text: str) -> tuple[str, int] | None:
    """The page key in the address; raises ValueError for anything that is none."""
    if not text:
        return None
    value, _mark, row_number = text.rpartition("~")
    return value, int(row_number)


def _pager(request: Any, given: dict[str, str], found: Any, total: int) -> dict[str, Any]:
    kept = {name: text for name, text in given.items() if text}
    following = urlencode(kept | {"after": "~".join(map(str, found.next_key))}) if found.next_key else ""
    first = f"/@@people?{urlencode(kept)}" if request.GET.get("after") else None
    return {
        "previous": first,
        "next": f"?{following}" if following else None,
        "shown": len(found.objects),
        "total": total,
    }


def row(root: Any, person: Person) -> dict[str, Any]:
    """A line of the list."""
    held = person.appointments(clock.now())
    return {
        "person": person,
        "url": url(person, "@@person"),
        "roles": [(ROLES[Role(each.role)].label, scope_title(root, each.scope)) for each in held],
        "state": STATES[person.state],
        "badge": STATE_BADGES[person.state],
    }


def choices(root: Any) -> dict[str, list[tuple[str, Any]]]:
    """What the filters offer."""
    return {
        "units": [("", _("全部单位")), *unit_choices(root)],
        "roles": [("", _("全部角色")), *((str(role), info.label) for role, info in ROLES.items())],
        "states": [("", _("全部状态")), *STATES.items()],
    }


def unit_choices(root: Any) -> list[tuple[str, str]]:
    """The units in their order."""
    units = sorted(root["units"].values(), key=lambda unit: (unit.rank, unit.code))
    return [(unit.code, unit.short_name) for unit in units]


@view_config(
    context=Site,
    name="new_person",
    permission=P.ACCOUNT_MANAGE,
    request_method=("GET", "POST"),
    renderer="views:templates/manage/new_person.pt",
)
def create(context: Site, request: Any) -> Any:
    """Make an account; the answer shows the temporary password this once."""
    page = site_page(_("新建账号"), errors={}, values=dict(request.POST), password="")
    page |= {"action": "/@@new_person", "back": "/@@people"}
    page["crumbs"].append((_("人员"), "/@@people"))
    if request.method == "POST":
        try:
            person, password = policy.create(context, _wanted(context, request.POST), request.actor)
            page |= {"title": _("账号已建"), "password": password, "person": person, "url": url(person, "@@person")}
        except Refused as refused:
            page["errors"] = mend(request, refused)
    staffed = [code for code, unit in context["units"].items() if unit.state in policy.STAFFED]
    units = [each for each in unit_choices(context) if each[0] in staffed]
    return page | {"units": [("", _("请选择")), *units], "divisions": _divisions(context)}


def _wanted(root: Site, post: Any) -> NewAccount:
    unit = root["units"].get(post.get("unit", ""))
    code = post.get("division", "")
    return NewAccount(
        login=post.get("login", ""),
        name=post.get("name", ""),
        unit=unit,
        division=_division(root, code),
        post=post.get("post", "")[:40],
        established=post.get("established") == "yes",
        namesake="namesake" in post,
    )


def _division(root: Site, code: str) -> Any:
    """The division of a code, which is unique over all units; None for none."""
    place = place_of(f"division:{code}", root)
    return place if isinstance(place, Division) else None


def _divisions(root: Site) -> list[tuple[str, str]]:
    units = sorted(root["units"].values(), key=lambda unit: unit.rank)
    found = [
        (part.code, f"{unit.short_name} · {part.name}")
        for unit in units
        for part in divisions_of(unit)
        if part.state == "active"
    ]
    return [("", _("不属于处室")), *found]


def division_choices(unit: Any) -> list[tuple[str, Any]]:
    """A unit's divisions in use, for those who belong to the unit."""
    return [("", _("不属于处室")), *((each.code, each.name) for each in divisions_of(unit) if each.state == "active")]
