"""Searching as people do (domain.md part 6, 7.2; R-20, S-20): what is found, by whom, at once, counted, in order."""

import itertools
from datetime import date

import pytest
from pyramid.traversal import resource_path

from content_types.file_object import FileRole
from content_types.register_entry import FilingClass
from govrepo.catalog import register
from govrepo.fulltext import QueryError
from policies.entry_access import renew_access
from tests.policies.test_registering import registered

NUMBERS = itertools.count(100)


def delivered(bench, title, **more):
    """A document of Jiangmen's in the office's box, opened there."""
    delivery = bench.delivery(title=title, **({"number": f"江府〔2013〕{next(NUMBERS)}号"} | more))
    bench.act("office.registry1", delivery, "open")
    return delivery


@pytest.fixture(params=["pending", "fed"])
def settle(request, searching):
    """Everything is asked twice: before the worker has done anything, and when it has done all."""
    return searching.feed if request.param == "fed" else lambda: None


def test_a_document_is_found_by_sender_and_receiver_and_by_nobody_else(bench, searching, settle):
    document = delivered(bench, "关于防汛物资储备的报告").document
    settle()
    for login in ("jm.clerk", "office.registry1"):
        assert searching.items(login, "防汛物资") == [document], login
        assert document in searching.items(login)
    for login in ("gz.clerk", "zh2.receiver", "auditor", "admin", "security", "tech"):
        assert searching.items(login, "防汛物资") == [], login
        assert searching.found(login, "防汛物资").total.count == 0
        assert not any(searching.found(login, "防汛物资").facets.values())


def test_p_51_what_is_not_opened_is_not_found(bench, searching, settle):
    delivery = bench.delivery(title="关于防汛物资储备的报告")
    settle()
    assert searching.items("office.registry1", "防汛物资") == []
    bench.act("office.registry1", delivery, "open")
    assert searching.items("office.registry1", "防汛物资") == [delivery.document]


def test_what_is_returned_or_recalled_is_found_no_longer(bench, searching, settle):
    delivery = delivered(bench, "关于防汛物资储备的报告")
    searching.feed()
    bench.act("office.registry1", delivery, "return", reason="attachment_missing", note="缺附件")
    settle()
    assert searching.items("office.registry1", "防汛物资") == []
    assert searching.items("office.registry1") == searching.items("office.registry1", "报告")
    assert searching.items("jm.clerk", "防汛物资") == [delivery.document]


@pytest.mark.parametrize(
    "typed",
    ["江府[2013]77号", "江府【２０１３】77號", "（2013）77", "防汛 -抗旱", "抗旱 或 防汛物资", "储", '"储备的报告"'],
)
def test_s_20_numbers_and_words_however_written(bench, searching, settle, typed):
    document = delivered(bench, "关于防汛物资储备的报告", number="江府〔2013〕77号").document
    settle()
    assert searching.items("jm.clerk", typed) == [document]


@pytest.mark.parametrize("typed", ["防汛 抗旱", "防汛 -储备", "报告关于", '"防汛 储备"', "报告江府"])
def test_what_does_not_stand_there_is_not_found(bench, searching, settle, typed):
    delivered(bench, "关于防汛物资储备的报告", number="江府〔2013〕77号")
    settle()
    assert searching.items("jm.clerk", typed) == []


def test_a_page_tells_where_each_can_be_opened_and_shows_the_words(bench, searching, settle):
    delivery = delivered(bench, "关于防汛物资储备的报告", note="汛期将至，请尽快拨付。")
    settle()
    (hit,) = searching.found("office.registry1", "汛期").hits
    assert hit.places == (delivery,)
    assert [piece.text for piece in hit.pieces if piece.hit] == ["汛期"]
    (hit,) = searching.found("jm.clerk", "汛期").hits
    assert hit.places == (delivery.dispatch,)
    (hit,) = searching.found("jm.clerk", "防汛物资").hits
    assert not any(piece.hit for piece in hit.pieces)


def test_facets_narrow_and_count(bench, searching, settle):
    one = delivered(bench, "关于防汛的报告", kind="报告", urgency="urgent").document
    other = delivered(bench, "关于防汛的请示", kind="请示").document
    settle()
    for typed in ("防汛", ""):
        found = searching.found("jm.clerk", typed, facets={"unit": ("jiangmen",), "year": ("2012", "2013")})
        assert {hit.item for hit in found.hits} >= {one, other}
        assert found.facets["kind"]["报告"] >= 1
        narrowed = searching.found("jm.clerk", typed, facets={"kind": ("报告",), "urgency": ("urgent",)})
        assert [hit.item for hit in narrowed.hits] == [one]
        assert narrowed.facets["kind"] == {"报告": 1}
        assert narrowed.total.count == 1
        assert searching.items("jm.clerk", typed, facets={"kind": ("没有",)}) == []


def test_where_a_person_holds_it_is_a_facet_of_its_own(bench, searching, settle):
    document = delivered(bench, "关于防汛的报告").document
    settle()
    for typed in ("防汛", ""):
        assert searching.found("jm.clerk", typed).facets["register"]["outgoing"] >= 1
        assert searching.found("office.registry1", typed).facets["register"]["incoming"] >= 1
        assert document in searching.items("jm.clerk", typed, facets={"register": ("outgoing",)})
        assert document not in searching.items("jm.clerk", typed, facets={"register": ("incoming", "office")})
        assert document in searching.items("office.registry1", typed, facets={"register": ("incoming",)})
        assert searching.items("jm.clerk", typed, facets={"register": ("nonsense",)}) == []


def test_words_of_the_head_alone(bench, searching, settle):
    titled = delivered(bench, "关于防汛的报告").document
    noted = delivered(bench, "关于经费的报告", note="用于防汛").document
    settle()
    assert set(searching.items("jm.clerk", "防汛")) == {titled, noted}
    assert searching.items("jm.clerk", "防汛", head=True) == [titled]
    assert searching.found("jm.clerk", "防汛", head=True).total.count == 1
    assert searching.items("jm.clerk", "报告 -防汛", head=True) == [noted]


def test_days_and_their_order(bench, searching, settle):
    days = [date(2013, 1, 2), date(2013, 1, 5), date(2013, 1, 6)]
    documents = [delivered(bench, f"关于防汛的第{day.day}号报告", date=day).document for day in days]
    settle()
    for typed in ("防汛", ""):
        mine = [each for each in searching.items("jm.clerk", typed) if each in documents]
        assert mine == documents[::-1]
        assert searching.items("jm.clerk", typed, since=days[1], until=days[1]) == [documents[1]]
        assert set(documents) - set(searching.items("jm.clerk", typed, since=days[1])) == {documents[0]}
        assert set(documents) - set(searching.items("jm.clerk", typed, until=days[1])) == {documents[2]}


@pytest.mark.parametrize("order", ["newest", "best"])
def test_pages_go_on_from_a_key_without_loss_or_repetition(bench, searching, settle, order):
    documents = {delivered(bench, f"关于防汛的第{number}号报告").document for number in range(5)}
    settle()
    seen, after = [], None
    while True:
        page = searching.found("jm.clerk", "防汛", order=order, limit=2, after=after)
        seen += [hit.item for hit in page.hits]
        assert page.total.count == 5
        if page.next is None:
            break
        after = page.next
    assert len(seen) == 5
    assert set(seen) == documents


def test_pages_without_words(bench, searching, settle):
    for number in range(3):
        delivered(bench, f"关于防汛的第{number}号报告")
    settle()
    first = searching.found("jm.clerk", limit=2)
    rest = searching.found("jm.clerk", limit=50, after=first.next)
    together = [hit.item for hit in (*first.hits, *rest.hits)]
    assert together == searching.items("jm.clerk")


def test_a_title_weighs_more_than_a_note(bench, searching):
    noted = delivered(bench, "关于经费的报告", note="防汛", date=date(2013, 1, 6)).document
    titled = delivered(bench, "关于防汛的报告", date=date(2013, 1, 2)).document
    searching.feed()
    assert searching.items("jm.clerk", "防汛") == [noted, titled]
    assert searching.items("jm.clerk", "防汛", order="best") == [titled, noted]


@pytest.mark.parametrize("after", ["x", "1.2.3", "-1", "9" * 30])
def test_a_key_of_no_page_is_refused(searching, after):
    for typed in ("防汛", ""):
        with pytest.raises(ValueError):  # noqa: PT011 - Its words are the key.
            searching.found("jm.clerk", typed, after=after)


def test_words_that_cannot_be_read_say_why(searching):
    with pytest.raises(QueryError) as caught:
        searching.found("jm.clerk", "-防汛")
    assert "排除" in str(caught.value.words)


def test_the_text_of_files_is_found_when_it_has_been_taken_out(bench, searching):
    delivery = delivered(
        bench, "关于防汛的报告", files=((FileRole.EDITABLE, "正文.txt", "txt"), (FileRole.SCAN, "扫描.pdf", "pdf"))
    )
    (hit,) = searching.found("jm.clerk", "防汛").hits
    assert hit.waiting
    assert searching.items("jm.clerk", "content") == []
    for file in delivery.document.files:
        bench.registry.work_handlers["file_object.extract"](
            bench.job(path=resource_path(delivery.document), file=file.uid)
        )
    searching.feed()
    (hit,) = searching.found("jm.clerk", "content").hits
    assert (hit.item, hit.waiting) == (delivery.document, False)


def test_opinions_are_found_by_those_who_may_read_the_entry_alone(bench, searching, settle):
    """3.10: what the office writes about a document is none of its sender's business."""
    entry = registered(bench)
    delivery = entry.delivery
    bench.act("office.registry1", entry, "propose", note="拟请防汛办牵头研究")
    settle()
    assert searching.items("office.registry1", "牵头研究") == [entry]
    assert searching.items("office.leader", "牵头研究") == [entry]
    for login in ("jm.clerk", "zh2.officer", "gz.clerk", "auditor"):
        assert searching.items(login, "牵头研究") == [], login
    assert searching.items("jm.clerk", "春运") == [delivery.document]


def test_7_2_an_archivist_finds_what_is_filed(bench, searching, settle, monkeypatch):
    entry = registered(bench)
    archivist = bench.as_role(bench.person("office.duty"), "archivist@unit:gd-office")
    monkeypatch.setattr(bench, "actor", lambda _login: archivist)
    assert searching.items("archivist", "春运") == []
    entry.filing = FilingClass.FORMAL
    renew_access(entry, bench.registry)
    register(bench.root, "register_entries").changed(entry)
    settle()
    assert set(searching.items("archivist", "春运")) == {entry, entry.delivery.document}
