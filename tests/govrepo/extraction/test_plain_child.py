"""The child's reading of plain text, called directly on samples that do no harm."""

import pytest

from govrepo.extraction import plain_child


@pytest.mark.parametrize(
    ("octets", "most", "expected"),
    [
        ("春运".encode(), 9, "春运"),
        ("春运".encode("gb18030"), 9, "春运"),
        (b"\xef\xbb\xbf" + "春".encode(), 9, "春"),
        ("春运".encode() * 3, 1, "春"),  # Four bytes are read: one of the second character's three.
        (b"", 9, ""),
        (b"ab", 1, "a"),
        ("é".encode() + b"\xc3", 9, "é"),
        ("𠮷田".encode(), 1, "𠮷"),
        (b"\x80\x80\x80\x80\x80", 1, ""),
    ],
)
def test_text_in_either_encoding_within_bounds(tmp_path, octets, most, expected):
    path = tmp_path / "a.txt"
    path.write_bytes(octets)
    assert plain_child.main({"path": str(path), "max_chars": most}) == [expected]
