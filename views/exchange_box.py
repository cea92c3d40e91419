"""The exchange box's pages: inbox and outbox lists, bulk acts, printing (R-N1.1, R-11.2, R-35.1; domain.md part 6)."""

import re
from collections.abc import Iterable
from typing import Any

from pyramid.httpexceptions import HTTPBadRequest, HTTPForbidden, HTTPSeeOther
from pyramid.view import view_config

from content_types.delivery import Delivery
from content_types.exchange_box import BoxKind, ExchangeBox
from govrepo.catalog import Eq, register
from policies import check_in as check_ins
from policies import delivery as deliveries
from policies import dispatch as dispatches
from policies.engine import act
from policies.exchange_box import sees_inbox, sees_outbox
from policies.permissions import Permission as P
from policies.signing import asked

from .acting import SIGNATURE_FILES
from .acts import done, url
from .i18n import _
from .navigation import INBOX_FOLDERS, OUTBOX_FOLDERS, all_counts, carriers, folder_counts, in_states
from .rows import delivery_row, dispatch_rows
from .shell import flash

PAGE = 50
PAGE_KEY = re.compile(r"[0-9]{1,18}\.[0-9]{1,10}")
INBOX_TABS = (("waiting", _("待签收")), ("signed", _("已签收")), ("returned", _("退文")), ("all", _("全部")))
OUTBOX_TABS = (("sent", _("已发送")), ("drafts", _("草稿与待办")))
BULK = {"open": _("打开"), "sign_for": _("签收"), "note": _("阅知")}


@view_config(context=ExchangeBox, permission=P.SITE_VIEW, request_method="GET")
def entrance(context: ExchangeBox, request: Any) -> Any:
    """The box itself leads to the first folder the person may see."""
    if sees_inbox(request.actor, context):
        return HTTPSeeOther(url(context, "waiting"))
    if sees_outbox(request.actor, context):
        return HTTPSeeOther(url(context, "sent"))
    raise HTTPForbidden


def inbox(context: ExchangeBox, request: Any) -> dict[str, Any]:
    """A folder of the inbox."""
    folder = request.view_name
    request.box_folder = (context, folder)
    page, pager = _page(request, context, "deliveries", INBOX_FOLDERS)
    return {
        "title": context.title,
        "box": context,
        "folder": folder,
        "tabs": _tabs(request, context, INBOX_TABS, folder),
        "rows": [delivery_row(request, delivery) for delivery in page],
        "pager": pager,
        "check_in": check_ins.current(context, request.registry.govrepo_settings),
        "half_day": f"{context.__name__} {check_ins.half_day_key(context, request.registry.govrepo_settings)}",
        "may_check_in": request.has_permission(P.BOX_CHECK_IN),
        "may_designate": request.has_permission(P.SUBSTITUTE_DESIGNATE),
        "may_report": request.has_permission(P.BOX_REPORT_FAULT),
        "may_sign": request.has_permission(P.DELIVERY_SIGN_FOR),
        "with_certificate": asked(deliveries.TABLE.transition("sign_for"), request.actor),
        "may_collect": request.has_permission(P.PAPER_RECEIVE),
        "may_enter": request.has_permission(P.OFFLINE_ENTER),
    }


def outbox(context: ExchangeBox, request: Any) -> dict[str, Any]:
    """A folder of the outbox."""
    folder = request.view_name
    request.box_folder = (context, folder)
    page, pager = _page(request, context, "dispatches", OUTBOX_FOLDERS)
    return {
        "title": context.title,
        "box": context,
        "folder": folder,
        "tabs": _tabs(request, context, OUTBOX_TABS, folder),
        "rows": dispatch_rows(context, page),
        "pager": pager,
        "states": dispatches.STATES,
        "may_draft": request.has_permission(P.DOCUMENT_DRAFT),
        "may_prepare": request.has_permission(P.DISPATCH_COMPOSE),
        "may_issue": context.kind is not BoxKind.DIVISION,
        "may_number": context.kind is BoxKind.UNIT and request.has_permission(P.NUMBER_KEEP),
    }


def _tabs(
    request: Any, box: ExchangeBox, tabs: Iterable[tuple[str, Any]], here: str
) -> list[tuple[Any, str, Any, bool]]:
    counts = folder_counts(request, box)
    return [(label, url(box, name), counts.get(name), name == here) for name, label in tabs]


def _page(
    request: Any, box: ExchangeBox, name: str, folders: dict[str, tuple[str, ...]]
) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """One page of a list, read from its end, and what the pager needs."""
    found, states = register(box, name), folders[request.view_name]
    try:
        page = found.query(
            in_states(carriers(request, box, name), states),
            sort="order",
            reverse=True,
            limit=PAGE,
            after=page_key(request),
        )
    except ValueError as error:
        raise HTTPBadRequest from error
    total = all_counts(request, box, name)[request.view_name]
    following = f"?after={'.'.join(map(str, page.next_key))}" if page.next_key else None
    previous = request.path if request.GET.get("after") else None
    return page.objects, {"previous": previous, "next": following, "shown": len(page.objects), "total": total}


def page_key(request: Any) -> tuple[int, int] | None:
    """The page key in the address; raises ValueError for anything that is none."""
    text = request.GET.get("after")
    if not text:
        return None
    if not PAGE_KEY.fullmatch(text):
        raise ValueError(text)
    value, row = text.split(".")
    return int(value), int(row)


@view_config(context=ExchangeBox, name="act", permission=P.BOX_VIEW, request_method="POST", files=SIGNATURE_FILES)
def bulk(context: ExchangeBox, request: Any) -> Any:
    """An act on every selected delivery, each by itself: one receipt per delivery (design.md sect. 5); all or none."""
    name = request.POST.get("act", "")
    chosen = selected(context, request.POST.getall("selected"))
    if name == "distribute":
        return HTTPSeeOther(url(context, "distribute") + "?" + "&".join(f"d={each.uid}" for each in chosen))
    if name not in BULK:
        raise HTTPBadRequest
    if not chosen:
        flash(request, _("没有选中文件。"), "warning")
        return HTTPSeeOther(url(context, "waiting"))
    for delivery in chosen:
        _open_and_act(request, delivery, name)
    message = _("已办理“${act}” ${count} 件。", mapping={"act": BULK[name], "count": len(chosen)})
    return done(request, message, url(context, "waiting"))


def _open_and_act(request: Any, delivery: Delivery, name: str) -> None:
    """Signing from the list includes opening: the receiver has seen the envelope and takes the content over unread."""
    if name == "sign_for" and delivery.first_opened_at is None:
        act(delivery, "open", request.actor)
    act(delivery, name, request.actor)


def selected(box: ExchangeBox, uids: list[str]) -> list[Delivery]:
    """The deliveries of this box that were ticked; raises HTTPBadRequest for one that is not of this box."""
    by_uid = {uid: find_delivery(box, uid) for uid in uids}
    if None in by_uid.values():
        raise HTTPBadRequest
    return [delivery for delivery in by_uid.values() if delivery is not None]


def find_delivery(box: ExchangeBox, uid: str) -> Delivery | None:
    """A delivery of a box by its uid, through the register."""
    found = register(box, "deliveries").query(Eq("box", box.__name__) & Eq("uid", uid), sort="order", limit=1)
    return found.objects[0] if found.objects else None


def includeme(config: Any) -> None:
    """Bind the list pages to the names of their folders."""
    for view, folders, permission, template in (
        (inbox, INBOX_FOLDERS, P.BOX_VIEW, "inbox"),
        (outbox, OUTBOX_FOLDERS, P.OUTBOX_VIEW, "outbox"),
    ):
        for folder in folders:
            config.add_view(
                view,
                context=ExchangeBox,
                name=folder,
                permission=permission,
                request_method="GET",
                renderer=f"views:templates/exchange_box/{template}.pt",
            )
