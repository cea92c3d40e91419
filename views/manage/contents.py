"""Contents: the children of any folder, page by page, fast however many there are."""

from itertools import islice
from typing import Any

from persistent import Persistent
from pyramid.httpexceptions import HTTPNotFound
from pyramid.view import view_config

from content_types.content import VolumeContent
from policies.permissions import Permission as P
from views.acts import url
from views.manage import frame

PAGE = 100


@view_config(
    context=Persistent,
    name="contents",
    permission=P.MANAGE_VIEW,
    request_method="GET",
    renderer="views:templates/manage/contents.pt",
)
def contents(context: Any, request: Any) -> dict[str, Any]:
    """One page of children by name; ``after`` is the last name of the page before."""
    if not hasattr(context, "data"):
        raise HTTPNotFound
    after = request.GET.get("after") or None
    found = list(islice(context.data.items(min=after, excludemin=after is not None), PAGE + 1))
    following = f"?after={found[PAGE - 1][0]}" if len(found) > PAGE else None
    rows = [_row(request, name, child) for name, child in found[:PAGE]]
    pager = {"previous": request.path if after else None, "next": following, "shown": len(rows), "total": len(context)}
    return frame(request, context, "contents") | {"rows": rows, "pager": pager}


def _row(request: Any, name: str, child: Any) -> dict[str, Any]:
    folder = hasattr(child, "data")
    return {
        "name": name,
        "url": url(child, "@@contents" if folder else "@@properties"),
        "kind": request.registry.content.typeof(child) or type(child).__name__,
        "title": "" if isinstance(child, VolumeContent) else getattr(child, "title", ""),
        "state": getattr(child, "state", ""),
        "children": len(child) if folder else None,
        "created": getattr(child, "created", None),
    }
