"""What each box takes: the kinds of documents that are not sent to it (P-4; domain.md 4.4, accepts)."""

from typing import Any

from pyramid.httpexceptions import HTTPNotFound
from pyramid.view import view_config

from content_types.exchange_box import ExchangeBox
from content_types.site import Site
from govrepo import vocabulary
from policies import exchange_box as policy
from policies.engine import Refused
from policies.permissions import Permission as P
from policies.vocabulary import DOCUMENT_KINDS
from views.acts import done, mend
from views.i18n import _
from views.manage import site_page
from views.reading import KIND_WORDS

TEMPLATE = "views:templates/manage/accepts.pt"


@view_config(context=Site, name="accepts", permission=P.MANAGE_VIEW, request_method="GET", renderer=TEMPLATE)
def page(context: Site, request: Any) -> dict[str, Any]:
    """All boxes with the kinds they do not take; with ``box`` in the address one of them with its form."""
    name = request.GET.get("box", "")
    return _one(_box(context, name), request) if name else _all(context)


@view_config(context=Site, name="accepts", permission=P.BOX_CONFIGURE, request_method="POST", renderer=TEMPLATE)
def change(context: Site, request: Any) -> Any:
    """Say which kinds a box does not take."""
    box = _box(context, request.POST.get("box", ""))
    try:
        basis = request.POST.get("basis", "")
        changed = policy.exclude_kinds(box, set(request.POST.getall("kinds")), basis, request.actor)
    except Refused as refused:
        return _one(box, request, mend(request, refused))
    return done(request, _("已设定。") if changed else _("本来就是这样，没有改动。"), "/@@accepts")


def _box(root: Site, name: str) -> ExchangeBox:
    if name not in root["exchange"]:
        raise HTTPNotFound
    box: ExchangeBox = root["exchange"][name]
    return box


def _all(root: Site) -> dict[str, Any]:
    boxes = sorted(root["exchange"].values(), key=lambda box: (box.unit.rank, box.unit.code, box.title))
    rows = [(box, [KIND_WORDS[kind] for kind in box.excluded_kinds]) for box in boxes]
    return site_page(_("交换箱可收范围"), rows=rows, box=None)


def _one(box: ExchangeBox, request: Any, errors: dict[str, str] | None = None) -> dict[str, Any]:
    page = site_page(box.title, box=box, errors=errors or {})
    page["crumbs"].append((_("交换箱可收范围"), "/@@accepts"))
    kinds = request.POST.getall("kinds") if request.method == "POST" else list(box.excluded_kinds)
    return page | {
        "choices": [(term.code, KIND_WORDS[term.code]) for term in vocabulary.terms(box, DOCUMENT_KINDS)],
        "excluded": [KIND_WORDS[kind] for kind in box.excluded_kinds],
        "may_change": request.has_permission(P.BOX_CONFIGURE),
        "values": {"kinds": kinds, "basis": request.POST.get("basis", "")},
    }
