"""Text comes out of every format that is exchanged, and hostile files harm nobody (R-N4.2, R-20; design.md sect. 8, last line).

``samples/notice.html`` was converted to the other formats by LibreOffice, so that they are what real programs write.
"""

import contextlib
import struct
from pathlib import Path

import openpyxl
import pytest

from govrepo.extraction import READABLE, Extracted, extract
from govrepo.files.sniff import EDITABLE
from govrepo.sandbox import Limits, SandboxError
from tests import hostile

SAMPLES = Path(__file__).parent / "samples"
SENTENCES = (
    "关于做好2013年春运工作的通知",
    "粤府办〔2013〕2号，各地级以上市人民政府：春运自1月26日开始。链接见省政府门户网站。",
    "广州市",
    "12,500",
    "䶮山镇、𠮷田村生僻字。Latin “quotes” café",
)
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def text(path, type_code, **more):
    return "\n".join(extract(path, type_code, **more).parts)


def kept(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    return path


def docx(body, head='<?xml version="1.0"?>', **members):
    document = f'{head}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    return hostile.archive({"[Content_Types].xml": b"<Types/>", "word/document.xml": document.encode(), **members})


def test_every_editable_type_of_the_notice_can_be_read():
    assert EDITABLE | {"pdf"} <= READABLE


@pytest.mark.parametrize(
    ("name", "type_code"), [("doc", "doc"), ("doc", "wps"), ("docx",) * 2, ("odt",) * 2, ("rtf",) * 2]
)
def test_what_a_word_processor_wrote_is_read_whole(name, type_code):
    found = text(SAMPLES / f"notice.{name}", type_code)
    for sentence in SENTENCES:
        assert sentence in found
    assert "HYPERLINK" not in found
    assert "http" not in found


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk"])
def test_plain_text_in_the_encodings_of_offices(tmp_path, encoding):
    words = "关于春运的通知\n第一条"
    assert extract(kept(tmp_path, "a.txt", words.encode(encoding)), "txt") == Extracted((words,), cut=False)


def test_rtf_in_the_chinese_code_page(tmp_path):
    """What Word and WPS write: bytes of GBK behind the code page, or numbers of characters."""
    bytes_of = "".join(f"\\'{byte:02x}" for byte in "关于春运".encode("gbk"))
    source = f"{{\\rtf1\\ansi\\ansicpg936{{\\fonttbl{{\\f0\\fcharset134 SimSun;}}}}{bytes_of}\\u24037?\\u20316?\\par}}"
    assert text(kept(tmp_path, "a.rtf", source.encode("ascii")), "rtf").strip() == "关于春运工作"


def test_headers_notes_and_tables_of_a_docx(tmp_path):
    note = f'<w:footnotes xmlns:w="{W}"><w:p><w:r><w:t>脚注</w:t></w:r></w:p></w:footnotes>'.encode()
    header = f'<w:hdr xmlns:w="{W}"><w:p><w:r><w:t>页眉</w:t></w:r></w:p></w:hdr>'.encode()
    body = "<w:p><w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t><w:delText>删去</w:delText></w:r></w:p>"
    content = docx(body, **{"word/footnotes.xml": note, "word/header1.xml": header, "word/styles.xml": b"<x/>"})
    assert extract(kept(tmp_path, "a.docx", content), "docx").parts == ("甲\t乙\n丙\n脚注\n页眉\n",)


def test_the_other_formats_by_parts_in_their_order(tmp_path):
    page = '<ofd:Page xmlns:ofd="http://www.ofdspec.org/2016"><ofd:TextObject><ofd:TextCode>{}</ofd:TextCode></ofd:TextObject></ofd:Page>'
    pages = {f"Doc_0/Pages/Page_{number}/Content.xml": page.format(f"第{number}页").encode() for number in (0, 10, 2)}
    ofd = hostile.archive({"OFD.xml": b"<OFD/>", **pages})
    assert extract(kept(tmp_path, "a.ofd", ofd), "ofd").parts == ("第0页\n", "第2页\n", "第10页\n")
    slide = '<p:sld xmlns:p="p" xmlns:a="a"><a:p><a:r><a:t>{}</a:t></a:r></a:p></p:sld>'
    slides = {f"ppt/slides/slide{number}.xml": slide.format(f"幻灯片{number}").encode() for number in (1, 2)}
    pptx = hostile.archive({"[Content_Types].xml": b"<Types/>", **slides})
    assert extract(kept(tmp_path, "a.pptx", pptx), "pptx").parts == ("幻灯片1\n", "幻灯片2\n")


def test_the_words_of_a_spreadsheet(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["单位", "人数"])
    book.active.append(["广州市", 12500])
    book.save(tmp_path / "a.xlsx")
    found = text(tmp_path / "a.xlsx", "xlsx")
    assert found.split() == ["单位", "人数", "广州市"]


def test_pages_of_a_pdf(tmp_path):
    path = kept(tmp_path, "a.pdf", hostile.pdf("One", "Two"))
    assert extract(path, "pdf") == Extracted(("One", "Two"), cut=False)
    assert extract(path, "pdf", 4) == Extracted(("One", "T"), cut=True)


@pytest.mark.parametrize(("name", "type_code"), [("doc", "doc"), ("docx",) * 2, ("odt",) * 2, ("rtf",) * 2])
def test_no_more_than_was_asked_for(name, type_code):
    path = SAMPLES / f"notice.{name}"
    assert extract(path, type_code, 6) == Extracted(("关于做好20",), cut=True)
    whole = len(extract(path, type_code).parts[0])
    assert not extract(path, type_code, whole).cut
    assert extract(path, type_code, whole - 1).cut


def test_plain_text_is_cut_between_characters(tmp_path):
    path = kept(tmp_path, "a.txt", "春运通知𠮷田".encode())
    assert [extract(path, "txt", most).parts[0] for most in (1, 2, 5, 6)] == [
        "春",
        "春运",
        "春运通知𠮷",
        "春运通知𠮷田",
    ]
    assert extract(kept(tmp_path, "b.txt", b"a" * 9 + "春".encode()), "txt", 1) == Extracted(("a",), cut=True)


BILLION = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "春运">'
    + "".join(f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefghi", "bcdefghij", strict=True))
    + "]>"
)


@pytest.mark.parametrize(
    ("type_code", "content"),
    [
        ("docx", docx("<w:p><w:r><w:t>&j;</w:t></w:r></w:p>", BILLION)),
        ("docx", docx("<w:p><w:r><w:t>&f;</w:t></w:r></w:p>", '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>')),
        ("docx", docx("<w:p>")),
        ("docx", b"PK\x03\x04" + bytes(100)),
        ("odt", hostile.archive({"content.xml": b"\x00\x01"})),
        ("doc", hostile.ole("WordDocument", "1Table")),
        ("doc", b"no container at all"),
        ("pdf", b"%PDF-1.7 broken"),
    ],
)  # fmt: skip
def test_a_broken_or_lying_file_is_refused(tmp_path, type_code, content):
    with pytest.raises(SandboxError) as caught:
        extract(kept(tmp_path, "a.bin", content), type_code)
    assert caught.value.kind == "failed"


def test_a_packed_bomb_gives_a_bounded_text(tmp_path):
    """300 MB of characters in 300 kB: reading stops at the bound, and memory never holds the rest."""
    path = kept(tmp_path, "a.docx", docx("<w:p><w:r><w:t>" + "春" * 100_000_000 + "</w:t></w:r></w:p>"))
    assert path.stat().st_size < 1_000_000
    assert len(text(path, "docx", max_characters=1000, limits=Limits(memory=300 * 1024**2))) == 1000


def test_a_bomb_of_empty_elements_runs_out_of_time(tmp_path):
    path = kept(tmp_path, "a.docx", docx("<w:x/>" * 20_000_000))
    with pytest.raises(SandboxError) as caught:
        extract(path, "docx", limits=Limits(cpu_seconds=1))
    assert caught.value.kind == "time"


def test_deep_nesting_and_braces_do_no_harm(tmp_path):
    deep = docx("<w:p>" * 200_000 + "<w:t>底</w:t>" + "</w:p>" * 200_000)
    assert "底" in text(kept(tmp_path, "a.docx", deep), "docx")
    assert text(kept(tmp_path, "a.rtf", b"{\\rtf1" + b"{" * 200_000), "rtf") == ""


def patched(at, value):
    """The sample document with a number of its first block (at byte 512 of the file) changed."""
    content = bytearray((SAMPLES / "notice.doc").read_bytes())
    start = content.index(b"\xec\xa5")  # wIdent of the FIB.
    struct.pack_into("<I", content, start + at, value)
    return bytes(content)


@pytest.mark.parametrize(("at", "value"), [(0x01A2, 0xFFFFFFFF), (0x01A6, 0), (0x01A6, 0xFFFFFFFF), (0x01A2, 1)])
def test_a_word_document_with_a_lying_table_gives_an_error_or_a_bounded_text(tmp_path, at, value):
    with contextlib.suppress(SandboxError):
        assert len(text(kept(tmp_path, "a.doc", patched(at, value)), "doc", max_characters=1000)) <= 1000


def test_an_encrypted_word_document_is_refused(tmp_path):
    flags = struct.unpack_from(
        "<I", patched(0x01A2, 0), (SAMPLES / "notice.doc").read_bytes().index(b"\xec\xa5") + 0x0A
    )[0]
    with pytest.raises(SandboxError, match="encrypted"):
        extract(kept(tmp_path, "a.doc", patched(0x0A, flags | 0x0100)), "doc")
