"""The registers of seals and of their use hold what part 6 says, and who sees them (P-70 to P-76, R-8.3)."""

import pytest

from policies.engine import Act
from policies.register_pages import PAGES
from policies.register_pages.asked import ask
from policies.register_pages.sealing import seal_name
from policies.seal_use import record_use
from tests.policies.bench import later
from tests.policies.seals import KEEPER, active
from tests.policies.test_seal_use import AFTER, BEFORE, used

# By hand from domain.md part 6: "seal use: seal, document, number, keeper, at; seal F, at D, T title; at desc"; 4.11, 4.12.
EXPECTED = {
    "seals": (
        ["印文", "单位", "印章种类", "直径（毫米）", "保管人", "申请时间", "制作人", "有效期至", "状态"],
        {"words", "unit", "kind", "state", "keeper", "valid_to"},
        "order",
    ),
    "seal_uses": (
        ["用印时间", "印章", "标题", "文号", "页", "保管人", "工作站", "证书序列号", "用印后散列"],
        {"seal", "at", "words"},
        "-at",
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


def sees(bench, name, login):
    return PAGES[name].query(bench.actor(login), bench.root) is not None


def test_p_70_seals_are_seen_by_their_unit_and_by_those_who_answer_for_all(bench, authority):
    seal = active(bench)
    office = active(bench, login="office.admin", unit="gd-office", keeper=bench.person("office.seal"))
    for login in ("security", "auditor", "liaison", "office.leader"):
        assert rows(bench, "seals", login) == [office, seal], login
    for login in ("gz.admin", KEEPER, "gz.approver"):
        assert rows(bench, "seals", login) == [seal], login
    assert not sees(bench, "seals", "gz.clerk")
    assert not sees(bench, "seals", "tech")
    assert rows(bench, "seals", "security", unit="guangzhou", kind="official", state="active") == [seal]
    assert rows(bench, "seals", "security", q="办公厅") == [office]
    assert rows(bench, "seals", "security", keeper="gz.seal") == [seal]
    assert rows(bench, "seals", "security", valid_to_to="2013-02-01") == []


def test_r_8_3_what_was_sealed_is_seen_in_the_unit_only(bench, authority):
    seal = active(bench)
    first = used(bench, seal)
    later(minutes=1)
    second = record_use(
        Act(seal, bench.actor(KEEPER), first.at.replace(hour=3), {}),
        seal,
        first.document,
        page=2,
        before=BEFORE,
        after=AFTER,
    )
    for login in (KEEPER, "gz.approver"):
        assert rows(bench, "seal_uses", login) == [second, first], login
    for login in ("security", "auditor", "admin", "liaison", "gz.admin", "gz.clerk"):
        assert not sees(bench, "seal_uses", login), login
    assert rows(bench, "seal_uses", "office.leader") == []
    assert rows(bench, "seal_uses", KEEPER, q="春运") == [second, first]
    assert rows(bench, "seal_uses", KEEPER, q="江府〔2013〕2号") == [second, first]
    assert rows(bench, "seal_uses", KEEPER, seal=f"guangzhou/{seal.uid}", at_to="2013-01-06") == []


def test_a_seal_is_said_by_its_name(bench, authority):
    seal = active(bench)
    assert seal_name(bench.root, f"guangzhou/{seal.uid}") == "广州市人民政府"
    assert seal_name(bench.root, "guangzhou/x") == "guangzhou/x"
    assert seal_name(bench.root, "nowhere/x") == "nowhere/x"
