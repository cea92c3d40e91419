"""Registering on one screen (登记): the document left, the form right, likely duplicates warned of (R-19.1, R-19.4, R-N4.4)."""

from datetime import UTC, date, datetime, time
from typing import Any

from pyramid.httpexceptions import HTTPNotFound
from pyramid.view import view_config

from content_types.exchange_box import ExchangeBox
from content_types.official_document import KINDS
from content_types.register_entry import Channel, Facts, Handling
from govrepo import clock
from govrepo.catalog import Eq, register
from policies.engine import Refused
from policies.permissions import Permission as P
from policies.registering import duplicates, enter_in_register, facts_of, keeping_box, register_kind

from .acts import done, mend, url
from .days import day_of
from .exchange_box import find_delivery
from .i18n import _
from .reading import document_view, kind_choices
from .register_entry import CHANNELS, HANDLING
from .register_entry import KINDS as REGISTERS

TEMPLATE = "views:templates/register_entry/enter.pt"
TEXTS = ("from_unit", "from_no", "title", "kind", "urgency", "handling", "copies", "pages", "received", "dated", "reply_due", "channel", "number")  # fmt: skip
MOST_DIGITS = 4


@view_config(
    context=ExchangeBox, name="enter", permission=P.REGISTER_ENTER, request_method=("GET", "POST"), renderer=TEMPLATE
)
def enter(context: ExchangeBox, request: Any) -> Any:
    """The form for a delivery of this box (``d``), or for a document that came on paper."""
    uid = request.params.get("d", "")
    delivery = find_delivery(context, uid) if uid else None
    if uid and delivery is None:
        raise HTTPNotFound
    values, errors = _values(delivery), {}
    if request.method == "POST":
        values = {name: request.POST.get(name, "").strip() for name in TEXTS}
        again = [] if request.POST.get("not_same") else duplicates(context, _facts(values, delivery), delivery)
        errors = {"not_same": _("已有相似的登记件，请核对；确属另一件的，勾选后再登记。")} if again else {}
        if not errors:
            try:
                made = enter_in_register(
                    context, _facts(values, delivery), request.actor, delivery, _reserved(context, values)
                )
                return done(request, _("已登记：${number}。", mapping={"number": made.number.title}), url(made, ""))
            except Refused as refused:
                errors = mend(request, refused)
        request.response.status_int = 422
    return _page(context, request, delivery, values, errors)


def _page(
    box: ExchangeBox, request: Any, delivery: Any, values: dict[str, Any], errors: dict[str, Any]
) -> dict[str, Any]:
    return {
        "title": _("登记"),
        "crumbs": [(REGISTERS[str(register_kind(box))], url(keeping_box(box), "entries"))],
        "box": box,
        "delivery": delivery,
        "document": document_view(request, delivery.document, url(delivery)) if delivery is not None else None,
        "same": [(each, url(each, "")) for each in duplicates(box, _facts(values, delivery), delivery)],
        "kinds": kind_choices(),
        "urgencies": [(value, request.fmt.urgency(value)) for value in ("plain", "urgent", "most_urgent")],
        "handling": list(HANDLING.items()),
        "channels": [(value, words) for value, words in CHANNELS.items() if value != "exchange"],
        "reserved": [("", _("下一个号")), *((each.uid, f"{each.title} {each.reason}") for each in _all_reserved(box))],
        "values": values,
        "errors": errors,
    }


def _values(delivery: Any) -> dict[str, Any]:
    """What stands in the form at first."""
    if delivery is None:
        today = clock.today().isoformat()
        return {
            "received": today,
            "copies": "1",
            "pages": "",
            "urgency": "plain",
            "handling": "action",
            "channel": "paper",
        }
    facts = facts_of(delivery)
    dated = facts.dated.isoformat() if facts.dated else ""
    shown = {name: str(getattr(facts, name)) for name in ("from_unit", "from_no", "title", "kind", "urgency", "handling", "copies", "pages")}  # fmt: skip
    return shown | {"dated": dated, "reply_due": facts.reply_due.isoformat() if facts.reply_due else ""}


def _facts(values: dict[str, Any], delivery: Any) -> Facts:
    """What was typed, as facts; what makes no sense becomes a value that the policy refuses by name."""
    typed = values.get
    known = facts_of(delivery) if delivery is not None else None
    return Facts(
        from_unit=typed("from_unit", ""),
        title=typed("title", ""),
        received=known.received if known else _start(typed("received", "")),
        channel=Channel.EXCHANGE if known else _channel(typed("channel", "")),
        from_no=typed("from_no", ""),
        kind=typed("kind", "") if typed("kind", "") in KINDS else "",
        dated=day_of(typed("dated", "")),
        urgency=typed("urgency", ""),
        copies=_number(typed("copies", "")),
        pages=_number(typed("pages", "") or "0"),
        handling=_handling(typed("handling", "")),
        reply_due=day_of(typed("reply_due", "")),
    )


def _start(text: str) -> datetime:
    day = day_of(text)
    now = clock.local(clock.now())
    if day == now.date():
        return clock.now()
    return datetime.combine(day or date.max, time(9), clock.LOCAL).astimezone(UTC)


def _channel(text: str) -> Channel:
    return Channel(text) if text in set(Channel) and text != Channel.EXCHANGE else Channel.PAPER


def _handling(text: str) -> Any:
    return Handling(text) if text in set(Handling) else text


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS else -1


def _all_reserved(box: ExchangeBox) -> tuple[Any, ...]:
    query = Eq("box", keeping_box(box).__name__) & Eq("state", "reserved")
    found: tuple[Any, ...] = register(box, "numbers").query(query, sort="order", limit=100).objects
    return tuple(each for each in found if each.series.kind == "receipt")


def _reserved(box: ExchangeBox, values: dict[str, Any]) -> Any:
    return next((each for each in _all_reserved(box) if each.uid == values["number"]), None)
