"""What anybody needs to verify our certificates: the authorities' certificates and the lists of revoked ones (R-9.3), in DER."""

from typing import Any

from cryptography.hazmat.primitives.serialization import Encoding
from pyramid.httpexceptions import HTTPNotFound
from pyramid.response import Response

from govrepo.security.acl import NO_PERMISSION_REQUIRED
from govrepo.trust.authorities import ROOT, SEALS, TITLES, USERS
from govrepo.trust.data import own_crl

PATH = "/trust"


def certificate(request: Any) -> Response:
    """GET /trust/root.cer, users.cer, seals.cer, tsa.cer."""
    authorities, name = request.registry.authorities, request.matchdict["name"]
    if authorities is None or name not in TITLES:
        raise HTTPNotFound
    return _file(authorities.certificate(name).public_bytes(Encoding.DER), "application/pkix-cert")


def crl(request: Any) -> Response:
    """GET /trust/users.crl, seals.crl and root.crl."""
    authorities, name = request.registry.authorities, request.matchdict["name"]
    if authorities is None or name not in {USERS, SEALS, ROOT}:
        raise HTTPNotFound
    newest = authorities.root_crl if name == ROOT else own_crl(request.root, request.registry, name)
    if newest is None:
        raise HTTPNotFound
    return _file(newest, "application/pkix-crl")


def _file(content: bytes, kind: str) -> Response:
    return Response(content, content_type=kind, charset=None)


def includeme(config: Any) -> None:
    """Register the addresses; they need no login and no certificate."""
    for name, pattern, view in (("trust_certificate", "{name}.cer", certificate), ("trust_crl", "{name}.crl", crl)):
        config.add_route(name, f"{PATH}/{pattern}")
        config.add_view(view, route_name=name, request_method="GET", permission=NO_PERMISSION_REQUIRED)
    config.add_uncertified_path(PATH)
