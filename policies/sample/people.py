"""The sample people: for every unit and division who is needed to work its box, and the officers of the site.

Every name is made of the sixty-year cycle and one more character (甲子安, 乙丑安 ...), so that nobody can take it for
a real person's. Nobody has a telephone number. All share one password: samples are for trial only.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import cache
from typing import Any, NamedTuple

from content_types.permission_change import ChangeKind
from content_types.person import Person
from content_types.training import TrainingKind
from govrepo import clock
from govrepo.security.passwords import hash_password
from policies.actor import Actor
from policies.engine import act
from policies.founding import found
from policies.permission_change import request_change
from policies.person import add_person
from policies.roles import ROLES, Role
from policies.sample.organisation import (
    AFFILIATED,
    CITIES,
    DEPARTMENTS,
    DEPLOYED,
    DIVISIONS,
    OFFICE,
    OPERATOR,
    OTHERS,
    SHUNDE,
    UNCONNECTED,
)
from policies.training import enter

PASSWORD = "yangli-2013"  # noqa: S105 - Printed by govrepo-sample; nobody's secret.
BASIS = "sample"
SINCE = datetime(2012, 1, 1, tzinfo=UTC)
"""Before the system's first day, so that stories may set the clock to it."""
FOUNDERS = ("office.leader", "auditor", "admin", "security")
TRAINED = date(2011, 12, 1)

WITHOUT_RECEIVER = "jyc"
"""The division that has designated nobody: the fault that R-11.1 lists."""

SEAL_KEEPERS = {"office": OFFICE, "gz": "guangzhou", DEPLOYED: DEPLOYED}
"""The units with sample seals, by the prefix of their login names."""

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
    yield from _administrators()  # After all others, so that their names stay as they were; so does what follows.
    yield from _seal_keepers()
    yield from _makers()


def _administrators() -> Iterator[Post]:
    """A unit administrator for the office and every unit with a box (P-18)."""
    cities = [(city.prefix, city.code) for city in (*CITIES, SHUNDE)]
    bodies = [(body.code, body.code) for body in (*DEPARTMENTS, *AFFILIATED, *OTHERS) if body.code != UNCONNECTED]
    for prefix, code in [("office", OFFICE), *cities, *bodies]:
        yield Post(f"{prefix}.admin", Role.UNIT_ADMINISTRATOR, code, "", "单位管理员")


def _seal_keepers() -> Iterator[Post]:
    """A keeper of seals for the office, which keeps the government's too, and for each other unit with a sample seal (P-72)."""
    for prefix, code in SEAL_KEEPERS.items():
        role = Role.SEAL_KEEPER if code == OFFICE else Role.UNIT_SEAL_KEEPER
        yield Post(f"{prefix}.seal", role, code, "", "印章保管员")


def _makers() -> Iterator[Post]:
    """Who sets, reads and rechecks the office's documents (R-24.2, 7.1)."""
    yield Post("office.plate", Role.PLATE_MAKER, OFFICE, "", "省政府印刷厂制版员")
    yield Post("office.proof", Role.PROOFREADER, OFFICE, "", "校对室校对员")
    yield Post("office.recheck", Role.RECHECK_CLERK, OFFICE, OPERATOR, "秘书处复核员")


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


def is_sample(person: Person) -> bool:
    """Whether somebody is a sample person: the name is the invented one of that login name."""
    return _names().get(person.login) == person.name


@cache
def _names() -> dict[str, str]:
    return {post.login: invented_name(number) for number, post in enumerate(posts())}


def make_people(root: Any, registry: Any, present: datetime) -> None:
    """Put every sample person into the directory and appoint them; the password, of ``present``, is hashed once for all."""
    password = hash_password(PASSWORD)
    for number, post in enumerate(posts()):
        unit = root["units"][post.unit]
        division = unit[post.division] if post.division else None
        person = Person(f"p{number + 1:04d}", post.login, invented_name(number), unit=unit, division=division)
        person.post, person.established = post.title, True
        person.password_hash, person.password_changed, person.must_change_password = password, present, False
        add_person(root, person, registry)
    appoint(root, registry)


def appoint(root: Any, registry: Any) -> None:
    """The founding act, then one reviewed permission change for every other post (R-7.4, R-8.2)."""
    people = [root.logins[login] for login in FOUNDERS]
    for person in people[1:]:
        for kind in TrainingKind:
            enter(person, kind, TRAINED, passed=True, subject="任职培训", by=person)
    found(root, registry, *people)
    administrator, auditor = (_actor(root.logins[login], registry) for login in ("admin", "auditor"))
    for post in posts():
        if post.login not in FOUNDERS:
            _appoint(root.logins[post.login], post.role, administrator, auditor)


def _actor(person: Person, registry: Any) -> Actor:
    return Actor(person.principal, person.name, (person.principal, *person.principals(clock.now())), registry, person)


def _appoint(person: Person, role: Role, administrator: Actor, auditor: Actor) -> None:
    scope = _scope(role, person.unit, person.division)
    change = request_change(
        administrator, person, ChangeKind.GRANT, role=role, scope=scope, reason="系统启用", basis=BASIS
    )
    act(change, "approve", auditor)
    act(change, "execute", administrator)
    act(change, "verify", auditor)


def _scope(role: Role, unit: Any, division: Any) -> str:
    """The scope that an appointment to the role names."""
    return {"site": "site", "unit": unit.scope, "division": division.scope if division else ""}[ROLES[role].scope]
