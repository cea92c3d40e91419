"""A text out of a file: title and recipients at its head, paragraphs without indents; what cannot be read is said (R-N4.2)."""

from pathlib import Path

import pytest

from govrepo import sandbox
from govrepo.files.sniff import FileType
from policies import draft_import as policy
from policies.draft_import import Brought, UnreadableError, bring, taken_apart
from tests import hostile
from tests.govrepo.extraction import test_office_child

SAMPLES = Path(test_office_child.__file__).parent / "samples"


def why(path, code, name="稿.docx"):
    with pytest.raises(UnreadableError) as caught:
        bring(path, FileType(code), name)
    assert caught.value.reason.field == "source"
    return str(caught.value.reason.text.interpolate())


@pytest.mark.parametrize("code", ["txt", "docx", "odt", "rtf", "doc", "wps"])
def test_each_editable_format_gives_its_text(code, tmp_path):
    path = SAMPLES / f"notice.{code}"
    if code == "txt":
        path = tmp_path / "notice"
        path.write_bytes("关于做好2013年春运工作的通知\n春运自1月26日开始。".encode("gb18030"))
    if code == "wps":  # What WPS saves under its own name is in the form of the old Word.
        path = SAMPLES / "notice.doc"
    brought = bring(path, FileType(code), "notice")
    assert brought.title == "关于做好2013年春运工作的通知"
    assert "春运自1月26日开始" in brought.body


def test_s_27_a_number_at_the_head_is_left_out():
    assert taken_apart("关于甲的通知\n粤府办[2013]2号\n一、加强领导") == Brought("关于甲的通知", "", "一、加强领导")
    assert taken_apart("粤府办〔2013〕2号\n关于甲的通知\n正文。").title == "关于甲的通知"


def test_title_recipients_and_body():
    text = "\u3000\u3000关于甲的通知\r\n\r\n各地级以上市人民政府：\n\u3000\u3000一、加强领导\n各地  要\u200b落实。\n"
    assert taken_apart(text) == Brought("关于甲的通知", "各地级以上市人民政府", "一、加强领导\n各地 要落实。")


@pytest.mark.parametrize("text", ["各地要加强领导。\n落实责任。", "甲" * 101 + "\n乙"])
def test_a_first_line_that_is_no_title_stays_in_the_body(text):
    assert taken_apart(text) == Brought("", "", text)


def test_a_number_further_down_stays():
    text = "关于甲的通知\n一、依据\n（一）文件\n粤府办〔2013〕2号"
    assert taken_apart(text).body.endswith("粤府办〔2013〕2号")


def test_what_is_no_text_document_is_refused(tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(hostile.pdf("a"))
    assert "PDF 文件" in why(path, "pdf")


def test_what_cannot_be_read_is_refused(tmp_path):
    path = tmp_path / "a.docx"
    path.write_bytes(b"nothing")
    assert "内容无法读取" in why(path, "docx")


def test_a_file_without_words_is_refused(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes("\u3000\n \n".encode())
    assert "没有文字" in why(path, "txt")


def test_a_text_that_is_too_long_is_refused(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes("甲".encode() * 100_001)
    assert "100000" in why(path, "txt")


def test_a_busy_machine_is_told_from_a_bad_file(tmp_path, monkeypatch):
    path = tmp_path / "a.txt"
    path.write_bytes("甲".encode())
    monkeypatch.setattr(sandbox, "_SLOTS", _Full())
    assert why(path, "txt") == "服务器正忙，请稍后再试。"


class _Full:
    """A machine whose places are all taken."""

    def acquire(self, timeout=None):
        return False


def test_the_longest_title():
    assert taken_apart("甲" * policy.LONGEST_TITLE).title
