"""Reading DER (X.690), as much as a time stamp needs, with nothing but the standard library: the off-line verifier stands on it.

``cryptography`` has a reader of its own that is not yet promised to stay, and refuses what OpenSSL's time stamps look like (sets out
of order).
"""

from typing import NamedTuple

BOOLEAN, INTEGER, OCTETS, OID, GENERALIZED_TIME, SEQUENCE, SET = 0x01, 0x02, 0x04, 0x06, 0x18, 0x30, 0x31
FIRST, SECOND = 0xA0, 0xA1
"""Tags of constructed elements; the last two are the context's own [0] and [1]."""


class Element(NamedTuple):
    """One element: its tag, its content, and all its octets."""

    tag: int
    content: bytes
    whole: bytes

    def inside(self) -> list["Element"]:
        """The elements in the content. Raises ValueError."""
        found, rest = [], self.content
        while rest:
            each = _first(rest)
            found.append(each)
            rest = rest[len(each.whole) :]
        return found

    def parts(self) -> list["Element"]:
        """The elements of a SEQUENCE. Raises ValueError."""
        return self.expect(SEQUENCE).inside()

    def number(self) -> int:
        """The value of an INTEGER."""
        return int.from_bytes(self.expect(INTEGER).content, "big", signed=True)

    def oid(self) -> str:
        """The value of an OBJECT IDENTIFIER, dotted."""
        arcs, arc = [], 0
        for octet in self.expect(OID).content:
            arc = arc << 7 | octet & 0x7F
            if octet < 0x80:
                arcs.append(arc)
                arc = 0
        if not arcs:
            raise ValueError("an object identifier without an arc")
        root = min(arcs[0] // 40, 2)
        return ".".join(map(str, (root, arcs[0] - 40 * root, *arcs[1:])))

    def expect(self, tag: int) -> "Element":
        """This element, if it has the tag. Raises ValueError."""
        if self.tag != tag:
            raise ValueError(f"an element of tag {tag:#04x} is expected, not {self.tag:#04x}")
        return self


def read(data: bytes) -> Element:
    """The one element that the octets are. Raises ValueError."""
    found = _first(data)
    if len(found.whole) != len(data):
        raise ValueError("there is something behind the element")
    return found


def _first(data: bytes) -> Element:
    if len(data) < 2 or data[0] & 0x1F == 0x1F:
        raise ValueError("no element of a kind known here")
    size, start = data[1], 2
    if size >= 0x80:
        start += size - 0x80
        size = int.from_bytes(data[2:start], "big")
        if not 2 < start <= 6:
            raise ValueError("a length of no definite or no sensible size")
    if len(data) < start + size:
        raise ValueError("the element is cut off")
    return Element(data[0], data[start : start + size], data[: start + size])
