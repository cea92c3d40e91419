"""The browser session: a small signed JSON cookie for form tokens and flash messages.

It says nothing about who somebody is (that is the ticket's part) and holds nothing big: a selection of rows is sent
with the form that acts on it. JSON, because a pickle in a cookie runs code if the key is ever lost (S9).
"""

from typing import Any

from pyramid.session import JSONSerializer, SignedCookieSessionFactory


def cookie_name(name: str, secure: bool) -> str:
    """Over TLS, a name that browsers accept only from this host, for all its paths and with Secure set."""
    return f"__Host-{name}" if secure else name


def session_factory(settings: Any, key: bytes) -> Any:
    """Pyramid's signed cookie session with every protection switched on."""
    seconds = settings.session_minutes * 60
    return SignedCookieSessionFactory(
        key,
        cookie_name=cookie_name("govrepo_session", settings.secure_cookies),
        secure=settings.secure_cookies,
        httponly=True,
        samesite="Strict",
        timeout=seconds,
        reissue_time=seconds // 10,
        hashalg="sha512",
        serializer=JSONSerializer(),
    )


def includeme(config: Any) -> None:
    """Set the session factory."""
    registry = config.registry
    config.set_session_factory(session_factory(registry.govrepo_settings, registry.secrets.key("session")))
