"""The management shell: any object's Contents, Properties and History, and the work queue (design.md sect. 10).

What is shown is technical: being administrator gives no right to read documents (R-8.3), so titles and files of official documents
never appear here.
"""

from typing import Any

from pyramid.traversal import resource_path

from views.acts import url
from views.i18n import _

CRUMBS = ((_("管理首页"), "/@@manage"),)
"""Where every page of the site's management stands."""

TABS = (("contents", _("内容")), ("properties", _("属性")), ("history", _("历史")))


def tabs(context: Any, here: str) -> list[tuple[Any, str, None, bool]]:
    """The tabs of an object, as the macro ``tabs`` takes them."""
    wanted = [(name, label) for name, label in TABS if name != "contents" or hasattr(context, "data")]
    return [(label, url(context, f"@@{name}"), None, name == here) for name, label in wanted]


def site_page(title: Any, **more: Any) -> dict[str, Any]:
    """What every page of the site's management needs."""
    return {"title": title, "crumbs": list(CRUMBS), "active_area": "", **more}


def frame(request: Any, context: Any, here: str) -> dict[str, Any]:
    """What every management page of an object needs: title, lineage, tabs."""
    lineage = []
    parent = context.__parent__
    while parent is not None:
        lineage.append((parent.__name__ or _("站点"), url(parent, "@@contents")))
        parent = parent.__parent__
    return {
        "title": context.__name__ or _("站点"),
        "crumbs": lineage[::-1],
        "path": resource_path(context),
        "kind": request.registry.content.typeof(context) or type(context).__name__,
        "tabs": tabs(context, here),
        "active_area": "",
    }
