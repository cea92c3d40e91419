"""Gaps of the journal (SOD-12, R-7.2): the list, and one gap with what is missing where, its entries, its object, its explanation."""

from typing import Any

from pyramid.httpexceptions import HTTPBadRequest
from pyramid.view import view_config

from content_types.journal_gap import Discrepancy, JournalGap
from content_types.site import Site
from govrepo.catalog import Range, register
from policies import journal_gap as policy
from policies.permissions import Permission as P

from .acting import SIGNATURE_FILES
from .acts import attempt, buttons, done, url
from .case import timeline
from .i18n import _

TEMPLATES = "views:templates/journal_gap/"
BADGES = {"open": "bad", "explained": "done"}
LISTED = 500
KINDS = {
    "missing_history": _("日志有记录，对象的办理记录中没有"),
    "missing_entry": _("对象的办理记录中有，日志没有记录"),
    "changed_history": _("对象的办理记录与日志不同"),
    "state": _("对象的状态与日志不同"),
    "version": _("对象的版本摘要与日志不同"),
    "missing_object": _("日志记录的对象不在数据库中"),
    "appointment": _("任职没有相应的权限变更，或者比权限变更给的多"),
    "acl": _("访问控制与权限表和已执行的变更不同"),
    "signature": _("对象的证书签名与日志不同或已不成立"),
    "facts": _("对象登记的事实（人员、时间、回执、收件箱等）与日志不同"),
    "journal_changed": _("日志条目被改动"),
    "journal_missing": _("日志条目缺失"),
    "journal_unlinked": _("日志条目前后不接"),
    "journal_root": _("日志与检查点的根散列不同"),
    "journal_replayed": _("日志比检查点短：被截断或换成了旧的"),
    "journal_forged": _("检查点不是系统签的"),
    "journal_strange": _("检查点是另一本日志的"),
    "copy_behind": _("检查点未能送到另一处保存"),
    "copy_differs": _("另一处保存的检查点与本机的不同"),
}


@view_config(
    context=Site, name="journal_gaps", permission=P.GAP_READ, request_method="GET", renderer=TEMPLATES + "list.pt"
)
def list_(context: Site, request: Any) -> dict[str, Any]:
    """Every gap, the newest first."""
    found = register(context, "journal_gaps").query(Range("order", 0, None), sort="order", reverse=True, limit=LISTED)
    return {"title": _("日志缺口"), "rows": [_row(each, request) for each in found.objects]}


def _row(gap: JournalGap, request: Any) -> dict[str, Any]:
    return {
        "gap": gap,
        "url": url(gap, ""),
        "kinds": [KINDS[kind] for kind in sorted({each.kind for each in gap.discrepancies})],
        "badge": BADGES[gap.state],
        "state": policy.STATES[gap.state],
        "found_at": request.fmt.second(gap.found_at),
    }


@view_config(context=JournalGap, permission=P.GAP_READ, request_method="GET", renderer=TEMPLATES + "page.pt")
def page(context: JournalGap, request: Any) -> dict[str, Any]:
    """One gap: what is missing where, the entries and the object concerned, and its explanation."""
    return {
        "title": context.title,
        "crumbs": [(_("日志缺口"), "/journal_gaps")],
        "facts": [
            (_("发现时间"), request.fmt.second(context.found_at)),
            (_("对象"), context.label),
            (_("对象路径"), context.path or "—"),
            (_("对象标识"), context.subject_uid or "—"),
            (_("查明情况"), context.explanation or "—"),
        ],
        "rows": [_found(each, request) for each in context.discrepancies],
        "entries": f"/@@journal?subject_uid={context.subject_uid}" if context.subject_uid else None,
        "badge": BADGES[context.state],
        "state": policy.STATES[context.state],
        "here": url(context),
        "buttons": list(buttons(request, context, ("explain",)).values()),
        "events": timeline(context, {"find": _("发现")}),
        "values": {},
        "errors": {},
    }


def _found(each: Discrepancy, request: Any) -> dict[str, Any]:
    held = each.seq is not None and each.seq <= request.registry.journal.head().seq
    return {
        "kind": KINDS[each.kind],
        "seq": each.seq,
        "entry": f"/@@journal_entry?seq={each.seq}" if held else None,
        "expected": each.expected or "—",
        "found": each.found or "—",
    }


@view_config(
    context=JournalGap,
    name="act",
    permission=P.GAP_READ,
    request_method="POST",
    files=SIGNATURE_FILES,
    renderer=TEMPLATES + "page.pt",
)
def try_act(context: JournalGap, request: Any) -> Any:
    """Record what was found out."""
    if request.POST.get("act") != "explain":
        raise HTTPBadRequest
    note = request.POST.get("note", "").strip()
    errors = attempt(request, context, "explain", note=note)
    if errors:
        return page(context, request) | {"errors": errors, "values": {"note": note}}
    return done(request, _("已登记查明情况。"), url(context, ""))
