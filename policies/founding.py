"""The founding act (design.md sect. 4): a new site gets its leader and its three officers, once, without a review before it.

It is the only grant without review besides a head's substitute (R-11.3) and an emergency suspension (R-39.2).
"""

from typing import Any

from content_types.appointment import Appointment
from content_types.person import Person
from govrepo import clock
from govrepo.i18n import _, plain
from govrepo.journal import ALLOWED, Entry, Event
from policies.appointment import ever, give
from policies.engine import Reason
from policies.roles import Role
from policies.separation_of_duties import problems

BASIS = "founding act"


class FoundingRefusedError(Exception):
    """The founding act may not be: an auditor is or was in force, or a person may not hold the post; ``reasons`` say why."""

    def __init__(self, reasons: list[Reason]) -> None:
        super().__init__("; ".join(plain(reason.text) for reason in reasons))
        self.reasons = reasons


def found(
    root: Any, registry: Any, leader: Person, auditor: Person, administrator: Person, security_officer: Person
) -> None:
    """Appoint the four; raise FoundingRefusedError, with nothing changed, once an auditor is or ever was in force (SOD-1 to SOD-3)."""
    posts = (
        (leader, Role.OFFICE_LEADER, leader.unit.scope),
        (auditor, Role.AUDITOR, "site"),
        (administrator, Role.ADMINISTRATOR, "site"),
        (security_officer, Role.SECURITY_OFFICER, "site"),
    )
    reasons = _faults(root, registry.govrepo_settings, posts)
    if reasons:
        raise FoundingRefusedError(reasons)
    for person, role, scope in posts:
        give(person, Appointment(role, scope, clock.now(), basis=BASIS))
        entry = Entry("site.founded", "system", subject=f"/people/{person.id}", subject_uid=person.uid, reason=role)
        registry.journal.append(entry, person)


def _faults(root: Any, settings: Any, posts: tuple[tuple[Person, Role, str], ...]) -> list[Reason]:
    if next(ever(root, Role.AUDITOR), None) is not None:
        return [Reason(_("系统已有或曾有审计员，不能再次初始化任命。"), "R-7.4")]
    people = [person for person, _role, _scope in posts]
    if len({person.id for person in people}) < len(people):
        return [Reason(_("厅领导和三员应当是四个人。"), "SOD-1")]
    now = clock.now()
    return [
        reason
        for person, role, scope in posts
        for reason in problems(person, role, scope, now, None, root=root, settings=settings)
    ]


def includeme(config: Any) -> None:
    """Declare what the journal says of it."""
    config.add_journal_events("site", _("站点"), Event("founded", _("初始任命"), results=(ALLOWED,)))
