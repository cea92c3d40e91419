"""Signing an act with the person's certificate: the text beforehand, for the browser's key or for ``govrepo-sign`` (R-25.1).

The button of a signed act leads to the page ``sign``, which works without scripts: texts to take away, signatures to bring back.
``static/js/signing.js`` goes before it: it asks ``prepare``, shows the texts, signs with the key of this browser and sends the form.
"""

from typing import Any

from pyramid.httpexceptions import HTTPBadRequest, HTTPNotFound
from pyramid.response import Response
from pyramid.view import view_config

from content_types.countersignature import Countersignature
from content_types.delivery import Delivery
from content_types.dispatch import Dispatch
from content_types.evidence_package import EvidencePackage
from content_types.exchange_box import ExchangeBox
from content_types.finding import Finding
from content_types.journal_gap import JournalGap
from content_types.outgoing_document import OutgoingDocument
from content_types.permission_change import PermissionChange
from content_types.seal import Seal
from content_types.site import Site
from govrepo import clock
from govrepo.trust.attestation import LIFETIME, Prepared
from policies import engine
from policies.permissions import Permission as P

from .acts import url
from .exchange_box import selected
from .i18n import _

TEMPLATES = "views:templates/signing/"
OWN_FIELDS = ("act", "csrf_token", "selected", "signed")
"""Fields of the page itself; what else was typed for the act goes along with the signatures."""


def _prepared(context: Any, request: Any) -> list[Prepared]:
    """A text for the object, or for each delivery ticked in a box; raises HTTPBadRequest for an act that is never signed."""
    chosen = selected(context, request.POST.getall("selected")) if isinstance(context, ExchangeBox) else [context]
    if not chosen:
        raise HTTPBadRequest
    try:
        return [engine.prepare(each, request.POST.get("act", ""), request.actor) for each in chosen]
    except KeyError as error:
        raise HTTPBadRequest from error


@view_config(context=ExchangeBox, name="prepare", permission=P.BOX_VIEW, request_method="POST", renderer="json")
@view_config(context=Delivery, name="prepare", permission=P.BOX_VIEW, request_method="POST", renderer="json")
@view_config(context=Dispatch, name="prepare", permission=P.DISPATCH_READ, request_method="POST", renderer="json")
@view_config(context=PermissionChange, name="prepare", permission=P.CHANGE_READ, request_method="POST", renderer="json")
@view_config(
    context=Countersignature, name="prepare", permission=P.CHECKPOINT_READ, request_method="POST", renderer="json"
)
@view_config(context=JournalGap, name="prepare", permission=P.GAP_READ, request_method="POST", renderer="json")
@view_config(
    context=EvidencePackage, name="prepare", permission=P.EVIDENCE_READ, request_method="POST", renderer="json"
)
@view_config(context=Seal, name="prepare", permission=P.SEAL_READ, request_method="POST", renderer="json")
@view_config(context=Finding, name="prepare", permission=P.FINDING_READ, request_method="POST", renderer="json")
@view_config(
    context=OutgoingDocument, name="prepare", permission=P.DOCUMENT_VIEW, request_method="POST", renderer="json"
)
def prepare(context: Any, request: Any) -> dict[str, Any]:
    """The texts to sign, for the browser."""
    return {"texts": [{"nonce": each.nonce, "text": each.text} for each in _prepared(context, request)]}


@view_config(
    context=ExchangeBox, name="sign", permission=P.BOX_VIEW, request_method="POST", renderer=TEMPLATES + "sign.pt"
)
@view_config(
    context=Delivery, name="sign", permission=P.BOX_VIEW, request_method="POST", renderer=TEMPLATES + "sign.pt"
)
@view_config(
    context=Dispatch, name="sign", permission=P.DISPATCH_READ, request_method="POST", renderer=TEMPLATES + "sign.pt"
)
@view_config(
    context=PermissionChange,
    name="sign",
    permission=P.CHANGE_READ,
    request_method="POST",
    renderer=TEMPLATES + "sign.pt",
)
@view_config(
    context=Countersignature,
    name="sign",
    permission=P.CHECKPOINT_READ,
    request_method="POST",
    renderer=TEMPLATES + "sign.pt",
)
@view_config(
    context=JournalGap, name="sign", permission=P.GAP_READ, request_method="POST", renderer=TEMPLATES + "sign.pt"
)
@view_config(
    context=EvidencePackage,
    name="sign",
    permission=P.EVIDENCE_READ,
    request_method="POST",
    renderer=TEMPLATES + "sign.pt",
)
@view_config(context=Seal, name="sign", permission=P.SEAL_READ, request_method="POST", renderer=TEMPLATES + "sign.pt")
@view_config(
    context=Finding, name="sign", permission=P.FINDING_READ, request_method="POST", renderer=TEMPLATES + "sign.pt"
)
@view_config(
    context=OutgoingDocument,
    name="sign",
    permission=P.DOCUMENT_VIEW,
    request_method="POST",
    renderer=TEMPLATES + "sign.pt",
)
def sign(context: Any, request: Any) -> dict[str, Any]:
    """The texts to take to ``govrepo-sign``, and where their signatures are brought back."""
    texts = _prepared(context, request)
    back = url(context, "waiting") if isinstance(context, ExchangeBox) else url(context, "")
    return {
        "title": _("离线签名"),
        "crumbs": [(context.title, back)],
        "action": url(context, "act"),
        "act": request.POST["act"],
        "texts": texts,
        "expires": texts[0].expires,
        "minutes": LIFETIME.seconds // 60,
        "back": back,
        "kept": [
            (name, value) for name, value in request.POST.items() if name not in OWN_FIELDS and isinstance(value, str)
        ],
    }


@view_config(context=Site, name="to_sign", permission=P.SITE_VIEW, request_method="GET")
def text(_context: Site, request: Any) -> Response:
    """A text that waits for my signature, as a file; 404 for any other."""
    waiting = request.account.to_sign or {}
    prepared = waiting.get(request.GET.get("nonce", ""))
    if prepared is None or not clock.now() < prepared.expires:
        raise HTTPNotFound
    disposition = f'attachment; filename="govrepo-{prepared.uid}.txt"'
    words = prepared.text.encode()
    return Response(words, content_type="text/plain", charset="utf-8", content_disposition=disposition)
