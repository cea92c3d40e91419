"""The separation of duties (domain.md 7.3, SOD-1 to SOD-15; R-4.1, R-5.2, R-6.1, R-6.2): who may hold what beside what.

The rules over appointments are asked when a change is requested, again when it is executed, and every night over all that is in
force. The rules over one request or one document are asked by the policy of that noun; the table says where.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from content_types.alarm import AlarmKind
from content_types.appointment import Appointment
from content_types.content import shelf
from content_types.person import Person
from content_types.separation_report import Finding, SeparationReport
from content_types.training import TrainingKind
from govrepo import clock
from govrepo.i18n import _, listed
from govrepo.journal import ALLOWED, Entry, Event
from policies.actor import system_actor
from policies.alarm import raise_alarm
from policies.appointment import holders
from policies.engine import Reason
from policies.roles import OFFICERS, ROLES, Role

NEVER = datetime.max.replace(tzinfo=UTC)
OPERATORS = (*OFFICERS, Role.LIAISON, Role.TECHNICIAN)
"""The roles of those who run the site (domain.md 7.1); every other role is a business role."""
TRAININGS = {TrainingKind.SKILLS: _("业务技能"), TrainingKind.CONFIDENTIALITY: _("保密安全")}
INDISPENSABLE = (Role.AUDITOR, Role.ADMINISTRATOR)


@dataclass(frozen=True)
class Wish:
    """An appointment as it is wished for, or as it stands; ``instead`` is one that will not count beside it."""

    person: Person
    role: str
    scope: str
    since: datetime
    until: datetime | None
    root: Any
    settings: Any
    instead: Appointment | None = None

    def beside(self, roles: Iterable[str]) -> list[str]:
        """The roles among ``roles`` that the person holds at some moment of the period."""
        held = (each for each in self.person.values() if isinstance(each, Appointment) and each is not self.instead)
        return sorted({each.role for each in held if each.role in roles and self._overlaps(each)})

    def _overlaps(self, other: Appointment) -> bool:
        in_force = other.state == "in_force" and other.since < (other.until or NEVER)
        return in_force and other.since < (self.until or NEVER) and self.since < (other.until or NEVER)


Check = Callable[[Wish], list[Reason]]


def _beside(wish: Wish, pairs: dict[str, tuple[str, ...]], rule: str) -> list[Reason]:
    """A reason if the person holds what the wished-for role excludes."""
    found = wish.beside(pairs.get(wish.role, ()))
    if not found:
        return []
    words = {
        "name": wish.person.name,
        "held": listed(ROLES[Role(each)].label for each in found),
        "role": ROLES[Role(wish.role)].label,
    }
    return [Reason(_("${name}同期担任${held}，不得担任${role}。", mapping=words), rule, "role")]


def sod_1(wish: Wish) -> list[Reason]:
    """The auditor is neither administrator nor security officer at the same time (SOD-1, R-5.2)."""
    others = (Role.ADMINISTRATOR, Role.SECURITY_OFFICER)
    return _beside(wish, {Role.AUDITOR: others, **dict.fromkeys(others, (Role.AUDITOR,))}, "SOD-1")


def sod_2(wish: Wish) -> list[Reason]:
    """The administrator is not the security officer, unless the site's setting allows it (SOD-2)."""
    if not wish.settings.separate_administrator:
        return []
    first, second = Role.ADMINISTRATOR, Role.SECURITY_OFFICER
    return _beside(wish, {first: (second,), second: (first,)}, "SOD-2")


def sod_3(wish: Wish) -> list[Reason]:
    """The three officers hold no business role (SOD-3, R-7.6, R-8.3)."""
    business = tuple(role for role in Role if role not in OPERATORS)
    return _beside(wish, {**dict.fromkeys(OFFICERS, business), **dict.fromkeys(business, OFFICERS)}, "SOD-3")


def operators_own(wish: Wish) -> list[Reason]:
    """Only members of the unit or division that runs the system hold its roles (R-4.1)."""
    person = wish.person
    if wish.role not in OPERATORS or any(place.operator for place in (person.unit, person.division) if place):
        return []
    words = {"name": person.name, "role": ROLES[Role(wish.role)].label}
    return [Reason(_("${name}不是信息化管理单位的人员，不得担任${role}。", mapping=words), "R-4.1", "person")]


def established(wish: Wish) -> list[Reason]:
    """An officer is established staff (R-6.1)."""
    if wish.role not in OFFICERS or wish.person.established:
        return []
    words = {"name": wish.person.name, "role": ROLES[Role(wish.role)].label}
    return [Reason(_("${name}不是在编干部，不得担任${role}。", mapping=words), "R-6.1", "person")]


def trained(wish: Wish) -> list[Reason]:
    """An officer has passed both trainings before the start: skills, and confidentiality and security (R-6.2)."""
    if wish.role not in OFFICERS:
        return []
    first_day = clock.local(wish.since).date()
    passed = {each.kind for each in wish.person.trainings if each.passed and each.day < first_day}
    lacking = [words for kind, words in TRAININGS.items() if kind not in passed]
    if not lacking:
        return []
    words = {"name": wish.person.name, "kinds": listed(lacking), "role": ROLES[Role(wish.role)].label}
    return [
        Reason(_("${name}在任职之前没有${kinds}培训合格的记录，不得担任${role}。", mapping=words), "R-6.2", "person")
    ]


def sod_4(change: Any, person: Any) -> list[Reason]:
    """Nobody decides on, executes or verifies a request about oneself (SOD-4, R-28.2)."""
    return [Reason(_("不得审核、执行、复核关于本人的申请。"), "SOD-4")] if person is change.person else []


def sod_5(change: Any, reviewer: Any) -> list[Reason]:
    """Whoever decides has neither requested nor will execute (SOD-5, R-7.4)."""
    return [Reason(_("申请人不得审核自己提出的申请。"), "SOD-5")] if reviewer is change.requested_by else []


def sod_5_execution(change: Any, executor: Any) -> list[Reason]:
    """Whoever executes has not decided (SOD-5, R-7.4)."""
    decided = change.decided is not None and change.decided.by is executor
    return [Reason(_("审核人不得执行自己审核的申请。"), "SOD-5")] if decided else []


def sod_6(change: Any, actor: Any) -> list[Reason]:
    """What concerns an auditor's appointment is decided by a leader of the office (SOD-6, R-5.3)."""
    if not concerns_auditor(change) or actor.holds(Role.OFFICE_LEADER):
        return []
    return [Reason(_("审计员的任免由厅领导审批，不由审计员自己审核。"), "SOD-6")]


def concerns_auditor(change: Any) -> bool:
    """Whether a change gives or takes the auditor's role."""
    taken = change.appointment is not None and change.appointment.role == Role.AUDITOR
    return change.role == Role.AUDITOR or taken


def sod_13(person: Person, taken: Iterable[Appointment], root: Any, at: datetime) -> list[Reason]:
    """The last auditor or administrator stays until a successor holds the post (SOD-13)."""
    reasons = []
    for role in sorted({each.role for each in taken if each.role in INDISPENSABLE and each.in_force(at)}):
        if not [holder for holder in holders(root, role, at) if holder is not person]:
            words = {"name": person.name, "role": ROLES[Role(role)].label}
            reasons.append(Reason(_("${name}是唯一的${role}，继任人到任之前不得免去或停用。", mapping=words), "SOD-13"))
    return reasons


class Rule(NamedTuple):
    """A rule of the table: its words, where it is checked, and the check over an appointment where it is one."""

    text: Any
    where: Any
    check: Check | None = None


_APPOINTING = _("申请、执行和每夜检查时")
RULES: dict[str, Rule] = {
    "SOD-1": Rule(_("审计员不得兼任管理员、保密员。"), _APPOINTING, sod_1),
    "SOD-2": Rule(_("管理员不得兼任保密员。"), _APPOINTING, sod_2),
    "SOD-3": Rule(_("三员不得担任业务角色。"), _APPOINTING, sod_3),
    "SOD-4": Rule(_("不得审核、执行、复核关于本人的申请。"), _("审核、执行、复核时")),
    "SOD-5": Rule(_("审核人不得是申请人或执行人。"), _("审核、执行时")),
    "SOD-6": Rule(_("审计员的任免由厅领导审批。"), _("审核时")),
    "SOD-7": Rule(_("核准人不得是起草人、发送人。"), _("核准、发送时")),
    "SOD-8": Rule(_("校对员不得是制版员，盖章员不得是起草人、发送人。"), _("校对、盖章时")),
    "SOD-9": Rule(_("归档接收人不得是移交人。"), _("归档时")),
    "SOD-10": Rule(_("销毁的批准人、两名监销人和经办档案员是四个人。"), _("销毁时")),
    "SOD-11": Rule(_("任何人不得以他人身份登录或办理。"), _("系统没有这种功能")),
    "SOD-12": Rule(_("日志只能追加。"), _("日志由哈希链保护")),
    "SOD-13": Rule(_("最后一名审计员、管理员在继任人到任之前不得免去或停用。"), _APPOINTING),
    "SOD-14": Rule(_("没有有效证书的账号只能看门户的公开页面。"), _("登录时")),
    "SOD-15": Rule(_("以上规则在申请、执行时检查，并每夜检查全部任职。"), _("每夜，报审计员")),
    "R-4.1": Rule(_("运行维护的角色只由信息化管理单位的人员担任。"), _APPOINTING, operators_own),
    "R-6.1": Rule(_("三员必须是在编干部。"), _APPOINTING, established),
    "R-6.2": Rule(_("三员任职前须经业务技能和保密安全培训合格。"), _APPOINTING, trained),
}
"""Every rule by its id; those with a check speak of appointments."""


def problems(  # noqa: PLR0913 - An appointment's elements, and what they are judged by.
    person: Person,
    role: str,
    scope: str,
    since: datetime,
    until: datetime | None,
    *,
    root: Any,
    settings: Any,
    instead: Appointment | None = None,
) -> list[Reason]:
    """Everything that speaks against an appointment; ``instead`` is the one it replaces. Empty when nothing does."""
    return [reason for _rule, reason in _broken(Wish(person, role, scope, since, until, root, settings, instead))]


def _broken(wish: Wish) -> Iterator[tuple[str, Reason]]:
    for name, rule in RULES.items():
        if rule.check is not None:
            yield from ((name, reason) for reason in rule.check(wish))


def violations(root: Any, now: datetime, settings: Any) -> list[Finding]:
    """What the appointments in force break, and which indispensable officers there are none of (SOD-13, SOD-15)."""
    found = []
    for person in root["people"].values():
        for each in person.appointments(now):
            wish = Wish(person, each.role, each.scope, each.since, each.until, root, settings, each)
            found += [Finding(rule, person.id, person.name, each.role, each.scope) for rule, _why in _broken(wish)]
    empty = [role for role in INDISPENSABLE if not holders(root, role, now)]
    return found + [Finding("SOD-13", "", "", role, "site") for role in empty]


def report(job: Any) -> None:
    """Timed job ``separation.check``: check every appointment in force and report to the auditor (SOD-15)."""
    now, root = clock.now(), job.root
    if not len(root["people"]):
        return
    checked = sum(len(person.appointments(now)) for person in root["people"].values())
    made = SeparationReport(now, checked, tuple(violations(root, now, job.registry.govrepo_settings)))
    place = shelf(root["admin"], "separation", clock.local(now).strftime("%Y"))
    place[f"{clock.local(now):%m%d-%H%M%S}-{made.uid}"] = made
    entry = Entry("separation.checked", "system", subject_uid=made.uid, details=_summary(made))
    job.registry.journal.append(entry, made)
    _alarm(root, job.registry, made)


def _alarm(root: Any, registry: Any, made: SeparationReport) -> None:
    """Each finding is an alarm once, however many nights it stands."""
    for each in made.findings:
        cause = f"{each.rule} {each.person} {each.role} {each.scope}"
        words = _(
            "${name}：${rule}",
            mapping={"name": each.name or ROLES[Role(each.role)].label, "rule": RULES[each.rule].text},
        )
        raise_alarm(root, system_actor(registry), AlarmKind.SEPARATION, words, cause=cause, path="/separation")


def _summary(made: SeparationReport) -> dict[str, Any]:
    return {"checked": made.checked, "findings": [f"{each.rule} {each.person} {each.role}" for each in made.findings]}


def latest_report(root: Any) -> SeparationReport | None:
    """The newest report, or None before the first night."""
    years = root["admin"].get("separation")
    if years is None:
        return None
    year = years[years.data.maxKey()]
    return year[year.data.maxKey()]


def includeme(config: Any) -> None:
    """Declare the nightly check."""
    said = {"checked": _("检查的任职数"), "findings": _("发现的问题")}
    config.add_journal_events("separation", _("职责分离"), Event("checked", _("职责分离检查"), said, (ALLOWED,)))
    config.add_timed_job("separation.check", report, every=timedelta(days=1))
