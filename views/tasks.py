"""My tasks (我的待办): everything a person must do next, kind by kind, the oldest first, each leading to where it is done (7.1)."""

from datetime import datetime
from functools import singledispatch
from typing import Any, NamedTuple

from pyramid.view import view_config

from content_types.assignment import Assignment
from content_types.delivery import Delivery
from content_types.dispatch import Dispatch
from content_types.division_call import DivisionCall
from content_types.duty_shift import DutyShift
from content_types.outgoing_document import OutgoingDocument
from content_types.paper_item import PaperItem
from content_types.phone_notice import PhoneNotice
from content_types.register_entry import RegisterEntry
from content_types.seal import Seal
from content_types.site import Site
from govrepo import clock
from policies.deadlines import is_overdue
from policies.paper_item import is_late
from policies.permissions import Permission as P
from policies.tasks import KINDS, MOST, Kind, rows_of

from .acts import url
from .home import certificate_tasks, running
from .i18n import _
from .permission_change import waiting

PAGES_OF = {"answer": "reply", "unanswered": "replies"}
"""Where the kinds are done that have a page of their own."""


class Task(NamedTuple):
    """A line: what, from or to whom, since when, until when, and where it is done."""

    title: str
    address: str
    number: str
    party: str
    urgency: str
    since: datetime
    due: Any = None
    late: bool = False


@view_config(
    context=Site,
    name="my_tasks",
    permission=P.SITE_VIEW,
    request_method="GET",
    renderer="views:templates/tasks/page.pt",
)
def page(context: Site, request: Any) -> dict[str, Any]:
    """The tasks of this person: rows where a document is behind them, else a line that leads to their list."""
    groups = [(kind, tasks_of(kind, request)) for kind in KINDS]
    return {
        "title": _("我的待办"),
        "crumbs": [(_("待办"), "/")],
        "groups": [(kind, tasks) for kind, tasks in groups if tasks],
        "lines": lines(request, context),
        "most": MOST,
    }


def tasks_of(kind: Kind, request: Any) -> list[Task]:
    """The tasks of a kind, the oldest first."""
    tasks = [task_of(each, kind, request) for each in rows_of(kind, request.actor, request.root)]
    return sorted(tasks, key=lambda task: task.since)


def lines(request: Any, root: Site) -> list[tuple[Any, str, int]]:
    """What waits of people, certificates, units and the system: (words, address, number)."""
    found = [*waiting(request), *certificate_tasks(request, root), *running(request, root)]
    return [(words, address, number) for words, address, number in found if isinstance(number, int) and number]


@singledispatch
def task_of(_row: Any, _kind: Kind, _request: Any) -> Task:
    """A row of a register as a task; raises TypeError for a noun that has none."""
    raise TypeError


@task_of.register
def _delivery(row: Delivery, kind: Kind, _request: Any) -> Task:
    sent = kind.key in ("returned", "failed", "circulation", "unanswered")
    due = _due(row, kind)
    return Task(
        title=row.title,
        address=url(row.dispatch if sent else row, PAGES_OF.get(kind.key, "")),
        number=row.document.number,
        party=row.box.title if sent else row.document.issuer,
        urgency=str(row.document.urgency),
        since=row.available_at or row.created,
        due=due,
        late=due is not None and clock.now() > due,
    )


def _due(row: Delivery, kind: Kind) -> datetime | None:
    if kind.key in ("answer", "unanswered"):
        return row.dispatch.reply_due
    return row.sign_by if kind.key == "sign" else None


@task_of.register
def _dispatch(row: Dispatch, kind: Kind, _request: Any) -> Task:
    return Task(
        title=row.title or str(_("（未填标题）")),
        address=url(row, "edit" if kind.key in ("draft", "sent_back") else ""),
        number=row.document.number,
        party=row.box.title,
        urgency=str(row.document.urgency),
        since=row.sent_at or row.created,
    )


@task_of.register
def _making(row: OutgoingDocument, kind: Kind, _request: Any) -> Task:
    pages = {"drafting": "edit", "drafted": "edit", "scan": "scan"}
    return Task(
        title=row.title or str(_("（未填标题）")),
        address=url(row, pages.get(kind.key, "")),
        number=row.number,
        party=row.box.title,
        urgency=str(row.urgency),
        since=row.history[-1].at,
    )


@task_of.register
def _assignment(row: Assignment, _kind: Kind, _request: Any) -> Task:
    document = row.document
    return Task(
        title=row.title,
        address=url(row, ""),
        number=document.number,
        party=document.issuer,
        urgency=str(document.urgency),
        since=row.assigned_at,
    )


@task_of.register
def _paper(row: PaperItem, kind: Kind, _request: Any) -> Task:
    sent = kind.key == "paper_chase"
    return Task(
        title=row.title,
        address=url(row.dispatch if sent else row, ""),
        number=row.number,
        party=row.box.title if sent else row.sender,
        urgency="plain",
        since=row.created,
        due=row.due,
        late=is_late(row),
    )


@task_of.register
def _call(row: DivisionCall, _kind: Kind, _request: Any) -> Task:
    document = row.delivery.document
    return Task(
        title=row.title,
        address=url(row, ""),
        number=document.number,
        party=row.division.name,
        urgency=str(document.urgency),
        since=row.created,
        due=row.due,
        late=clock.now() > row.due,
    )


@task_of.register
def _notice(row: PhoneNotice, _kind: Kind, request: Any) -> Task:
    return Task(
        title=row.title or request.localizer.translate(_("电话通知")),
        address=url(row, ""),
        number=row.number,
        party=row.unit.short_name,
        urgency=row.urgency,
        since=row.at,
    )


@task_of.register
def _shift(row: DutyShift, _kind: Kind, _request: Any) -> Task:
    return Task(
        title=row.note,
        address=url(row, ""),
        number="",
        party=row.officer.name,
        urgency="plain",
        since=row.noted_at or row.ends,
    )


@task_of.register
def _entry(row: RegisterEntry, kind: Kind, request: Any) -> Task:
    readable = request.has_permission(P.ENTRY_READ, row)
    return Task(
        title=row.title,
        address=url(row, "") if readable else "/registers/to_file",
        number=row.number.title,
        party=row.facts.from_unit,
        urgency=str(row.facts.urgency),
        since=row.facts.received,
        due=row.due if kind.key in ("conclude", "late", "oversee") else row.facts.reply_due,
        late=is_overdue(row),
    )


@task_of.register
def _seal(row: Seal, kind: Kind, _request: Any) -> Task:
    ends = row.valid_to if kind.key == "seal_expiring" else None
    return Task(
        title=row.name,
        address=url(row, ""),
        number=row.serial[-12:],
        party=row.unit.short_name,
        urgency="plain",
        since=row.history[-1].at,
        due=ends,
        late=ends is not None and clock.now() > ends,
    )
