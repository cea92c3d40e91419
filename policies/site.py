"""What the site as a whole allows, and what a new site gets at once."""

import hashlib
from typing import Any

from content_types.site import Site
from govrepo.database import SiteCreated, SitePrepared
from govrepo.security.acl import Authenticated
from policies.access import Grant, grants_of, put_acl
from policies.drafting_desk import all_desks
from policies.exchange_box import refresh_acl
from policies.permissions import Permission
from policies.person import set_person_acl
from policies.roles import (
    BOX_GRANTS,
    CANCELLED_GRANTS,
    DESK_GRANTS,
    DRAFTING_GRANTS,
    LEADER_GRANTS,
    PERSON_GRANTS,
    SEAL_GRANTS,
    SITE_GRANTS,
    UNIT_GRANTS,
)


@grants_of.register
def site_grants(_root: Site) -> tuple[Grant, ...]:
    """Everybody who has logged in sees the home page; the site's roles get what roles.py grants them; nothing else."""
    everybody = Grant(Authenticated, (Permission.SITE_VIEW,))
    return (everybody, *(Grant(f"{role}@site", permissions) for role, permissions in SITE_GRANTS))


def set_site_acl(root: Any, registry: Any) -> None:
    """Compute the site's ACL from the grants and the approved overrides."""
    put_acl(root, registry)


def furnish(event: Any) -> None:
    """Subscriber: a new site gets its ACL."""
    set_site_acl(event.site, event.registry)


def complete(event: Any) -> None:
    """Subscriber: at start-up, a site of an older release gets the parts it lacks."""
    event.site.complete(event.registry)


def renew_acls(event: Any) -> None:
    """Subscriber: at start-up, when the tables of grants are not those the site's ACLs were computed from, compute all anew."""
    fingerprint = grants_fingerprint()
    if getattr(event.site, "grants_fingerprint", "") == fingerprint:
        return
    set_site_acl(event.site, event.registry)
    for box in event.site["exchange"].values():
        refresh_acl(box, event.registry)
    for person in event.site["people"].values():
        set_person_acl(person, event.registry)
    for unit in event.site["units"].values():
        put_acl(unit, event.registry)
    for desk in all_desks(event.site):
        put_acl(desk, event.registry)
    event.site.grants_fingerprint = fingerprint


def grants_fingerprint() -> str:
    """A digest of the tables of grants, hexadecimal."""
    units = (UNIT_GRANTS, SEAL_GRANTS, LEADER_GRANTS)
    tables = (BOX_GRANTS, CANCELLED_GRANTS, DESK_GRANTS, DRAFTING_GRANTS, PERSON_GRANTS, *units, SITE_GRANTS)
    return hashlib.sha256(repr(tables).encode()).hexdigest()


def includeme(config: Any) -> None:
    """Listen for a new site, and for every start."""
    config.add_subscriber(furnish, SiteCreated)
    config.add_subscriber(complete, SitePrepared)
    config.add_subscriber(renew_acls, SitePrepared)
