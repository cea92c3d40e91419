"""Each accepted type is recognised by its structure, and each disguise is seen through."""

import pytest

from govrepo.files import sniff_child
from tests import hostile

GOOD = {
    "pdf": hostile.pdf,
    "rtf": lambda: b"{\\rtf1\\ansi Hello}",
    "png": lambda: hostile.image("PNG"),
    "jpg": lambda: hostile.image("JPEG"),
    "tiff": lambda: hostile.image("TIFF"),
    "docx": lambda: hostile.office("word/document.xml"),
    "xlsx": lambda: hostile.office("xl/workbook.xml"),
    "pptx": lambda: hostile.office("ppt/presentation.xml"),
    "ofd": lambda: hostile.archive({"OFD.xml": b"<ofd:OFD/>"}),
    "odt": hostile.odt,
    "doc": lambda: hostile.ole("WordDocument"),
    "xls": lambda: hostile.ole("Workbook"),
    "ppt": lambda: hostile.ole("Other", "PowerPoint Document"),
    "txt": "关于做好电子公文交换工作的通知\r\n\t〔2013〕1号\x0c".encode,
}
TEXTS = {
    "gb18030": "䶮㙍𬀩通知".encode("gb18030"),
    "gbk": "国务院办公厅".encode("gbk"),
    "utf-8 with mark": b"\xef\xbb\xbf" + "通知".encode(),
    "split": b"a" + "通".encode() * 300_000,
    "C source": b"#include <stdio.h>\nint main(void) { return 0; }\n",
    "about markup": "标签 a < b，如 <标题> 所示".encode(),
}
UNKNOWN = {
    "empty": b"",
    "null bytes": b"text\x00text",
    "half a letter": "通知".encode()[:-1] + b"\xff",
    "escape": b"\x1b[31mred",
    "zip": hostile.archive({"a.txt": b"a"}),
    "spreadsheet of another family": hostile.odt(b"application/vnd.oasis.opendocument.spreadsheet"),
    "no content types": hostile.archive({"word/document.xml": b""}),
    "OLE of something else": hostile.ole("Contents"),
    "torn OLE": hostile.ole("WordDocument")[:600],
    "only a signature": b"\x89PNG\r\n\x1a\n",
}
REFUSED = {
    "executable": "executable",
    "elf": "executable",
    "shell-script": "script",
    "html-as-pdf": "html",
    "html-in-pdf": "html",
    "pdf-after-junk": "polyglot",
    "zip-and-pdf": "polyglot",
    "zip-bomb": "bomb",
    "zip-of-many": "bomb",
    "zip-slip": "bad-zip",
}
REFUSED_BYTES = {
    "php": (b"<?php system($_GET['c']); ?>", "script"),
    "batch": (b"@echo off\r\ndel *.*", "script"),
    "svg": (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "html"),
    "markup late in a line": ("通知".encode() + b" <ScRiPt src=x>", "html"),
    "two office files in one": (hostile.office("word/document.xml", **{"xl/workbook.xml": b""}), "polyglot"),
    "torn zip": (hostile.office("word/document.xml")[:-30], "bad-zip"),
    "encrypted office": (hostile.ole("EncryptedPackage", "WordDocument"), "encrypted"),
    "absolute member": (hostile.office("word/document.xml", **{"/etc/passwd": b""}), "bad-zip"),
    "drive member": (hostile.office("word/document.xml", **{"C:x": b""}), "bad-zip"),
}


@pytest.fixture
def look(tmp_path):
    def look(content: bytes, filename: str = "a") -> str:
        path = tmp_path / "sample"
        path.write_bytes(content)
        return sniff_child.main({"path": str(path), "filename": filename})

    return look


@pytest.mark.parametrize("code", GOOD)
def test_a_good_file_is_recognised(look, code):
    assert look(GOOD[code]()) == f"{code}::"


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_is_recognised(look, name):
    assert look(TEXTS[name]) == "txt::"


@pytest.mark.parametrize("name", UNKNOWN)
def test_anything_else_is_unknown(look, name):
    assert look(UNKNOWN[name]) == "unknown::"


@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_file_is_refused(look, name):
    assert look(hostile.MAKERS[name]()) == f"unknown:{REFUSED[name]}:"


@pytest.mark.parametrize("name", REFUSED_BYTES)
def test_a_disguise_is_refused(look, name):
    content, refusal = REFUSED_BYTES[name]
    assert look(content) == f"unknown:{refusal}:"


def test_a_word_document_named_wps_is_wps(look):
    assert look(GOOD["doc"](), "公文.WPS") == "wps::"
    assert look(GOOD["xls"](), "表.wps") == "xls::"


def test_macros_are_told(look):
    assert look(hostile.office("word/document.xml", **{"word/vbaProject.bin": b"x"})) == "docx::macros"
    assert look(hostile.ole("WordDocument", "Macros")) == "doc::macros"


def test_an_encrypted_member_is_refused(look):
    content = bytearray(hostile.office("word/document.xml"))
    content[content.index(b"PK\x01\x02") + 8] |= 1
    assert look(bytes(content)) == "unknown:encrypted:"


def test_members_named_twice_are_refused(look):
    content = hostile.office("word/document.xml", **{"word/document.xmk": b"x"})
    assert look(content.replace(b"word/document.xmk", b"word/document.xml")) == "unknown:bad-zip:"


def test_members_that_share_their_bytes_are_refused(look):
    content = bytearray(hostile.office("word/document.xml"))
    place = content.index(b"PK\x01\x02") + 20
    content[place : place + 4] = (10_000_000).to_bytes(4, "little")
    assert look(bytes(content)) == "unknown:bomb:"
