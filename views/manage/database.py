"""The database: sizes, packing without touching the journal (R-7.2), and the evolution steps that start-up has run."""

from typing import Any

from pyramid.view import view_config

from content_types.site import Site
from govrepo.database import evolution_steps
from govrepo.upkeep import sizes
from policies import upkeep as policy
from policies.engine import Refused
from policies.permissions import Permission as P
from views.acts import done, mend
from views.i18n import _
from views.manage import site_page

TEMPLATE = "views:templates/manage/database.pt"
STEPS = {
    "policies.evolution.step_1_administration": _("业务设置、词表、压缩记录、日历备注"),
    "policies.evolution.step_2_people": _("人员登记簿和任职登记簿"),
}
"""What the steps do, in words; a step without words is shown by its name."""


@view_config(context=Site, name="database", permission=P.MANAGE_VIEW, request_method="GET", renderer=TEMPLATE)
def page(context: Site, request: Any) -> dict[str, Any]:
    """Sizes, past packs, steps."""
    return _page(context, request)


@view_config(context=Site, name="database", permission=P.DATABASE_PACK, request_method="POST", renderer=TEMPLATE)
def pack(context: Site, request: Any) -> Any:
    """Ask for a pack."""
    try:
        policy.ask(context, request.POST.get("days", ""), request.actor)
    except Refused as refused:
        return _page(context, request, mend(request, refused))
    return done(request, _("已排入工作队列，完成后这里显示结果。"), "/@@database")


def _page(root: Site, request: Any, errors: dict[str, str] | None = None) -> dict[str, Any]:
    found = sizes(request.registry)
    size = request.fmt.size
    facts = [
        (_("数据库"), size(found.database)),
        (_("文件（blob）"), size(found.blobs)),
        (_("审计日志"), size(found.journal)),
        (_("对象"), request.fmt.number(found.objects)),
        (_("磁盘剩余"), size(found.free)),
    ]
    return site_page(
        _("数据库"),
        facts=facts,
        packs=root.upkeep.packs[::-1],
        running=root.upkeep.running,
        steps=[(name, STEPS.get(name, name), at) for name, at in evolution_steps(root, request.registry)],
        may_pack=request.has_permission(P.DATABASE_PACK),
        errors=errors or {},
        values={"days": "30", **request.POST},
    )
