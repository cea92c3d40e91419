"""A plate becomes an archive PDF, the same each time, whatever is typed into it."""

import io
import os
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from govrepo.sandbox import Limits
from govrepo.typeset import Attachment, Fonts, Format, Typeset, TypesetError, default_fonts, typeset
from tests.govrepo.typeset.measures import sheets
from tests.govrepo.typeset.plates import BODY, plate
from tests.govrepo.typeset.sheet import Sheet

FORMATS = list(Format)


def made(**other: Any) -> Typeset:
    return typeset(plate(**other), default_fonts())


def refused(**other: Any) -> TypesetError:
    with pytest.raises(TypesetError) as caught:
        made(**other)
    return caught.value


def text(result: Typeset) -> str:
    return "".join(sheet.text for sheet in sheets_of(result))


def sheets_of(result: Typeset):
    return [Sheet(result.pdf, page) for page in range(result.pages)]


# ---- Fonts -----------------------------------------------------------------------------------------------------------


def test_without_fonts_it_is_said_what_to_do(tmp_path: Path):
    with pytest.raises(TypesetError, match="make fonts") as caught:
        typeset(plate(), Fonts(tmp_path))
    assert caught.value.kind == "fonts"


def test_rare_characters_come_from_the_fallback():
    result = made(title="关于表彰䶮喆同志的决定")
    assert result.missing == ()
    assert "䶮喆" in text(result)
    assert "WenKai" in "".join(glyph.font for glyph in sheets_of(result)[0].find("䶮"))


def test_a_character_no_font_has_is_named_and_printed_as_a_visible_sign():
    result = made(body="甲😀乙\U0003134a丙", title="关于\ue000的通知")
    assert result.missing == (
        "\ue000 U+E000",
        "😀 U+1F600 GRINNING FACE",
        "\U0003134a U+3134A CJK UNIFIED IDEOGRAPH-3134A",
    )
    assert "甲〓乙〓丙" in text(result)
    assert "关于〓的通知" in text(result)


def test_what_has_no_look_is_named_and_not_printed():
    result = made(body="甲\x00乙\u202e丙\ufeff丁\ud800戊\u200b己\U000e0101")
    assert [name.split()[0] for name in result.missing] == [
        *("U+0000", "U+200B", "U+202E", "U+D800", "U+FEFF"),
        "U+E0101",
    ]
    assert "甲乙丙丁戊己" in text(result)
    assert made(number="粤府\u2028〔2013〕\x0b1号").missing == (), "blanks of every kind are blanks"
    "".join(result.missing).encode()


# ---- The file --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("format_", FORMATS)
def test_the_file_is_an_archive_pdf_with_all_its_fonts_and_nothing_active(format_: Format):
    result = made(format=format_, signature=("广东省人民政府",), signers=("朱某某",))
    with pikepdf.open(io.BytesIO(result.pdf)) as document:
        assert document.open_metadata().pdfa_status == "2B"
        (intent,) = document.Root.OutputIntents
        assert str(intent.S) == "/GTS_PDFA1"
        assert intent.DestOutputProfile.read_bytes()
        assert not document.is_encrypted
        assert len(document.pages) == result.pages
        objects = [each for each in document.objects if isinstance(each, pikepdf.Dictionary)]
        descriptors = [each for each in objects if each.get("/Type") == "/FontDescriptor"]
        assert descriptors
        assert all("/FontFile3" in each or "/FontFile2" in each for each in descriptors)
        assert not [each for each in objects if "/JS" in each or "/AA" in each or "/OpenAction" in each]
        assert not [each for each in objects if each.get("/Type") == "/EmbeddedFile"]


def test_title_issuer_and_day_stand_in_the_file():
    with pikepdf.open(io.BytesIO(made().pdf)) as document:
        info = document.open_metadata()
        assert info["dc:title"] == "广东省人民政府关于做好电子公文交换工作的通知"
        assert list(info["dc:creator"]) == ["广东省人民政府"]
        assert info["xmp:CreateDate"].startswith("2013-01-05")


@pytest.mark.parametrize("format_", FORMATS)
def test_the_same_plate_gives_the_same_bytes(format_: Format):
    assert made(format=format_).pdf == made(format=format_).pdf
    assert made(format=format_).pdf != made(format=format_, date=date(2013, 1, 6)).pdf


def test_another_process_with_another_seed_gives_the_same_bytes():
    program = (
        "import sys; from tests.govrepo.typeset.plates import plate; from govrepo.typeset import *;"
        "sys.stdout.buffer.write(typeset(plate(), default_fonts()).pdf)"
    )
    path = os.pathsep.join(path for path in sys.path if path)
    for seed in ("1", "2"):
        environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": path, "TZ": "Asia/Shanghai"}
        other = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, check=True)
        assert other.stdout == made().pdf


# ---- What the standard forbids -------------------------------------------------------------------------------------


def test_a_sound_plate_has_no_faults():
    assert made().faults == made(body="").faults == made(format=Format.MINUTES).faults == ()


def test_what_could_not_be_mended_is_told():
    assert made(title="题" * 400).faults == ("first_page",)
    six = tuple(f"广东省{name}厅" for name in "甲乙丙丁戊己")
    assert made(body="国" * 28 * 25, signature=six).faults == ("signature",), "one paragraph over two pages"


# ---- Whatever is typed -----------------------------------------------------------------------------------------------

MARKUP = """#panic("injected") #import "x.typ": * #read("/etc/passwd")
*粗* _斜_ $x^2$ `码` <标签> @引用 https://a.example/ \\ // 注 /* 注 */ ~ --- "引"
= 标题
- 项
+ 项
/ 词: 义
#[块] #{1+1} {{ plate }} ${x} %s \\u{41} &lt;b&gt; ]]"""


def test_markup_in_any_element_is_printed_as_it_was_typed():
    inert = "#panic()*x*"
    result = made(
        body=MARKUP,
        title=inert,
        number=inert,
        recipients=(inert,),
        signature=(inert,),
        mark=(inert,),
        note=inert,
        copies_to=(inert,),
        printed_by=inert,
        attachments=(Attachment(inert, MARKUP),),
        signers=(inert,),
        classification=inert,
    )
    printed = text(result)
    assert printed.count(inert) >= 11
    for line in MARKUP.splitlines():
        assert printed.count("".join(line.split())) == 2, line


def test_a_path_in_a_text_opens_nothing():
    assert "root:" not in text(made(body='#read("/etc/passwd") #include "/etc/passwd"'))


EVERYTHING_EMPTY = {
    "body": "",
    "recipients": (),
    "signature": (),
    "mark": (),
    "number": "",
    "title": "",
    "copies_to": (),
    "printed_by": "",
    "printed_on": None,
}
HOSTILE: dict[str, dict[str, Any]] = {
    "a title of 500 characters": {"title": "关于" + "题" * 498},
    "a title of one word": {"title": "A" * 500},
    "20 issuers": {
        "mark": tuple(f"广东省第{n}厅" for n in range(20)),
        "signature": tuple(f"广东省第{n}厅" for n in range(20)),
    },
    "100 attachments": {"attachments": tuple(Attachment(f"名单{n}" * 12, "一、甲\n乙") for n in range(100))},
    "100 attachments without text": {"attachments": tuple(Attachment("名单" * 30) for _ in range(100))},
    "nothing": EVERYTHING_EMPTY,
    "a word of 20,000 letters": {"body": "A" * 20_000},
    "a paragraph of 50,000 characters": {"body": "国" * 50_000},
    "2,000 recipients": {"recipients": ("广州市人民政府",) * 2_000},
    "2,000 copies": {"copies_to": ("广州市人民政府",) * 2_000},
    "20 signers": {"signers": ("欧阳某某",) * 20},
    "a long note": {"note": "注" * 3_000},
    "blank lines": {"body": "\n \n　\n\t\n"},
}


EVERYWHERE = [(case, format_) for case in ("nothing", "20 issuers", "20 signers") for format_ in FORMATS[1:]]


@pytest.mark.parametrize(("case", "format_"), [(case, Format.DOCUMENT) for case in HOSTILE] + EVERYWHERE)
def test_whatever_its_length_there_is_a_plate_in_time(case: str, format_: Format):
    started = time.monotonic()
    result = made(**({"format": format_} | HOSTILE[case]))
    assert result.pages == len(pikepdf.open(io.BytesIO(result.pdf)).pages)
    assert time.monotonic() - started < 20


@pytest.mark.parametrize("case", ["20 issuers", "a title of one word", "a word of 20,000 letters", "100 attachments"])
def test_nothing_is_printed_beside_the_paper(case: str):
    for sheet in sheets(plate(**HOSTILE[case])):
        for glyph in sheet.glyphs:
            assert 20 <= glyph.x < 190
            assert 30 < glyph.cell_top < glyph.cell_bottom < 275


@pytest.mark.parametrize(
    ("field", "other"),
    [
        ("title", {"title": "题" * 501}),
        ("mark", {"mark": ("粤" * 41,)}),
        ("mark", {"mark": ("甲厅",) * 31}),
        ("signature", {"signature": ("甲" * 61,)}),
        ("signers", {"signers": ("甲" * 21,)}),
        ("number", {"number": "1" * 41}),
        ("printed_by", {"printed_by": "甲" * 61}),
        ("attachments", {"attachments": (Attachment("甲"),) * 301}),
        ("seal_mm", {"seal_mm": 52}),
        ("characters", {"body": "国" * 1_000_001}),
    ],
)
def test_what_has_no_place_on_paper_is_refused_in_words(field: str, other: dict[str, Any]):
    error = refused(**other)
    assert (error.kind, field in error.words) == ("plate", True)


def test_a_child_that_fails_is_a_typeset_error(monkeypatch):
    monkeypatch.setattr(sys.modules["govrepo.typeset.press"], "_TEMPLATES", Path("/nowhere"))
    assert refused().kind == "failed"


def test_a_site_may_be_busy(monkeypatch):
    monkeypatch.setattr(sys.modules["govrepo.typeset.press"], "_LIMITS", Limits(wall_seconds=0.01, tasks=1000))
    assert refused(body=BODY * 50).kind == "time"
