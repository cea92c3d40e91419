"""Replies (P-60): what a sender asks for, the form in which a recipient answers, and the sender's table of who answered what."""

from datetime import datetime
from typing import Any

from pyramid.httpexceptions import HTTPBadRequest, HTTPNotFound
from pyramid.response import Response
from pyramid.view import view_config

from content_types.delivery import Delivery
from content_types.dispatch import Address, Dispatch
from content_types.reply import Attendee, Reply, ReplyKind
from govrepo.files.streaming import disposition
from govrepo.i18n import joined
from govrepo.spreadsheet import CSV, XLSX, Row, as_csv, as_xlsx
from policies import delivery as deliveries
from policies import reply as policy
from policies.engine import may
from policies.permissions import Permission as P

from .acts import attempt, done, url
from .days import instant_of, written
from .i18n import _

TEMPLATES = "views:templates/reply/"
REPLY_KINDS = [(str(kind), words) for kind, words in policy.KINDS.items()]
ADDRESSES = {Address.MAIN: _("主送"), Address.COPY: _("抄送")}
ANSWERS = {"yes": True, "no": False}
FEWEST_LINES = 4
"""Lines for people in the empty form."""
MOST_PEOPLE = 50
LONGEST_CELL = 60
"""Characters of a name, post or phone."""
FORMATS = {"xlsx": XLSX, "csv": CSV}


# What the sender asks for: part of the draft's form, and of the page of what was made here.


def terms_of(request: Any) -> tuple[ReplyKind, datetime | None]:
    """What was typed: the kind of reply, and until when."""
    kind = request.POST.get("reply_kind", "")
    known = kind in {str(each) for each in policy.KINDS}
    return ReplyKind(kind if known else ""), instant_of(request.POST.get("reply_due", ""))


def fill_terms(request: Any, dispatch: Dispatch) -> dict[str, Any]:
    """Copy the terms into a draft; answers what could not be read, by field."""
    kind, due = terms_of(request)
    policy.lay_down(dispatch, kind, due)
    typed = request.POST.get("reply_due", "").strip()
    return {"reply_due": _("回复期限应写成 2013-01-10T17:00 的样子。")} if kind and typed and due is None else {}


def terms_values(dispatch: Dispatch) -> dict[str, str]:
    """The terms as the fields show them."""
    due = dispatch.reply_due
    return {"reply_kind": str(dispatch.reply_kind), "reply_due": written(due) if due else ""}


def terms_words(request: Any, dispatch: Dispatch) -> Any:
    """The terms in words; empty where no reply is asked for."""
    if not dispatch.reply_kind:
        return ""
    due = request.fmt.instant(dispatch.reply_due)
    return _("${kind}，${due} 前", mapping={"kind": policy.KINDS[dispatch.reply_kind], "due": due})


@view_config(context=Dispatch, name="reply_terms", permission=P.DISPATCH_PREPARE, request_method="POST")
def lay_down_terms(context: Dispatch, request: Any) -> Any:
    """Ask for a reply to a document that was made here, before it is submitted for release."""
    kind, due = terms_of(request)
    errors = attempt(request, context, "ask_reply", kind=kind, due=due)
    message = next(iter(errors.values()), _("已保存回复要求。"))
    return done(request, message, url(context, ""))


# What the recipient answers.


def reply_view(request: Any, delivery: Delivery) -> dict[str, Any] | None:
    """What the delivery's page says of the reply: the terms, the answer that counts, whether it is late and who may write it."""
    dispatch = delivery.dispatch
    if not dispatch.reply_kind:
        return None
    given = policy.latest(delivery)
    return {
        "terms": terms_words(request, dispatch),
        "late": policy.is_late(dispatch, given),
        "facts": facts(request, given) if given else [],
        "may": bool(may(delivery, "reply", request.actor)),
        "act": _("修改回复") if given else _("填写回复"),
    }


def facts(request: Any, reply: Reply) -> list[tuple[Any, Any]]:
    """An answer as the facts macro takes it."""
    lines: list[tuple[Any, Any]] = [(_("回复"), answer_words(reply)), (_("时间"), request.fmt.instant(reply.at))]
    lines += [(each.name, " ".join(filter(None, (each.post, each.phone)))) for each in reply.people]
    if reply.document is not None:
        lines.append((_("复文"), f"{reply.document.document.number} {reply.document.title}".strip()))
    return [
        *lines,
        *([(_("内容"), reply.text)] if reply.text else []),
        (_("填报人"), f"{reply.by_name}（{reply.box}）"),
    ]


def answer_words(reply: Reply | None) -> Any:
    """An answer in a word or two."""
    if reply is None:
        return _("未回复")
    if reply.attends is None:
        return _("已回复")
    return _("参加，${count} 人", mapping={"count": len(reply.people)}) if reply.attends else _("不参加")


@view_config(
    context=Delivery, name="reply", permission=P.DELIVERY_REPLY, request_method="GET", renderer=TEMPLATES + "form.pt"
)
def form(context: Delivery, request: Any) -> dict[str, Any]:
    """The form, with the answer given before."""
    if not context.dispatch.reply_kind:
        raise HTTPNotFound
    given = policy.latest(context)
    values = {} if given is None else {
        "attends": {True: "yes", False: "no", None: ""}[given.attends],
        "text": given.text,
        "document": given.document.uid if given.document is not None else "",
    }  # fmt: skip
    return _form(request, context, values, given.people if given else (), {})


@view_config(
    context=Delivery, name="reply", permission=P.DELIVERY_REPLY, request_method="POST", renderer=TEMPLATES + "form.pt"
)
def answer(context: Delivery, request: Any) -> Any:
    """The answer; or, asked for, more lines for people, which keeps nothing yet."""
    people = _people(request)
    values = dict(request.POST)
    if request.POST.get("then") == "more":
        return _form(request, context, values, people, {}, FEWEST_LINES * 2)
    uid = request.POST.get("document", "")
    document = (
        next((each for each in policy.linkable(context, request.actor) if each.uid == uid), None) if uid else None
    )
    data = {"attends": ANSWERS.get(request.POST.get("attends", "")), "people": people, "document": document}
    errors = attempt(request, context, "reply", **data, text=request.POST.get("text", "").strip())
    if errors:
        return _form(request, context, values, people, errors)
    return done(request, _("已回复发文方。"), url(context, ""))


def _people(request: Any) -> tuple[Attendee, ...]:
    """The lines of the form that are not empty."""
    columns = [
        [" ".join(each.split())[:LONGEST_CELL] for each in request.POST.getall(name)]
        for name in ("name", "post", "phone")
    ]
    return tuple(Attendee(*line) for line in zip(*columns, strict=False) if any(line))[:MOST_PEOPLE]


def _form(
    request: Any,
    delivery: Delivery,
    values: dict[str, Any],
    people: tuple[Attendee, ...],
    errors: dict[str, Any],
    spare: int = FEWEST_LINES,
) -> dict[str, Any]:
    request.box_folder = (delivery.box, "all")
    blank = Attendee("", "", "")
    written_ones = [
        (each.uid, f"{each.document.number} {each.title}".strip()) for each in policy.linkable(delivery, request.actor)
    ]
    return {
        "title": _("回复发文方"),
        "crumbs": [(delivery.box.title, url(delivery.box, "all")), (delivery.title, url(delivery, ""))],
        "here": url(delivery),
        "delivery": delivery,
        "meeting": delivery.dispatch.reply_kind is ReplyKind.MEETING,
        "terms": terms_words(request, delivery.dispatch),
        "late": policy.is_late(delivery.dispatch, policy.latest(delivery)),
        "people": list(enumerate((*people, *[blank] * spare), 1)),
        "documents": [("", _("不选")), *written_ones],
        "errors": errors,
        "values": values,
    }  # fmt: skip


# The sender's table.


@view_config(
    context=Dispatch, name="replies", permission=P.DISPATCH_READ, request_method="GET", renderer=TEMPLATES + "list.pt"
)
def replies(context: Dispatch, request: Any) -> dict[str, Any]:
    """Who has answered what, who is late, and how many come."""
    lines = _lines(context)
    given = [each for _recipient, _delivery, each in lines if each is not None]
    return {
        "title": _("回复汇总"),
        "crumbs": [(context.box.title, url(context.box, "sent")), (context.title, url(context, ""))],
        "here": url(context),
        "dispatch": context,
        "terms": terms_words(request, context),
        "lines": [_line(request, context, *line) for line in lines],
        "meeting": context.reply_kind is ReplyKind.MEETING,
        "counts": {
            "all": len(lines),
            "given": len(given),
            "coming": sum(each.attends is True for each in given),
            "away": sum(each.attends is False for each in given),
            "people": sum(len(each.people) for each in given),
            "late": sum(policy.is_late(context, each) for _recipient, _delivery, each in lines),
        },
        "formats": list(FORMATS),
    }


Line = tuple[Any, Delivery | None, Reply | None]


def _lines(dispatch: Dispatch) -> list[Line]:
    found = policy.expected(dispatch)
    return [(recipient, delivery, policy.latest(delivery) if delivery else None) for recipient, delivery in found]


def _line(
    request: Any, dispatch: Dispatch, recipient: Any, delivery: Delivery | None, reply: Reply | None
) -> dict[str, Any]:
    return {
        "unit": recipient.box.title,
        "address": ADDRESSES[recipient.address],
        "state": _state(delivery),
        "answer": answer_words(reply),
        "badge": "wait" if reply is None else "stop" if reply.attends is False else "done",
        "people": reply.people if reply else (),
        "text": _text(reply),
        "at": request.fmt.instant(reply.at if reply else None),
        "by": reply.by_name if reply else "",
        "late": policy.is_late(dispatch, reply),
    }


def _state(delivery: Delivery | None) -> Any:
    return deliveries.STATES[delivery.state] if delivery else _("等待投递")


def _text(reply: Reply | None) -> Any:
    if reply is None:
        return ""
    document = reply.document
    parts = [f"{document.document.number} {document.title}".strip()] if document is not None else []
    return joined([*parts, *([reply.text] if reply.text else [])])


@view_config(context=Dispatch, name="replies", permission=P.DISPATCH_READ, request_method="POST")
def export(context: Dispatch, request: Any) -> Response:
    """The table as a file, one line a person who comes; who took it stands in the journal."""
    wanted = request.POST.get("format", "")
    if wanted not in FORMATS or not context.reply_kind:
        raise HTTPBadRequest
    say = request.localizer.translate
    head = [say(each) for each in (_("单位"), _("身份"), _("回复"), _("姓名"), _("职务"), _("电话"), _("内容"), _("回复时间"), _("填报人"), _("是否逾期"))]  # fmt: skip
    rows = [row for line in _lines(context) for row in _rows(context, say, *line)]
    policy.told(context, request.actor, len(rows))
    title = say(_("回复汇总"))
    return Response(
        as_xlsx(title, head, rows) if wanted == "xlsx" else as_csv(head, rows),
        content_type=FORMATS[wanted],
        content_disposition=disposition(f"{title}-{context.document.number or context.uid}.{wanted}"),
        cache_control="no-store, private",
    )


def _rows(dispatch: Dispatch, say: Any, recipient: Any, _delivery: Delivery | None, reply: Reply | None) -> list[Row]:
    """The lines of one unit: one for each person who comes, else one."""
    late = say(_("是")) if policy.is_late(dispatch, reply) else ""
    before = [recipient.box.title, say(ADDRESSES[recipient.address]), say(answer_words(reply))]
    after = [say(_text(reply)), reply.at if reply else None, reply.by_name if reply else "", late]
    people = (reply.people if reply else ()) or (Attendee("", "", ""),)
    return [[*before, *each, *after] for each in people]
