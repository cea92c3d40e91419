"""The security officer's page of outside authorities (外部CA): whom the site trusts, with which lists, importing and ending (R-26.1)."""

from typing import Any

from pyramid.httpexceptions import HTTPBadRequest, HTTPNotFound
from pyramid.view import view_config

from content_types.site import Site
from policies import outside_authority as policy
from policies.engine import Refused
from policies.permissions import Permission as P

from .acts import done, mend
from .certificate import file_of
from .i18n import _

PATH = "/authorities"
FILES = ("file", "crl")


@view_config(
    context=Site,
    name="authorities",
    permission=P.CERTIFICATE_KEEP,
    request_method=("GET", "POST"),
    files=FILES,
    renderer="views:templates/outside_authority/page.pt",
)
def page(context: Site, request: Any) -> Any:
    """The list, and the POST of one of its three forms."""
    errors: dict[str, Any] = {}
    if request.method == "POST":
        act = ACTS.get(request.POST.get("act", ""))
        if act is None:
            raise HTTPBadRequest
        try:
            act(context, request)
            return done(request, _("已办理。"), PATH)
        except Refused as refused:
            errors = mend(request, refused)
    return {
        "title": _("外部CA"),
        "rows": policy.authorities(context, request.registry),
        "values": {name: value for name, value in request.POST.items() if isinstance(value, str)},
        "errors": errors,
    }


def _trust(root: Site, request: Any) -> None:
    typed, basis = request.POST.get("fingerprint", ""), request.POST.get("basis", "")
    policy.trust(root, file_of(request, "file"), typed, basis, request.actor)


def _take_list(root: Site, request: Any) -> None:
    field = request.POST.get("crl")
    policy.take_list(root, field.file.read(policy.LARGEST_LIST + 1) if hasattr(field, "file") else b"", request.actor)


def _end(root: Site, request: Any) -> None:
    try:
        policy.end_trust(root, request.POST.get("authority", ""), request.POST.get("reason", ""), request.actor)
    except KeyError as error:
        raise HTTPNotFound from error


ACTS = {"trust": _trust, "take_list": _take_list, "end": _end}
