"""The management shell: any object's tabs, the tree, the work queue, access proposals and explanations (design.md sect. 10).

What is shown is technical: being administrator gives no right to read documents (R-8.3), so titles and files of official documents
never appear here.
"""

from typing import Any

from pyramid.traversal import resource_path

from content_types.content import VolumeContent
from views.acts import url
from views.i18n import _
from views.manage.tree import tree

CRUMBS = ((_("管理首页"), "/@@manage"),)
"""Where every page of the site's management stands."""

TABS = (
    ("contents", _("内容")),
    ("properties", _("属性")),
    ("security", _("访问权限")),
    ("workflow", _("流程")),
    ("history", _("历史")),
    ("references", _("引用")),
    ("indexing", _("索引")),
)


def tabs(context: Any, here: str) -> list[tuple[Any, str, None, bool]]:
    """The tabs of an object, as the macro ``tabs`` takes them."""
    wanted = [(name, label) for name, label in TABS if name != "contents" or hasattr(context, "data")]
    return [(label, url(context, f"@@{name}"), None, name == here) for name, label in wanted]


def site_page(title: Any, **more: Any) -> dict[str, Any]:
    """What every page of the site's management needs."""
    return {"title": title, "crumbs": list(CRUMBS), "active_area": "", **more}


def name_of(context: Any) -> Any:
    """An object's heading: its title and name; only the name of what comes in volume (R-8.3)."""
    if context.__parent__ is None:
        return _("站点")
    title = "" if isinstance(context, VolumeContent) else getattr(context, "title", "")
    return f"{title}（{context.__name__}）" if title else context.__name__


def frame(request: Any, context: Any, here: str) -> dict[str, Any]:
    """What every management page of an object needs: title, lineage, tabs."""
    lineage = []
    parent = context.__parent__
    while parent is not None:
        lineage.append((name_of(parent), url(parent, "@@contents")))
        parent = parent.__parent__
    return {
        "title": name_of(context),
        "crumbs": lineage[::-1],
        "path": resource_path(context),
        "kind": request.registry.content.typeof(context) or type(context).__name__,
        "tabs": tabs(context, here),
        "tree": tree(context),
        "active_area": "",
    }
