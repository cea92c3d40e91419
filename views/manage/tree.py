"""The tree of the whole repository in the side column, loaded level by level as it is opened (design.md sect. 10)."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from persistent import Persistent
from pyramid.httpexceptions import HTTPNotFound
from pyramid.location import lineage
from pyramid.view import view_config
from substanced.folder import Folder

from content_types.content import VolumeContent
from policies.permissions import Permission as P
from views.acts import url
from views.i18n import _

SHOWN = 50
"""Children of a folder that the tree shows; Contents shows them all."""


@dataclass(frozen=True)
class Node:
    """A line of the tree. ``children`` is None while it is closed; then ``tree`` is where they come from."""

    label: Any
    url: str
    tree: str | None
    active: bool = False
    children: "tuple[Node, ...] | None" = None


def nodes(folder: Any, path: tuple[Any, ...] = ()) -> Iterator[Node]:
    """The first children of a folder, and the one on the path even if it is not among them; what is not shown is not loaded."""
    shown = dict(islice(folder.data.items(), SHOWN + 1))
    more = len(shown) > SHOWN
    if more:
        shown.popitem()
    if path and path[0].__name__ not in shown:
        shown[path[0].__name__] = path[0]
    for name, child in shown.items():
        yield _node(url(folder, name), name, child, path)
    if more:
        yield Node(_("更多……"), url(folder, "@@contents"), None)


def _node(address: str, name: str, child: Any, path: tuple[Any, ...]) -> Node:
    """One line; a volume type is known by its class and shown by its name, so that it need not be loaded (R-8.3)."""
    here = bool(path) and child is path[0]
    title = "" if isinstance(child, VolumeContent) else getattr(child, "title", "")
    label = f"{name} {title}" if title else name
    if not isinstance(child, Folder):
        return Node(label, f"{address}/@@properties", None, here)
    below = tuple(nodes(child, path[1:])) if here else None
    return Node(label, f"{address}/@@contents", f"{address}/@@tree", here and len(path) == 1, below)


def tree(context: Any) -> list[Node]:
    """The tree, open along the way to an object."""
    root, *path = reversed(list(lineage(context)))
    return [Node(_("站点"), "/@@contents", "/@@tree", not path, tuple(nodes(root, tuple(path))))]


@view_config(
    context=Persistent,
    name="tree",
    permission=P.MANAGE_VIEW,
    request_method="GET",
    renderer="views:templates/manage/tree.pt",
)
def branch(context: Any, _request: Any) -> dict[str, Any]:
    """The children of one folder, as the tree asks for them when it is opened."""
    if not isinstance(context, Folder):
        raise HTTPNotFound
    return {"nodes": list(nodes(context))}
