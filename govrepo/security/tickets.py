"""The ticket: the signed cookie that says who sends a request.

A ticket names an account and the serial of one of its sessions. It counts only while the account holds that session,
is active, and was used within ``session_minutes``; so logout, suspension (R-39.2) and a change of password work with
the next request (S10). A quiet path (``paths.py``) never renews it. Time is the site's clock.

What others ask: ``request.account``, ``request.identity``, ``ticket_of(request)`` (signature and age only, no
database: for the arrival alert, which compares serials with revoked ones in memory), :func:`actor_of`.
"""

from dataclasses import dataclass
from typing import Any

from pyramid.authentication import AuthTicket, AuthTktCookieHelper
from pyramid.interfaces import IAuthenticationPolicy
from zope.interface import implementer

from govrepo import clock
from govrepo.database import root_factory
from govrepo.security import accounts, certificates, paths
from govrepo.security.acl import ACLAuthorizationPolicy, Authenticated, Everyone
from govrepo.security.sessions import cookie_name

ANONYMOUS = "anonymous"


@dataclass(frozen=True)
class Ticket:
    """What a genuine ticket of the right age says; whether the session still stands is not known yet."""

    account_id: str
    serial: str


@dataclass(frozen=True)
class Identity:
    """Who sends this request, checked against the account: principal, session, account, and the serial of the certificate."""

    person: str
    serial: str
    account: accounts.Account
    certificate: str = ""


def _ticket(*args: Any, **named: Any) -> AuthTicket:
    return AuthTicket(*args, time=clock.now().timestamp(), **named)


class TicketCookies(AuthTktCookieHelper):
    """Pyramid's ticket cookie, dated by the site's clock and sent to this very host only."""

    AuthTicket = staticmethod(_ticket)

    @property
    def now(self) -> float:
        """Seconds since 1970, which Pyramid compares with the ticket's."""
        return clock.now().timestamp()

    def _get_cookies(self, request: Any, value: str | None, max_age: int | None = None) -> Any:  # noqa: ARG002
        """One cookie without a domain: Pyramid would add one for the domain and thereby for all hosts below it."""
        return self.cookie_profile(request).get_headers(value, domains=[None])


@implementer(IAuthenticationPolicy)
class TicketPolicy:
    """Pyramid's view of it: ids and principals of the account a ticket stands for."""

    def __init__(self, settings: Any, key: bytes) -> None:
        self._renewing = self._cookies(settings, key, renew=True)
        self._still = self._cookies(settings, key, renew=False)

    @staticmethod
    def _cookies(settings: Any, key: bytes, renew: bool) -> TicketCookies:
        seconds = settings.session_minutes * 60
        return TicketCookies(
            key.hex(),
            cookie_name=cookie_name("govrepo_ticket", settings.secure_cookies),
            secure=settings.secure_cookies,
            timeout=seconds,
            reissue_time=seconds // 10 if renew else None,
            http_only=True,
            samesite="Strict",
            hashalg="sha512",
        )

    def ticket(self, request: Any) -> Ticket | None:
        """Read the cookie; a genuine one is renewed on the way out, except on a quiet path."""
        cookies = self._still if paths.is_poll(request) else self._renewing
        if not request.cookies.get(cookies.cookie_name, "").isascii():
            return None  # Ours is ASCII; Pyramid's comparison of signatures would fail on anything else.
        found = cookies.identify(request)
        serials = found["tokens"] if found else []
        return Ticket(found["userid"], serials[0]) if len(serials) == 1 else None

    def unauthenticated_userid(self, request: Any) -> str | None:
        """The account id a genuine ticket names."""
        ticket = ticket_of(request)
        return ticket.account_id if ticket else None

    def authenticated_userid(self, request: Any) -> str | None:
        """The account id, if the session stands."""
        return request.identity.account.id if request.identity else None

    def effective_principals(self, request: Any) -> tuple[str, ...]:
        """Everyone; for an open session also its person and what the directory grants at this instant."""
        return request.principals

    def remember(self, request: Any, userid: str, *, serial: str) -> Any:
        """Headers that set a ticket for one session of one account."""
        return self._renewing.remember(request, userid, tokens=(serial,))

    def forget(self, request: Any) -> Any:
        """Headers that delete the ticket."""
        return self._renewing.forget(request)


def ticket_of(request: Any) -> Ticket | None:
    """The request's genuine ticket, without a look at the database."""
    return request.ticket


def actor_of(request: Any) -> str:
    """The principal for the journal; asks nothing of the database, for the transaction may have ended."""
    identity = request.__dict__.get("identity")
    return identity.person if identity else ANONYMOUS


def session_of(request: Any) -> str:
    """The serial of the session for the journal, or nothing."""
    identity = request.__dict__.get("identity")
    return identity.serial if identity else ""


def certificate_of(request: Any) -> str:
    """The serial of the certificate for the journal, or nothing (R-25.1)."""
    identity = request.__dict__.get("identity")
    return identity.certificate if identity else ""


def _read_ticket(request: Any) -> Ticket | None:
    return request.registry.ticket_policy.ticket(request)


def _identity(request: Any) -> Identity | None:
    """Check the ticket against the account; before traversal there is no root, and everybody is anonymous."""
    ticket = ticket_of(request)
    if ticket is None or getattr(request, "root", None) is None:
        return None
    # A route may have a root of its own; the accounts stand in the site.
    root = root_factory(request)
    account = request.registry.accounts.by_id(root, ticket.account_id)
    if account is None or account.status != accounts.ACTIVE:
        return None
    if not certificates.stands(request.registry, root, account, ticket.serial):
        return None
    if not certificates.is_shown(request, account, ticket.serial):
        return None
    certificate = certificates.certificate_of(account, ticket.serial)
    return Identity(accounts.person(account), ticket.serial, account, certificate)


def _account(request: Any) -> accounts.Account | None:
    return request.identity.account if request.identity else None


def _principals(request: Any) -> tuple[str, ...]:
    if request.identity is None:
        return (Everyone,)
    granted = request.registry.accounts.principals(request.identity.account, clock.now())
    return (Everyone, Authenticated, request.identity.person, *granted)


class AnonymousPredicate:
    """View predicate ``anonymous=True``: nobody is logged in."""

    def __init__(self, wanted: bool, _config: Any) -> None:
        self.wanted = wanted

    def text(self) -> str:
        """How Pyramid names the predicate."""
        return f"anonymous = {self.wanted}"

    phash = text

    def __call__(self, _context: Any, request: Any) -> bool:
        """Whether the request is as wanted."""
        return (request.identity is None) == self.wanted


def includeme(config: Any) -> None:
    """Set both policies and the request's properties."""
    registry = config.registry
    registry.ticket_policy = TicketPolicy(registry.govrepo_settings, registry.secrets.key("ticket"))
    config.set_authorization_policy(ACLAuthorizationPolicy())
    config.set_authentication_policy(registry.ticket_policy)
    config.add_request_method(_read_ticket, "ticket", reify=True)
    config.add_request_method(_identity, "identity", reify=True)
    config.add_request_method(_account, "account", reify=True)
    config.add_request_method(_principals, "principals", reify=True)
    config.add_view_predicate("anonymous", AnonymousPredicate)
