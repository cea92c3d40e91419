"""A signed text as one text: what is packed comes out, what is something else is refused."""

import pytest

from govrepo.trust.envelope import LARGEST, BadEnvelopeError, Envelope, pack, unpack

GIVEN = Envelope("待签文本\n", b"\x00\xffsignature" * 20, b"certificate")


def test_what_is_packed_comes_out():
    assert unpack(pack(GIVEN)) == GIVEN
    assert unpack("一些话\r\n" + pack(GIVEN).replace("\n", "\r\n  ") + "又一些") == GIVEN


@pytest.mark.parametrize(
    "words",
    [
        "",
        "nonsense",
        pack(GIVEN) + pack(GIVEN),
        pack(GIVEN).replace("SIGNATURE", "SIGNED"),
        pack(GIVEN).partition("-----BEGIN CERT")[0],
        pack(GIVEN).replace("BEGIN SIGNATURE-----\n", "BEGIN SIGNATURE-----\nA"),
        pack(GIVEN) + " " * LARGEST,
        pack(Envelope("", b"", b"")).replace("TEXT-----\n-----END", "TEXT-----\n/w==\n-----END"),
    ],
)
def test_anything_else_is_refused(words):
    with pytest.raises(BadEnvelopeError):
        unpack(words)
