"""Evidence packages (R-7.3): the list, choosing entries and the purpose, one package with its signature and its download."""

from typing import Any
from urllib.parse import urlencode

from pyramid.httpexceptions import HTTPBadRequest
from pyramid.view import view_config

from content_types.evidence_package import EvidencePackage
from content_types.site import Site
from govrepo.catalog import Range, register
from govrepo.files import attachment
from policies import evidence_package as policy
from policies.engine import Refused, act
from policies.permissions import Permission as P

from .acting import SIGNATURE_FILES
from .acts import attempt, buttons, done, mend, url
from .case import timeline
from .i18n import _
from .manage.journal import row, search_of

TEMPLATES = "views:templates/evidence_package/"
BADGES = {"ordered": "wait", "assembled": "todo", "sealed": "done"}
BEGUN = {"order": _("提取证据"), "assemble": _("制作证据包")}
LISTED = 500
SHOWN = 100
"""Entries that a page lists."""
LONGEST_NUMBER = 15


@view_config(
    context=Site, name="evidence", permission=P.EVIDENCE_READ, request_method="GET", renderer=TEMPLATES + "list.pt"
)
def list_(context: Site, _request: Any) -> dict[str, Any]:
    """Every package, the newest first."""
    found = register(context, "evidence_packages").query(
        Range("order", 0, None), sort="order", reverse=True, limit=LISTED
    )
    return {"title": _("证据包"), "rows": [line(each) for each in found.objects]}


def line(package: EvidencePackage) -> dict[str, Any]:
    """A line of a list of packages."""
    return {
        "package": package,
        "url": url(package, ""),
        "badge": BADGES[package.state],
        "state": policy.STATES[package.state],
        "entries": len(package.seqs),
    }


@view_config(
    context=Site,
    name="evidence_new",
    permission=P.EVIDENCE_MAKE,
    request_method="GET",
    renderer=TEMPLATES + "order.pt",
)
def form(context: Site, request: Any) -> dict[str, Any]:
    """The entries that were ticked in the journal, or all that fit its filters; and the purpose."""
    return _form(context, request, request.GET)


def _form(root: Site, request: Any, given: Any, errors: dict[str, Any] | None = None) -> dict[str, Any]:
    records, query = _chosen(root, request, given)
    kept = [(name, value) for name, value in given.items() if name not in ("purpose", "csrf_token")]
    return {
        "title": _("提取证据"),
        "crumbs": [(_("审计日志"), "/@@journal"), (_("证据包"), "/evidence")],
        "rows": [row(root, record) for record in records[:SHOWN]],
        "count": len(records),
        "most": policy.MOST,
        "kept": kept,
        "back": "/@@journal?" + urlencode([(name, value) for name, value in kept if name != "pick"]),
        "by_query": bool(query) and not given.getall("pick"),
        "values": {"purpose": given.get("purpose", "")},
        "errors": errors or {},
    }


def _chosen(root: Site, request: Any, given: Any) -> tuple[list[Any], dict[str, Any]]:
    journal = request.registry.journal
    search = search_of(root, journal, given)
    if search.errors:
        raise HTTPBadRequest
    picked = [int(each) for each in given.getall("pick") if each.isdecimal() and len(each) <= LONGEST_NUMBER]
    return policy.chosen(journal, search.query, picked), search.query


@view_config(
    context=Site,
    name="evidence_new",
    permission=P.EVIDENCE_MAKE,
    request_method="POST",
    renderer=TEMPLATES + "order.pt",
)
def order(context: Site, request: Any) -> Any:
    """Have the package made."""
    records, query = _chosen(context, request, request.POST)
    asked = {} if request.POST.getall("pick") else query
    try:
        made = policy.order(context, records, asked, request.POST.get("purpose", ""), request.actor)
    except Refused as refused:
        return _form(context, request, request.POST, mend(request, refused))
    return done(request, _("正在制作证据包，稍后请核对并签名。"), url(made, ""))


@view_config(context=EvidencePackage, permission=P.EVIDENCE_READ, request_method="GET", renderer=TEMPLATES + "page.pt")
def page(context: EvidencePackage, request: Any) -> dict[str, Any]:
    """One package: what it holds, who signed it, who took it away."""
    journal = request.registry.journal
    records = [each for seq in context.seqs[:SHOWN] for each in journal.entries(after=seq - 1, before=seq + 1)]
    return {
        "title": context.title,
        "crumbs": [(_("证据包"), "/evidence")],
        "facts": [
            (_("用途"), context.purpose),
            (_("制作人"), context.made_by.name),
            (_("提取时间"), request.fmt.second(context.created)),
            (_("日志记录"), _("${number}条", mapping={"number": request.fmt.number(len(context.seqs))})),
            (_("查询条件"), "，".join(f"{name}={value}" for name, value in context.query.items()) or _("逐条选取")),
            (_("清单的散列（SHA-256）"), context.digest or "—"),
            (_("文件的散列（SHA-256）"), context.stored.sha256 if context.state == "sealed" else "—"),
        ],
        "rows": [row(request.root, record) for record in records],
        "count": len(context.seqs),
        "badge": BADGES[context.state],
        "state": policy.STATES[context.state],
        "context": context,
        "here": url(context),
        "buttons": list(buttons(request, context, ("seal",)).values()),
        "finding": f"/finding_new?package={context.uid}" if request.has_permission(P.FINDING_RECORD) else "",
        "events": timeline(context, BEGUN),
    }


@view_config(
    context=EvidencePackage, name="act", permission=P.EVIDENCE_READ, request_method="POST", files=SIGNATURE_FILES
)
def try_act(context: EvidencePackage, request: Any) -> Any:
    """Sign it."""
    if request.POST.get("act") != "seal":
        raise HTTPBadRequest
    attempt(request, context, "seal")
    return done(request, _("已签名，可以下载。"), url(context, ""))


@view_config(context=EvidencePackage, name="download", permission=P.EVIDENCE_READ, request_method="POST")
def download(context: EvidencePackage, request: Any) -> Any:
    """The zip, on record."""
    act(context, "download", request.actor)
    return attachment(context.stored, f"evidence-{context.year}-{context.number}.zip", request)
