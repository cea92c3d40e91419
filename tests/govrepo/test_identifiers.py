"""Identifiers: a prefix and twelve hexadecimal digits."""

import re

from govrepo.identifiers import new_uid


def test_they_are_short_plain_and_different():
    made = {new_uid("d") for _ in range(1000)}
    assert len(made) == 1000
    assert all(re.fullmatch(r"d[0-9a-f]{12}", uid) for uid in made)
    assert re.fullmatch(r"[0-9a-f]{12}", new_uid())
