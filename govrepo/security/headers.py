"""The outermost tween: protective headers on every answer, and a plain answer where everything else failed.

A view may set a header itself, for instance a stricter policy on a download; what it did not set is set here.
"""

import logging
from collections.abc import Callable, Mapping
from typing import Any

from pyramid.interfaces import IRequest
from pyramid.response import Response
from pyramid.tweens import INGRESS
from pyramid_retry import is_error_retryable

from govrepo.security import paths

logger = logging.getLogger(__name__)

ALWAYS: Mapping[str, str] = {
    "Content-Security-Policy": (
        "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), display-capture=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
OVER_TLS: Mapping[str, str] = {"Strict-Transport-Security": "max-age=31536000"}
# Everything but static files depends on who asks, so neither a browser nor a proxy may keep it.
PERSONAL: Mapping[str, str] = {"Cache-Control": "no-store"}

Handler = Callable[[IRequest], Any]


def headers_tween(handler: Handler, registry: Any) -> Handler:
    """Tween factory: set what is missing."""
    always = {**ALWAYS, **(OVER_TLS if registry.govrepo_settings.secure_cookies else {})}

    def tween(request: Any) -> Any:
        response = _answer(handler, request)
        wanted = always if paths.is_public(request) else {**always, **PERSONAL}
        for name, value in wanted.items():
            response.headers.setdefault(name, value)
        return response

    return tween


def _answer(handler: Handler, request: Any) -> Any:
    """The answer of the site; an error without any is logged and answered without a word about its cause."""
    try:
        return handler(request)
    except Exception as error:
        if is_error_retryable(request, error):
            raise
        logger.exception("unanswered error at %r", paths.path_of(request))
        return Response(
            "服务器出错，请稍后再试。 / Server error.", status=500, content_type="text/plain", charset="utf-8"
        )


def includeme(config: Any) -> None:
    """Put the tween outermost."""
    config.add_tween("govrepo.security.headers.headers_tween", under=INGRESS)
