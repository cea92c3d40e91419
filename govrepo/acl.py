"""The names of ACLs, from one place: Pyramid 2 moves them (reference: substanced.md sect. 4)."""

from pyramid.security import ALL_PERMISSIONS, DENY_ALL, Allow, Authenticated, Deny, Everyone

__all__ = ["ALL_PERMISSIONS", "DENY_ALL", "Allow", "Authenticated", "Deny", "Everyone"]
