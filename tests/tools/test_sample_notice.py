"""The tool that draws the scans, and what it has drawn."""

import importlib.util
from pathlib import Path

import pypdfium2
import pytest
from pypdf import PdfReader

ROOT = Path(__file__).resolve().parent.parent.parent
FILES = ROOT / "policies" / "sample" / "files"
spec = importlib.util.spec_from_file_location("sample_notice", ROOT / "tools" / "sample_notice.py")
tool = importlib.util.module_from_spec(spec)
spec.loader.exec_module(tool)

needs_font = pytest.mark.skipif(not tool.FONTS.exists(), reason="install the Debian package fonts-noto-cjk")


def test_each_text_has_its_scan():
    assert {path.stem for path in FILES.glob("*.txt")} == {path.stem for path in FILES.glob("*.pdf")}


def test_the_notice_is_a_small_scan_of_seven_pages():
    reader = PdfReader(FILES / "notice.pdf")
    assert len(reader.pages) == 7
    assert all(page.extract_text() == "" for page in reader.pages)
    assert (FILES / "notice.pdf").stat().st_size < 600_000


@needs_font
def test_a_line_does_not_begin_with_a_comma():
    assert list(tool.wrapped("省政府各部门，各直属机构", 6)) == ["省政府各部门，", "各直属机构"]


@needs_font
def test_digits_take_less_room_than_characters():
    assert tool.width_of("2013") < 4 * tool.width_of("年")


@needs_font
def test_a_page_shows_red_head_ink_and_paper():
    (page,) = tool.pages("关于试验的通知\n各单位：\n　　正文。", tool.SPECIMEN_HEAD)
    colours = {colour for _count, colour in page.convert("RGB").getcolors()}
    assert {tool.RED, tool.INK, tool.PAPER} <= colours
    assert colours <= set(tool.SHADES)


@needs_font
def test_an_annex_begins_a_page_and_the_signature_bears_the_seal():
    text = "关于试验的通知\n　　正文。\n" + "　" * 16 + "样例机关\n附件\n试验规定\n　　第一条。"
    pages = tool.pages(text, ("样例机关", "样〔2013〕1号"))
    assert len(pages) == 2
    pale = [
        sum(count for count, colour in page.convert("RGB").getcolors() if colour in tool.SHADES[6:]) for page in pages
    ]
    assert pale[0] > pale[1]


@needs_font
def test_a_long_text_runs_over_to_the_next_page():
    assert len(tool.pages("标题\n" + "　　正文。\n" * tool.ROWS, tool.SPECIMEN_HEAD)) == 2


@needs_font
def test_the_pdf_shows_the_drawn_pixels():
    (page,) = tool.pages("关于试验的通知\n各单位：", tool.SPECIMEN_HEAD)
    with pypdfium2.PdfDocument(tool.pdf([page])) as document:
        (picture,) = document[0].get_objects()
        shown = picture.get_bitmap().to_pil().convert("RGB")
    assert shown.tobytes() == page.convert("RGB").tobytes()
