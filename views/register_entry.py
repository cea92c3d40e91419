"""The registers of incoming documents (厅文, 处文): the list, an entry, and what is done with it (domain.md 5.5, part 6; R-19, R-23)."""

from typing import Any
from urllib.parse import urlencode

from pyramid.httpexceptions import HTTPBadRequest
from pyramid.view import view_config

from content_types.exchange_box import ExchangeBox
from content_types.register_entry import RegisterEntry
from govrepo import clock, numbering
from govrepo.catalog import Any as AnyOf
from govrepo.catalog import Eq, Query, Range, register
from policies import register_entry as policy
from policies.deadlines import is_overdue
from policies.engine import table_of
from policies.item_facts import facts_of
from policies.permissions import Permission as P
from policies.registering import register_kind
from policies.registers.keys import bigrams

from .acts import attempt, buttons, done, url
from .case import timeline
from .drafting import answer_address
from .entry_forms import FIELDS, choices, typed
from .exchange_box import page_key
from .i18n import _
from .reading import document_view, page_response
from .sending_on import sent_on

TEMPLATES = "views:templates/register_entry/"
PAGE = 50
BADGES = {
    "registered": "wait",
    "returned": "back",
    "proposed": "info",
    "instructed": "info",
    "handling": "info",
    "concluded": "done",
    "closed": "done",
    "cancelled": "stop",
}
KINDS = {"office": _("厅文登记簿"), "division": _("处文登记簿")}
CHANNELS = {
    "exchange": _("交换"),
    "paper": _("纸质"),
    "fax": _("传真"),
    "secure": _("机要"),
    "other": _("其他"),
}
HANDLING = {"reading": _("阅件"), "action": _("办件")}
FILING = {"formal": _("正式归档"), "informal": _("非正式归档"), "none": _("不归档")}
ELSEWHERE = ("hand_over",)
"""Acts that are done on another page: what a leaver has in hand goes over on the leaver's (views/leaving.py)."""
CONFIRM = {"cancel": _("注销登记，编号作废？"), "file_informal": _("按非正式归档归结？"), "file": _("按正式归档归结？")}
SHOWN = (
    ("open", _("在办"), policy.OPEN),
    ("concluded", _("已办结，待归结"), ("concluded",)),
    ("all", _("全部"), ()),
)
URGENCIES = ("", "most_urgent", "urgent", "plain")


@view_config(
    context=ExchangeBox,
    name="entries",
    permission=P.REGISTER_READ,
    request_method="GET",
    renderer=TEMPLATES + "list.pt",
)
def list_(context: ExchangeBox, request: Any) -> dict[str, Any]:
    """The register of a box, the newest number first; filters stand in the address."""
    given = {name: request.GET.get(name, "").strip() for name in ("show", "q", "year", "urgency", "late")}
    shown = given["show"] if given["show"] in {name for name, *_rest in SHOWN} else "open"
    request.box_folder = (context, "entries")
    found = register(context, "register_entries")
    try:
        page = found.query(
            _query(context, shown, given), sort="order", reverse=True, limit=PAGE, after=page_key(request)
        )
    except ValueError as error:
        raise HTTPBadRequest from error
    here = url(context, "entries")
    return {
        "title": KINDS[str(register_kind(context))],
        "crumbs": [(context.title, url(context, ""))],
        "box": context,
        "tabs": [
            (words, f"{here}?show={name}", _count(found, context, states), name == shown)
            for name, words, states in SHOWN
        ],
        "rows": [row(each) for each in page.objects],
        "pager": _pager(request, given, page),
        "values": given | {"show": shown},
        "filtered": any(given[name] for name in ("q", "year", "urgency", "late")),
        "years": ["", *(str(year) for year in range(clock.today().year, clock.today().year - 10, -1))],
        "urgencies": URGENCIES,
        "may_enter": request.has_permission(P.REGISTER_ENTER),
    }


def _query(box: ExchangeBox, shown: str, given: dict[str, str]) -> Any:
    query: Query = Eq("box", box.__name__)
    states = next(states for name, _words, states in SHOWN if name == shown)
    if states:
        query &= AnyOf("state", list(states))
    if given["year"].isdecimal():
        query &= Eq("year", int(given["year"][:4]))
    if given["urgency"]:
        query &= Eq("urgency", given["urgency"])
    if given["late"]:
        query &= Eq("state", "handling") & Range("due", 1, clock.today().toordinal() - 1)
    for each in sorted(bigrams(numbering.normal(given["q"]))):
        query &= Eq("words", each)
    return query


def _count(found: Any, box: ExchangeBox, states: tuple[str, ...]) -> int | None:
    return int(found.count(Eq("box", box.__name__) & AnyOf("state", list(states)))) if states else None


def _pager(request: Any, given: dict[str, str], page: Any) -> dict[str, Any]:
    kept = urlencode({name: value for name, value in given.items() if value})
    following = f"?{kept}&after={'.'.join(map(str, page.next_key))}" if page.next_key else None
    return {"previous": f"?{kept}" if request.GET.get("after") else None, "next": following, "shown": len(page.objects)}


def row(entry: RegisterEntry) -> dict[str, Any]:
    """A line of the register (part 6, office register)."""
    return {
        "entry": entry,
        "facts": entry.facts,
        "url": url(entry, ""),
        "number": entry.number.title,
        "lead": entry.lead.title if entry.lead is not None else "",
        "state": policy.STATES[entry.state],
        "badge": BADGES[entry.state],
        "late": is_overdue(entry),
        "force": facts_of(entry).force,
    }


@view_config(context=RegisterEntry, permission=P.ENTRY_READ, request_method="GET", renderer=TEMPLATES + "page.pt")
def page(context: RegisterEntry, request: Any) -> dict[str, Any]:
    """One entry: the document, what was said and done, and what may be done now or why not."""
    held = {
        name: button
        for name, button in buttons(request, context).items()
        if name not in ELSEWHERE and (button.allowed or _concerns(request, context, name))
    }
    return {
        **_frame(context, request),
        "state": policy.STATES[context.state],
        "badge": BADGES[context.state],
        "late": is_overdue(context),
        "force": facts_of(context).force,
        "facts": facts(request, context),
        "plain": [(each, CONFIRM.get(name)) for name, each in held.items() if name not in FIELDS],
        "forms": [each for name, each in held.items() if name in FIELDS],
        "opinions": _opinions(context),
        "sent_on": sent_on(context, request),
        "events": timeline(context, {"register": _("登记")}),
        "document": document_view(request, context.delivery.document, url(context))
        if context.delivery is not None
        else None,
        "delivery": _delivery(request, context),
        "answer": answer_address(request, context),
    }


def _concerns(request: Any, entry: RegisterEntry, name: str) -> bool:
    return bool(request.has_permission(table_of(entry).transition(name).permission, entry))


def _delivery(request: Any, entry: RegisterEntry) -> str | None:
    delivery = entry.delivery
    return url(delivery, "") if delivery is not None and request.has_permission(P.BOX_VIEW, delivery) else None


def _frame(entry: RegisterEntry, request: Any) -> dict[str, Any]:
    box = entry.box
    listed = request.has_permission(P.REGISTER_READ, box)
    return {
        "title": entry.title,
        "crumbs": [(KINDS[str(entry.register)], url(box, "entries"))] if listed else [],
        "entry": entry,
        "here": url(entry),
    }


def facts(request: Any, entry: RegisterEntry) -> list[tuple[Any, Any]]:
    """The entry's elements (4.10)."""
    said, fmt = entry.facts, request.fmt
    rows = [
        (_("收文编号"), entry.number.title),
        (_("来文单位"), said.from_unit),
        (_("来文字号"), said.from_no or _("无文号")),
        (_("成文日期"), fmt.long_date(said.dated) if said.dated else ""),
        (_("收到"), fmt.instant(said.received)),
        (_("来文方式"), CHANNELS[str(said.channel)]),
        (_("紧急程度"), fmt.urgency(str(said.urgency))),
        (_("类型"), HANDLING[str(said.handling)]),
        (_("份数、页数"), f"{said.copies} / {said.pages}"),
        (_("要求答复"), fmt.day(said.reply_due) if said.reply_due else ""),
        (_("主办"), entry.lead.title if entry.lead is not None else ""),
        (_("协办"), "、".join(each.title for each in entry.assists)),
        (_("催办人"), entry.urger.name if entry.urger is not None else ""),
        (_("办理时限"), fmt.day(entry.due) if entry.due else ""),
        (_("办理结果"), entry.result),
        (_("答复公文"), _reply(entry)),
        (_("答复日期"), _replied(entry, fmt)),
        (_("归档"), FILING[str(entry.filing)] if entry.filing else ""),
        (_("不归档理由"), entry.filing_reason),
        (_("等待另一人办理"), entry.asked_by.name if entry.asked_by is not None else ""),
    ]
    return [(label, value) for label, value in rows if value]


def _reply(entry: RegisterEntry) -> str:
    document = entry.reply.document if entry.reply is not None else None
    return f"{document.number} {document.title}".strip() if document is not None else ""


def _replied(entry: RegisterEntry, fmt: Any) -> str:
    """The day of the reply: when the document went out, or when it was said how the reply was made."""
    if entry.replied_at is None:
        return ""
    return str(fmt.day(clock.local(entry.reply.sent_at if entry.reply is not None else entry.replied_at).date()))


def _opinions(entry: RegisterEntry) -> list[tuple[Any, str, Any, str]]:
    """Proposals, instructions, readings and urgings in order of time (办文处理单)."""
    found = [(each.at, each.person.name, _("拟办"), each.words) for each in entry.proposals]
    found += [(each.at, each.person.name, _("批示"), each.words) for each in entry.instructions]
    found += [(each.at, each.person.name, _("催办"), each.words) for each in entry.urges]
    found += [
        (each.read or each.sent, each.person.name, _("已阅") if each.read else _("送阅，未阅"), each.note)
        for each in entry.readings
    ]
    return sorted(found, key=lambda each: each[0])


@view_config(
    context=RegisterEntry,
    name="do",
    permission=P.ENTRY_READ,
    request_method=("GET", "POST"),
    renderer=TEMPLATES + "do.pt",
)
def do(context: RegisterEntry, request: Any) -> Any:
    """The form of an act that needs something typed."""
    name = request.params.get("act", "")
    if name not in FIELDS:
        raise HTTPBadRequest
    errors: dict[str, Any] = {}
    if request.method == "POST":
        errors = attempt(request, context, name, **typed(context, request, name))
        if not errors:
            return _went(request, context, name)
    return {
        **_frame(context, request),
        "button": buttons(request, context, (name,)).get(name),
        "name_of_act": name,
        "act_title": table_of(context).transition(name).title,
        "fields": FIELDS[name],
        "choices": choices(context, request, name),
        "values": request.POST.mixed() if request.method == "POST" else {},
        "errors": errors,
    }


def _went(request: Any, entry: RegisterEntry, name: str) -> Any:
    """The next page: for what is sent on its draft, which is still to be looked at and submitted."""
    if name == "send_on":
        return done(request, _("已生成转办件草稿，核对后提交核准。"), url(entry.sent_on[-1], "edit"))
    return done(request, _("已办理。"), _after(request, entry))


def _after(request: Any, entry: RegisterEntry) -> str:
    """Where to go on: the entry, or the first page for who may no longer read it."""
    return url(entry, "") if request.has_permission(P.ENTRY_READ, entry) else "/"


@view_config(context=RegisterEntry, name="act", permission=P.ENTRY_READ, request_method="POST")
def try_act(context: RegisterEntry, request: Any) -> Any:
    """An act that is one button."""
    name = request.POST.get("act", "")
    if name in FIELDS or name not in {each.name for each in table_of(context).transitions}:
        raise HTTPBadRequest
    attempt(request, context, name)
    return done(request, _("已办理。"), _after(request, context))


@view_config(context=RegisterEntry, name="page", permission=P.ENTRY_READ, request_method="GET")
def page_image(context: RegisterEntry, request: Any) -> Any:
    """A page of the document as an image."""
    if context.delivery is None:
        raise HTTPBadRequest
    return page_response(request, context.delivery.document)
