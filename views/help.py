"""The help page (R-40.1, R-41.1): who interprets the rules, since when they are in force, whom to ask."""

from datetime import date
from typing import Any

from pyramid.view import view_config

from content_types.site import Site
from govrepo import rules
from policies.permissions import Permission as P
from policies.scopes import operators

from .i18n import _


@view_config(
    context=Site, name="help", permission=P.SITE_VIEW, request_method="GET", renderer="views:templates/help/page.pt"
)
def page(context: Site, request: Any) -> dict[str, Any]:
    """The interpreting body is the one that runs the system (秘书处)."""
    settings = request.registry.govrepo_settings
    since = rules.value(context, settings, "effective_date")
    return {
        "title": _("帮助"),
        "bodies": [place.title for place in operators(context)],
        "since": date.fromisoformat(since),
    }
