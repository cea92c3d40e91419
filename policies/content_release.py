"""The release's workflow (domain.md 7.2, R-7.6): the auditor asks for one document, an office leader grants some days, it ends by itself.

Nothing else opens content to the auditor. What is read is journaled like any reading.
"""

from datetime import timedelta
from typing import Any

from substanced.util import set_acl

from content_types.content import shelf
from content_types.content_release import ContentRelease
from govrepo import clock, rules
from govrepo.catalog import Eq, Range, register
from govrepo.database import site
from govrepo.i18n import _
from govrepo.security.acl import Allow
from policies.actor import Actor, system_actor
from policies.administration import refuse, require
from policies.engine import Act, Reason, Table, Transition, record, table_of
from policies.permissions import Permission as P
from policies.roles import Role
from policies.scopes import operator_office

STATES = {"asked": _("待厅领导决定"), "granted": _("已同意调阅"), "refused": _("不同意调阅"), "ended": _("调阅已结束")}
ACTION = "content_release.ask"
EVERY = timedelta(minutes=5)
LISTED = 500


def ask(root: Any, dispatch: Any, reason: str, actor: Actor) -> ContentRelease:
    """Ask for a document's content. Raises Refused for those who may not, or without a reason."""
    require(P.RELEASE_ASK, root, actor, ACTION, "7.2")
    refuse([] if reason.strip() else [Reason(_("请写明调阅理由。"), "7.2", "reason")], root, ACTION)
    made = ContentRelease(dispatch, actor.person, reason.strip())
    made.year = clock.local(clock.now()).year
    year = shelf(root["admin"], "content_releases", str(made.year))
    made.number = len(year) + 1
    year[str(made.number)] = made
    _let(made, actor.registry)
    record(table_of(made), "ask", Act(made, actor, clock.now(), {"note": made.reason}), "")
    return made


def _let(release: ContentRelease, registry: Any) -> None:
    """The leaders of the operating office decide; while it is granted, whoever asked reads."""
    lines: list[tuple[Any, str, tuple[str, ...]]] = []
    office = operator_office(site(release))
    if office is not None:
        leader = f"{Role.OFFICE_LEADER}@{office.scope}"
        lines.append((Allow, leader, (str(P.RELEASE_DECIDE), str(P.RELEASE_READ))))
    if release.until is not None:
        lines.append((Allow, release.asked_by.principal, (str(P.RELEASE_OPEN),)))
    set_acl(release, lines, registry=registry)


def longest(context: Any, settings: Any) -> int:
    """Days for which a document may be opened at most."""
    return int(rules.value(context, settings, "content_release_days"))


def days_fit(act: Act) -> Reason | None:
    """7.2: for some days, not for ever."""
    most, given = longest(act.context, act.actor.registry.govrepo_settings), str(act.given.get("days", ""))
    if given.isascii() and given.isdecimal() and 1 <= int(given[:4]) <= most and len(given) <= len(str(most)):
        return None
    return Reason(_("请填写天数，1 至 ${most}。", mapping={"most": str(most)}), "7.2", "days")


def not_ones_own(act: Act) -> Reason | None:
    """SOD-4: nobody grants the own request."""
    return Reason(_("不得同意本人的申请。"), "SOD-4") if act.actor.person is act.context.asked_by else None


def open_it(act: Act) -> None:
    """The document is open from now on, for so many days."""
    act.context.until = act.now + timedelta(days=int(act.given["days"]))
    _let(act.context, act.actor.registry)


def is_open(release: ContentRelease) -> bool:
    """Whether the document may be read now: it ends at its instant, whether or not the worker has said so."""
    return release.state == "granted" and release.until is not None and clock.now() < release.until


def end(job: Any) -> None:
    """Timed job ``content_release.end``: what has run out is closed."""
    actor = system_actor(job.registry)
    query = Eq("state", "granted") & Range("until", 1, clock.micros(clock.now()))
    for release in register(job.root, "content_releases").query(query, sort="order", limit=LISTED).objects:
        release.until, release.state = None, "ended"
        _let(release, job.registry)
        record(table_of(release), "end", Act(release, actor, clock.now()), "granted")


def readable(root: Any, actor: Actor) -> list[ContentRelease]:
    """The requests an actor may see, the newest first."""
    found = register(root, "content_releases").query(Range("order", 0, None), sort="order", reverse=True, limit=LISTED)
    return [each for each in found.objects if actor.allowed(P.RELEASE_READ, each)]


def to_decide(root: Any, actor: Actor) -> int:
    """How many wait for this leader."""
    found = register(root, "content_releases").query(Eq("state", "asked"), sort="order", limit=LISTED)
    return sum(actor.allowed(P.RELEASE_DECIDE, each) for each in found.objects)


TABLE = Table(
    noun="content_release", label=_("内容调阅"), begun={"ask": _("申请调阅内容"), "end": _("调阅到期")},
    content_type="ContentRelease",
    initial="asked",
    states=STATES,
    transitions=(
        Transition(
            "grant", _("同意调阅"), ("asked",), "granted", P.RELEASE_DECIDE, guards=(not_ones_own,), inputs=(days_fit,),
            effects=(open_it,), article="7.2",
        ),
        Transition("refuse", _("不同意调阅"), ("asked",), "refused", P.RELEASE_DECIDE, article="7.2"),
    ),
    register="content_releases",
    version=lambda release: release.document.digest(),
)  # fmt: skip


def includeme(config: Any) -> None:
    """Bind the table, declare the job."""
    config.add_policy_table(ContentRelease, TABLE)
    config.add_timed_job("content_release.end", end, every=EVERY)
