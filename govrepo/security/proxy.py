"""The certificate that nginx hands on (setting ``certificate_login = proxy``), and that nobody else can.

nginx proves that the browser holds the key (TLS) and passes the certificate in a header; whether it counts is checked here, never there
(``ssl_verify_client optional_no_ca``). The header is believed only beside the secret that nginx and this site share. In every mode these
headers are taken off the request, so nothing behind this tween can believe them by mistake. A WSGI server makes one name of
``X-SSL-Client-Cert`` and ``X_SSL_Client_Cert``; the secret guards both.
"""

import hmac
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from govrepo.security.headers import Handler

KEY = "govrepo.client_certificate"
SECRET_HEADER = "HTTP_X_PROXY_AUTH"  # noqa: S105 - A header's name.
CERTIFICATE_HEADER = "HTTP_X_SSL_CLIENT_CERT"
PREFIX = "HTTP_X_SSL_"
SHORTEST = 32
"""Characters of the shortest secret that is accepted."""

OFF, CHALLENGE, PROXY = "off", "challenge", "proxy"
MODES = (OFF, CHALLENGE, PROXY)


def proxy_tween(handler: Handler, registry: Any) -> Handler:
    """Tween factory: keep the certificate of a trusted proxy as ``environ[KEY]`` (PEM), and drop its headers."""
    secret = shared_secret(registry.govrepo_settings)

    def tween(request: Any) -> Any:
        environ = request.environ
        # pyramid_retry comes here again with what the first attempt has left.
        environ.setdefault(KEY, _handed_on(environ, secret))
        for name in [name for name in environ if name.startswith(PREFIX) or name == SECRET_HEADER]:
            del environ[name]
        return handler(request)

    return tween


def presented(request: Any) -> bytes:
    """The certificate that a trusted proxy has handed on, PEM; empty without one."""
    found: bytes = request.environ.get(KEY, b"")
    return found


def mode(settings: Any) -> str:
    """How certificates log in: ``off``, ``challenge`` or ``proxy``. Raises ValueError that names the setting."""
    if settings.certificate_login not in MODES:
        raise ValueError(f"govrepo.certificate_login: expected one of {', '.join(MODES)}")
    if settings.certificate_required and settings.certificate_login == OFF:
        raise ValueError("govrepo.certificate_required: nobody could log in with certificate_login = off")
    return str(settings.certificate_login)


def shared_secret(settings: Any) -> bytes:
    """The secret nginx must show; empty in every mode but ``proxy``. Raises OSError or ValueError for an unusable file."""
    if mode(settings) != PROXY:
        return b""
    secret = Path(settings.path("proxy_secret_file")).read_bytes().strip()
    if len(secret) < SHORTEST:
        raise ValueError(f"govrepo.proxy_secret_file: the secret has fewer than {SHORTEST} characters")
    return secret


def _handed_on(environ: dict[str, Any], secret: bytes) -> bytes:
    shown = environ.get(SECRET_HEADER, "").encode("latin-1")
    if not secret or not hmac.compare_digest(shown, secret):
        return b""
    return unquote(environ.get(CERTIFICATE_HEADER, "")).encode(errors="replace")


def includeme(config: Any) -> None:
    """Put the tween just inside the headers, before anything looks at the request."""
    config.add_tween(
        "govrepo.security.proxy.proxy_tween",
        under="govrepo.security.headers.headers_tween",
        over="govrepo.security.urlspace.urlspace_tween",
    )
