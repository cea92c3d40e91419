"""Identifiers of content: short, random, stable, safe in a URL and in a BTree key."""

import secrets


def new_uid(prefix: str = "") -> str:
    """A fresh identifier: the prefix and twelve random hexadecimal digits (48 bits)."""
    return prefix + secrets.token_hex(6)
