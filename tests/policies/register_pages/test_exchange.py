"""The registers of the exchange hold what part 6 says: columns, filters, order."""

import pytest

from content_types.unit import Contact
from policies.register_pages import PAGES
from policies.register_pages.asked import ask
from tests.policies.bench import later

# By hand from domain.md part 6: columns, indexes filtered by, default order.
EXPECTED = {
    "deliveries": (
        ["紧急程度", "发文字号", "标题", "来文单位", "交换箱", "到达", "签收时间", "签收人", "状态"],
        {"box", "state", "urgency", "available", "from_unit", "dispatch"},
        "-order",
    ),
    "signatures": (
        ["发文字号", "标题", "交换箱", "来文单位", "到达", "签收时间", "签收人", "签收身份", "签收用时"],
        {"box", "signed", "signer", "from_unit", "dispatch"},
        "-signed",
    ),
    "unsigned": (
        ["紧急程度", "发文字号", "标题", "来文单位", "交换箱", "到达", "等待", "首开", "电话通知", "状态"],
        {"state", "urgency", "available", "box", "from_unit", "dispatch"},
        "available",
    ),
    "chase": (
        ["紧急程度", "交换箱", "联系人", "发文字号", "标题", "到达", "签收期限", "首开", "电话通知"],
        {"urgency", "available", "box", "dispatch"},
        "sign_by",
    ),
    "returns": (
        ["退文时间", "发文字号", "标题", "来文单位", "退文的交换箱", "理由", "说明", "发文方签收"],
        {"reason", "returned", "from_unit", "box", "dispatch"},
        "-returned",
    ),
    "outgoing": (
        ["发文字号", "标题", "文种", "成文日期", "发送时间", "主送", "抄送", "方式", "份数", "状态"],
        {"series", "year", "sequence", "kind", "drafter", "dated", "to", "copied", "words"},
        "-series_order",
    ),
}


@pytest.mark.parametrize("name", EXPECTED)
def test_part_6_columns_filters_and_order(name):
    columns, filters, sort = EXPECTED[name]
    page = PAGES[name]
    assert [str(each.label) for each in page.columns] == columns
    assert {each.index for each in page.filters} == filters
    assert page.sort == sort


def rows(bench, name, login="office.registry1", **params):
    return list(ask(PAGES[name], bench.actor(login), bench.root, params).all_rows())


def line(bench, name, row):
    return {str(column.label): column.said(row) for column in PAGES[name].columns}


def test_the_delivery_list_has_the_urgent_first_and_nothing_that_was_recalled(bench):
    plain = bench.delivery(number="江府〔2013〕1号")
    urgent = bench.delivery(number="江府〔2013〕2号", urgency="urgent")
    recalled = bench.delivery(number="江府〔2013〕3号")
    bench.act("jm.clerk", recalled, "recall", note="发错")
    assert rows(bench, "deliveries") == [urgent, plain]
    assert rows(bench, "deliveries", urgency="plain") == [plain]


def test_a_signature_tells_who_in_which_capacity_and_how_long_it_took(bench):
    delivery = bench.opened()
    later(minutes=65)
    bench.act("office.registry1", delivery, "sign_for")
    told = line(bench, "signatures", delivery)
    assert (told["签收身份"], str(told["签收用时"].interpolate())) == ("本箱收文员", "1小时5分")
    assert told["签收人"] == bench.person("office.registry1").name
    assert rows(bench, "signatures", person="office.registry1") == [delivery]
    assert rows(bench, "signatures", person="jm.clerk") == []
    assert rows(bench, "signatures", "jm.clerk") == [delivery]
    assert rows(bench, "signatures", signed_to="2013-01-06") == []


def test_p_38_what_is_not_signed_stands_by_its_waiting_and_leaves_when_signed(bench):
    first = bench.delivery(number="江府〔2013〕1号")
    later(hours=2)
    second = bench.opened(number="江府〔2013〕2号")
    assert rows(bench, "unsigned") == rows(bench, "unsigned", "jm.clerk") == [first, second]
    assert str(line(bench, "unsigned", first)["等待"].interpolate()) == "2小时0分"
    bench.act("office.registry1", second, "sign_for")
    assert rows(bench, "unsigned", "jm.clerk") == [first]
    assert rows(bench, "unsigned", "gz.clerk") == []


def test_p_38_what_should_be_signed_by_now_is_chased_by_its_sender_with_a_phone(bench):
    urgent, plain = bench.delivery(urgency="urgent"), bench.delivery(number="江府〔2013〕3号")
    bench.box("gd-office").unit.contacts = (Contact("周敏", "020-83130000"),)
    assert rows(bench, "chase", "jm.clerk") == [], "nothing is late yet"
    later(hours=2, minutes=1)
    assert rows(bench, "chase", "jm.clerk") == [urgent], "urgent ones within two hours"
    assert line(bench, "chase", urgent)["联系人"] == "周敏 020-83130000"
    later(days=1)
    assert rows(bench, "chase", "jm.clerk") == [urgent, plain]
    bench.act("office.registry1", urgent, "open")
    bench.act("office.registry1", urgent, "sign_for")
    assert rows(bench, "chase", "jm.clerk") == [plain]
    assert rows(bench, "chase", "gz.clerk") == []


def test_p_54_a_return_is_listed_for_both_sides_until_and_after_it_is_acknowledged(bench):
    delivery = bench.returned()
    assert rows(bench, "returns") == rows(bench, "returns", "jm.clerk") == [delivery]
    told = line(bench, "returns", delivery)
    assert (told["理由"], told["说明"], told["发文方签收"]) == ("错发", "非我单位职责", "否")
    bench.act("jm.clerk", delivery, "acknowledge")
    assert line(bench, "returns", rows(bench, "returns", reason="misdirected")[0])["发文方签收"] == "是"


def test_the_outgoing_register_goes_by_series_year_and_number_and_leaves_drafts_out(bench):
    bench.draft(number="江府〔2013〕9号")
    sent = [bench.sent(number=f"江府〔2013〕{number}号", copies=("foshan",), quota=2) for number in (2, 10)]
    other = bench.sent(number="江函〔2013〕1号", kind="函")
    plain = bench.sent(number="", no_number_reason="便函")
    assert rows(bench, "outgoing", "jm.clerk", sort="series_order") == [plain, other, *sent]
    assert rows(bench, "outgoing", "jm.clerk", series="江府") == sent[::-1]
    assert rows(bench, "outgoing", "jm.clerk", series="江府", number="10") == [sent[1]]
    assert rows(bench, "outgoing", "jm.clerk", copied="foshan", sort="sent") == sent
    assert rows(bench, "outgoing", "jm.clerk", to="foshan") == []
    assert rows(bench, "outgoing", "jm.clerk", kind="函", dated_from="2013-01-05") == [other]
    assert rows(bench, "outgoing", "jm.clerk", drafter="jm.clerk", q="春运", year="2013", sort="sent") == [*sent, other]
    told = line(bench, "outgoing", sent[0])
    assert (told["份数"], told["方式"], str(told["抄送"])) == (4, "首发", bench.box("foshan").title)
