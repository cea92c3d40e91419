"""The versions of a draft (历次文稿, domain.md 4.5): the list, the comparison of any two, and taking an old one back (5.1)."""

from typing import Any

from pyramid.httpexceptions import HTTPBadRequest, HTTPNotFound
from pyramid.view import view_config

from content_types.outgoing_document import OutgoingDocument
from content_types.production import Version
from govrepo.i18n import plain
from policies import drafting
from policies import text_versions as policy
from policies.engine import may
from policies.permissions import Permission as P

from .acts import attempt, done, url
from .i18n import _

PAGE = "views:templates/text_versions/page.pt"


@view_config(context=OutgoingDocument, name="versions", permission=P.DOCUMENT_READ, request_method="GET", renderer=PAGE)
def page(context: OutgoingDocument, request: Any) -> dict[str, Any]:
    """The versions, and what differs between two: those asked for, else the newest and the one before."""
    versions = policy.versions_of(context)
    request.registry.viewings.show(context, context, context.files, request.actor)
    old, new = _asked(context, request, versions)
    return {
        "title": _("历次文稿"),
        "crumbs": [
            (context.box.title, url(context.box, "drafts")),
            (context.title or _("（未填标题）"), url(context, "")),
        ],
        "document": context,
        "here": url(context),
        "versions": versions,
        "old": old,
        "new": new,
        "comparison": policy.compare(old or policy.Text("", ""), new) if new else None,
        "held": drafting.holding(context),
        "saves": drafting.saves(context),
        "may_edit": may(context, "edit", request.actor).allowed,
    }


def _asked(
    document: OutgoingDocument, request: Any, versions: tuple[Version, ...]
) -> tuple[Version | None, Version | None]:
    """The older and the newer of the two versions to compare; HTTPNotFound for one that is not there."""
    if not versions:
        return None, None
    newest = versions[0].number
    new = _version(document, request.GET.get("new", str(newest)))
    old_number = request.GET.get("old", str(new.number - 1))
    return (None if old_number == "0" else _version(document, old_number)), new


def _version(document: OutgoingDocument, text: str) -> Version:
    number = int(text) if text.isdecimal() and text.isascii() and len(text) < 7 else 0
    found = policy.version(document, number)
    if found is None:
        raise HTTPNotFound
    return found


@view_config(
    context=OutgoingDocument, name="take_back", permission=P.DOCUMENT_DRAFT, request_method="POST", renderer=PAGE
)
def take_back(context: OutgoingDocument, request: Any) -> Any:
    """Make the text of an old version the newest one; what stood there stays a version."""
    began = request.POST.get("began", "")
    found = _version(context, request.POST.get("version", ""))
    if not began.isdecimal():
        raise HTTPBadRequest
    note = plain(_("取回第${number}稿", mapping={"number": found.number}))
    errors = attempt(request, context, "edit", values=policy.brought_back(found), began=int(began), note=note)
    if errors:
        return page(context, request) | {"errors": errors}
    return done(request, _("已取回第${number}稿。", mapping={"number": found.number}), url(context, "edit"))
