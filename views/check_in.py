"""Check-in of the half-day (查收, R-20.1): the POST, and the list of what is missing."""

from datetime import timedelta
from typing import Any

from pyramid.httpexceptions import HTTPNoContent
from pyramid.view import view_config

from content_types.check_in import HalfDay
from content_types.exchange_box import ExchangeBox
from govrepo import clock
from policies import check_in as policy
from policies.permissions import Permission as P

from .acts import done, url
from .i18n import _

HALF_WORDS = {HalfDay.MORNING: _("上午"), HalfDay.AFTERNOON: _("下午")}
SHOWN_DAYS = 30


@view_config(context=ExchangeBox, name="check_in", permission=P.BOX_VIEW, request_method="POST")
def check_in(context: ExchangeBox, request: Any) -> Any:
    """Record that the receiver looked into the box in this half-day; the page's own script gets no page for it."""
    first = policy.check_in(context, request.actor)
    if request.is_xhr:
        return HTTPNoContent()
    message = _("本半日查收已登记。") if first else _("本半日已经查收过。")
    return done(request, message, url(context, "waiting"))


@view_config(
    context=ExchangeBox,
    name="check_ins",
    permission=P.BOX_VIEW,
    request_method="GET",
    renderer="views:templates/exchange_box/check_ins.pt",
)
def check_ins(context: ExchangeBox, request: Any) -> dict[str, Any]:
    """The check-ins of the last days, and the working half-days without one (查收情况, domain.md part 6)."""
    request.box_folder = (context, "waiting")
    first = max(clock.today() - timedelta(days=SHOWN_DAYS), clock.local(context.created).date())
    missing = policy.missing(context, first, request.registry.govrepo_settings)
    recorded = [
        (name[:10], HALF_WORDS[HalfDay(name[10:])], entry) for name, entry in context.check_ins.items(first.isoformat())
    ]
    return {
        "title": _("查收情况"),
        "crumbs": [(context.title, url(context, "waiting"))],
        "box": context,
        "first": first,
        "missing": [(day, HALF_WORDS[half]) for day, half in reversed(missing)],
        "recorded": recorded[::-1],
    }
