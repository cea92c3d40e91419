"""History: what an object went through; the auditor also reads its journal entries (R-7.1)."""

from typing import Any

from persistent import Persistent
from pyramid.traversal import resource_path
from pyramid.view import view_config

from policies.permissions import Permission as P
from views.manage import frame
from views.manage.journal import life_of

SHOWN = 200


@view_config(
    context=Persistent,
    name="history",
    permission=P.MANAGE_VIEW,
    request_method="GET",
    renderer="views:templates/manage/history.pt",
)
def history(context: Any, request: Any) -> dict[str, Any]:
    """The transitions, newest first, without the words given for them; for the auditor the journal's entries of this object."""
    entries = getattr(context, "history", ())[::-1][:SHOWN]
    records: list[Any] = []
    life = ""
    if request.has_permission(P.JOURNAL_READ):
        found = request.registry.journal.entries(subject=resource_path(context), limit=SHOWN, reverse=True)
        records = list(found)
        life = life_of(request.root, resource_path(context))
    return frame(request, context, "history") | {"entries": entries, "records": records, "life": life}
