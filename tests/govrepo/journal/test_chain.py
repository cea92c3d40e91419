import hashlib
import json
from types import MappingProxyType

import pytest

from govrepo.journal.chain import ZERO, canonical, digest, fault


def test_the_canonical_text_has_sorted_keys_no_blanks_and_plain_chinese():
    assert canonical({"b": 1, "a": ["厅", None, True]}) == '{"a":["厅",null,true],"b":1}'


def test_any_mapping_has_a_canonical_text():
    assert canonical(MappingProxyType({"a": MappingProxyType({})})) == '{"a":{}}'


def test_a_lone_surrogate_is_kept_and_can_be_stored():
    text = canonical({"name": "x\ud800"})
    assert text.encode("utf-8")
    assert json.loads(text) == {"name": "x\ud800"}


def test_the_hash_is_sha256_of_the_bytes():
    assert digest("厅") == digest("厅".encode()) == hashlib.sha256("厅".encode()).hexdigest()


def body(**said):
    return canonical(said).encode()


SOUND = body(seq=0, prev=ZERO)


@pytest.mark.parametrize(
    ("text", "stored", "expected"),
    [
        (SOUND, digest(SOUND), None),
        (SOUND + b" ", digest(SOUND), "changed"),
        (SOUND, digest(b""), "changed"),
        (17, digest(SOUND), "changed"),
        (b"\xff", digest(b"\xff"), "changed"),
        (b"[]", digest(b"[]"), "changed"),
        (b"{}", digest(b"{}"), "changed"),
        (body(seq=1, prev=ZERO), digest(body(seq=1, prev=ZERO)), "moved"),
        (body(seq=0, prev="f" * 64), digest(body(seq=0, prev="f" * 64)), "unlinked"),
    ],
)
def test_a_fault_is_named(text, stored, expected):
    assert fault(text, stored.encode(), 0, ZERO) == expected
