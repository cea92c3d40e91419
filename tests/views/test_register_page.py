"""Registers on the screen, on paper and as files, from their declarations (domain.md part 6; design.md sect. 10)."""

import csv
import io
from urllib.parse import quote

import pytest
from openpyxl import load_workbook

from policies.register_pages import PAGES
from tests.desk import journaled, path_of, rows, words

OFFICE = "gd-office"


@pytest.fixture(scope="module")
def sent(desk):
    """Three documents of Jiangmen: the first signed by the office, the second returned, the third waiting; one more of Shenzhen's."""
    jm, approver, registry = desk("jm.clerk"), desk("jm.approver"), desk("office.registry1")
    titles = ("关于春运工作的通知", "=关于水利工作的报告", "关于防火工作的通知")
    paths = [
        jm.send(approver, "jiangmen", [OFFICE, "foshan"], title=title, number=f"江府〔2013〕{place + 2}号", urgency="urgent" if place else "plain")
        for place, title in enumerate(titles)
    ]  # fmt: skip
    desk("sz.clerk").send(
        desk("sz.approver"), "shenzhen", ["foshan"], title="关于海洋工作的通知", number="深府〔2013〕9号"
    )
    jm.post("/exchange/jiangmen/draft", {"title": "关于在办工作的通知", "kind": "通知", "then": "save"})
    inbox = registry.get(f"/exchange/{OFFICE}/waiting")
    links = {title: _link(inbox, title) for title in titles}
    for title, act, fields in (
        (titles[0], "sign_for", {}),
        (titles[1], "return", {"reason": "format", "note": "缺版记"}),
    ):
        registry.post(f"{links[title]}/open")
        registry.act(links[title], act, **fields)
    return {"paths": paths, "titles": titles}


def _link(page, title):
    row = next(row for row in page.html.select("tbody tr") if title in row.text)
    opener = row.select_one("a[data-open], button[data-open]")
    return (opener.get("href") or opener.find_parent("form")["action"]).rstrip("/")


def heads(page):
    return [" ".join(each.text.split()) for each in page.html.select("thead th")]


@pytest.mark.parametrize("name", PAGES)
def test_each_register_shows_its_columns_and_filters(desk, sent, name):
    for login in ("office.registry1", "zh2.receiver", "jm.clerk", "gz.seal", "auditor", "liaison"):
        page = desk(login).get(f"/registers/{name}", status="*")
        if page.status_int == 200:
            break
    assert page.status_int == 200
    declared = PAGES[name]
    assert len(page.html.select("main h1")) == 1
    assert page.html.select_one("main h1").text.strip() == str(declared.title)
    fields = {field["name"] for field in page.html.select("form[role=search] [name]")} - {"sort"}
    assert fields == {name for each in declared.filters for name in each.fields}


def test_a_list_is_found_filtered_and_sorted(desk, sent):
    registry = desk("office.registry1")
    page = registry.get("/registers/deliveries?from_unit=jiangmen")
    assert heads(page)[:3] == ["紧急程度", "发文字号", "标题"]
    assert page.html.select_one("th[aria-sort=descending]").text.strip() == "紧急程度"
    assert ["春运" in line for line in rows(page)] == [False, False, True]
    assert len(rows(page)) == 3
    (line,) = rows(registry.get("/registers/deliveries?q=" + quote("春运")))
    assert "关于春运工作的通知" in line
    (line,) = rows(registry.get("/registers/deliveries?q=" + quote("江府[2013]4号")))
    assert "防火" in line
    assert rows(registry.get("/registers/deliveries?q=" + quote("冬运"))) == []
    assert "请至少输入两个字" in words(registry.get("/registers/deliveries?q=" + quote("春"), status=422))
    assert "止日不能早于起日" in words(
        registry.get("/registers/deliveries?available_from=2013-01-09&available_to=2013-01-01", status=422)
    )
    assert rows(registry.get("/registers/deliveries?available_to=2013-01-01")) == []
    for wrong in ("sort=title", "after=x", "after=1.ix"):
        registry.get(f"/registers/deliveries?{wrong}", status=400)
    registry.get("/registers/nothing", status=404)


def test_r_35_1_each_unit_sees_its_own_rows_only(desk, sent):
    jm, sz, registry = (desk(each) for each in ("jm.clerk", "sz.clerk", "office.registry1"))
    assert len(rows(registry.get("/registers/signatures"))) == 1
    assert len(rows(jm.get("/registers/signatures"))) == 1
    assert rows(sz.get("/registers/signatures")) == []
    assert len(rows(sz.get("/registers/outgoing"))) == 1
    assert len(rows(jm.get("/registers/outgoing"))) == 3
    assert all("深府" not in line for line in rows(jm.get("/registers/unsigned")))
    for login in ("auditor", "admin", "security", "tech", "liaison"):
        for name in ("deliveries", "signatures", "unsigned", "returns", "outgoing", "office", "division"):
            desk(login).get(f"/registers/{name}", status=403)
    assert "交换箱清单" not in words(desk("auditor").get("/registers"))
    assert "审计日志" in words(desk("auditor").get("/registers"))
    assert "厅文登记簿" in words(registry.get("/registers"))
    registry.get("/registers/division", status=403)


def test_a_row_leads_to_what_the_person_may_open(desk, sent):
    delivery = desk("office.registry1").get("/registers/signatures").html.select_one("tbody a[data-open]")["href"]
    dispatch = desk("jm.clerk").get("/registers/signatures").html.select_one("tbody a[data-open]")["href"]
    assert "/inbox/" in delivery
    assert dispatch.rstrip("/") == sent["paths"][0]
    desk("jm.clerk").get(dispatch)
    desk("office.registry1").get(delivery)


def test_returns_say_when_by_whom_why_and_whether_acknowledged(desk, sent):
    (line,) = rows(desk("jm.clerk").get("/registers/returns"))
    for part in ("2013-01-07", "江府〔2013〕3号", "格式不符", "缺版记", "否"):
        assert part in line
    assert rows(desk("jm.clerk").get("/registers/returns?reason=other")) == []
    page = desk("jm.clerk").get("/registers/returns?reason=format")
    chosen = page.html.select_one("select[name=reason] option[selected]")
    assert chosen.text.split() == ["格式不符", "(1)"]


def test_counts_stand_beside_the_choices_under_all_other_filters(desk, sent):
    page = desk("jm.clerk").get("/registers/unsigned?urgency=urgent")
    offered = {each["value"]: each.text.split()[-1] for each in page.html.select("select[name=box] option[value]")}
    assert offered == {"": "交换箱", "foshan": "(2)", OFFICE: "(1)"}
    both = {each["value"]: each.text.split()[-1] for each in page.html.select("select[name=urgency] option[value]")}
    assert both == {"": "紧急程度", "urgent": "(3)", "plain": "(1)"}


def test_pages_go_on_by_key_in_either_order(desk, sent, monkeypatch):
    monkeypatch.setattr("views.register_page.SHOWN", 1)
    jm = desk("jm.clerk")
    for sort in ("series_order", "-series_order", "sent"):
        address, seen = f"/registers/outgoing?sort={sort}", []
        while address:
            page = jm.get(address)
            seen += rows(page)
            further = page.html.select_one("a[rel=next]")
            address = f"/registers/outgoing{further['href']}" if further else None
        assert len(seen) == len(set(seen)) == 3
        assert ("2号" in seen[0]) == (not sort.startswith("-"))
    assert page.html.select_one("th[aria-sort]")["aria-sort"] == "ascending"


def test_a_printout_has_its_title_the_filters_in_words_and_the_number_of_rows(desk, sent):
    page = desk("jm.clerk").get("/registers/unsigned/print?urgency=urgent&available_from=2013-01-01")
    assert page.html.select_one("h1").text.strip() == "未签收文件清单"
    assert "紧急程度：加急；" in words(page)
    assert "到达：2013-01-01至；" in words(page)
    assert "共 3 行" in words(page)
    assert len(rows(page)) == 3
    desk("jm.clerk").get("/registers/unsigned/print?available_from=x", status=400)


def test_a_printout_says_that_it_is_cut(desk, sent, monkeypatch):
    monkeypatch.setattr("views.register_page.PRINTED", 2)
    assert "只印前 2 行" in words(desk("jm.clerk").get("/registers/outgoing/print"))


def test_an_export_holds_all_rows_and_no_formula_and_is_journaled(desk, sent, shared_app):
    jm = desk("jm.clerk")
    fields = {"format": "csv", "sort": "series_order", "kind": "通知"}
    answer = jm.post("/registers/outgoing/export", {**fields, "kind": ""}, status=200)
    assert "filename*=UTF-8''" in answer.headers["Content-Disposition"]
    titles, *lines = csv.reader(io.StringIO(answer.body.decode("utf-8-sig")))
    assert titles[:2] == ["发文字号", "标题"]
    assert [line[1] for line in lines] == [sent["titles"][0], "'" + sent["titles"][1], sent["titles"][2]]
    book = load_workbook(
        io.BytesIO(jm.post("/registers/outgoing/export", {**fields, "format": "xlsx"}, status=200).body)
    )
    cells = list(book.active.iter_rows())
    assert [cell.value for cell in cells[2]][1] == sent["titles"][1]
    assert all(cell.data_type != "f" for line in cells for cell in line)
    told = journaled(shared_app, "register.export")
    assert [(each.details["rows"], each.details["format"], each.details["filters"]) for each in told] == [
        (3, "csv", {}),
        (3, "xlsx", {"kind": "通知"}),
    ]


def test_an_export_is_refused_to_those_who_may_not_see_the_register(desk, sent):
    desk("auditor").post("/registers/outgoing/export", {"format": "csv"}, status=403)
    desk("jm.clerk").post("/registers/outgoing/export", {"format": "pdf"}, status=400)
    desk("jm.clerk").post("/registers/outgoing/export", {"format": "csv", "dated_from": "x"}, status=400)


def test_the_office_register_holds_what_was_registered(desk, sent):
    registry = desk("office.registry1")
    entry = path_of(registry.post(f"/exchange/{OFFICE}/enter", {
        "from_unit": "江门市政府", "from_no": "江府[2013]9号", "title": "关于春运工作的报告", "kind": "报告", "dated": "2013-01-04",
        "channel": "paper", "received": "2013-01-06", "urgency": "plain", "handling": "action", "copies": "1", "pages": "3",
        "reply_due": "", "number": "",
    })).rstrip("/")  # fmt: skip
    page = registry.get("/registers/office")
    (line,) = rows(page)
    assert "江府〔2013〕9号" in line or "江府[2013]9号" in line
    assert page.html.select_one("tbody a[data-open]")["href"].rstrip("/") == entry
    for asked, count in (
        ("q=" + quote("春运"), 1),
        ("from_no=" + quote("江府【2013】9号"), 1),
        ("number=1", 1),
        ("number=2", 0),
        ("year=2012", 0),
    ):
        assert len(rows(registry.get(f"/registers/office?{asked}"))) == count, asked
    assert "请填写数字" in words(registry.get("/registers/office?number=x", status=422))
    assert "请从列表中选择" in words(registry.get("/registers/office?year=x", status=422))
