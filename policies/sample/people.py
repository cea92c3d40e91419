"""The sample people: for every unit and division who is needed to work its box, and the officers of the site.

Every name is made of the sixty-year cycle and one more character (甲子安, 乙丑安 ...), so that nobody can take it for
a real person's. Nobody has a telephone number. All share one password: samples are for trial only.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, NamedTuple

from content_types.appointment import Appointment
from content_types.person import Person
from govrepo import clock
from govrepo.security.passwords import hash_password
from policies.person import add_person
from policies.roles import ROLES, Role
from policies.sample.organisation import (
    AFFILIATED,
    CITIES,
    DEPARTMENTS,
    DIVISIONS,
    OFFICE,
    OPERATOR,
    OTHERS,
    SHUNDE,
    UNCONNECTED,
)

PASSWORD = "yangli-2013"  # noqa: S105 - Printed by govrepo-sample; nobody's secret.
BASIS = "sample"
SINCE = datetime(2012, 1, 1, tzinfo=UTC)
"""Before the system's first day, so that stories may set the clock to it."""

WITHOUT_RECEIVER = "jyc"
"""The division that has designated nobody: the fault that R-11.1 lists."""

STEMS = "甲乙丙丁戊己庚辛壬癸"
BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
THIRDS = "安平和宁康泰"


class Post(NamedTuple):
    """One sample person: login name, role, unit, division (or empty) and what the post is called."""

    login: str
    role: Role
    unit: str
    division: str
    title: str


def posts() -> Iterator[Post]:
    """Every sample person, in the order of the list that is printed."""
    yield from _office_posts()
    for part in DIVISIONS:
        yield from _division_posts(part.unit, part.code)
    for city in (*CITIES, SHUNDE):
        yield from _unit_posts(city.prefix, city.code)
    for body in (*DEPARTMENTS, *AFFILIATED, *OTHERS):
        if body.code != UNCONNECTED:
            yield from _unit_posts(body.code, body.code)


def _office_posts() -> Iterator[Post]:
    yield Post("auditor", Role.AUDITOR, OFFICE, OPERATOR, "技术服务组")
    yield Post("admin", Role.ADMINISTRATOR, OFFICE, OPERATOR, "技术服务组")
    yield Post("security", Role.SECURITY_OFFICER, OFFICE, OPERATOR, "技术服务组")
    yield Post("tech", Role.TECHNICIAN, OFFICE, OPERATOR, "技术服务组")
    yield Post("liaison", Role.LIAISON, OFFICE, OPERATOR, "技术服务组")
    yield Post("office.registry1", Role.REGISTRY_CLERK, OFFICE, OPERATOR, "机要档案科")
    yield Post("office.registry2", Role.REGISTRY_CLERK, OFFICE, OPERATOR, "机要档案科")
    yield Post("office.duty", Role.DUTY_OFFICER, OFFICE, OPERATOR, "机要档案科")
    yield Post("office.leader", Role.OFFICE_LEADER, OFFICE, "", "厅领导")


def _division_posts(unit: str, code: str) -> Iterator[Post]:
    if code != WITHOUT_RECEIVER:
        yield Post(f"{code}.receiver", Role.RECEIVER, unit, code, "收文员")
    yield Post(f"{code}.head", Role.HEAD, unit, code, "主要负责同志")
    yield Post(f"{code}.officer", Role.CASE_OFFICER, unit, code, "经办人")


def _unit_posts(prefix: str, code: str) -> Iterator[Post]:
    yield Post(f"{prefix}.clerk", Role.UNIT_CLERK, code, "", "办公室收发员")
    yield Post(f"{prefix}.approver", Role.UNIT_APPROVER, code, "", "办公室负责人")


def invented_name(number: int) -> str:
    """The name of the person of a number, from 0: two characters of the sixty-year cycle and a third."""
    return STEMS[number % 10] + BRANCHES[number % 12] + THIRDS[number // 60 % len(THIRDS)]


def make_people(root: Any, registry: Any) -> None:
    """Put every sample person into the directory, each with one appointment; the password is hashed once for all."""
    password = hash_password(PASSWORD)
    for number, post in enumerate(posts()):
        unit = root["units"][post.unit]
        division = unit[post.division] if post.division else None
        name = invented_name(number)
        person = Person(f"p{number + 1:04d}", post.login, name, unit=unit, division=division, post=post.title)
        person.password_hash, person.password_changed, person.must_change_password = password, clock.now(), False
        add_person(root, person, registry)
        person.appoint(Appointment(post.role, _scope(post.role, unit, division), SINCE, basis=BASIS))


def _scope(role: Role, unit: Any, division: Any) -> str:
    """The scope that an appointment to the role names."""
    return {"site": "site", "unit": unit.scope, "division": division.scope if division else ""}[ROLES[role].scope]
