"""The register of documents in the making (domain.md 5.1): what lies on the desks a person sees, since when, in whose hands."""

import pytest

from policies.register_pages import PAGES
from policies.register_pages.asked import ask
from tests.policies.outgoing import Chain

PAGE = PAGES["outgoing_documents"]


def rows(bench, login, **params):
    asked = ask(PAGE, bench.actor(login), bench.root, params)
    return None if asked is None else list(asked.all_rows())


@pytest.fixture
def documents(bench):
    """One that is drafted and one that is set, of 综合一处."""
    chain = Chain(bench)
    return chain.draft(title="关于防汛工作的意见"), chain.plating()


def test_columns_filters_and_order():
    labels = [str(each.label) for each in PAGE.columns]
    assert labels == ["紧急程度", "发文字号", "标题", "发文机关", "字头", "经办人", "状态", "起于", "拟稿时间"]
    filters = {"words", "state", "series", "urgency", "unit", "sequence", "case_officer", "since"}
    assert {each.index for each in PAGE.filters} == filters
    assert PAGE.sort == "-order"


def test_7_2_each_sees_what_lies_on_the_own_desks(bench, documents):
    for login in (
        "zh1.officer",
        "zh1.head",
        "office.leader",
        "office.plate",
        "office.proof",
        "office.recheck",
        "office.seal",
    ):
        assert set(rows(bench, login)) == set(documents), login
    for login in ("zh2.officer", "auditor", "admin", "jm.clerk", "office.registry1"):
        assert rows(bench, login) is None, login


def test_found_by_state_series_and_words(bench, documents):
    drafted, plated = documents
    assert rows(bench, "office.leader", state="draft") == [drafted]
    assert rows(bench, "office.leader", series="粤府") == [plated]
    assert rows(bench, "office.leader", q="春运") == [plated]
    assert rows(bench, "office.leader", number="1") == [plated]


def test_a_line_says_where_it_lies(bench, documents):
    _drafted, plated = documents
    line = {str(column.label): column.said(plated) for column in PAGE.columns}
    assert (line["发文字号"], line["字头"], str(line["状态"])) == ("粤府〔2013〕1号", "粤府", "制版")
    assert line["起于"] == plated.history[-1].at
