"""Nothing before a due change of password: an initial one, or one older than ``password_days`` (P-17)."""

from typing import Any

from pyramid.events import ContextFound
from pyramid.httpexceptions import HTTPSeeOther

from govrepo.security import passwords, paths
from govrepo.security.accounts import rule

STILL_OPEN = frozenset({paths.LOGIN, paths.LOGOUT, paths.PASSWORD, paths.LANGUAGE})


def ask_for_new_password(event: Any) -> None:
    """Before any view: raise a redirect to the change of password if it is due."""
    request = event.request
    if paths.path_of(request) in STILL_OPEN or paths.is_public(request):
        return
    account = request.account
    if account is not None and passwords.is_due(account, rule(request, "password_days")):
        raise HTTPSeeOther(paths.PASSWORD)


def includeme(config: Any) -> None:
    """Subscribe."""
    config.add_subscriber(ask_for_new_password, ContextFound)
