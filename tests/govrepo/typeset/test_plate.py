"""A plate is plain values, and each format has its own layout (domain.md 3.4)."""

from govrepo.typeset import Format
from tests.govrepo.typeset.measures import BOTTOM, CELL, GAP, PITCH, RED, SIZE_2, TOP, near, row, sheets
from tests.govrepo.typeset.plates import plate


def test_plates_of_the_same_values_are_the_same():
    assert plate() == plate()
    assert hash(plate()) == hash(plate())
    assert plate(format=Format.LETTER) != plate()


LETTER = plate(
    format=Format.LETTER,
    mark=("广东省人民政府办公厅", "广东省财政厅"),
    number="粤办函〔2012〕846号",
    signature=("广东省人民政府办公厅",),
    classification="机密★1年",
    body="国" * 28 * 40,
)


def test_the_letters_mark_is_30_mm_from_the_papers_edge_between_its_double_rules():
    sheet = sheets(LETTER)[0]
    mark = sheet.find("广东省人民政府办公厅")
    assert min(glyph.top for glyph in mark) == near(30, 0.25)
    thick, thin, foot_thin, foot_thick = sheet.rules
    assert thick.top == near(max(glyph.bottom for glyph in mark) + 4)
    assert thick.height > thin.height
    assert foot_thick.height > foot_thin.height
    assert foot_thick.bottom == near(297 - 20)
    assert {(round(rule.left, 1), round(rule.width, 1), rule.colour) for rule in sheet.rules} == {(20.0, 170.0, RED)}
    assert "广东省财政厅" not in sheet.text, "a joint letter bears the lead's mark"


def test_the_letters_number_is_right_under_the_rule():
    sheet = sheets(LETTER)[0]
    number, classification = sheet.find("粤办函〔2012〕846号"), row(sheet, "机密★1年")
    assert number[-1].right == near(184)
    assert number[0].cell_top == near(sheet.rules[1].bottom + GAP)
    assert (classification.x, classification.cell_top) == (near(28), near(number[0].cell_top))
    title = next(line for line in sheet.lines() if line[0].size == SIZE_2)
    assert title[0].cell_top == near(number[0].cell_bottom + GAP + 2 * PITCH)


def test_the_letters_first_page_has_no_number_and_the_last_no_rules():
    made = sheets(LETTER)
    assert ["—" in sheet.text for sheet in made] == [False] + [True] * (len(made) - 1)
    assert [len(sheet.rules) for sheet in made[1:]] == [0] * (len(made) - 1)
    assert "印发" not in "".join(sheet.text for sheet in made)
    last = made[-1].find("省人大常委会办公厅。")[0]
    assert last.cell_bottom == near(BOTTOM)


def test_a_letter_needs_no_even_page():
    assert len(sheets(plate(format=Format.LETTER, body="各单位执行。"))) == 1
    assert len(sheets(plate(format=Format.LETTER, body="各单位执行。", copies_to=()))) == 1


ORDER = plate(
    format=Format.ORDER,
    mark=("广东省人民政府令",),
    number="第178号",
    title="",
    recipients=(),
    body="《办法》已经通过，现予公布。",
    signature=("省长",),
    signers=("朱某",),
)


def test_an_orders_mark_is_20_mm_below_the_type_area_with_number_and_text_two_lines_below_each_other():
    sheet = sheets(ORDER)[0]
    mark, number, text = sheet.find("广东省人民政府令"), sheet.find("第178号"), row(sheet, "《办法》")
    assert min(glyph.top for glyph in mark) == near(TOP + 20, 0.25)
    assert number[0].cell_top == near(max(glyph.bottom for glyph in mark) + GAP + 2 * PITCH, 0.2)
    assert (number[0].x + number[-1].right) / 2 == near(106, 0.2)
    assert text.cell_top == near(number[0].cell_bottom + GAP + 2 * PITCH)


def test_an_orders_signer_has_his_post_left_of_his_stamp_and_the_date_below():
    sheet = sheets(ORDER)[0]
    text, post, name, date = (sheet.find(words) for words in ("《办法》", "省长", "朱某", "2013年1月5日"))
    (slot,) = sheet.links
    assert "Kai" in name[0].font
    assert slot.left < name[0].x < name[-1].right < slot.right
    assert slot.middle[1] == near((name[0].cell_top + name[0].cell_bottom) / 2, 0.2)
    assert post[-1].right < name[0].x
    assert date[-1].right == near(184 - 4 * CELL)
    assert date[0].cell_top == near(name[0].cell_bottom + GAP + PITCH)
    assert name[0].cell_top == near(text[0].cell_bottom + GAP + 2 * PITCH)


def test_minutes_name_those_present_and_have_no_seal():
    attendees = ("张三、" * 20 + "李四", "请假：王五", "列席：赵六")
    made = sheets(
        plate(
            format=Format.MINUTES,
            mark=("广东省人民政府常务会议纪要",),
            number="〔2013〕3号",
            recipients=(),
            body="会议议定如下事项。",
            signature=("广东省人民政府办公厅",),
            attendees=attendees,
        )
    )
    sheet = made[0]
    assert min(glyph.top for glyph in sheet.find("广东省人民政府常务会议纪要")) == near(TOP + 35, 0.25)
    assert [slot for each in made for slot in each.links] == []
    labels = [row(sheet, label) for label in ("出席：", "请假：", "列席：")]
    assert {("Hei" in label.font, round(label.x, 1)) for label in labels} == {(True, round(28 + 2 * CELL, 1))}
    assert labels[0].cell_top == near(row(sheet, "会议议定如下").cell_bottom + GAP + PITCH)
    hanging = next(line for line in sheet.lines() if line[0].baseline > labels[0].baseline + 1)
    assert hanging[0].x == near(28 + 5 * CELL)
    assert sheet.rules[0].top == near(row(sheet, "2013年1月5日").cell_bottom + 4)


def test_a_preview_says_so_on_each_page_and_has_no_place_for_a_seal():
    made = sheets(plate(draft=True))
    assert [("草" in sheet.text, "稿" in sheet.text, sheet.links) for sheet in made] == [(True, True, [])] * len(made)
    assert "草" not in sheets(plate())[0].text
