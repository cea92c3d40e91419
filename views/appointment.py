"""The appointments in force (授权现状; domain.md part 6): who holds what, by role and scope."""

from typing import Any

from pyramid.view import view_config

from content_types.site import Site
from govrepo import clock
from govrepo.catalog import And, Eq, Range, register
from policies.founding import BASIS
from policies.permissions import Permission as P
from policies.roles import ROLES, Role

from .acts import url
from .i18n import _
from .permission_change import CAPACITIES, role_words, scope_words

SHOWN = 1_000


@view_config(
    context=Site,
    name="appointments",
    permission=P.APPOINTMENTS_VIEW,
    request_method="GET",
    renderer="views:templates/appointment/list.pt",
)
def list_(context: Site, request: Any) -> dict[str, Any]:
    """The register, by role and scope; filters by role and person."""
    now = clock.micros(clock.now())
    role, login = request.GET.get("role", ""), request.GET.get("person", "").strip()
    terms: list[Any] = [Range("since", 0, now), Range("until", now + 1, None)]
    person = context.logins.get(login.casefold())
    terms += [Eq("role", role)] if role in set(Role) else []
    terms += [Eq("person", person.id if person else "")] if login else []
    found = register(context, "appointments")
    page = found.query(And(tuple(terms)), sort="order", limit=SHOWN)
    return {
        "title": _("授权现状"),
        "rows": [_row(each, context) for each in page.objects],
        "total": found.count(And(tuple(terms))),
        "roles": [("", _("全部")), *((name, info.label) for name, info in ROLES.items())],
        "values": {"role": role, "person": login},
        "errors": {"person": _("没有这个用户名。")} if login and person is None else {},
    }


def _row(appointment: Any, root: Any) -> dict[str, Any]:
    person, change = appointment.__parent__, appointment.change
    return {
        "role": role_words(appointment.role),
        "scope": scope_words(appointment.scope, root),
        "person": person.name,
        "login": person.login,
        "suspended": person.state != "active",
        "since": appointment.since,
        "until": appointment.until,
        "capacity": CAPACITIES[appointment.capacity],
        "basis": _("初始任命") if appointment.basis == BASIS else appointment.basis,
        "change": url(change, "") if change is not None else None,
    }
