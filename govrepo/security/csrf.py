"""Form tokens: required of every request that may change something, and bound to the session they were given to.

The token lies in the signed session cookie under a name that contains the ticket's serial. So a token from before the
login, or one planted from somebody else's session cookie, is not found, and every login has a fresh one (S7, S11).
Besides, a browser that says where a request comes from must say: from here.
"""

import hmac
import secrets
from typing import Any

from pyramid.interfaces import ICSRFStoragePolicy
from zope.interface import implementer

from govrepo.security.tickets import ticket_of

FIELD = "csrf_token"
HEADER = "X-CSRF-Token"


@implementer(ICSRFStoragePolicy)
class SessionTokens:
    """Keeps one token per login session in the browser session."""

    def new_csrf_token(self, request: Any) -> str:
        """Make and keep a new token."""
        token = secrets.token_hex(32)
        request.session[_place(request)] = token
        return token

    def get_csrf_token(self, request: Any) -> str:
        """The token for this session, made on first need."""
        return request.session.get(_place(request)) or self.new_csrf_token(request)

    def check_csrf_token(self, request: Any, supplied: Any) -> bool:
        """Whether the supplied token is this session's and the request comes from our own pages."""
        expected = request.session.get(_place(request), "")
        if not isinstance(supplied, str) or not expected:
            return False
        return comes_from_here(request) and hmac.compare_digest(expected.encode(), supplied.encode(errors="replace"))


def comes_from_here(request: Any) -> bool:
    """Whether the browser's own word (Origin, Sec-Fetch-Site), if it gives any, names this site."""
    origin = request.headers.get("Origin", request.host_url)
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    return bool(origin == request.host_url and site in {"same-origin", "none"})


def _place(request: Any) -> str:
    ticket = ticket_of(request)
    return f"csrf.{ticket.serial}" if ticket else "csrf"


def includeme(config: Any) -> None:
    """Require the token everywhere; a view that wants an exception must say so in its own declaration."""
    config.set_csrf_storage_policy(SessionTokens())
    config.set_default_csrf_options(require_csrf=True, token=FIELD, header=HEADER)
