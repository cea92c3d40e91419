"""Which boxes stand in for a box that cannot exchange, in order (R-12.3; domain.md 4.4)."""

from typing import Any

from pyramid.httpexceptions import HTTPNotFound
from pyramid.view import view_config

from content_types.exchange_box import ExchangeBox
from content_types.site import Site
from policies import exchange_box as policy
from policies.engine import Refused
from policies.permissions import Permission as P
from views.acts import done, mend
from views.i18n import _
from views.manage import site_page

TEMPLATE = "views:templates/manage/neighbours.pt"
PLACES = ("first", "second", "third")


@view_config(context=Site, name="neighbours", permission=P.MANAGE_VIEW, request_method="GET", renderer=TEMPLATE)
def page(context: Site, request: Any) -> dict[str, Any]:
    """All boxes with those that stand in; with ``box`` in the address one of them with its form."""
    name = request.GET.get("box", "")
    return _one(_box(context, name), request) if name else _all(context)


@view_config(context=Site, name="neighbours", permission=P.BOX_CONFIGURE, request_method="POST", renderer=TEMPLATE)
def change(context: Site, request: Any) -> Any:
    """Name the boxes that stand in."""
    box = _box(context, request.POST.get("box", ""))
    names = [name for place in PLACES if (name := request.POST.get(place, ""))]
    try:
        wanted = [_box(context, name) for name in names]
        changed = policy.set_neighbours(box, wanted, request.POST.get("basis", ""), request.actor)
    except Refused as refused:
        return _one(box, request, mend(request, refused))
    return done(request, _("已设定。") if changed else _("本来就是这样，没有改动。"), "/@@neighbours")


def _box(root: Site, name: str) -> ExchangeBox:
    if name not in root["exchange"]:
        raise HTTPNotFound
    box: ExchangeBox = root["exchange"][name]
    return box


def _sorted(root: Site) -> list[ExchangeBox]:
    return sorted(root["exchange"].values(), key=lambda box: (box.unit.rank, box.unit.code, box.title))


def _all(root: Site) -> dict[str, Any]:
    rows = [(box, "、".join(each.title for each in box.neighbours)) for box in _sorted(root)]
    return site_page(_("邻近交换箱"), rows=rows, box=None)


def _one(box: ExchangeBox, request: Any, errors: dict[str, str] | None = None) -> dict[str, Any]:
    page = site_page(box.title, box=box, errors=errors or {})
    page["crumbs"].append((_("邻近交换箱"), "/@@neighbours"))
    chosen = dict(zip(PLACES, (str(each.__name__) for each in box.neighbours), strict=False))
    others = [each for each in _sorted(request.root) if each is not box]
    labels = (_("第一个"), _("第二个"), _("第三个"))
    return page | {
        "choices": [("", "—"), *((str(each.__name__), f"{each.unit.short_name} {each.title}") for each in others)],
        "places": list(zip(PLACES, labels, strict=True)),
        "may_change": request.has_permission(P.BOX_CONFIGURE),
        "values": dict(request.POST) if request.method == "POST" else chosen,
    }
