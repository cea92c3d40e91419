"""The form of a draft: what was typed becomes values, values become fields again (domain.md 3.2)."""

import pytest

from govrepo.database import opened
from policies.draft_import import Brought
from tests.policies.bench import Bench
from tests.policies.outgoing import Chain
from views import draft_form as form


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("\u3000\u3000一、甲\r\n\r\n  乙。 \r\n", "一、甲\n乙。"),
        ("", ""),
        ("甲\r乙", "甲\n乙"),
    ],
)
def test_a_text_is_kept_a_paragraph_a_line(typed, kept):
    assert form.paragraphs(typed) == kept


def test_a_break_in_the_title_stays():
    assert form.title_of(" 关于  甲\r\n和乙的通知 \r\n\r\n") == "关于 甲\n和乙的通知"


def test_a_text_brought_in_fills_what_was_left_empty():
    typed = {"title": "", "mains_text": "各市", "body": "旧", "note": "x"}
    assert form.with_text(typed, Brought("关于甲的通知", "各县", "新")) == {
        "title": "关于甲的通知",
        "mains_text": "各市",
        "body": "新",
        "note": "x",
    }


def test_the_outline_has_the_headings_alone():
    assert form.outline("前言\n一、甲\n（一）乙\n1. 丙\n（1）丁\n1.5 倍") == [
        (1, "一、甲"),
        (2, "（一）乙"),
        (3, "1. 丙"),
        (4, "（1）丁"),
    ]


def test_every_element_has_its_field(shared_app):
    with opened(shared_app.registry) as root:
        document = Chain(Bench(root, shared_app.registry)).draft()
        values = form.values_of(document)
        shown = form.fields(values)
        assert set(shown) == set(values)
        assert shown["mains"] == ["guangzhou", "shenzhen"]
        assert shown["series"] == document.series.uid
