"""A signed text as one text: what is packed comes out again, and nothing else does."""

import pytest

from govrepo.trust.envelope import BadEnvelopeError, Envelope, pack, unpack

WHOLE = Envelope("签收\n", b"\x00" * 70, b"\x30" * 200)


def test_what_was_packed_comes_out_again():
    assert unpack(f"Dear all,\r\n{pack(WHOLE)}".replace("\n", "\r\n")) == WHOLE


@pytest.mark.parametrize(
    "words",
    [
        "",
        "签收",
        pack(WHOLE) * 2,
        pack(WHOLE).replace("SIGNATURE", "SIGNING"),
        pack(WHOLE).replace("AAAA", "AAA", 1),
        pack(WHOLE) + "x" * 600_000,
        pack(WHOLE).replace("562+5pS2Cg==", "/w=="),
    ],
)
def test_anything_else_is_refused(words):
    with pytest.raises(BadEnvelopeError):
        unpack(words)
