"""The auditor's desk for checkpoints (SOD-12, R-7.2): what waits for a countersignature, one checkpoint with its proofs, signing it."""

from typing import Any

from pyramid.httpexceptions import HTTPBadRequest, HTTPSeeOther
from pyramid.view import view_config

from content_types.countersignature import Countersignature
from content_types.site import Site
from govrepo.catalog import Range, register
from govrepo.trust.timestamp import time_of
from policies import countersignature as policy
from policies.permissions import Permission as P

from .acting import SIGNATURE_FILES
from .acts import attempt, buttons, done, url
from .case import timeline
from .i18n import _
from .shell import flash

TEMPLATES = "views:templates/countersignature/"
BADGES = {"waiting": "wait", "signed": "done"}
LISTED = 400
BROKEN = _("审计日志与检查点不符，不能复签。已登记日志缺口，请立即查明。")


@view_config(
    context=Site,
    name="countersignatures",
    permission=P.CHECKPOINT_READ,
    request_method="GET",
    renderer=TEMPLATES + "list.pt",
)
def list_(context: Site, request: Any) -> dict[str, Any]:
    """The checkpoints put before the auditor: those that wait, the oldest first; then those countersigned, the newest first."""
    waiting = policy.waiting(context)
    found = register(context, "countersignatures").query(
        Range("size", 0, None), sort="size", reverse=True, limit=LISTED
    )
    signed = [each for each in found.objects if each.state != "waiting"]
    return {
        "title": _("检查点复签"),
        "rows": [_row(each, request) for each in (*waiting, *signed)],
        "waiting": len(waiting),
        "overdue": sum(policy.overdue(each) for each in waiting),
        "newest": next(iter(request.registry.journal.checkpoints(limit=1, newest=True)), None),
        "may_sign": request.has_permission(P.CHECKPOINT_COUNTERSIGN),
    }


def _row(each: Countersignature, request: Any) -> dict[str, Any]:
    signature = each.history[-1] if each.state == "signed" else None
    return {
        "url": url(each, ""),
        "checkpoint": each.checkpoint,
        "stamped": _stamped(each, request),
        "badge": BADGES[each.state],
        "state": policy.STATES[each.state],
        "overdue": policy.overdue(each),
        "by": signature.actor_name if signature else "",
        "at": signature.at if signature else None,
    }


def _stamped(each: Countersignature, request: Any) -> Any:
    """When the checkpoint was stamped; None while it is not."""
    token = request.root.journal_witnesses.stamps.get(each.size)
    return time_of(token) if token else None


@view_config(context=Site, name="countersign_newest", permission=P.CHECKPOINT_COUNTERSIGN, request_method="POST")
def newest(context: Site, request: Any) -> HTTPSeeOther:
    """Put the newest checkpoint forward now."""
    made = policy.newest(context, request.registry, request.actor)
    if made is None:
        flash(request, _("还没有检查点。"), "warning")
        return HTTPSeeOther("/countersignatures")
    return HTTPSeeOther(url(made, ""))


@view_config(
    context=Countersignature, permission=P.CHECKPOINT_READ, request_method="GET", renderer=TEMPLATES + "page.pt"
)
def page(context: Countersignature, request: Any) -> dict[str, Any]:
    """One checkpoint: what it says, what it follows from, who countersigned it."""
    found, before = context.checkpoint, policy.last_signed(request.root, context.size)
    stamped = _stamped(context, request)
    facts = [
        (_("条数"), request.fmt.number(found.size)),
        (_("生成时间"), request.fmt.second(found.time)),
        (_("根散列"), found.root),
        (_("文件的散列（SHA-256）"), context.digest),
        (_("时间戳"), request.fmt.second(stamped) if stamped else _("尚未加盖")),
        (_("上一个已复签的检查点"), _size(request, before) if before else _("无，这是第一个")),
    ]
    return {
        "title": context.title,
        "crumbs": [(_("检查点复签"), "/countersignatures")],
        "facts": facts,
        "text": context.text,
        "badge": BADGES[context.state],
        "state": policy.STATES[context.state],
        "overdue": policy.overdue(context),
        "here": url(context),
        "buttons": list(buttons(request, context, ("sign",)).values()),
        "events": timeline(context, {"prepare": _("提请复签")}),
    }


def _size(request: Any, checkpoint: Any) -> Any:
    return _("${size} 条，${time}", mapping={"size": checkpoint.size, "time": request.fmt.second(checkpoint.time)})


@view_config(
    context=Countersignature,
    name="act",
    permission=P.CHECKPOINT_READ,
    request_method="POST",
    files=SIGNATURE_FILES,
)
def try_act(context: Countersignature, request: Any) -> HTTPSeeOther:
    """Countersign, unless the journal contradicts the checkpoint: then nothing is signed, and the gap is filed."""
    if request.POST.get("act") != "sign":
        raise HTTPBadRequest
    if context.state == "waiting" and request.has_permission(P.CHECKPOINT_COUNTERSIGN, context):
        found = policy.broken(context, request.registry)
        if found:
            policy.report(context, found, request.actor)
            flash(request, BROKEN, "error")
            return HTTPSeeOther("/journal_gaps")
    attempt(request, context, "sign")
    return done(request, _("已复签。"), "/countersignatures")
