"""Paper at the receiver's: collecting it with a scanner, entering what came without a twin, one item with its acts (R-N2.2, P-34)."""

from typing import Any

from pyramid.httpexceptions import HTTPBadRequest
from pyramid.view import view_config

from content_types.exchange_box import ExchangeBox
from content_types.paper_item import Claim, PaperItem
from govrepo import clock
from govrepo.catalog import Eq, Query, Range, register
from policies import paper_code
from policies import paper_item as policy
from policies.engine import Refused
from policies.paper_item import KINDS, STATES, TABLE, candidates
from policies.permissions import Permission as P
from policies.registers.keys import bigrams, box_state

from .acts import attempt, buttons, done, mend, url
from .days import day_of
from .delivery import events
from .i18n import _
from .paper_lines import item_view

TEMPLATES = "views:templates/paper_item/"
WORDED = ("waive", "report_lost", "reopen", "unmatch", "keep")
"""Acts that need words and nothing else."""
SHOWN = 50
LONGEST = 60


@view_config(context=PaperItem, permission=P.BOX_VIEW, request_method="GET", renderer=TEMPLATES + "page.pt")
def page(context: PaperItem, request: Any) -> dict[str, Any]:
    """One item: what it is, what became of it, what may be done."""
    return page_data(context, request)


def page_data(item: PaperItem, request: Any, errors: dict[str, Any] | None = None) -> dict[str, Any]:
    """Everything the item's page shows; a refused form comes back as typed."""
    offered = buttons(request, item)
    typed = {"day": clock.today().isoformat(), "copies": str(item.copies), "condition": "", "note": ""}
    return {
        "title": item.title or _("纸质件"),
        "crumbs": _crumbs(item, request),
        "here": url(item),
        "view": item_view(item, request),
        "facts": facts(item, request.fmt),
        "buttons": offered,
        "worded": [(name, offered[name].title) for name in WORDED if name in offered and offered[name].allowed],
        "candidates": [_candidate(each) for each in candidates(item)],
        "delivery": (item.delivery, url(item.delivery, "")) if item.delivery is not None else None,
        "events": events(item),
        "errors": errors or {},
        "values": typed | dict(request.POST),
    }


def _crumbs(item: PaperItem, request: Any) -> list[tuple[Any, str]]:
    """To the pages above it that the person may open."""
    above = ((item.box.title, "waiting", P.BOX_VIEW), (_("收纸质件"), "paper", P.PAPER_RECEIVE))
    return [(words, url(item.box, name)) for words, name, wanted in above if request.has_permission(wanted, item.box)]


def facts(item: PaperItem, fmt: Any) -> list[tuple[Any, Any]]:
    """The facts of an item in words."""
    return [
        (_("来文单位"), item.sender),
        (_("文号"), item.number or "—"),
        (_("收文箱"), item.box.title),
        (_("种类"), KINDS[item.kind]),
        (_("编号"), paper_code.shown(item.code)),
        (_("应收份数"), item.copies),
        (_("应于何日前收到"), fmt.day(item.due)),
        (_("收到日期"), fmt.day(item.received_on)),
        (_("实收份数"), item.copies_received or "—"),
        (_("收件人"), item.received_by.name if item.received_by is not None else "—"),
        (_("收件情况"), item.condition or "—"),
    ]


def _candidate(each: Any) -> dict[str, Any]:
    """What paper without a twin may be: an item that is looked for, or a delivery."""
    is_item = isinstance(each, PaperItem)
    kind = KINDS[each.kind] if is_item else _("电子件")
    sender = each.sender if is_item else each.document.issuer
    return {"uid": each.uid, "title": each.title, "sender": sender, "kind": kind}


@view_config(
    context=PaperItem, name="act", permission=P.PAPER_RECEIVE, request_method="POST", renderer=TEMPLATES + "page.pt"
)
def try_act(context: PaperItem, request: Any) -> Any:
    """One act of the receiver; what must be mended comes back at its field."""
    name = request.POST.get("act", "")
    if name not in ("receive", "match", *WORDED):
        raise HTTPBadRequest
    errors = attempt(request, context, name, **_given(name, context, request.POST))
    if errors:
        return page_data(
            context,
            request,
            {"condition" if f == "note" and name == "receive" else f: words for f, words in errors.items()},
        )
    said = {"act": TABLE.transition(name).title, "title": context.title}
    back = url(context.delivery, "") if request.POST.get("back") == "delivery" else url(context, "")
    back = url(context.box, "paper") if request.POST.get("back") == "box" else back
    return done(request, _("已办理“${act}”：${title}", mapping=said), back)


def _given(name: str, item: PaperItem, post: Any) -> dict[str, Any]:
    """What was typed, as the act takes it."""
    if name == "receive":
        return receipt(post, item.copies)
    if name == "match":
        return {"target": next((each for each in candidates(item) if each.uid == post.get("target")), None)}
    return {"note": post.get("note", "").strip()}


def receipt(post: Any, copies: int) -> dict[str, Any]:
    """Day, copies and condition as typed; a button without fields says: today, and everything."""
    text = post.get("copies", str(copies)).strip()
    return {
        "day": day_of(post["day"]) if "day" in post else clock.today(),
        "copies": int(text) if text.isascii() and text.isdecimal() and len(text) < 5 else None,
        "note": post.get("condition", "").strip(),
    }


@view_config(
    context=ExchangeBox,
    name="paper",
    permission=P.PAPER_RECEIVE,
    request_method=("GET", "POST"),
    renderer=TEMPLATES + "collect.pt",
)
def collect(context: ExchangeBox, request: Any) -> Any:
    """Paper that has come: a scanner types the code and Enter, each scan is one POST and marks one item received."""
    errors: dict[str, Any] = {}
    if request.method == "POST":
        item, trouble = scanned(context, request.POST.get("code", ""))
        if item is not None and not trouble:
            policy.receive(item, request.actor, clock.today(), item.copies)
            return done(request, told(item), url(context, "paper"))
        errors = {"code": trouble}
        request.response.status_int = 422
    return _collect_page(context, request, errors)


def scanned(box: ExchangeBox, text: str) -> tuple[PaperItem | None, Any]:
    """The item of a scan, and what speaks against marking it: nothing readable, another box's, or not looked for."""
    try:
        item = paper_code.find(box, paper_code.read(text))
    except ValueError:
        return None, _("没有读出编号，请重扫，或者照封面上的16位数字输入。")
    if item is None:
        return None, _("没有这个编号的纸质件。请核对封面；没有电子件的，用右上角的按钮登记。")
    if item.box is not box:
        return item, _("送错了：这一件是送“${box}”的，没有登记。请转送。", mapping={"box": item.box.title})
    return item, already(item)


def already(item: PaperItem) -> Any:
    """Why an item is not received by a scan: it was before, or it was waived; empty for one that is looked for."""
    if item.state in policy.OPEN:
        return ""
    said = {"title": item.title, "state": STATES[item.state]}
    if item.state != "received" or item.received_by is None:
        return _("“${title}”的状态是“${state}”，没有登记。", mapping=said)
    said |= {"day": str(item.received_on), "person": item.received_by.name}
    return _("这一件已经收过：“${title}”，${day} 由${person}登记，没有重复登记。", mapping=said)


def told(item: PaperItem) -> Any:
    """What a scan has marked, so that the clerk can look at the paper and at the screen."""
    said = {
        "sender": item.sender,
        "number": item.number or "—",
        "title": item.title,
        "copies": item.copies,
        "kind": KINDS[item.kind],
    }
    return _("已收到 ${sender} ${number}《${title}》（${kind}，${copies}份）", mapping=said)


def _collect_page(box: ExchangeBox, request: Any, errors: dict[str, Any]) -> dict[str, Any]:
    request.box_folder = (box, "waiting")
    found, text = register(box, "paper_items"), " ".join(request.GET.get("q", "").split())[:LONGEST]
    here = Eq("box", str(box.__name__))
    today = here & Range("received", clock.today().toordinal(), None)
    return {
        "title": _("收纸质件"),
        "crumbs": [(box.title, url(box, "waiting"))],
        "box": box,
        "expected": [item_view(each, request) for each in found.query(_looked_for(box, text), sort="due", limit=SHOWN).objects],
        "waiting": found.count(_looked_for(box, "")),
        "today": [item_view(each, request) for each in found.query(today, sort="received", reverse=True, limit=SHOWN).objects],
        "unmatched": [item_view(each, request) for each in found.query(Eq("box_state", box_state(str(box.__name__), "unmatched")), sort="order", limit=SHOWN).objects],
        "shown": SHOWN,
        "q": text,
        "errors": errors,
        "values": {"code": ""},
    }  # fmt: skip


def _looked_for(box: ExchangeBox, text: str) -> Query:
    """The query for what is looked for in a box, with all words of a text."""
    asked = Eq("box", str(box.__name__)) & Eq("missing", "paper")
    for pair in sorted(bigrams(text)):
        asked = asked & Eq("words", pair)
    return asked


@view_config(
    context=ExchangeBox,
    name="paper_enter",
    permission=P.PAPER_RECEIVE,
    request_method=("GET", "POST"),
    renderer=TEMPLATES + "enter.pt",
)
def enter(context: ExchangeBox, request: Any) -> Any:
    """Paper that came before its electronic twin, or without one: entered by hand, matched when the twin is there."""
    errors: dict[str, Any] = {}
    if request.method == "POST":
        try:
            item = policy.enter(context, claim_of(request.POST), receipt(request.POST, 1), request.actor)
            return done(request, _("已登记。有文号相同的电子件时，在这里配对。"), url(item, ""))
        except Refused as refused:
            errors = mend(request, refused)
    request.box_folder = (context, "waiting")
    typed = {"day": clock.today().isoformat(), "copies": "1"}
    return {
        "title": _("登记没有电子件的纸质件"),
        "crumbs": [(context.title, url(context, "waiting")), (_("收纸质件"), url(context, "paper"))],
        "box": context,
        "senders": [each.name for each in request.root["units"].values() if each.state == "active"],
        "errors": {"condition" if field == "note" else field: words for field, words in errors.items()},
        "values": typed | dict(request.POST),
    }


def claim_of(post: Any) -> Claim:
    """Who stands on the paper, its number and title, as typed."""
    return Claim(*(" ".join(post.get(name, "").split()) for name in ("sender", "number", "title")))
