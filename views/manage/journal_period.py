"""The auditor's page of sealed periods of the journal (R-7.2): what is sealed and where it lies, sealing the present one."""

from typing import Any

from pyramid.view import view_config

from content_types.site import Site
from govrepo import clock
from govrepo.journal.segments import Segment
from policies import journal_period as policy
from policies.engine import Refused
from policies.permissions import Permission as P
from views.acts import done, mend
from views.i18n import _
from views.manage import CRUMBS, site_page

TEMPLATE = "views:templates/manage/journal_period.pt"


@view_config(context=Site, name="journal_periods", permission=P.JOURNAL_READ, request_method="GET", renderer=TEMPLATE)
def page(context: Site, request: Any) -> dict[str, Any]:
    """The periods, the newest first."""
    return _page(context, request)


@view_config(context=Site, name="journal_periods", permission=P.JOURNAL_SEAL, request_method="POST", renderer=TEMPLATE)
def seal(context: Site, request: Any) -> Any:
    """Ask for the present period to be sealed."""
    try:
        policy.ask(context, request.POST.get("note", ""), request.actor)
    except Refused as refused:
        return _page(context, request, mend(request, refused))
    return done(request, _("已排入工作队列，封存后列在这里。"), "/@@journal_periods")


def _page(_root: Site, request: Any, errors: dict[str, str] | None = None) -> dict[str, Any]:
    journal = request.registry.journal
    periods, missing = journal.segments(), set(journal.missing())
    return site_page(
        _("封存期间"),
        crumbs=[*CRUMBS, (_("审计日志"), "/@@journal")],
        rows=[_row(journal, each, name, name in missing) for each, name in zip(periods, journal.files(), strict=True)][
            ::-1
        ],
        missing=len(missing),
        asked=policy.asked(request.registry),
        entries=journal.head().seq - (periods[-1].last if periods else -1),
        may_seal=request.has_permission(P.JOURNAL_SEAL),
        errors=errors or {},
        values=dict(request.POST),
    )


def _row(journal: Any, each: Segment, name: str, missing: bool) -> dict[str, Any]:
    return {
        "period": each,
        "note": _note(journal, each),
        "began": clock.from_micros(each.began),
        "ended": clock.from_micros(each.ended),
        "file": name,
        "missing": missing,
    }


def _note(journal: Any, each: Segment) -> str:
    """What the auditor called it; nothing where its file is elsewhere."""
    found = journal.entries(
        action=policy.ACTION, result="allowed", after=each.first - 1, before=each.size, reverse=True, limit=1
    )
    return next((record.entry.reason for record in found), "")
