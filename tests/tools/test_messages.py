"""The catalogue tool: it finds the texts of code and templates, keeps the English, and names what is missing."""

from pathlib import Path

import pytest

from tools import messages


def test_texts_of_code_and_of_templates_are_found():
    texts = messages.collected()
    assert {"内网门户", "跳到正文", "来文提醒", "共 ${total} 件"} <= texts


def test_the_english_is_kept_and_the_missing_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    catalogue = tmp_path / "govrepo.po"
    catalogue.write_text(
        'msgid "签收"\nmsgstr "Sign for"\n\nmsgid "旧"\nmsgstr "Old"\n\n#, fuzzy\nmsgid "分办"\nmsgstr "Guess"\n',
        "utf-8",
    )
    monkeypatch.setattr(messages, "ENGLISH", catalogue)
    monkeypatch.setattr(messages, "collected", lambda: {"签收", "退文", "分办"})
    messages.main()
    assert messages.translated(catalogue) == {"分办": "", "签收": "Sign for", "退文": ""}
    assert capsys.readouterr().out == "3 texts, 2 without English\n分办\n退文\n"
    first = catalogue.read_bytes()
    messages.main()
    assert catalogue.read_bytes() == first


def test_no_catalogue_has_no_english(tmp_path: Path):
    assert messages.translated(tmp_path / "none.po") == {}
