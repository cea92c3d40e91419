"""Who can log in to a site with samples: for the script that loads them and for a developer's login page."""

from typing import Any, NamedTuple

from content_types.person import Person
from govrepo import clock
from policies.actor import Actor
from policies.exchange_box import boxes_of
from policies.roles import ROLES, Role
from policies.sample.people import PASSWORD, is_sample, posts

FEATURED = (
    "msc.officer", "office.leader", "office.registry1", "office.duty", "zh1.officer", "zh2.receiver", "zh2.head",
    "gz.clerk", "gz.approver", "jm.clerk", "jm.approver", "sd.clerk", "caizheng.clerk", "cz-budget.receiver",
    "jingxin.clerk", "jm.admin", "zh1.head", "office.recheck", "office.plate", "office.proof", "office.seal", "gz.admin", "gz.seal", "auditor",
    "admin", "security", "tech", "liaison",
)  # fmt: skip
"""The sample persons a newcomer needs; the others follow the same scheme."""


class Login(NamedTuple):
    """One line of the list: login name, name, unit and post, roles, titles of the boxes worked."""

    login: str
    name: str
    post: str
    roles: str
    boxes: str


def sample_logins(root: Any, registry: Any, names: tuple[str, ...] = FEATURED) -> list[Login]:
    """The sample persons among the login names; nobody on a site without samples."""
    people = [root.logins[name] for name in names if name in root.logins]
    return [_login(person, root, registry) for person in people if is_sample(person)]


def every_login() -> tuple[str, ...]:
    """The login names of all sample persons."""
    return tuple(post.login for post in posts())


def _login(person: Person, root: Any, registry: Any) -> Login:
    now = clock.now()
    actor = Actor(person.principal, person.name, person.principals(now), registry, person)
    place = person.division.name if person.division else ""
    roles = "、".join(str(ROLES[Role(each.role)].label) for each in person.appointments(now))
    boxes = "、".join(box.title for box in boxes_of(actor, root))
    return Login(person.login, person.name, f"{person.unit.short_name}{place}", roles, boxes)


def on_login_page(request: Any) -> list[tuple[str, str, str]]:
    """The hook ``registry.sample_logins`` of views/login.py: login name, password, who it is."""
    rows = sample_logins(request.root, request.registry)
    return [(row.login, PASSWORD, f"{row.name}（{row.post}，{row.roles}）") for row in rows]
