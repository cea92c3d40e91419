"""Workflow: an object's state, and for a chosen person each row of its table from this state, with why or why not."""

from typing import Any

from persistent import Persistent
from pyramid.view import view_config

from policies import explain
from policies.engine import Table, table_of
from policies.permissions import Permission as P
from views.manage import frame
from views.manage.words import one_person


@view_config(
    context=Persistent,
    name="workflow",
    permission=P.MANAGE_VIEW,
    request_method="GET",
    renderer="views:templates/manage/workflow.pt",
)
def workflow(context: Any, request: Any) -> dict[str, Any]:
    """The verdicts are those that the buttons and the acts themselves ask for."""
    words = request.GET.get("person", "")
    person, error = one_person(request.root, words) if words else (request.account, None)
    table = _table(context)
    asked = table is not None and person is not None
    return frame(request, context, "workflow") | {
        "table": table,
        "state": table.states.get(context.state, context.state) if table else None,
        "person": person,
        "verdicts": explain.acts(context, person, request.registry) if asked else (),
        "values": {"person": words},
        "errors": {"person": error} if error else {},
    }


def _table(context: Any) -> Table | None:
    try:
        return table_of(context)
    except LookupError:
        return None
