"""The one module that names access control: Pyramid 2 moved these names, so nothing else imports them from Pyramid."""

from pyramid.authorization import ACLAuthorizationPolicy
from pyramid.security import (
    ALL_PERMISSIONS,
    DENY_ALL,
    NO_PERMISSION_REQUIRED,
    Allow,
    Authenticated,
    Deny,
    Everyone,
)

__all__ = [
    "ALL_PERMISSIONS",
    "DENY_ALL",
    "NO_PERMISSION_REQUIRED",
    "ACLAuthorizationPolicy",
    "Allow",
    "Authenticated",
    "Deny",
    "Everyone",
]
