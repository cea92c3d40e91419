"""Roles: what each may do in which kind of container, and who holds it now (domain.md 7.1, 7.2; policies/roles.py)."""

from typing import Any

from pyramid.httpexceptions import HTTPNotFound
from pyramid.view import view_config

from content_types.exchange_box import BoxKind
from content_types.site import Site
from govrepo import clock
from govrepo.catalog import Eq, register
from policies.permissions import Permission as P
from policies.roles import BOX_GRANTS, DESK_GRANTS, ROLES, SITE_GRANTS, Role
from policies.scopes import scope_title
from views.acts import url
from views.i18n import _
from views.manage import site_page
from views.manage.scopes import SCOPE_KINDS
from views.manage.words import permission_words

SHOWN = 500
BOX_WORDS = {
    BoxKind.GOVERNMENT: _("省政府箱"),
    BoxKind.OFFICE: _("厅交换箱"),
    BoxKind.DIVISION: _("处室箱"),
    BoxKind.UNIT: _("单位箱"),
}


@view_config(
    context=Site,
    name="roles",
    permission=P.MANAGE_VIEW,
    request_method="GET",
    renderer="views:templates/manage/roles.pt",
)
def page(context: Site, request: Any) -> dict[str, Any]:
    """All roles with the number of their holders; with ``role`` in the address one of them, what it may and who holds it."""
    wanted = request.GET.get("role", "")
    people = register(context, "people")
    rows = [
        (str(role), info.label, SCOPE_KINDS[info.scope], people.count(Eq("role", str(role))))
        for role, info in ROLES.items()
    ]
    if not wanted:
        return site_page(_("角色与任职"), rows=rows, role=None)
    if wanted not in tuple(Role):
        raise HTTPNotFound
    shown = site_page(ROLES[Role(wanted)].label, rows=rows, role=wanted)
    shown["crumbs"].append((_("角色与任职"), "/@@roles"))
    return shown | {
        "scope": SCOPE_KINDS[ROLES[Role(wanted)].scope],
        "grants": grants(Role(wanted)),
        "holders": holders(context, Role(wanted)),
    }


def grants(role: Role) -> list[tuple[list[Any], list[tuple[Any, str]]]]:
    """Where a role grants what, as the tables say: kinds of container, and permissions in words and as named."""
    found = [
        ([BOX_WORDS[kind] for kind in kinds], permissions) for each, kinds, permissions in BOX_GRANTS if each == role
    ]
    found += [([_("厅交换箱内本处室的发件")], permissions) for each, permissions in DESK_GRANTS if each == role]
    found += [([_("全站")], permissions) for each, permissions in SITE_GRANTS if each == role]
    return [(where, [(permission_words(each), each) for each in sorted(map(str, named))]) for where, named in found]


def holders(root: Any, role: Role) -> list[dict[str, Any]]:
    """Who holds a role at this moment, with scope, period and basis (授权现状, domain.md part 6)."""
    found = register(root, "people").query(Eq("role", str(role)), sort="order", limit=SHOWN).objects
    held = [(person, each) for person in found for each in person.appointments(clock.now()) if each.role == role]
    return [
        {"person": person, "url": url(person, "@@person"), "scope": scope_title(root, each.scope), "appointment": each}
        for person, each in held
    ]
