"""References: what an object points at, and what points at it, read without loading what comes in volume (design.md sect. 10)."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from persistent import Persistent
from pyramid.traversal import find_root, resource_path
from pyramid.view import view_config
from substanced.folder import Folder

from content_types.content import Recorded, VolumeContent
from content_types.dispatch import Dispatch
from content_types.division import Division
from content_types.exchange_box import ExchangeBox
from content_types.person import Person
from content_types.unit import Unit
from govrepo.catalog import register
from policies.permissions import Permission as P
from views.i18n import _
from views.manage import frame

SHOWN = 50


class Counted(NamedTuple):
    """A register whose index ``column`` holds ``key`` of every object that refers to one of this type."""

    words: Any
    register: str
    column: str
    key: str


REFERRING: dict[type, tuple[Counted, ...]] = {
    ExchangeBox: (
        Counted(_("来件"), "deliveries", "box", "__name__"),
        Counted(_("发件"), "dispatches", "carrier", "__name__"),
    ),
    Unit: (
        Counted(_("本单位人员"), "people", "unit", "code"),
        Counted(_("由本单位发出的来件"), "deliveries", "from_unit", "code"),
        Counted(_("以本单位名义的发件"), "dispatches", "unit", "code"),
    ),
    Division: (Counted(_("本处室人员"), "people", "division", "code"),),
    Person: (
        Counted(_("本人经办的发件"), "dispatches", "sender", "id"),
        Counted(_("分办给本人"), "assignments", "person", "id"),
    ),
    Dispatch: (Counted(_("各单位的来件"), "deliveries", "dispatch", "uid"),),
}
"""What refers to each type, counted by lengths of postings: nothing is loaded."""


@view_config(
    context=Persistent,
    name="references",
    permission=P.MANAGE_VIEW,
    request_method="GET",
    renderer="views:templates/manage/references.pt",
)
def references(context: Any, request: Any) -> dict[str, Any]:
    """Both directions; Substance D's references beside those that stand in the object itself."""
    return frame(request, context, "references") | {
        "pointing": list(_pointing(context, request)),
        "counted": list(_counted(context, request)),
        "linked": [*_linked(context, "targetids", _("指向")), *_linked(context, "sourceids", _("来自"))],
        "shown": SHOWN,
    }


def _pointing(context: Any, request: Any) -> Iterator[tuple[str, Any, str | None, int]]:
    """Attribute by attribute what it refers to: type and path, never a title of what comes in volume."""
    hasattr(context, "created")  # A ghost has no attributes until one is read.
    attributes = {name: value for name, value in vars(context).items() if not name.startswith(("__", "_p_", "_v_"))}
    for name, value in sorted(attributes.items()):
        found = list(_objects(value))
        for target in found[:SHOWN]:
            yield name.lstrip("_"), _kind(request, target), _address(target), len(found)


def _objects(value: Any) -> Iterator[Any]:
    """The content objects in an attribute's value: itself, or those in a tuple or a named tuple of it."""
    if isinstance(value, tuple):
        for each in value:
            yield from _objects(each)
    elif isinstance(value, Recorded | Folder):
        yield value


def _kind(request: Any, target: Any) -> str:
    title = "" if isinstance(target, VolumeContent) else getattr(target, "title", "")
    kind = request.registry.content.typeof(target) or type(target).__name__
    return f"{kind} {title}".strip()


def _address(target: Any) -> str | None:
    """Where its management page is; None for what hangs nowhere, as a file does."""
    return resource_path(target) if getattr(target, "__parent__", None) is not None else None


def _counted(context: Any, request: Any) -> Iterator[tuple[Any, str, int]]:
    for cls, rows in REFERRING.items():
        if isinstance(context, cls):
            for row in rows:
                key = getattr(context, row.key)
                yield row.words, row.register, register(request.root, row.register).counts(row.column, [key])[key]


def _linked(context: Any, direction: str, words: Any) -> Iterator[tuple[Any, str, str]]:
    """Substance D's references, from the object map; objects that are not in the map have none."""
    objectmap = find_root(context).__objectmap__
    if getattr(context, "__oid__", None) is None:
        return
    for reftype in objectmap.get_reftypes():
        for oid in list(getattr(objectmap, direction)(context, reftype))[:SHOWN]:
            path = objectmap.path_for(oid)
            if path is not None:
                yield words, str(reftype), "/".join(path) or "/"
