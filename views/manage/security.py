"""Security: roles by permissions for any object, where each cell comes from, and a proposal to change one (R-7.4, R-8.2).

A cell is asked of the policy that decides every request (policies/explain.py). Nothing is changed here: a change is proposed, and
the auditor reviews it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

from persistent import Persistent
from pyramid.location import lineage
from pyramid.view import view_config

from content_types.content import Carrier
from govrepo import clock
from policies import access_proposal as policy
from policies import explain
from policies.access import deciding, grants_of
from policies.engine import Refused
from policies.permissions import Permission as P
from policies.roles import OFFICERS, ROLES
from views.acts import done, mend, url
from views.i18n import _
from views.manage import frame
from views.manage.words import carrier_words, permission_words, role_words, scope_words

TEMPLATE = "views:templates/manage/security.pt"
FIELDS = ("role", "scope", "permission", "effect", "since", "until", "basis", "reason")


@dataclass(frozen=True)
class Cell:
    """What one role has of one permission: ``state`` is local, inherited, denied or empty; ``differs`` from the table of grants."""

    state: str = ""
    carrier: Any = None
    differs: str = ""
    proposal: str = ""


@dataclass(frozen=True)
class Column:
    """The principals of one role whose cells are all alike."""

    role: Any
    scopes: tuple[Any, ...]
    cells: dict[str, Cell]
    local: bool


def grid(root: Any, context: Any) -> tuple[list[Column], list[str]]:
    """The columns of the object, those of its own ACL first, and the permissions that anybody has or is refused."""
    own = dict.fromkeys(line[1] for line in getattr(context, "__acl__", ()))
    above = (line[1] for place in lineage(context) for line in getattr(place, "__acl__", ()))
    granted = {(grant.principal, str(each)) for grant in grants_of(context) for each in grant.permissions}
    overrides = deciding(getattr(context, "overrides", ()), clock.now())
    alike: dict[Any, list[str]] = {}
    found: dict[str, dict[str, Cell]] = {}
    for principal in dict.fromkeys([*own, *(each for each, _permission in granted), *above]):
        found[principal] = dict(_cells(context, principal, granted, overrides))
        key = (principal.partition("@")[0], tuple(_outline(cell) for cell in found[principal].values()))
        alike.setdefault(key, []).append(principal)
    columns = [
        Column(role_words(same[0]), tuple(scope_words(root, each) for each in same), found[same[0]], same[0] in own)
        for same in alike.values()
    ]
    rows = [str(each) for each in P if any(_outline(column.cells[each]) != ("", "") for column in columns)]
    return columns, sorted(rows, key=lambda each: not any(_is_own(column.cells[each]) for column in columns))


def _is_own(cell: Cell) -> bool:
    """Whether a cell is the object's own business; such rows stand first."""
    return cell.state == "local" or bool(cell.differs)


def _outline(cell: Cell) -> tuple[str, str]:
    return (cell.state, cell.differs)


def _cells(context: Any, principal: str, granted: set[Any], overrides: dict[Any, Any]) -> Iterator[tuple[str, Cell]]:
    """The cells of one principal: the policy's answer, and how the object's own line differs from the table."""
    for permission in P:
        decision = explain.decide(context, (principal,), permission)
        local = decision.carrier is context
        state = (
            "" if not decision.principal else "denied" if not decision.allowed else "local" if local else "inherited"
        )
        owned, wanted = local and decision.allowed, (principal, permission) in granted
        differs = "added" if owned and not wanted else "removed" if state == "denied" or (wanted and not owned) else ""
        override = overrides.get((principal, permission)) if differs else None
        yield str(permission), Cell(state, decision.carrier, differs, override.proposal if override else "")


@view_config(context=Persistent, name="security", permission=P.MANAGE_VIEW, request_method="GET", renderer=TEMPLATE)
def security(context: Any, request: Any) -> dict[str, Any]:
    """The grid, the proposals about this object, and the forms to propose and to ask."""
    return page(
        context, request, {"effect": "allow", "scope": _nearest(context), "since": clock.today().isoformat()}, {}
    )


def page(context: Any, request: Any, values: dict[str, Any], errors: dict[str, Any]) -> dict[str, Any]:
    """The page with what a form holds."""
    columns, permissions = grid(request.root, context)
    carriers = [place for place in lineage(context) if getattr(place, "__acl__", None)]
    may_propose = isinstance(context, Carrier) and request.has_permission(P.ACCESS_PROPOSE, context)
    return frame(request, context, "security") | {
        "columns": columns,
        "rows": [(each, permission_words(each)) for each in permissions],
        "carriers": [(carrier_words(each), url(each, "@@security"), each is context) for each in carriers],
        "proposals": {cell.proposal: _proposal(request, cell.proposal) for cell in _cells_of(columns) if cell.proposal},
        "carrier_words": carrier_words,
        "address": lambda carrier: url(carrier, "@@security"),
        "may_propose": may_propose,
        "may_explain": request.has_permission(P.ACCESS_EXPLAIN, request.root),
        "here": url(context, "@@propose"),
        "role_choices": [
            ("", _("请选择")),
            *((str(role), info.label) for role, info in ROLES.items() if role not in OFFICERS[:2]),
        ],
        "permission_choices": [("", _("请选择")), *((str(each), _choice(each)) for each in _proposable())],
        "effects": [("allow", _("给予")), ("remove", _("取消"))],
        "values": values,
        "errors": errors,
    }


def _cells_of(columns: list[Column]) -> Iterator[Cell]:
    for column in columns:
        yield from column.cells.values()


def _proposal(request: Any, uid: str) -> str:
    found = policy.of_uid(request.root, uid)
    return url(found, "") if found else ""


def _proposable() -> Iterator[P]:
    return (each for each in P if each not in (*policy.KEPT, *policy.PERSONAL))


def _choice(permission: P) -> Any:
    return _("${code}（${words}）", mapping={"code": str(permission), "words": permission_words(permission)})


def _nearest(context: Any) -> str:
    """The scope that most proposals about an object name: that of its owner."""
    owner = getattr(context, "owner", getattr(context, "division", context))
    return str(getattr(owner, "scope", "site"))


@view_config(context=Persistent, name="propose", permission=P.ACCESS_PROPOSE, request_method="POST", renderer=TEMPLATE)
def propose(context: Any, request: Any) -> Any:
    """Put a change before the auditor; a wrong field comes back with everything typed."""
    values = {name: request.POST.get(name, "").strip() for name in FIELDS}
    data, errors = _read(values)
    if not errors:
        try:
            proposal = policy.propose(context, request.actor, data)
            return done(request, _("已提交审计员审核。"), url(proposal, ""))
        except Refused as refused:
            errors = mend(request, refused)
    request.response.status_int = 422
    return page(context, request, values, errors)


def _read(values: dict[str, str]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The form as the policy takes it; a period lasts until the end of its last day."""
    data: dict[str, Any] = values | {"allowed": values["effect"] != "remove"}
    errors = {}
    for name, days in (("since", 0), ("until", 1)):
        try:
            data[name] = _midnight(values[name], days) if values[name] else None
        except (ValueError, OverflowError):
            errors[name] = _("日期的写法是 2013-01-05。")
    return data, errors


def _midnight(text: str, days: int) -> datetime:
    day = datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007 - A day; its zone follows.
    return datetime.combine(day + timedelta(days=days), time(), clock.LOCAL).astimezone(UTC)
