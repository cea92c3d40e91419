"""Logging in by certificate: the page that lets the browser sign, takes a signature made elsewhere, or uses nginx's connection.

What happens is decided in ``govrepo.security.certificate_login``.
"""

from typing import Any

from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther
from pyramid.response import Response

from govrepo import clock
from govrepo.security import certificate_login, paths, proxy
from govrepo.security.acl import NO_PERMISSION_REQUIRED
from govrepo.security.certificates import CertificateRequiredError
from govrepo.trust.challenge import LOGIN, challenge
from govrepo.trust.envelope import LARGEST

from .login import WAIT, bare_page, field, own_path

FILE = "govrepo-login.txt"


def form(request: Any) -> Any:
    """GET: the page. Who is logged in with a password may go on to the certificate (SOD-14)."""
    came_from = own_path(request.GET.get("came_from", ""))
    _require_on(request)
    if request.identity is not None and request.identity.certificate:
        return HTTPSeeOther(came_from)
    return _show(request, came_from)


def log_in(request: Any) -> Any:
    """POST: open a session and go on to where the visitor wanted; otherwise the page again, 401 or 429."""
    came_from = own_path(field(request, "came_from"))
    if _require_on(request) == proxy.PROXY:
        attempt = certificate_login.log_in_over_tls(request)
    else:
        attempt = certificate_login.log_in_with_signature(request, _signed(request))
    if attempt.headers is not None:
        return HTTPSeeOther(came_from, headers=attempt.headers)
    return _show(request, came_from, attempt)


def new_challenge(request: Any) -> Response:
    """GET: a text to sign, as a file."""
    if _require_on(request) != proxy.CHALLENGE:
        raise HTTPNotFound
    text = challenge(request.registry, request.host_url, LOGIN, clock.now())
    answer = Response(text, content_type="text/plain", charset="utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{FILE}"'
    return answer


def required(error: CertificateRequiredError, request: Any) -> Any:
    """403: a password alone is not enough (SOD-14); the page shows nothing of what waits inside."""
    return bare_page(request, "required", {"reasons": error.reasons}, None, 403)


def _require_on(request: Any) -> str:
    """How certificates log in here; 404 where they do not."""
    mode = proxy.mode(request.registry.govrepo_settings)
    if mode == proxy.OFF:
        raise HTTPNotFound
    return mode


def _signed(request: Any) -> str:
    """What was pasted, else the file that was chosen."""
    pasted = field(request, "signed")
    upload = request.POST.get("signed_file")
    if pasted.strip() or not hasattr(upload, "file"):
        return pasted
    content: bytes = upload.file.read(LARGEST)
    return content.decode("ascii", errors="replace")


def _show(request: Any, came_from: str, attempt: Any = None) -> Any:
    problem = None
    if attempt is not None:
        problem = WAIT % {"seconds": attempt.wait} if attempt.wait else certificate_login.WORDS[attempt.problem]
    values = {
        "came_from": came_from,
        "problem": problem,
        "over_tls": proxy.mode(request.registry.govrepo_settings) == proxy.PROXY,
        "challenge_address": paths.CHALLENGE,
    }
    return bare_page(request, "certificate", values, attempt, 401 if problem else 200)


def includeme(config: Any) -> None:
    """Register the page, the text to sign, and the answer to a password where a certificate is needed."""
    config.add_exception_view(required, context=CertificateRequiredError)
    config.add_route("certificate_login", paths.CERTIFICATE)
    open_to_all = {"route_name": "certificate_login", "permission": NO_PERMISSION_REQUIRED}
    config.add_view(form, request_method="GET", **open_to_all)
    config.add_view(log_in, request_method="POST", files=("signed_file",), **open_to_all)
    config.add_route("login_challenge", paths.CHALLENGE)
    config.add_view(
        new_challenge, route_name="login_challenge", request_method="GET", permission=NO_PERMISSION_REQUIRED
    )
