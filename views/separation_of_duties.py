"""The separation of duties on the screen: the latest nightly report and every rule (SOD-1 to SOD-15)."""

from typing import Any

from pyramid.view import view_config

from content_types.site import Site
from policies import separation_of_duties as policy
from policies.permissions import Permission as P

from .i18n import _
from .permission_change import role_words, scope_words


@view_config(
    context=Site,
    name="separation",
    permission=P.SEPARATION_VIEW,
    request_method="GET",
    renderer="views:templates/separation_of_duties/report.pt",
)
def report(context: Site, _request: Any) -> dict[str, Any]:
    """What the last check found, rule by rule."""
    latest = policy.latest_report(context)
    findings = latest.findings if latest else ()
    return {
        "title": _("职责分离检查"),
        "latest": latest,
        "rows": [_row(each, context) for each in findings],
        "rules": [(name, rule.text, rule.where) for name, rule in policy.RULES.items()],
    }


def _row(finding: Any, root: Any) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "text": policy.RULES[finding.rule].text,
        "person": finding.name or _("（无人）"),
        "role": role_words(finding.role),
        "scope": scope_words(finding.scope, root),
    }


def findings(root: Any) -> int:
    """How many rules were found broken in the last night, for the first page."""
    latest = policy.latest_report(root)
    return len(latest.findings) if latest else 0
