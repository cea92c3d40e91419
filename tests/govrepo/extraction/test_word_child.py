"""The child's reading of Word 97-2003 documents, called directly: a real document, and piece tables made by hand."""

import struct
from pathlib import Path

import pytest

from govrepo.extraction import word_child

SAMPLES = Path(__file__).parent / "samples"


@pytest.fixture
def read(monkeypatch):
    """The text of a document of these streams."""

    def put(document, table, most=100):
        class Stream(bytes):
            def read(self):
                return bytes(self)

        class Opened:
            def __enter__(self):
                return self

            def __exit__(self, *_error):
                return None

            def openstream(self, name):
                return Stream(document if name == "WordDocument" else table)

        monkeypatch.setattr(word_child.olefile, "OleFileIO", lambda _path: Opened())
        return word_child.main({"path": "", "max_chars": most})

    return put


def document(*pieces, flags=0, before=b""):
    """The two streams of a document: (text, whether in one byte a character) each a piece; properties before the pieces."""
    text, places, offsets, at = b"", [0], [], 0x200
    for words, small in pieces:
        octets = words.encode("cp1252" if small else "utf-16-le")
        offsets.append((at * 2 | 0x40000000) if small else at)
        text, at = text + octets, at + len(octets)
        places.append(places[-1] + len(words))
    listed = struct.pack(f"<{len(places)}I", *places) + b"".join(struct.pack("<HIH", 0, each, 0) for each in offsets)
    table = before + b"\x02" + struct.pack("<I", len(listed)) + listed
    head = bytearray(0x200)
    struct.pack_into("<H", head, 0x0A, flags)
    struct.pack_into("<II", head, 0x01A2, 0, len(table))
    return bytes(head) + text, table


def test_a_notice():
    (text,) = word_child.main({"path": str(SAMPLES / "notice.doc"), "max_chars": 999})
    assert text.startswith("关于做好2013年春运工作的通知\n粤府办〔2013〕2号")
    assert "链接见省政府门户网站。" in text


def test_pieces_of_both_encodings_behind_properties(read):
    properties = b"\x01" + struct.pack("<H", 4) + b"PPPP"
    assert read(*document(("春运", False), ("caf\xe9 ", True), ("通知", False), before=properties, flags=0x0200)) == [
        "春运café 通知"
    ]


def test_fields_show_their_result_and_marks_nothing(read):
    words = "甲\x13 REF \x13 PAGE \x14 1\x15 \x14乙\x15\x01\x08丙\x07丁\x0b戊\x0c己\x1e庚\r"
    assert read(*document((words, False))) == ["甲乙丙\t丁\n戊\n己-庚\n"]


def test_no_more_than_was_asked_for(read):
    assert read(*document(("abcdef", True), ("ghi", True)), most=3) == ["abc"]
    assert read(*document(("ab", True), ("cd", True), ("ef", True)), most=2) == ["ab"]


def test_what_is_no_document_is_refused(read):
    head, table = document(("ab", True))
    with pytest.raises(ValueError, match="piece table"):
        read(head, b"\x03" + table[1:])
    with pytest.raises(ValueError, match="piece table"):
        read(head, b"")
    with pytest.raises(ValueError, match="encrypted"):
        read(*document(("ab", True), flags=0x0100))
