"""Indexing: the registers that list an object, its row and values in each, and what waits to be folded (design.md sect. 6)."""

from typing import Any

from persistent import Persistent
from pyramid.view import view_config

from govrepo.catalog import Standing, standings
from policies.permissions import Permission as P
from views.manage import frame

CLOSED = ("title", "number", "text", "words", "issuer", "signer")
"""Indexes whose values are a document's content: their values are not shown (R-8.3)."""


@view_config(
    context=Persistent,
    name="indexing",
    permission=P.MANAGE_VIEW,
    request_method="GET",
    renderer="views:templates/manage/indexing.pt",
)
def indexing(context: Any, request: Any) -> dict[str, Any]:
    """Each register with a line an index: the value now in the main index, and the one that is coming."""
    found = standings(context, request.registry)
    return frame(request, context, "indexing") | {"registers": [(each, _lines(each)) for each in found]}


def _lines(standing: Standing) -> list[tuple[str, str, str]]:
    names = sorted({*standing.values, *standing.coming})
    return [(name, _shown(name, standing.values), _shown(name, standing.coming)) for name in names]


def _shown(name: str, values: dict[str, Any]) -> str:
    value = values.get(name)
    if value is None:
        return ""
    if any(closed in name for closed in CLOSED):
        return "···"
    return "、".join(map(str, value)) if isinstance(value, tuple | list) else str(value)
