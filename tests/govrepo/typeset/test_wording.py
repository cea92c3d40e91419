"""What the standard writes around the words of a plate."""

from govrepo.typeset import Attachment
from govrepo.typeset.wording import wording
from tests.govrepo.typeset.plates import plate


def test_the_mark_bears_its_kind_word_once():
    for mark in [("甲厅文件", "乙厅"), ("甲厅", "乙厅文件"), ("甲厅", "乙厅", "文件")]:
        words = wording(plate(mark=mark))
        assert (words["mark"], words["kind_word"]) == (["甲厅", "乙厅"], "文件")
    assert wording(plate(mark=("甲厅",)))["kind_word"] == ""


def test_dates_have_arabic_numerals_without_zeros():
    words = wording(plate())
    assert (words["date"], words["printed_on"]) == ("2013年1月5日", "2013年1月6日印发")
    assert wording(plate(printed_on=None))["printed_on"] == ""


def test_names_end_as_they_should():
    words = wording(plate(copies_to="甲厅，乙厅。", recipients="甲厅:", note="此件公开"))
    assert (words["copies_to"], words["recipients"], words["note"]) == ("甲厅，乙厅。", "甲厅：", "（此件公开）")
    words = wording(plate(copies_to=(), recipients=(), note="（此件公开）"))
    assert (words["copies_to"], words["recipients"], words["note"]) == ("", "", "（此件公开）")


def test_an_attachment_without_text_is_only_named():
    words = wording(plate(attachments=(Attachment("名单"), Attachment("办法", "第一条"))))
    assert [each["title"] for each in words["attachments"]] == ["名单", "办法"]
    assert [len(each["body"]) for each in words["attachments"]] == [0, 1]


def test_attendees_have_a_label():
    words = wording(plate(attendees=("张三、李四", "列席：王五")))
    assert [each["label"] for each in words["attendees"]] == ["出席：", "列席："]


def test_items_of_a_list_are_no_headings():
    body = wording(plate(body="一、总则\n（一）甲；\n（二）乙。\n二、分则\n（一）丙"))["body"]
    assert [each["heading"] for each in body] == ["一、总则", "", "", "二、分则", "（一）丙"]


def test_items_of_a_regulation_are_no_headings():
    body = wording(plate(body="第一章 总则\n第一条 甲。\n（一）乙。\n第二条 丙。"))["body"]
    assert [each["heading"] for each in body] == ["", "第一条", "", "第二条"]
    assert [each["chapter"] for each in body] == [True, False, False, False]
