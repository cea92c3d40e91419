"""Where things stand on the pages: the measures of GB/T 9704-2012 (domain.md 3.4), read back from the PDF.

Lengths are millimetres from the upper left corner of the page. A line is as high as a character and 7/8 of it.
"""

import pytest

from govrepo.typeset import Attachment
from tests.govrepo.typeset.measures import BOTTOM, CELL, GAP, PITCH, RED, SIZE_2, SIZE_3, SIZE_4, TOP, near, row, sheets
from tests.govrepo.typeset.plates import plate

PAGES = plate(body="国" * 28 * 80)


# ---- Paper and grid --------------------------------------------------------------------------------------------------


def test_the_paper_is_a4():
    assert {(round(sheet.width), round(sheet.height)) for sheet in sheets(PAGES)} == {(210, 297)}


@pytest.mark.parametrize(("page", "left"), [(1, 26), (2, 28)])
def test_a_page_is_22_lines_of_28_characters_with_the_margin_at_the_binding(page: int, left: float):
    lines = [line for line in sheets(PAGES)[page].lines() if line[0].char == "国"]
    assert len(lines) == 22
    assert [len(line) for line in lines] == [28] * 22
    assert [line[0].cell_top for line in lines] == [near(TOP + n * PITCH) for n in range(22)]
    assert [glyph.x for glyph in lines[2]] == [near(left + n * CELL) for n in range(28)]
    assert lines[-1][0].cell_bottom == near(BOTTOM)
    assert [glyph.size for glyph in lines[2]] == [near(SIZE_3)] * 28


def test_punctuation_and_numbers_fill_the_line_to_its_end():
    body = "为进一步做好2013年工作，各单位要认真执行《办法》（GB/T 9704-2012）的规定，" * 8
    lines = sheets(plate(body=body))[0].lines()[6:-2]
    for line in lines:
        assert line[-1].x < 184
        assert max(glyph.x for glyph in line) > 184 - 1.6 * CELL


@pytest.mark.parametrize("page", [0, 1, 2])
def test_page_numbers_are_outside_one_character_in_7_mm_below(page: int):
    first, number, last = sheets(PAGES)[page].lines()[-1]
    assert (first.char, number.char, last.char) == ("—", str(page + 1), "—")
    assert number.size == SIZE_4
    assert "Song" in number.font
    assert first.top == near(BOTTOM + 7)
    character = SIZE_4 / 72 * 25.4
    if page % 2:
        assert first.x == near(26 + character)
    else:
        assert last.ink_right == near(184 - character, 0.2)


# ---- Head ------------------------------------------------------------------------------------------------------------


def test_the_corner_holds_copy_number_classification_and_urgency_in_this_order():
    sheet = sheets(plate(copy_number="000001", classification="机密★1年", urgency="特急"))[0]
    for line, words in enumerate(["000001", "机密★1年", "特急"]):
        found = row(sheet, words)
        assert (found.x, found.cell_top) == (near(28), near(TOP + line * PITCH))
        assert line == 0 or "Hei" in found.font
    assert row(sheets(plate(urgency="特急"))[0], "特急").cell_top == near(TOP)


def test_the_mark_is_red_centred_and_35_mm_below_the_type_area():
    mark = sheets(plate())[0].find("广东省人民政府文件")
    assert min(glyph.top for glyph in mark) == near(TOP + 35, 0.25)
    assert {glyph.colour for glyph in mark} == {RED}
    assert {"SongBold" in glyph.font.replace("-", "") for glyph in mark} == {True}
    assert (mark[0].x + mark[-1].right) / 2 == near(106, 0.2)
    assert mark[0].x >= 28 - 0.1


@pytest.mark.parametrize("name", ["甲厅文件", "广东省人民政府文件", "广东省发展和改革委员会经济体制综合改革办公室文件"])
def test_a_long_name_is_smaller_and_none_is_larger_than_the_largest(name: str):
    mark = sheets(plate(mark=(name,)))[0].find(name)
    assert mark[-1].right - mark[0].x <= 156.1
    assert mark[0].size <= 62


def test_the_number_stands_two_lines_below_the_mark_in_the_middle():
    sheet = sheets(plate())[0]
    number = sheet.find("粤府〔2013〕1号")
    bottom = max(glyph.bottom for glyph in sheet.find("广东省人民政府文件"))
    assert number[0].cell_top == near(bottom + GAP + 2 * PITCH, 0.2)
    assert (number[0].x + number[-1].right) / 2 == near(106, 0.2)
    assert number[0].colour == (0, 0, 0)


def test_the_red_rule_is_4_mm_below_the_number_and_156_mm_wide():
    sheet = sheets(plate())[0]
    (rule,) = sheet.rules
    assert rule.top == near(row(sheet, "粤府〔").cell_bottom + 4)
    assert (rule.left, rule.width, rule.colour) == (near(28), near(156), RED)


def test_the_title_is_two_lines_below_the_rule_and_the_recipients_one_below_it():
    sheet = sheets(plate(title="关于放假的通知"))[0]
    title, recipients = sheet.find("关于放假的通知"), row(sheet, "各地级以上市")
    assert title[0].size == SIZE_2
    assert title[0].cell_top == near(sheet.rules[0].bottom + 2 * PITCH)
    assert (title[0].x + title[-1].right) / 2 == near(106)
    assert (recipients.x, recipients.cell_top) == (near(28), near(title[0].cell_bottom + GAP + PITCH))
    assert "，省政府各部门：" in sheet.text


def test_upward_documents_name_their_signer_at_the_right_of_the_number():
    sheet = sheets(plate(signers=("朱某某",), number="粤府报〔2013〕2号"))[0]
    number, label, name = row(sheet, "粤府报〔"), row(sheet, "签发人："), sheet.find("朱某某")
    assert number.x == near(28 + CELL)
    assert name[-1].right == near(184 - CELL)
    assert number.baseline == near(label.baseline) == near(name[0].baseline)
    assert ("Fang" in label.font, "Kai" in name[0].font) == (True, True)
    bottom = max(glyph.bottom for glyph in sheet.find("广东省人民政府文件"))
    assert number.cell_top == near(bottom + GAP + 2 * PITCH, 0.2)


def test_several_signers_stand_two_a_row_and_the_number_beside_the_last():
    sheet = sheets(plate(signers=("王某某", "李四", "赵某某")))[0]
    first, second, third = (row(sheet, name) for name in ("王某某", "李四", "赵某某"))
    assert first.baseline == near(second.baseline) == near(third.baseline - PITCH)
    assert first.x == near(third.x)
    assert sheet.find("李四")[1].right == near(184 - CELL), "a name of two is as wide as one of three"
    assert row(sheet, "粤府〔").baseline == near(third.baseline)
    assert sheet.rules[0].top == near(third.cell_bottom + 4)


def test_joint_issuers_stand_one_below_the_other_with_one_kind_word_beside_them():
    names = ("广东省发展和改革委员会", "广东省财政厅", "广东省人力资源和社会保障厅")
    sheet = sheets(plate(mark=(*names, "文件"), signature=names))[0]
    marks = [sheet.find(name) for name in names]
    word = sheet.find("文件")
    assert sheet.text.count("文件") == 1
    assert min(glyph.top for glyph in marks[0]) == near(TOP + 35, 0.25)
    assert {round(mark[0].x, 1) for mark in marks} == {round(marks[0][0].x, 1)}
    assert {round(mark[-1].right, 1) for mark in marks} == {round(marks[0][-1].right, 1)}
    assert word[0].x > marks[0][-1].right
    middle = (min(glyph.top for glyph in word) + max(glyph.bottom for glyph in word)) / 2
    assert middle == near((min(g.top for g in marks[0]) + max(g.bottom for g in marks[2])) / 2, 0.3)


# ---- Text ------------------------------------------------------------------------------------------------------------


def test_paragraphs_are_indented_and_headings_have_their_fonts():
    both = sheets(plate())
    fonts = {
        "为进一步做好": "Fang",
        "一、提高认识": "Hei",
        "（一）统一标准。": "Kai",
        "1.办公厅": "Fang",
        "（1）指定": "Fang",
    }
    for words, font in fonts.items():
        sheet = next(sheet for sheet in both if words in sheet.text)
        left = 28 if sheet is both[0] else 26
        assert row(sheet, words).x == near(left + 2 * CELL)
        assert font in sheet.find(words)[-1].font
    sheet = next(sheet for sheet in both if "各单位要严格执行" in sheet.text)
    assert "Fang" in row(sheet, "各单位要严格执行").font, "only the first sentence is the heading"


def test_a_heading_is_never_the_last_line_of_a_page():
    for lines in (4, 5, 6):
        body = "\n".join(["国" * 20] * lines + ["一、总则"] + ["国" * 60] * 9)
        made = sheets(plate(body=body))
        heading = next(sheet for sheet in made if "一、总则" in sheet.text)
        assert "国" in heading.text.partition("一、总则")[2]


def test_the_attachments_are_named_one_line_below_the_text():
    two = (Attachment("接入单位名单"), Attachment("使用管理办法" * 6))
    sheet = sheets(plate(body="各单位执行。", attachments=two))[0]
    text, label = row(sheet, "各单位执行。"), row(sheet, "附件：1.接入单位名单")
    assert (label.x, label.cell_top) == (near(28 + 2 * CELL), near(text.cell_bottom + GAP + PITCH))
    lines = [line for line in sheet.lines() if line[0].cell_top > label.cell_top]
    second = sheet.find("2.使用管理办法")
    assert second[0].x == near(sheet.find("1.接入单位名单")[0].x)
    assert lines[1][0].x == near(second[2].x), "the second line begins under the first character"
    alone = sheets(plate(body="各单位执行。", attachments=two[:1]))[0]
    assert "附件：接入单位名单" in alone.text


def test_the_seal_stands_over_the_date_four_characters_from_the_right():
    sheet = sheets(plate(body="各单位执行。"))[0]
    text, name, date = row(sheet, "各单位执行。"), sheet.find("广东省人民政府", 2), sheet.find("2013年1月5日")
    assert date[-1].right == near(184 - 4 * CELL)
    assert date[0].baseline == near(name[0].baseline + PITCH)
    middle = (date[0].x + date[-1].right) / 2
    assert (name[0].x + name[-1].right) / 2 == near(middle)
    (slot,) = sheet.links
    assert (slot.name, slot.width, slot.height) == ("urn:govrepo:seal-slot:0", near(42), near(42))
    assert slot.middle[0] == near(middle)
    assert text.cell_bottom < slot.top < text.cell_bottom + PITCH, "its top is within a line of the text"
    assert slot.middle[1] < (name[0].cell_top + date[0].cell_bottom) / 2 < slot.bottom


@pytest.mark.parametrize("diameter", [42, 45, 50])
@pytest.mark.parametrize("issuers", [2, 3, 4, 7])
def test_joint_seals_stand_apart_inside_the_type_area_at_most_three_a_row(issuers: int, diameter: int):
    names = tuple(f"广东省{name}厅" for name in "甲乙丙丁戊己庚"[:issuers])
    made = sheets(plate(body="各单位执行。", signature=names, seal_mm=diameter))
    slots = [(page, slot) for page, sheet in enumerate(made) for slot in sheet.links]
    assert [slot.name for _, slot in slots] == [f"urn:govrepo:seal-slot:{n}" for n in range(issuers)]
    rows = {(page, round(slot.top)) for page, slot in slots}
    assert len(rows) == -(-issuers // 3)
    for at, (page, slot) in enumerate(slots):
        left = 26 if page % 2 else 28
        assert left - 0.01 <= slot.left < slot.right <= left + 156.01
        for other_page, other in slots[:at]:
            apart = max(abs(slot.middle[0] - other.middle[0]), abs(slot.middle[1] - other.middle[1]))
            assert page != other_page or apart >= diameter + 0.5
    page, last = slots[-1]
    date = made[page].find("2013年1月5日")
    assert (date[0].x + date[-1].right) / 2 == near(last.middle[0])


def test_long_names_of_joint_issuers_stand_two_a_row():
    names = ("广东省发展和改革委员会", "广东省人力资源和社会保障厅", "广东省财政厅")
    sheet = sheets(plate(body="各单位执行。", signature=names))[-1]
    assert len({round(slot.top) for slot in sheet.links}) == 2


def test_without_a_seal_the_date_is_two_characters_right_of_the_name():
    sheet = sheets(plate(body="各单位执行。", sealed=False, signature=("广东省人民政府办公厅",)))[0]
    text, name, date = row(sheet, "各单位执行。"), sheet.find("广东省人民政府办公厅"), sheet.find("2013年1月5日")
    assert sheet.links == []
    assert name[-1].right == near(184 - 2 * CELL)
    assert name[0].cell_top == near(text.cell_bottom + GAP + PITCH)
    assert date[0].x == near(name[0].x + 2 * CELL)
    short = sheets(plate(body="各单位执行。", sealed=False, signature=("省府",)))[0]
    assert short.find("2013年1月5日")[-1].right == near(184 - 2 * CELL)


@pytest.mark.parametrize("issuers", [1, 4])
def test_the_signature_is_never_on_a_page_without_text(issuers: int):
    for lines, last in ((2, 130), (3, 26), (22, 130), (25, 26)):
        body = "\n".join(["国" * 20] * lines + ["末" * last])
        made = sheets(plate(body=body, signature=("甲厅", "乙厅", "丙厅", "丁厅")[:issuers]))
        signed = next(sheet for sheet in made if sheet.links)
        assert "末" in signed.text
        assert "国" in made[0].text


def test_the_note_is_in_parentheses_below_the_date():
    sheet = sheets(plate(body="各单位执行。", note="此件主动公开"))[0]
    note = row(sheet, "（此件主动公开）")
    assert (note.x, note.baseline) == (near(28 + 2 * CELL), near(row(sheet, "2013年1月5日").baseline + PITCH))


def test_attachments_begin_on_new_pages():
    two = (Attachment("接入单位名单", "一、各市\n广州市。"), Attachment("办法"), Attachment("说明", "国" * 900))
    made = sheets(plate(attachments=two))
    first = next(sheet for sheet in made if sheet.text.startswith("附件1"))
    label, title, text = row(first, "附件1"), row(first, "接入单位名单"), row(first, "一、各市")
    assert ("Hei" in label.font, label.cell_top) == (True, near(TOP))
    assert (title.size, title.cell_top) == (SIZE_2, near(TOP + 2 * PITCH))
    assert text.cell_top == near(title.cell_bottom + GAP + PITCH)
    assert [sheet.text[:5] for sheet in made if sheet.text.startswith("附件")] == ["附件1接入", "附件3说明"]
    assert (
        next(sheet.text for sheet in sheets(plate(attachments=two[:1]))[1:] if "各市" in sheet.text)[:4] == "附件接入"
    )


def test_a_regulation_has_its_chapters_centred_and_the_numbers_of_its_articles_in_hei():
    text = "第一章 总则\n第一条 为了示例，制定本办法。\n第二条 依照第一条规定办理。"
    sheet = sheets(plate(attachments=(Attachment("办法", text),)))[2]
    chapter, article, words = sheet.find("第一章总则"), sheet.find("第一条为了"), sheet.find("第一条规定")
    assert (chapter[0].x + chapter[-1].right) / 2 == near(106, 0.5)
    assert article[0].x == near(28 + 2 * CELL)
    assert article[3].x == near(article[2].right + CELL), "one blank behind the number"
    assert ["Hei" in glyph.font for glyph in (chapter[0], article[0], article[3], words[0])] == [
        True,
        True,
        False,
        False,
    ]


# ---- Colophon --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lines", [1, 20, 30, 60])
def test_the_colophon_ends_the_last_even_page(lines: int):
    made = sheets(plate(body="\n".join(["国" * 20] * lines)))
    assert len(made) % 2 == 0
    assert [n for n, sheet in enumerate(made) if "印发" in sheet.text] == [len(made) - 1]


def test_the_colophon_has_thick_rules_outside_and_a_thin_one_within():
    sheet = sheets(plate())[-1]
    first, inner, last = sheet.rules
    assert [rule.height for rule in (first, inner, last)] == [near(0.35, 0.01), near(0.25, 0.01), near(0.35, 0.01)]
    assert {(round(rule.left, 1), round(rule.width, 1)) for rule in sheet.rules} == {(26.0, 156.0)}
    assert last.bottom == near(BOTTOM, 0.01)
    copies, printer, day = sheet.find("抄送："), row(sheet, "广东省人民政府办公厅"), sheet.find("2013年1月6日印发")
    character = SIZE_4 / 72 * 25.4
    assert {glyph.size for glyph in copies} == {SIZE_4}
    assert (copies[0].x, printer.x, day[-1].right) == (
        near(26 + character),
        near(26 + character),
        near(182 - character),
    )
    assert first.bottom < copies[0].cell_top < inner.top < printer.cell_top < last.top
    assert "省人大常委会办公厅。" in sheet.text


def test_a_long_list_of_copies_hangs_behind_its_colon():
    sheet = sheets(plate(copies_to=("南海舰队", "广州军区空军") * 6))[-1]
    label = sheet.find("抄送：")
    lines = [line for line in sheet.lines() if line[0].baseline > label[0].baseline + 1]
    assert lines[0][0].x == near(label[0].x + 3 * SIZE_4 / 72 * 25.4)


def test_without_copies_the_colophon_has_two_rules():
    assert len(sheets(plate(copies_to=()))[-1].rules) == 2


def test_a_colophon_behind_a_blank_page_bears_no_number():
    made = sheets(plate(body="\n".join(["国" * 20] * 24)))
    assert [len(made), made[2].text, "—" in made[3].text, "—" in made[1].text] == [4, "", False, True]


def test_recipients_move_into_the_colophon_when_the_first_page_would_show_no_text():
    made = sheets(plate(recipients="广州市人民政府、" * 60))
    assert "为进一步做好" in made[0].text
    assert "广州市人民政府" not in made[0].text
    assert "主送：广州市人民政府、" in made[-1].text
    assert len(made[-1].rules) == 3, "no rule between 主送 and 抄送"
