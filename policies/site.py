"""What the site as a whole allows, and what a new site gets at once."""

from typing import Any

from substanced.util import set_acl

from govrepo.database import SiteCreated
from govrepo.security.acl import Allow, Authenticated
from policies.permissions import Permission
from policies.roles import SITE_GRANTS


def set_site_acl(root: Any, registry: Any) -> None:
    """Everybody who has logged in sees the home page; the site's roles get what roles.py grants them; nothing else."""
    grants: list[tuple[Any, str, tuple[str, ...]]] = [(Allow, Authenticated, (str(Permission.SITE_VIEW),))]
    grants += [(Allow, f"{role}@site", tuple(map(str, permissions))) for role, permissions in SITE_GRANTS]
    set_acl(root, grants, registry=registry)


def furnish(event: Any) -> None:
    """Subscriber: a new site gets its ACL."""
    set_site_acl(event.site, event.registry)


def includeme(config: Any) -> None:
    """Listen for a new site."""
    config.add_subscriber(furnish, SiteCreated)
