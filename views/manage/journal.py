"""The auditor's desk: search the journal, look at one entry with its proof, export what was found (R-7.1, R-7.2).

Nothing here changes or deletes an entry, and no entry holds content. An export is itself an act, and is journaled.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from pyramid.httpexceptions import HTTPNotFound
from pyramid.response import Response
from pyramid.threadlocal import get_current_registry
from pyramid.view import view_config

from content_types.site import Site
from govrepo import clock
from govrepo.journal import Entry, Record
from govrepo.journal.events import RESULTS, Events
from policies.document_life import dispatch_of
from policies.permissions import Permission as P
from views.days import day_of
from views.i18n import _
from views.manage import CRUMBS
from views.manage.journal_files import FORMATS

PAGE = 100
MOST_EXPORTED = 100_000
"""Entries of one export: what a spreadsheet takes and a request can write in some seconds."""

LONGEST_NUMBER = 15
"""Digits of an entry's number in an address: more than any journal has, less than SQLite takes."""


@dataclass(frozen=True)
class Search:
    """What was asked for: the query of the journal, and what in the form makes no sense."""

    query: dict[str, Any]
    errors: dict[str, Any]


def search_of(root: Site, journal: Any, given: Any) -> Search:
    """The form's fields as a query; a day is a day in Asia/Shanghai, a person is an account's login name or id."""
    errors: dict[str, Any] = {}
    names = ("module", "action", "result", "address", "certificate", "subject", "subject_uid")
    query = {name: given[name].strip() for name in names if given.get(name, "").strip()}
    if given.get("person", "").strip():
        query["actor"] = _principal(root, given["person"].strip())
    since, until = (_day(given.get(name, ""), name, errors) for name in ("since", "until"))
    if since:
        query["after"] = journal.first_since(_midnight(since)) - 1
    if until:
        query["before"] = journal.first_since(_midnight(until + timedelta(days=1)))
    return Search(query, errors)


def _principal(root: Site, words: str) -> str:
    person = root.logins.get(words.casefold()) or root["people"].get(words)
    return str(person.principal) if person is not None else words


def _day(words: str, name: str, errors: dict[str, Any]) -> date | None:
    found = day_of(words)
    if words.strip() and found is None:
        errors[name] = _("请按“2013-01-05”的样子填写日期。")
    return found


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), clock.LOCAL)


@view_config(
    context=Site,
    name="journal",
    permission=P.JOURNAL_READ,
    request_method="GET",
    renderer="views:templates/manage/journal.pt",
)
def page(context: Site, request: Any) -> dict[str, Any]:
    """One page of what fits, newest first; ``below`` is the number of the last entry of the page before."""
    journal, given = request.registry.journal, dict(request.GET)
    search = search_of(context, journal, given)
    if search.errors:
        request.response.status_int = 422
    found = [] if search.errors else _page_of(journal, search.query, given.get("below", ""))
    return {
        "title": _("审计日志"),
        "crumbs": list(CRUMBS),
        "active_area": "",
        "rows": [row(context, record) for record in found[:PAGE]],
        "pager": _pager(given, found),
        "values": given,
        "errors": search.errors,
        "modules": [("", _("全部")), *_listed().modules.items()],
        "results": [("", _("全部")), *RESULTS.items()],
        "newest": next(iter(journal.checkpoints(newest=True, limit=1)), None),
        "head": journal.head(),
        "missing": journal.missing(),
        "may_export": request.has_permission(P.JOURNAL_EXPORT),
        "may_prove": request.has_permission(P.EVIDENCE_MAKE),
    }


def _page_of(journal: Any, query: dict[str, Any], below: str) -> list[Record]:
    bounds = [number for number in (_number(below), query.get("before")) if number is not None]
    before = min(bounds, default=None)
    return list(journal.entries(**{**query, "before": before}, reverse=True, limit=PAGE + 1))


def _number(words: str) -> int | None:
    return int(words) if words.isdecimal() and len(words) <= LONGEST_NUMBER else None


def _pager(given: dict[str, str], found: list[Record]) -> dict[str, Any]:
    filters = {name: value for name, value in given.items() if value and name != "below"}
    following = urlencode({**filters, "below": found[PAGE - 1].seq}) if len(found) > PAGE else ""
    first = "?" + urlencode(filters) if given.get("below") else None
    return {"previous": first, "next": f"?{following}" if following else None, "shown": min(len(found), PAGE)}


def row(root: Site, record: Record) -> dict[str, Any]:
    """An entry as the list shows it."""
    return {"record": record, "entry": record.entry, "who": who(root, record.entry.actor), "what": title_of(record.entry.action),
            "result": RESULTS.get(record.entry.result, record.entry.result)}  # fmt: skip


def who(root: Site, actor: str) -> Any:
    """A principal in words: the person's name, the system, or a stranger."""
    words = {"system": _("系统"), "anonymous": _("未登录者")}
    person = root["people"].get(actor.removeprefix("person:"))
    return person.name if person is not None else words.get(actor, actor)


def _listed() -> Events:
    """The closed list of events of this application (docs/events.md)."""
    listed: Events = get_current_registry().journal_events
    return listed


def title_of(action: str) -> Any:
    """An action in words; its code where it is not in the list any longer."""
    return _listed().title(action)


def shown(said: Any) -> str:
    """A detail's value as people read it: lists and pairs without the marks of a program."""
    if isinstance(said, Mapping):
        return ", ".join(f"{name}: {shown(value)}" for name, value in said.items())
    return ", ".join(map(str, said)) if isinstance(said, list | tuple) else str(said)


@view_config(
    context=Site,
    name="journal_entry",
    permission=P.JOURNAL_READ,
    request_method="GET",
    renderer="views:templates/manage/journal_entry.pt",
)
def entry_page(context: Site, request: Any) -> dict[str, Any]:
    """One entry in full, its neighbours in the chain, and the checkpoint and proof that hold it."""
    journal, seq = request.registry.journal, _number(request.GET.get("seq", ""))
    found = [] if seq is None else list(journal.entries(after=seq - 1, before=seq + 1))
    if not found:
        raise HTTPNotFound
    action = found[0].entry.action
    proven = journal.inclusion(found[0].seq)
    return {
        "title": _("日志第${seq}条", mapping={"seq": str(seq)}),
        "crumbs": [*CRUMBS, (_("审计日志"), "/@@journal")],
        "active_area": "",
        **row(context, found[0]),
        "details": [
            (name, _listed().meaning(action, name), shown(said))
            for name, said in sorted(found[0].entry.details.items())
        ],
        "life": life_of(context, found[0].entry.subject),
        "checkpoint": proven[0] if proven else None,
        "proof": [each.hex() for each in proven[1]] if proven else [],
    }


def life_of(root: Site, path: str) -> str:
    """The time line of the document that an entry concerns; empty where it concerns none."""
    return f"/@@document_life?{urlencode({'path': path})}" if dispatch_of(root, path) is not None else ""


@view_config(context=Site, name="journal_export", permission=P.JOURNAL_EXPORT, request_method="POST")
def export(context: Site, request: Any) -> Response:
    """What fits the filters as a file, oldest first: JSON lines, each the entry as it is hashed, or CSV or xlsx for a spreadsheet."""
    journal = request.registry.journal
    search = search_of(context, journal, request.POST)
    wanted = request.POST.get("format", "")
    if search.errors or wanted not in FORMATS:
        raise HTTPNotFound
    found = list(journal.entries(**search.query, limit=MOST_EXPORTED))
    _journal_export(context, request, search.query, len(found), wanted)
    kind, write = FORMATS[wanted]
    name = f"journal-{clock.local(clock.now()):%Y%m%d-%H%M%S}.{wanted}"
    return Response(write(found), content_type=kind, content_disposition=f'attachment; filename="{name}"')


def _journal_export(context: Site, request: Any, query: dict[str, Any], count: int, wanted: str) -> None:
    actor = request.actor
    details = {"filters": {name: str(value) for name, value in query.items()}, "entries": count, "format": wanted}
    entry = Entry(
        "journal.export",
        actor.id,
        certificate=actor.certificate,
        session=actor.session,
        address=actor.address,
        details=details,
    )
    request.registry.journal.append(entry, context)
