"""The search page as people use it: words, facets, days, what is shown beside, paper and files (domain.md part 6; R-20)."""

import io
import itertools
from urllib.parse import quote

import pytest
from openpyxl import load_workbook

from policies.text_feed import TextIndex
from tests.desk import drain_work, path_of, words

NUMBERS = itertools.count(300)


@pytest.fixture(scope="module")
def letter(desk, shared_app):
    """A document of Jiangmen's, opened by the office: its number and the path of the delivery."""
    number = f"江府〔2013〕{next(NUMBERS)}号"
    desk("jm.clerk").send(
        desk("jm.approver"), "jiangmen", ["gd-office"], title="关于渡口安全检查的报告", number=number, kind="报告", urgency="urgent",
    )  # fmt: skip
    drain_work(shared_app)
    registry = desk("office.registry1")
    inbox = registry.get("/exchange/gd-office/waiting")
    link = next(row for row in inbox.html.select("tbody tr") if "渡口" in row.text).select_one("a[data-open]")["href"]
    registry.post(f"{link.rstrip('/')}/open")
    return number, link.rstrip("/")


def hits(page):
    return [each.text.strip() for each in page.html.select("a.gr-hit")]


def asked(desk, login, query, status=200):
    return desk(login).get(f"/search?{quote(query, safe='=&')}", status=status)


def test_the_shell_leads_to_the_search(desk):
    page = desk("jm.clerk").get("/assigned")
    assert page.html.select_one('header form[action="/search"] input[name="q"]')
    assert "还没有保存的检索" in words(desk("gz.clerk").get("/search"))


def test_a_result_tells_what_and_where_it_is(desk, letter):
    number, link = letter
    page = asked(desk, "office.registry1", "q=渡口")
    assert hits(page) == ["关于渡口安全检查的报告"]
    row = page.html.select_one("tr[data-row]")
    for told in (number, "江门市人民政府", "2013-01-05", "报告", "加急", "已发送", "收件：省府办公厅"):
        assert told in " ".join(row.text.split()), told
    assert row.select_one("a.gr-hit")["href"] == f"{link}/"
    assert row.select_one("a.gr-hit")["hx-get"] == f"{link}/beside"
    assert "共 1 件" in words(page)
    assert hits(asked(desk, "gz.clerk", "q=渡口")) == []
    assert "没有找到" in words(asked(desk, "auditor", "q=渡口"))


def test_facets_lead_on_and_back(desk, letter):
    page = asked(desk, "jm.clerk", "q=渡口")
    facet = next(a for a in page.html.select(".gr-facets a") if a.text.startswith("报告"))
    narrowed = desk("jm.clerk").get(facet["href"])
    assert hits(narrowed) == ["关于渡口安全检查的报告"]
    assert "文种：报告" in narrowed.html.select_one(".gr-chosen").text
    chosen = narrowed.html.select_one(".gr-facets [aria-current]")
    assert hits(desk("jm.clerk").get(chosen["href"])) == hits(page)
    assert hits(asked(desk, "jm.clerk", "q=渡口&kind=通知")) == []
    assert hits(asked(desk, "jm.clerk", "kind=报告&urgency=urgent&register=outgoing")) == ["关于渡口安全检查的报告"]
    assert hits(asked(desk, "jm.clerk", "q=渡口&since=2013-01-05&until=2013-01-05&order=best")) == [
        "关于渡口安全检查的报告"
    ]
    assert hits(asked(desk, "jm.clerk", "q=渡口&until=2013-01-04")) == []


@pytest.mark.parametrize(
    ("query", "field", "told"),
    [
        ("q=-渡口", "q", "排除"),
        ('q="渡口', "q", "引号"),
        ("q=渡口&since=2013-02-31", "since", "年-月-日"),
        ("q=渡口&since=2013-01-06&until=2013-01-05", "since", "止期"),
    ],
)
def test_what_cannot_be_read_is_told_at_its_field(desk, query, field, told):
    page = asked(desk, "jm.clerk", query, status=422)
    assert told in page.html.select_one(f'#errors a[href="#f-{field}"]').text
    assert page.html.select_one(f"#f-{field}")["aria-invalid"] == "true"


def test_a_key_of_no_page_is_refused(desk):
    asked(desk, "jm.clerk", "q=渡口&after=x", status=400)
    asked(desk, "jm.clerk", "kind=通知&after=x", status=400)


def test_a_document_beside_the_list_is_read_on_record(desk, letter, shared_app):
    _number, link = letter
    panel = desk("office.registry1").get(f"{link}/beside")
    assert "关于渡口安全检查的报告" in panel.text
    assert f"{link}/page?file=" in panel.text
    assert "<html" not in panel.text
    assert any(record.entry.subject == link for record in shared_app.registry.journal.entries(action="document.read"))
    desk("gz.clerk").get(f"{link}/beside", status=404)


def test_what_may_not_be_read_beside_says_why(desk, letter):
    desk("jm.clerk").send(
        desk("jm.approver"), "jiangmen", ["gd-office"], title="关于码头的报告", number=f"江府〔2013〕{next(NUMBERS)}号"
    )
    drain_work(desk("jm.clerk").app)
    inbox = desk("office.registry1").get("/exchange/gd-office/waiting")
    link = next(row for row in inbox.html.select("tbody tr") if "码头" in row.text).select_one("a[data-open]")["href"]
    assert "还没有打开" in desk("office.registry1").get(f"{link.rstrip('/')}/beside").text


def test_a_search_is_kept_shared_and_removed(desk, letter):
    clerk, address = desk("jm.clerk"), f"/search?q={quote('渡口')}"
    kept = clerk.post("/save_search", {"name": "渡口", "page": address, "shared": "yes"})
    assert path_of(kept) == address
    again = clerk.post("/save_search", {"name": "渡口", "page": address, "shared": "yes"})
    assert "已有同名的检索" in words(again.follow()) or "已有同名的检索" in again.follow().text
    shown = desk("jm.approver").get("/search")
    entry = next(each for each in shown.html.select(".gr-kept li") if "渡口" in each.text)
    assert "本单位共用" in entry.text
    assert not entry.select("form")
    own = next(each for each in clerk.get("/search").html.select(".gr-kept li") if "渡口" in each.text)
    uid = own.select_one("input[name=search]")["value"]
    desk("jm.approver").post("/remove_search", {"search": uid}, status=403)
    desk("gz.clerk").post("/remove_search", {"search": uid}, status=400)
    clerk.post("/remove_search", {"search": uid})
    assert not clerk.get("/search").html.select(".gr-kept li")
    lost = clerk.post("/save_search", {"name": "x", "page": "https://example.org/"})
    assert path_of(lost) == "/search"


def test_the_latest_searches_are_told_in_words(desk, letter):
    asked(desk, "jm.approver", "q=渡口&kind=报告")
    latest = desk("jm.approver").get("/search").html.select_one('section[aria-labelledby="lately"] a')
    assert latest.text == "检索词：渡口，文种：报告"
    assert hits(desk("jm.approver").get(latest["href"])) == ["关于渡口安全检查的报告"]


def test_paper_and_files_hold_the_same(desk, letter, shared_app):
    query = f"q={quote('渡口')}"
    sheet = desk("jm.clerk").get(f"/search_print?{query}")
    assert "关于渡口安全检查的报告" in words(sheet)
    assert "检索词" in words(sheet)
    got = desk("jm.clerk").post("/search_export", {"q": "渡口", "format": "xlsx"}, status=200)
    lines = [[cell.value for cell in row] for row in load_workbook(io.BytesIO(got.body)).active.iter_rows()]
    assert any("关于渡口安全检查的报告" in line for line in lines)
    text = desk("jm.clerk").post("/search_export", {"q": "渡口", "format": "csv"}, status=200).body.decode("utf-8-sig")
    assert text.count("关于渡口安全检查的报告") == 1
    told = next(iter(shared_app.registry.journal.entries(action="register.export", reverse=True))).entry
    assert told.details["register"] == "search"
    desk("jm.clerk").post("/search_export", {"q": "渡口", "format": "pdf"}, status=400)
    desk("jm.clerk").post("/search_export", {"format": "csv"}, status=400)
    desk("jm.clerk").get("/search_print?q=-a", status=400)


def test_a_long_result_is_written_by_the_worker(desk, letter, shared_app, monkeypatch):
    monkeypatch.setattr("views.search.MOST_AT_ONCE", 0)
    made = desk("jm.clerk").post("/search_export", {"q": "渡口", "format": "csv"})
    drain_work(shared_app)
    page = made.follow()
    assert "检索词" in words(page)
    got = desk("jm.clerk").post(f"{path_of(made).rstrip('/')}/download", {}, status=200)
    assert "关于渡口安全检查的报告" in got.body.decode("utf-8-sig")
    desk("jm.approver").get(path_of(made), status=404)


def test_an_index_that_is_being_mended_says_so(desk, letter, shared_app, tmp_path, monkeypatch):
    (tmp_path / "meta.json").write_text("{}")
    monkeypatch.setattr(shared_app.registry, "text_index", TextIndex(tmp_path))
    assert "全文索引正在修复" in asked(desk, "jm.clerk", "q=渡口", status=503).text
    assert "全文索引正在修复" not in asked(desk, "jm.clerk", "kind=报告").text
    desk("jm.clerk").get(f"/search_print?q={quote('渡口')}", status=503)
