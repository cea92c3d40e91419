"""Use from outside the configured networks is refused and logged (R-27.2).

The address is the peer's as the server saw it; behind a reverse proxy waitress must be told to trust that proxy
(``trusted_proxy``), never a header by itself.
"""

from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import Any

from pyramid.response import Response
from pyramid.tweens import EXCVIEW

from govrepo.i18n import _
from govrepo.journal import REFUSED, Event
from govrepo.security.headers import Handler
from govrepo.security.refusals import flag

Networks = tuple[IPv4Network | IPv6Network, ...]


def parse(text: str) -> Networks:
    """Networks out of the setting's text (``10.1.0.0/16 fd00::/8``); raise ValueError that names the setting."""
    try:
        return tuple(ip_network(word) for word in text.replace(",", " ").split())
    except ValueError as error:
        raise ValueError(f"govrepo.networks: {error}") from error


def allows(networks: Networks, address: str) -> bool:
    """Whether an address lies in one of the networks; without networks every address does."""
    if not networks:
        return True
    try:
        peer = ip_address(address)
    except ValueError:
        return False
    return any(peer in network for network in networks)


def networks_tween(handler: Handler, registry: Any) -> Handler:
    """Tween factory: refuse strangers' addresses."""
    networks = parse(registry.govrepo_settings.networks)

    def tween(request: Any) -> Any:
        if allows(networks, request.remote_addr or ""):
            return handler(request)
        flag(request, action="site.enter", subject=request.path, reason="address outside the configured networks")
        return Response(
            "本系统只能在规定的网络内使用。 / Outside the permitted networks.",
            status=403,
            content_type="text/plain",
            charset="utf-8",
        )

    return tween


def includeme(config: Any) -> None:
    """Put the tween inside the one that journals refusals."""
    config.add_journal_events("site", _("站点"), Event("enter", _("从规定网络之外访问"), results=(REFUSED,)))
    config.add_tween(
        "govrepo.security.networks.networks_tween",
        under="govrepo.security.refusals.refusals_tween",
        over=("pyramid_tm.tm_tween_factory", EXCVIEW),
    )
