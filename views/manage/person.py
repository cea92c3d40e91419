"""One person: facts, appointments with period and basis (past ones too), trainings, sessions, and the temporary password."""

from typing import Any

from pyramid.httpexceptions import HTTPBadRequest
from pyramid.view import view_config

from content_types.appointment import Appointment
from content_types.division import Division
from content_types.person import Person
from content_types.training import TrainingKind
from govrepo import clock
from policies import person as policy
from policies.appointment import CAPACITIES
from policies.engine import Refused
from policies.finding import about
from policies.permissions import Permission as P
from policies.person import STATES
from policies.scopes import scope_title
from views.acts import done, mend, url
from views.i18n import _
from views.manage import site_page
from views.manage.people import STATE_BADGES, division_choices
from views.manage.scopes import role_title
from views.manage.sessions import open_sessions

TRAININGS = {TrainingKind.SKILLS: _("业务技能"), TrainingKind.CONFIDENTIALITY: _("保密安全")}


@view_config(
    context=Person,
    name="person",
    permission=P.PEOPLE_VIEW,
    request_method="GET",
    renderer="views:templates/manage/person.pt",
)
def page(context: Person, request: Any) -> dict[str, Any]:
    """Everything an officer may know of a person."""
    return _page(context, request)


@view_config(
    context=Person,
    name="reset_password",
    permission=P.ACCOUNT_MANAGE,
    request_method="POST",
    renderer="views:templates/manage/person.pt",
)
def reset_password(context: Person, request: Any) -> dict[str, Any]:
    """Give a temporary password on written application (P-17); the answer shows it this once."""
    try:
        return _page(context, request, policy.reset_password(context, request.actor, request.POST.get("basis", "")))
    except Refused as refused:
        return _page(context, request, errors=mend(request, refused))


@view_config(
    context=Person,
    name="adjust",
    permission=P.ACCOUNT_MANAGE,
    request_method="POST",
    renderer="views:templates/manage/person.pt",
)
def adjust(context: Person, request: Any) -> Any:
    """Another division or post (P-19)."""
    code = request.POST.get("division", "")
    division = context.unit.get(code) if code else None
    if code and not isinstance(division, Division):
        raise HTTPBadRequest
    try:
        policy.adjust(context, division, request.POST.get("post", ""), request.actor)
    except Refused as refused:
        return _page(context, request, errors=mend(request, refused))
    return done(request, _("已更新。权限随任职，须另行申请权限变更。"), url(context, "@@person"))


def _page(person: Person, request: Any, password: str = "", errors: Any = None) -> dict[str, Any]:
    shown = site_page(person.name, person=person, here=url(person), password=password, errors=errors or {})
    at_work = person.state in ("active", "suspended")
    present = {"division": person.division.code if person.division else "", "post": person.post}
    if request.has_permission(P.PEOPLE_VIEW, request.root):
        shown["crumbs"].append((_("人员"), "/@@people"))
    else:  # The administrator of the person's unit comes from the unit's own list (P-18).
        shown["crumbs"] = [(person.unit.name, url(person.unit, "")), (_("人员"), url(person.unit, "people"))]
    return shown | {
        "state": STATES[person.state],
        "badge": STATE_BADGES[person.state],
        "facts": facts(person),
        "appointments": appointments(request.root, person),
        "trainings": [(each.day, TRAININGS[each.kind], each.subject, each.passed) for each in person.trainings],
        "findings": [(url(each, ""), each) for each in about(request.root, person, request.actor)],
        "journal": f"/@@journal?person={person.login}" if request.has_permission(P.JOURNAL_READ, request.root) else "",
        "sessions": open_sessions(request, person),
        "may_reset": request.has_permission(P.ACCOUNT_MANAGE) and password == "" and at_work,
        "may_adjust": request.has_permission(P.ACCOUNT_MANAGE) and person.state != "closed",
        "divisions": division_choices(person.unit),
        "values": present | dict(request.POST),
        "may_end": request.has_permission(P.SESSIONS_END, request.root),
        "may_leave": request.has_permission(P.PERSON_LEAVE) and person.state != "closed",
        "change": f"/request_change?person={person.login}" if person.state != "closed" else "",
        "may_browse": request.has_permission(P.MANAGE_VIEW),
    }


def facts(person: Person) -> list[tuple[Any, Any]]:
    """The facts of domain.md 4.2; never a password's trace but its date."""
    changed = person.password_changed
    return [
        (_("账号"), person.login),
        (_("单位"), person.unit.name),
        (_("处室"), person.division.name if person.division else "—"),
        (_("在编"), _("是") if person.established else _("否")),
        (_("建立时间"), f"{clock.local(person.created):%Y-%m-%d %H:%M}"),
        (_("密码修改"), f"{clock.local(changed):%Y-%m-%d %H:%M}" if changed else "—"),
        (_("须改密码"), _("是") if person.must_change_password else _("否")),
    ]


def appointments(root: Any, person: Person) -> list[dict[str, Any]]:
    """Every appointment, those in force first, then those to come, then the past ones; the newest first among each."""
    now = clock.now()
    lines = [_appointment(root, each, now) for each in person.values() if isinstance(each, Appointment)]
    return sorted(lines, key=lambda line: (line["rank"], -clock.micros(line["since"])))


def _appointment(root: Any, each: Appointment, now: Any) -> dict[str, Any]:
    rank, word, badge = _standing(each, now)
    return {
        "rank": rank,
        "word": word,
        "badge": badge,
        "role": role_title(each.role),
        "scope": scope_title(root, each.scope),
        "capacity": CAPACITIES[each.capacity],
        "since": each.since,
        "until": each.until,
        "basis": each.basis,
        "url": url(each, "@@properties"),
    }


def _standing(each: Appointment, now: Any) -> tuple[int, Any, str]:
    if each.in_force(now):
        return 0, _("有效"), "done"
    if each.state == "in_force" and now < each.since:
        return 1, _("尚未开始"), "wait"
    return 2, _("已结束"), "stop"
