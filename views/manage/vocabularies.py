"""The coded lists: shown with both languages and their periods; terms are added to those the domain leaves open."""

from typing import Any

from pyramid.httpexceptions import HTTPBadRequest
from pyramid.i18n import make_localizer
from pyramid.interfaces import ITranslationDirectories
from pyramid.view import view_config

from content_types.site import Site
from govrepo import clock
from govrepo.vocabulary import Term, Vocabulary, terms
from policies import vocabulary as policy
from policies.engine import Refused
from policies.permissions import Permission as P
from views.acts import done, mend
from views.i18n import _
from views.manage import site_page

TEMPLATE = "views:templates/manage/vocabularies.pt"


@view_config(context=Site, name="vocabularies", permission=P.MANAGE_VIEW, request_method="GET", renderer=TEMPLATE)
def page(context: Site, request: Any) -> dict[str, Any]:
    """Every list."""
    return _page(context, request)


@view_config(
    context=Site, name="vocabularies", permission=P.VOCABULARY_CHANGE, request_method="POST", renderer=TEMPLATE
)
def change(context: Site, request: Any) -> Any:
    """Add a term, or end an added one."""
    post = request.POST
    listed = request.registry.govrepo_vocabularies.get(post.get("vocabulary", ""))
    if listed is None or post.get("act") not in ("add", "end"):
        raise HTTPBadRequest
    code = post.get("code", "").strip()
    if post["act"] == "end":
        policy.end(context, listed, code, request.actor)
        return done(request, _("词条已停用；以前选过的仍照常显示。"), "/@@vocabularies")
    try:
        policy.add(context, listed, code, post.get("zh", ""), post.get("en", ""), request.actor)
    except Refused as refused:
        return _page(context, request, listed.name, mend(request, refused))
    return done(request, _("词条已增补，即时可用。"), "/@@vocabularies")


def _page(root: Site, request: Any, mended: str = "", errors: dict[str, str] | None = None) -> dict[str, Any]:
    english = make_localizer("en", request.registry.getUtility(ITranslationDirectories))
    shown = [_list(root, listed, english) for listed in request.registry.govrepo_vocabularies.values()]
    may_change = request.has_permission(P.VOCABULARY_CHANGE)
    return site_page(
        _("词表"), lists=shown, may_change=may_change, mended=mended, errors=errors or {}, values=dict(request.POST)
    )


def _list(root: Site, listed: Vocabulary, english: Any) -> dict[str, Any]:
    lines = [_line(term, listed, english) for term in terms(root, listed)]
    return {"listed": listed, "lines": lines, "ended": sum(not line["counts"] for line in lines)}


def _line(term: Term, listed: Vocabulary, english: Any) -> dict[str, Any]:
    """A line with the English label: an added term brings it, a declared one's stands in the catalogue."""
    declared = term.code in listed.terms
    words = english.translate(term.zh, domain="govrepo") if declared else term.en
    return {"en": words, "term": term, "declared": declared, "counts": term.counts(clock.now())}
