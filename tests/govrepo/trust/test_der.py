"""The reader of DER: what it reads is what asn1crypto writes; what is cut, padded or of no definite length is refused."""

from contextlib import suppress

import pytest
from asn1crypto import core
from hypothesis import given
from hypothesis import strategies as st

from govrepo.trust import der


@given(st.integers(-(2**200), 2**200))
def test_numbers(value):
    assert der.read(core.Integer(value).dump()).number() == value


@given(
    st.sampled_from(
        ["0.9.2342", "1.2.840.113549.1.9.16.1.4", "2.25.196826498723655092873418736409286371842", "2.5.29.17"]
    )
)
def test_identifiers(dotted):
    assert der.read(core.ObjectIdentifier(dotted).dump()).oid() == dotted


@given(st.binary(max_size=70_000))
def test_octets_of_every_length(octets):
    found = der.read(core.OctetString(octets).dump())
    assert (found.tag, found.content) == (der.OCTETS, octets)


def test_what_is_inside():
    parts = der.read(core.SetOf(spec=core.Integer, value=[1, 2]).dump()).expect(der.SET).inside()
    assert [each.number() for each in parts] == [1, 2]
    assert b"".join(each.whole for each in parts) == bytes.fromhex("020101020102")


@pytest.mark.parametrize(
    "octets", ["", "02", "0201", "020100ff", "3080", "30800000", "028000", "0285000000000100", "1f8101"]
)
def test_what_is_no_element_is_refused(octets):
    with pytest.raises(ValueError, match=r"."):
        der.read(bytes.fromhex(octets))


def test_what_is_of_another_kind_is_refused():
    for ask in (lambda each: each.number(), lambda each: each.oid(), lambda each: each.expect(der.SET)):
        with pytest.raises(ValueError, match="tag"):
            ask(der.read(b"\x04\x01a"))
    with pytest.raises(ValueError, match="arc"):
        der.read(b"\x06\x00").oid()


@given(st.binary(max_size=40))
def test_rubbish_raises_nothing_else(octets):
    with suppress(ValueError):
        der.read(octets).inside()
