"""The search for texts that nobody could translate: what it finds, and what it leaves alone."""

from pathlib import Path

import pytest

from tools import unmarked

CODE = '''
"""说明"""
TITLE = _("签收")
KINDS = {"函": _("函")}
raise ValueError("请填写")
words = f"交换箱{name}"
'''


def test_code_without_a_mark_is_found():
    found = [(each.line, each.text) for each in unmarked.in_code(CODE, "views/x.py")]
    assert found == [(5, "请填写"), (6, "交换箱")]


@pytest.mark.parametrize(
    "source",
    [
        '<p i18n:translate="">签收<b>全部</b></p>',
        '<input title="签收" placeholder="理由" i18n:attributes="title; placeholder"/>',
        "<p>${_('签收')} ${row['title']}</p>",
        "<p tal:define=\"label _('签收')\"/>",
        "<br/><p>ok</p>",
    ],
)
def test_marked_templates_are_left_alone(source: str):
    assert list(unmarked.in_template(source, "x.pt")) == []


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>签收</p>", "签收"),
        ('<p i18n:translate="">签收</p>退文', "退文"),
        ('<a title="签收 ${x}">x</a>', "签收 ${x}"),
        ("<p i18n:translate=\"\">共 ${'件'}</p>", "'件'"),
        ("<p tal:define=\"label '签收'\"/>", "label '签收'"),
        ('<b i18n:translate="">一<br>二</b>三', "三"),
        ('<p><input i18n:translate=""/>签收</p>', "签收"),
    ],
)
def test_templates_without_a_mark_are_found(source: str, text: str):
    assert [each.text for each in unmarked.in_template(source, "x.pt")] == [text]


def test_a_whole_tree_is_searched(tmp_path: Path):
    (tmp_path / "views" / "templates").mkdir(parents=True)
    (tmp_path / "views" / "templates" / "a.pt").write_text("<p>\n签收</p>", "utf-8")
    (tmp_path / "views" / "a.py").write_text('X = "退文"\n', "utf-8")
    (tmp_path / "views" / "i18n.py").write_text('X = "中文"\n', "utf-8")
    found = [(each.path, each.line) for each in unmarked.unmarked(tmp_path)]
    assert found == [("views/a.py", 1), ("views/templates/a.pt", 1)]
