"""The directory of accounts (P-17, design.md sect. 4): who logs in, with which principals, and what a person's own pages allow.

The administrator makes an account and gives a temporary password, which must be changed at the first login; an account without an
appointment may do nothing, and appointments come from reviewed requests only (R-8.2).
"""

import re
import secrets
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from substanced.interfaces import IObjectAdded, IObjectRemoved
from substanced.util import set_acl
from zope.interface import Interface

from content_types.appointment import Appointment
from content_types.person import Person
from govrepo import clock, rules
from govrepo.catalog import Range, register
from govrepo.database import site
from govrepo.i18n import _
from govrepo.journal import Event
from govrepo.security import accounts, passwords
from govrepo.security.acl import Allow
from policies.actor import Actor
from policies.administration import given, journal, refuse, require
from policies.engine import Reason
from policies.permissions import Permission as P
from policies.roles import OFFICERS, PERSON_GRANTS, ROLES, Role

OWN = (P.ASSIGNMENT_READ, P.ASSIGNMENT_CLOSE)
"""What is put before a person, the person reads and closes; nobody else does."""

STATES = {"active": _("正常"), "suspended": _("已停用"), "handover": _("交接中"), "closed": _("已注销")}
"""The states of an account (domain.md 5.9)."""

STAFFED = ("approved", "active")
"""A unit gets its people before it is activated (5.8, activate)."""

LOGIN = re.compile(r"[a-z][a-z0-9]*([._-][a-z0-9]+)*")
LONGEST_LOGIN = 40
LONGEST_NAME = 40
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Letters and digits of a temporary password: none that looks like another."""


class LoginTakenError(Exception):
    """Another account bears the login name."""


class NewAccount(NamedTuple):
    """What is typed for a new account; ``namesake`` says that a colleague of the same name is another person."""

    login: str
    name: str
    unit: Any
    division: Any = None
    post: str = ""
    established: bool = True
    namesake: bool = False


def add_person(root: Any, person: Person, registry: Any) -> Person:
    """Put a person into the directory; raise LoginTakenError for a login name in use (one account per person, P-17)."""
    login = _key(person.login)
    if login in root.logins:
        raise LoginTakenError(person.login)
    root["people"].add(person.id, person, registry=registry)
    root.logins[login] = person
    set_person_acl(person, registry)
    return person


def set_person_acl(person: Person, registry: Any) -> None:
    """What is the person's own, and what the roles of the person's unit may do (PERSON_GRANTS); anew after a change of unit."""
    places = {"unit": person.unit, "division": person.division}
    grants: list[tuple[str, tuple[P, ...]]] = [(person.principal, OWN)]
    for role, wanted in PERSON_GRANTS:
        place = places[ROLES[role].scope]
        grants += [] if place is None else [(f"{role}@{place.scope}", wanted)]
    set_acl(person, [(Allow, who, tuple(map(str, wanted))) for who, wanted in grants], registry=registry)


def create(root: Any, wanted: NewAccount, actor: Actor) -> tuple[Person, str]:
    """Make an account, and answer it with its temporary password, which is kept nowhere else; raise Refused."""
    action = "person.create"
    authority = root if wanted.unit is None else wanted.unit
    require(P.ACCOUNT_MANAGE, authority, actor, action)
    refuse(_problems(root, wanted), root, action)
    login = _key(wanted.login)
    person = Person(
        new_id(root), login, wanted.name.strip(), unit=wanted.unit, division=wanted.division, post=wanted.post.strip()
    )
    person.established = wanted.established
    person.created_by = actor.id
    password = temporary_password(root, actor)
    passwords.set_password(person, password, temporary=True)
    add_person(root, person, actor.registry)
    journal(action, person, actor, login=login, unit=wanted.unit.code)
    return person, password


def _problems(root: Any, wanted: NewAccount) -> list[Reason]:
    problems = login_problems(root, wanted.login)
    if not 1 <= len(wanted.name.strip()) <= LONGEST_NAME:
        problems.append(Reason(_("请填写姓名，不超过 40 个字符。"), "P-17", "name"))
    if wanted.unit is None or wanted.unit.state not in STAFFED:
        return [*problems, Reason(_("请选择使用单位。"), "R-3.1", "unit")]
    problems += division_problems(wanted.unit, wanted.division)
    if not wanted.namesake and wanted.name.strip() in {each.name for each in people_of(wanted.unit)}:
        problems.append(
            Reason(_("该单位已有同名人员。一人只能有一个账号；确为另一人的，请勾选说明。"), "P-17", "namesake")
        )
    return problems


def division_problems(unit: Any, division: Any) -> list[Reason]:
    """Why a person of a unit cannot belong to a division, if to any: it is another unit's, or is no more."""
    if division is None:
        return []
    if division.__parent__ is not unit:
        return [Reason(_("所选处室不属于该单位。"), "R-3.1", "division")]
    return [] if division.state == "active" else [Reason(_("该处室已撤销。"), "R-3.1", "division")]


def login_problems(root: Any, login: str) -> list[Reason]:
    """What is wrong with a login name for a new account (P-17): its form, or that it is in use, whatever its case."""
    name = _key(login)
    if not LOGIN.fullmatch(name) or not 3 <= len(name) <= LONGEST_LOGIN:
        words = _("账号用英文字母开头，可含数字，各段之间用点、横线或下划线隔开，3 至 40 个字符。")
        return [Reason(words, "P-17", "login")]
    return [Reason(_("这个账号已有人使用。"), "P-17", "login")] if name in root.logins else []


def new_id(root: Any) -> str:
    """An id that nobody has or had: random, so that two administrators at once do not meet."""
    while (found := f"p{secrets.token_hex(5)}") in root["people"]:
        pass
    return found


def temporary_password(root: Any, actor: Actor) -> str:
    """A password to be told to a person once; twelve characters, or as many as a password must have."""
    least = rules.value(root, actor.registry.govrepo_settings, "password_min_length")
    return "".join(secrets.choice(LETTERS) for _number in range(max(12, least)))


def adjust(person: Person, division: Any, post: str, actor: Actor) -> bool:
    """P-19: another division of the same unit, or another post; answer whether that changed anything. Raise Refused.

    Roles stay as they are: they are given and taken by reviewed requests only (R-7.4).
    """
    action, post = "person.adjust", post.strip()
    require(P.ACCOUNT_MANAGE, person, actor, action, "P-19")
    closed = [Reason(_("账号已注销。"), "P-19")] if person.state == "closed" else []
    long = [Reason(_("职务不超过 40 个字符。"), "P-19", "post")] if len(post) > LONGEST_NAME else []
    changed = division is not person.division
    moved = [*division_problems(person.unit, division), *_operator_stays(person, division)] if changed else []
    refuse([*closed, *long, *moved], person, action)
    if not changed and post == person.post:
        return False
    before, after = (
        f"{each.code if each else ''} {words}" for each, words in ((person.division, person.post), (division, post))
    )
    person.division, person.post = division, post
    set_person_acl(person, actor.registry)
    person_changed(person)
    journal(action, person, actor, before=before, after=after)
    return True


def _operator_stays(person: Person, division: Any) -> list[Reason]:
    """R-4.1: who runs the system belongs to the body that does, as long as the role lasts."""
    held = [each for each in person.appointments(clock.now()) if ROLES[Role(each.role)].scope == "site"]
    if not held or any(place.operator for place in (person.unit, division) if place is not None):
        return []
    return [Reason(_("担任运行维护角色的，不能离开信息化管理单位。请先撤销任职。"), "R-4.1", "division")]


def reset_password(person: Person, actor: Actor, basis: str) -> str:
    """Give a person a temporary password on written application (P-17), answer it, and end all sessions; raise Refused.

    Not one's own, and none of an officer's: whoever resets the auditor's password could act for the auditor (SOD-11).
    """
    action = "person.reset_password"
    require(P.ACCOUNT_MANAGE, person, actor, action)
    refuse([*_reset_problems(person, actor), *given(basis, "basis", "P-17")], person, action)
    password = temporary_password(site(person), actor)
    passwords.set_password(person, password, temporary=True)
    accounts.revoke_all(person)
    journal(action, person, actor, basis.strip())
    return password


def _reset_problems(person: Person, actor: Actor) -> list[Reason]:
    if person is actor.person:
        return [Reason(_("自己的密码请在“修改密码”里修改。"), "SOD-4")]
    if is_officer(person):
        return [Reason(_("审计员、管理员、保密员的密码不能由他人重置，只能由本人修改。"), "SOD-11")]
    if person.state in ("handover", "closed"):
        return [Reason(_("该人员已经离岗，不能重置密码。"), "P-17")]
    return []


def is_officer(person: Person) -> bool:
    """Whether a person is one of the three officers, now or from a day to come."""
    return any(each.role in OFFICERS and _not_over(each) for each in person.values() if isinstance(each, Appointment))


def _not_over(appointment: Appointment) -> bool:
    return appointment.state == "in_force" and (appointment.until is None or clock.now() < appointment.until)


def end_session(person: Person, serial: str, actor: Actor) -> bool:
    """End a session of a person, with the next request; answer whether it was open. Raise Refused."""
    require(P.SESSIONS_END, site(person), actor, "session.end", "R-39.2")
    if serial not in person.sessions:
        return False
    accounts.close_session(person, serial)
    journal("session.end", person, actor, ended=serial)
    return True


def end_all_sessions(person: Person, actor: Actor) -> int:
    """End every session of a person; answer how many there were. Raise Refused."""
    require(P.SESSIONS_END, site(person), actor, "session.end_all", "R-39.2")
    ended = sorted(person.sessions)
    accounts.revoke_all(person)
    if ended:
        journal("session.end_all", person, actor, ended=ended)
    return len(ended)


def _key(login: str) -> str:
    """A login name as it is compared."""
    return login.strip().casefold()


class Directory:
    """The account directory that login and tickets ask (govrepo/security/accounts.py)."""

    def by_login(self, root: Any, login: str) -> Person | None:
        """The account of a login name, whatever its case, or None."""
        return root.logins.get(_key(login))

    def by_id(self, root: Any, person_id: str) -> Person | None:
        """The account of an id, or None."""
        return root["people"].get(person_id)

    def certificate_holder(self, root: Any, serial: str) -> Person | None:
        """The account a certificate was issued to, or None; the index is filled where certificates are issued (R-27.1)."""
        person_id = root.trust.bindings.get(serial)
        return None if person_id is None else self.by_id(root, person_id)

    def principals(self, account: Any, now: datetime) -> tuple[str, ...]:
        """One ``role@scope`` per appointment in force; nothing else grants anything."""
        return account.principals(now)


def found_by(root: Any, words: str) -> list[Person]:
    """The persons whom a login name, an id or a full name stands for; several only for a name."""
    sought = words.strip()
    person = root.logins.get(_key(sought)) or root["people"].get(sought)
    if person is not None:
        return [person]
    return [each for each in root["people"].values() if sought and each.name == sought]


def everybody_of(unit: Any) -> list[Person]:
    """The persons of a unit in whatever state."""
    return [person for person in site(unit)["people"].values() if person.unit is unit]


def people_of(unit: Any) -> list[Person]:
    """The active persons of a unit."""
    return [person for person in everybody_of(unit) if person.state == "active"]


def person_changed(person: Person) -> None:
    """Note in the register of people that a person or one of its appointments has changed."""
    register(person, "people").changed(person)


def note_change(event: Any) -> None:
    """Subscriber: a person who was added, or whose appointment was added or taken away, is noted."""
    person = event.object if isinstance(event.object, Person) else event.parent
    if isinstance(person, Person) and person.__parent__ is not None:
        person_changed(person)


def note_periods(job: Any) -> None:
    """Timed job: note the persons of whom an appointment has begun or ended by its period."""
    people = register(job.root, "people", job.registry)
    due = people.query(Range("next_change", 1, clock.micros(clock.now())), sort="next_change", limit=500)
    for person in due.objects:
        people.changed(person)


def includeme(config: Any) -> None:
    """Tell the login where the accounts are, and keep the register of people."""
    config.add_journal_events(
        "person",
        _("人员"),
        Event("create", _("建立账号"), {"login": _("登录名"), "unit": _("单位代码")}),
        Event("adjust", _("岗位变动"), {"before": _("原处室、职务"), "after": _("现处室、职务")}),
        Event("reset_password", _("重置密码")),
    )
    config.add_journal_events(
        "session",
        _("登录"),
        Event("end", _("结束会话"), {"ended": _("被结束的会话")}),
        Event("end_all", _("结束全部会话"), {"ended": _("被结束的会话")}),
    )
    config.set_account_directory(Directory())
    for happened, noun in ((IObjectAdded, Person), (IObjectAdded, Appointment), (IObjectRemoved, Appointment)):
        config.add_content_subscriber(note_change, (happened, noun, Interface))
    config.add_timed_job("people.periods", note_periods, every=timedelta(minutes=1))
