"""Permission changes on the screen (R-7.4, R-8.2, SOD-4 to SOD-6): the list, the request, and the page with its preview."""

from datetime import date, datetime, timedelta
from typing import Any

from pyramid.httpexceptions import HTTPBadRequest
from pyramid.view import view_config

from content_types.appointment import Appointment, Capacity
from content_types.permission_change import ChangeKind, PermissionChange
from content_types.person import Person
from content_types.site import Site
from govrepo import clock
from govrepo.catalog import And, Eq, register
from govrepo.i18n import listed, plain
from policies import permission_change as policy
from policies.appointment import CAPACITIES
from policies.change_request import GIVING
from policies.engine import Refused
from policies.permission_effect import Cell, effect
from policies.permissions import Permission as P
from policies.roles import OFFICERS, ROLES, Role
from policies.scopes import divisions_of, scope_title

from .acting import SIGNATURE_FILES
from .acts import attempt, buttons, done, mend, url
from .delivery import events
from .exchange_box import PAGE_KEY
from .i18n import _
from .manage.scopes import role_title
from .manage.words import permission_words

TEMPLATES = "views:templates/permission_change/"
PAGE = 50
BADGES = {
    "submitted": "wait",
    "approved": "info",
    "executed": "info",
    "verified": "done",
    "rejected": "back",
    "withdrawn": "stop",
    "lapsed": "bad",
}
DONE = {
    "withdraw": _("申请已撤回。"),
    "approve": _("已批准，待管理员执行。"),
    "reject": _("未批准，申请人会看到理由。"),
    "execute": _("已执行，权限即时生效。"),
    "verify": _("已复核。"),
}
REQUESTERS = (Role.HEAD, Role.OFFICE_LEADER, Role.UNIT_APPROVER, Role.UNIT_ADMINISTRATOR, Role.ADMINISTRATOR)


def visible(request: Any, *terms: Any) -> Any:
    """The query for the changes that satisfy the terms and that this person may read."""
    own = policy.visible_to(request.actor, request.root)
    return And((*terms, *([] if own is None else [own])))


def waiting(request: Any) -> list[tuple[Any, str, int]]:
    """What of permission changes waits for this person, for the first page: (words, address, number)."""
    root, actor = request.root, request.actor
    found = register(root, "permission_changes")
    lines = []
    if request.has_permission(P.CHANGE_REVIEW, root) or actor.holds(Role.OFFICE_LEADER):
        lines += [(_("权限变更待审核"), "submitted"), (_("权限变更待复核"), "executed")]
    if request.has_permission(P.CHANGE_EXECUTE, root) or actor.holds(Role.UNIT_ADMINISTRATOR):
        lines.append((_("权限变更待执行"), "approved"))
    counted = [
        (words, f"/changes?state={state}", found.count(visible(request, Eq("state", state)))) for words, state in lines
    ]
    if any(actor.holds(role) for role in REQUESTERS):
        mine = visible(request, Eq("requested_by", actor.person.id), Eq("state", "submitted"))
        counted.append((_("权限申请（本人提出、待审核）"), "/changes", found.count(mine)))
    return counted


@view_config(context=Site, name="changes", permission=P.SITE_VIEW, request_method="GET", renderer=TEMPLATES + "list.pt")
def list_(context: Site, request: Any) -> dict[str, Any]:
    """The register (权限变更登记簿), newest first, with filters by state and person."""
    found = register(context, "permission_changes")
    state, login = request.GET.get("state", ""), request.GET.get("person", "").strip()
    person = context.logins.get(login.casefold())
    terms = [Eq("person", person.id if person else "")] if login else []
    counts = found.facets(visible(request, *terms), ("state",))["state"]
    wanted = [*terms, Eq("state", state)] if state in policy.STATES else terms
    page = found.query(visible(request, *wanted), sort="order", reverse=True, limit=PAGE, after=_key(request))
    more = f"&person={login}" if login and person else ""
    tabs = [(_("全部"), f"/changes?state={more}", sum(counts.values()), state not in policy.STATES)]
    tabs += [
        (words, f"/changes?state={name}{more}", counts[name], name == state) for name, words in policy.STATES.items()
    ]
    total = counts[state] if state in policy.STATES else sum(counts.values())
    following = f"?state={state}{more}&after={'.'.join(map(str, page.next_key))}" if page.next_key else None
    pager = {"previous": "/changes" if request.GET.get("after") else None, "next": following}
    return {
        "title": _("权限变更登记簿"),
        "rows": [row(change, context) for change in page.objects],
        "tabs": tabs,
        "pager": pager | {"shown": len(page.objects), "total": total},
        "values": {"person": login},
        "unknown": bool(login) and person is None,
        "state_asked": state,
    }


def _key(request: Any) -> tuple[int, int] | None:
    """The page key in the address; raises HTTPBadRequest for anything that is none."""
    text = request.GET.get("after")
    if not text:
        return None
    if not PAGE_KEY.fullmatch(text):
        raise HTTPBadRequest
    value, number = text.split(".")
    return int(value), int(number)


def row(change: PermissionChange, root: Any) -> dict[str, Any]:
    """A line of the register."""
    return {
        "title": change.title,
        "url": url(change, ""),
        "person": change.person.name,
        "kind": policy.KINDS[change.kind],
        "role": role_words(change.role),
        "scope": scope_words(change.scope, root),
        "by": change.requested_by.name,
        "created": change.created,
        "decided": change.decided,
        "executed": change.executed,
        "state": policy.STATES[change.state],
        "badge": BADGES[change.state],
    }


def role_words(role: str) -> Any:
    """A role's name, or a dash for a change of the whole account."""
    return role_title(role) if role else "—"


def scope_words(scope: str, root: Any) -> Any:
    """A scope's name, or a dash for none."""
    return scope_title(root, scope) if scope else "—"


def cell_words(cell: Cell) -> Any:
    """The permissions of one place in words, each once; told apart by what is read, for two lists are the same text with other values."""
    found = (permission_words(each) or str(each) for each in cell.permissions)
    return listed({plain(words): words for words in found}.values())


def held_words(appointment: Appointment, root: Any) -> Any:
    """An appointment in words: role, scope, period."""
    words = {
        "role": role_words(appointment.role),
        "scope": scope_words(appointment.scope, root),
        "since": f"{clock.local(appointment.since):%Y-%m-%d}",
        "until": f"{clock.local(appointment.until):%Y-%m-%d %H:%M}" if appointment.until else _("无止期"),
    }
    return _("${role}，${scope}，${since} 起，${until}", mapping=words)


@view_config(
    context=Site,
    name="request_change",
    permission=P.SITE_VIEW,
    request_method=("GET", "POST"),
    renderer=TEMPLATES + "request.pt",
)
def request_(context: Site, request: Any) -> Any:
    """Ask for a change: first for whom, then what; a refused form comes back with everything that was typed."""
    login = request.params.get("person", "").strip()
    person = context.logins.get(login.casefold())
    errors: dict[str, Any] = {}
    if login and person is None:
        errors = {"person": _("没有这个用户名。")}
    elif person is not None and request.method == "POST":
        try:
            change = _submit(request, person)
            return done(request, _("已提交，待审核。"), url(change, ""))
        except BadFieldError as bad:
            errors, request.response.status_int = bad.errors, 422
        except Refused as refused:
            errors = mend(request, refused)
    return _form(request, person, errors)


class BadFieldError(Exception):
    """A field of the form cannot be read; ``errors`` says which."""

    def __init__(self, **errors: Any) -> None:
        super().__init__(*errors)
        self.errors = errors


def _submit(request: Any, person: Person) -> PermissionChange:
    form = {name: str(value).strip() for name, value in request.POST.items()}
    kind, capacity = form.get("kind", ""), form.get("capacity") or Capacity.REGULAR
    if kind not in set(ChangeKind):
        raise BadFieldError(kind=_("请选择变更种类。"))
    if capacity not in set(Capacity):
        raise BadFieldError(capacity=_("请选择身份。"))
    giving = kind in set(GIVING)
    return policy.request_change(
        request.actor,
        person,
        kind,
        role=form.get("role", "") if giving else "",
        scope=form.get("scope", "") if giving else "",
        appointment=_chosen(request.root, form.get("appointment", "")),
        since=_instant("since", form.get("since", "")),
        until=_instant("until", form.get("until", ""), days=1),
        capacity=capacity,
        reason=form.get("reason", ""),
        basis=form.get("basis", ""),
    )


def _chosen(root: Any, text: str) -> Appointment | None:
    """The appointment a field names as ``person/uid``; raises BadFieldError for one that is none."""
    if not text:
        return None
    person, _slash, uid = text.partition("/")
    found = root["people"].get(person, {}).get(uid)
    if not isinstance(found, Appointment):
        raise BadFieldError(appointment=_("请选择列出的任职。"))
    return found


def _instant(name: str, text: str, days: int = 0) -> datetime | None:
    """The beginning of a typed day, so many days later; today's and no day are None. Raises BadFieldError for no date."""
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
        moment = datetime.combine(day + timedelta(days=days), datetime.min.time(), clock.LOCAL)
    except (ValueError, OverflowError) as error:
        raise BadFieldError(**{name: _("请填写日期，如 2013-01-31。")}) from error
    return None if days == 0 and day == clock.today() else moment


def _form(request: Any, person: Person | None, errors: dict[str, Any]) -> dict[str, Any]:
    root, actor = request.root, request.actor
    blank = ("", _("请选择"))
    return {
        "title": _("权限变更申请"),
        "crumbs": [(_("权限变更登记簿"), "/changes")],
        "person": person,
        "held": [held_words(each, root) for each in person.appointments(clock.now())] if person else [],
        "may_train": person is not None and request.has_permission(P.TRAINING_VIEW, person),
        "here": url(person) if person else "",
        "known": _colleagues(actor),
        "kinds": [blank, *policy.KINDS.items()],
        "roles": [blank, *((role, info.label) for role, info in ROLES.items())],
        "scopes": [blank, *_scopes(actor, root, person)] if person else [],
        "appointments": [("", _("（无）")), *_appointments(root, person)] if person else [],
        "capacities": list(CAPACITIES.items()),
        "values": dict(request.params),
        "errors": errors,
    }


def _colleagues(actor: Any) -> list[tuple[str, str]]:
    """Whom the field offers: the requester; other login names are typed."""
    return [(actor.person.login, actor.person.name)]


def _scopes(actor: Any, root: Any, person: Person) -> list[tuple[str, Any]]:
    """The scopes on offer: everything for the administrator, the units of requester and person for others."""
    units = root["units"].values() if actor.holds(Role.ADMINISTRATOR) else {actor.person.unit, person.unit}
    found = [] if actor.holds(Role.HEAD) else [("site", _("全站"))]
    for unit in sorted(units, key=lambda each: each.rank):
        found.append((unit.scope, unit.short_name))
        found += [(each.scope, f"{unit.short_name}{each.name}") for each in divisions_of(unit)]
    return found


def _appointments(root: Any, person: Person) -> list[tuple[str, Any]]:
    """The person's own appointments, and the officers' whose posts could be taken over (R-6.3)."""
    now, found = clock.now(), register(root, "appointments")
    own = list(person.appointments(now))
    officers = [
        each for role in OFFICERS for each in found.query(Eq("role", str(role)), sort="order", limit=50).objects
    ]
    others = [each for each in officers if each.in_force(now) and each not in own]
    lines = [(each, _("本人：${held}", mapping={"held": held_words(each, root)})) for each in own]
    for each in others:
        words = {"name": each.__parent__.name, "held": held_words(each, root)}
        lines.append((each, _("接替${name}：${held}", mapping=words)))
    return [(f"{each.__parent__.id}/{each.uid}", words) for each, words in lines]


@view_config(context=PermissionChange, permission=P.CHANGE_READ, request_method="GET", renderer=TEMPLATES + "page.pt")
def page(context: PermissionChange, request: Any) -> dict[str, Any]:
    """One request: before and after, what it would do, what the separation of duties says, who may act and why not."""
    open_ = context.state in ("submitted", "approved")
    return {
        "title": context.title,
        "crumbs": [(_("权限变更登记簿"), "/changes")],
        "change": context,
        "here": url(context),
        "state": policy.STATES[context.state],
        "badge": BADGES[context.state],
        "kind": policy.KINDS[context.kind],
        "facts": _facts(context, request.root),
        "before": [held_words(each, request.root) for each in context.person.appointments(clock.now())],
        "old": held_words(context.appointment, request.root) if context.appointment else None,
        "old_holder": context.appointment.__parent__.name if context.appointment else None,
        "effect": effect(context, request.registry.govrepo_settings) if open_ else None,
        "words_of": cell_words,
        "buttons": buttons(request, context, ("approve", "reject", "execute", "verify", "withdraw")),
        "lapses": policy.lapses_at(context, request.registry.govrepo_settings) - timedelta(minutes=1)
        if context.state == "approved"
        else None,
        "may_train": request.has_permission(P.TRAINING_VIEW, context.person),
        "person_url": url(context.person),
        "events": [(at, who, REQUESTED.get(what, what), note) for at, who, what, note in events(context)],
        "errors": {},
        "values": {},
    }


REQUESTED = {"request": _("提出申请")}


def _facts(change: PermissionChange, root: Any) -> list[tuple[Any, Any]]:
    person = change.person
    place = f"{person.unit.short_name}{person.division.name if person.division else ''}"
    day = "%Y-%m-%d %H:%M"
    return [
        (_("人员"), f"{person.name}（{person.login}，{place}）"),
        (_("角色"), role_words(change.role)),
        (_("范围"), scope_words(change.scope, root)),
        (_("身份"), CAPACITIES[change.capacity]),
        (_("起"), f"{clock.local(change.since):{day}}" if change.since else _("执行之时")),
        (_("止"), f"{clock.local(change.until):{day}}" if change.until else _("无止期")),
        (_("理由"), change.reason),
        (_("依据"), change.basis or "—"),
        (_("申请人"), change.requested_by.name),
    ]


@view_config(
    context=PermissionChange,
    name="act",
    permission=P.CHANGE_READ,
    request_method="POST",
    files=SIGNATURE_FILES,
    renderer=TEMPLATES + "page.pt",
)
def try_act(context: PermissionChange, request: Any) -> Any:
    """Withdraw, approve, reject, execute or verify."""
    name = request.POST.get("act", "")
    if name not in DONE:
        raise HTTPBadRequest
    note = request.POST.get("note", "").strip()
    errors = attempt(request, context, name, note=note)
    if errors:
        return page(context, request) | {"errors": errors, "values": {"note": note}}
    return done(request, DONE[name], url(context, ""))
