"""Octets the site made, kept as stored files."""

import hashlib

from policies.kept import keep_octets


def test_what_is_kept_is_hashed_and_held_once(bench):
    kept = keep_octets(bench.root, b"octets", "text/plain")
    assert (kept.sha256, kept.size, kept.references) == (hashlib.sha256(b"octets").hexdigest(), 6, 1)
    assert keep_octets(bench.root, b"octets", "text/plain") is kept
    assert kept.references == 2
