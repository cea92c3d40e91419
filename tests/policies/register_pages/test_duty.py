"""The register of calls about urgent documents holds what part 6 says."""

from datetime import UTC

import pytest

from content_types.phone_notice import Call, Result
from govrepo import clock
from govrepo.i18n import plain
from policies.division_call import tasks_about
from policies.register_pages import PAGES
from policies.register_pages.asked import ask
from tests.policies.bench import later, local
from tests.policies.duty import DUTY, REGISTRY, call, distributed, shift

# By hand from domain.md part 6: columns, indexes filtered by, default order.
EXPECTED = {
    "phone_notices": (
        ["时间", "方向", "打电话的人", "接电话的人", "发文字号", "公文", "结果", "状态"],
        {"at", "direction", "result"},
        "-at",
    ),
    "duty": (
        ["上班", "下班", "值班员", "替班人", "值班电话", "交接事项", "接班人", "接班时间", "状态"],
        {"starts", "person", "state"},
        "-starts",
    ),
}


@pytest.mark.parametrize("name", EXPECTED)
def test_part_6_columns_filters_and_order(name):
    columns, filters, sort = EXPECTED[name]
    page = PAGES[name]
    assert [str(each.label) for each in page.columns] == columns
    assert {each.index for each in page.filters} == filters
    assert page.sort == sort


def rows(bench, name, login, **params):
    return list(ask(PAGES[name], bench.actor(login), bench.root, params).all_rows())


def said(name, row):
    return {str(column.label): column.said(row) for column in PAGES[name].columns}


@pytest.fixture
def sent(bench):
    """Two urgent sendings at night: one with a call, one without."""
    called, silent = (bench.released(urgency="urgent", number=f"江府〔2013〕{number}号") for number in (1, 2))
    clock.travel(local("2013-01-12 22:13"))
    at = local("2013-01-12 22:12").astimezone(UTC)
    bench.act("jm.clerk", called, "send", call=Call(at, "江门 甲", "省政府值班室 乙"))
    bench.act("jm.clerk", silent, "send", call=Call(None, "", "", Result.NOT_NOTIFIED))
    return called, silent


def test_r_16_2_a_line_tells_who_called_whom_about_what(bench, sent):
    line = said("phone_notices", sent[0].phone_notice)
    assert (line["打电话的人"], line["接电话的人"], line["发文字号"], line["公文"]) == (
        "江门 甲", "省政府值班室 乙", "江府〔2013〕1号", "关于春运工作的通知",
    )  # fmt: skip
    assert (str(line["方向"]), str(line["结果"])) == ("打出", "已告知")


def test_r_16_3_who_did_not_call_stands_in_the_register_too(bench, sent):
    notices = [each.phone_notice for each in sent]
    assert rows(bench, "phone_notices", "jm.clerk") == notices[::-1]
    assert rows(bench, "phone_notices", "office.registry1", result="not_notified") == notices[1:]
    assert rows(bench, "phone_notices", "office.registry1", direction="in") == []
    assert rows(bench, "phone_notices", "office.registry1", at_to="2013-01-11") == []
    assert PAGES["phone_notices"].query(bench.actor("auditor"), bench.root) is None


def test_r_16_1_shifts_by_date_and_officer_for_whoever_may_read_the_roster(bench):
    night = shift(bench, "2013-01-07 17:30", "2013-01-08 08:30", substitute="office.registry2")
    day = shift(bench, "2013-01-08 08:30", "2013-01-08 17:30", officer=REGISTRY)
    for login in (DUTY, "office.leader", "auditor", "liaison"):
        assert rows(bench, "duty", login) == [day, night]
    assert rows(bench, "duty", DUTY, person="office.registry2") == [night]
    assert rows(bench, "duty", DUTY, starts_from="2013-01-08") == [day]
    assert PAGES["duty"].query(bench.actor("zh2.receiver"), bench.root) is None
    assert said("duty", night)["替班人"] == bench.person("office.registry2").name


def test_r_20_3_not_signed_tells_who_was_called(bench):
    def told(delivery):
        return plain(said("unsigned", delivery)["电话通知"])

    delivery = distributed(bench)
    assert told(delivery) == "待电话通知"
    later(hours=3)
    assert told(delivery) == "电话通知超时"
    bench.act(DUTY, tasks_about(delivery)[0], "tell", call=call("2013-01-07 12:30"))
    assert told(delivery) == "01-07 12:30已电话通知"
    assert told(bench.delivery(number="江府〔2013〕8号")) == ""


def test_r_16_3_not_signed_tells_that_the_sender_called_nobody(bench, sent):
    bench.fan_out(sent[1])
    delivery = sent[1].tracking.deliveries["gd-office"]
    assert str(said("unsigned", delivery)["电话通知"]) == "未电话通知"
