"""Which paths need no account, no journal, or must not prolong a session.

``config.add_quiet_path("/pulse")`` declares a path that browsers poll by themselves: asking it never reissues a
ticket, so an unattended desk still times out.
"""

from typing import Any

LOGIN = "/login"
LOGOUT = "/logout"
PASSWORD = "/password"  # noqa: S105 - A path, no password.
LANGUAGE = "/language"
CERTIFICATE = "/login/certificate"
CHALLENGE = "/login/challenge"

PUBLIC_PREFIXES = ("/static/", "/favicon.ico")
READING = frozenset({"GET", "HEAD", "OPTIONS"})


def path_of(request: Any) -> str:
    """The path as the server took it, not decoded: it may hold octets that are no text."""
    return str(request.environ.get("PATH_INFO", ""))


def is_public(request: Any) -> bool:
    """Whether a request asks for a static file, which is the same for everybody."""
    return path_of(request).startswith(PUBLIC_PREFIXES)


def is_quiet(request: Any) -> bool:
    """Whether a request is a browser's own poll, which must not keep a session alive."""
    return any(_within(path_of(request), path) for path in request.registry.quiet_paths)


def is_poll(request: Any) -> bool:
    """Whether a page refreshes a part of itself (``X-Poll: yes``): that must not keep a session alive either.

    A client that sends the header without need only lets its own session end sooner.
    """
    return is_quiet(request) or request.headers.get("X-Poll") == "yes"


def is_reading(request: Any) -> bool:
    """Whether the method is one that must not change anything."""
    return request.method in READING


def needs_journal(request: Any) -> bool:
    """Whether the journal must be writable before this is answered: all but static files, polls and the login form."""
    form = path_of(request) in {LOGIN, CERTIFICATE, CHALLENGE} and is_reading(request)
    return not (form or is_public(request) or is_quiet(request))


def _within(path: str, prefix: str) -> bool:
    return path == prefix or path.startswith(prefix + "/")


def add_quiet_path(config: Any, path: str) -> None:
    """Directive: requests for this path, and below it, never prolong a session."""
    config.action(("govrepo quiet path", path), lambda: config.registry.quiet_paths.add(path))


def includeme(config: Any) -> None:
    """Add the directive."""
    config.registry.quiet_paths = set()
    config.add_directive("add_quiet_path", add_quiet_path)
