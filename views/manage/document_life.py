"""The auditor's desk: a document's whole life on one time line, across all boxes (R-7.1). Neither its title nor its content is shown."""

from typing import Any
from urllib.parse import urlencode

from pyramid.httpexceptions import HTTPNotFound
from pyramid.view import view_config

from content_types.site import Site
from policies import document_life as policy
from policies.permissions import Permission as P
from views.i18n import _
from views.manage import CRUMBS
from views.manage.journal import row


@view_config(
    context=Site,
    name="document_life",
    permission=P.JOURNAL_READ,
    request_method="GET",
    renderer="views:templates/manage/document_life.pt",
)
def page(context: Site, request: Any) -> dict[str, Any]:
    """The document to which the object at ``path`` belongs: dispatch, delivery, assignment or register entry."""
    dispatch = policy.dispatch_of(context, request.GET.get("path", ""))
    if dispatch is None:
        raise HTTPNotFound
    document = dispatch.document
    found = policy.entries(context, request.registry.journal, dispatch)
    return {
        "title": _("公文全程"),
        "crumbs": [*CRUMBS, (_("审计日志"), "/@@journal")],
        "active_area": "",
        "ask": f"/content_ask?{urlencode({'path': request.GET['path']})}"
        if request.has_permission(P.RELEASE_ASK)
        else "",
        "facts": [
            (_("文号"), document.number or "—"),
            (_("公文标识"), document.uid),
            (_("版本摘要（SHA-256）"), document.digest()),
        ],
        "files": [(file.uid, file.sha256) for file in document.files],
        "rows": [row(context, record) for record in found],
        "most": policy.MOST,
        "picks": [record.seq for record in found if record.committed],
        "may_prove": request.has_permission(P.EVIDENCE_MAKE),
    }
