"""Composing: nothing typed is lost, each fault is said at its field."""

import pytest
from webtest import Upload

from tests.app import drain, site
from tests.desk import path_of, pdf, rows, words

BOX = "/exchange/foshan"
TYPED = {
    "title": "关于开展检查的通知", "kind": "通知", "number": "佛府〔2013〕1号", "date": "2013-01-05", "urgency": "urgent",
    "signer": "佛上人", "note": "此件公开发布", "special": "图册一套\n样品", "mains": "gd-office", "quota": "3",
}  # fmt: skip


@pytest.fixture(scope="module")
def clerk(desk):
    return desk("fs.clerk")


def _value(page, name):
    field = page.html.find(attrs={"name": name})
    return field["value"] if field.name == "input" else field.text


def test_what_was_typed_is_kept(clerk):
    page = clerk.post(f"{BOX}/compose", TYPED).follow()
    for name in ("title", "number", "date", "signer"):
        assert _value(page, name) == TYPED[name]
    assert "此件公开发布" in page.text
    assert "图册一套" in page.text
    assert page.html.find("input", {"name": "mains", "value": "gd-office"}).has_attr("checked")


def test_a_date_that_is_none_stays_with_its_message(clerk):
    page = clerk.post(f"{BOX}/compose", TYPED | {"date": "去年"}, status=422)
    assert "日期应写成" in words(page)
    assert _value(page, "title") == TYPED["title"]


def test_submitting_an_empty_form_names_everything(clerk):
    page = clerk.post(f"{BOX}/compose", {"then": "submit"}, status=422)
    for words_ in (
        "请填写标题",
        "请选择文种",
        "请填写成文日期",
        "请填写文号",
        "请选择主送机关",
        "缺少盖章纸质件",
        "缺少可编辑文档",
    ):
        assert words_ in words(page)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"number": "佛府2013第1号"}, "文号应写成"),
        ({"number": "佛府〔2013〕001号"}, "不编虚位"),
        ({"number": "佛府〔2030〕1号"}, "晚于今年"),
        ({"classification": "secret"}, "涉密文件不得通过本系统交换"),
        ({"copies": "gd-office"}, "重复"),
        ({"mains": "nowhere"}, "请选择主送机关"),
        ({"kind": "便条"}, "请选择文种"),
    ],
)
def test_each_fault_at_its_field(clerk, fields, said):
    page = clerk.post(f"{BOX}/compose", TYPED | fields | {"then": "submit"}, status=422)
    assert said in words(page)
    assert _value(page, "title") == TYPED["title"]


@pytest.mark.parametrize("fields", [{"quota": "x"}, {"quota": "9" * 5000}, {"urgency": "now"}, {"classification": "x"}])
def test_nonsense_takes_the_default(shared_app, clerk, fields):
    away = clerk.post(f"{BOX}/compose", TYPED | fields)
    with site(shared_app) as root:
        uid = path_of(away).split("/")[-2]
        dispatch = root["exchange"]["foshan"]["outbox"]["2013-01"][uid]
        assert dispatch.recipients[0].quota == (1 if "quota" in fields else 3)
        assert dispatch.document.urgency == ("plain" if "urgency" in fields else "urgent")


def test_a_browser_without_scripts_sends_plain_files(shared_app, clerk):
    files = [("scan", Upload("扫描.pdf", pdf("x"))), ("editable", Upload("正文.txt", b"text")), ("attachment", "")]
    away = clerk.post(f"{BOX}/compose", [*TYPED.items(), *files])
    drain(shared_app)
    path = path_of(away).removesuffix("/edit")
    clerk.post(f"{path}/edit", TYPED | {"then": "submit"})
    assert "待核准" in words(clerk.get(f"{path}/"))
    assert clerk.get(f"{path}/edit", status=303).location.endswith(f"{path}/")


def test_head_and_get_make_no_draft(clerk):
    before = len(rows(clerk.get(f"{BOX}/drafts")))
    clerk.browser.head(f"{BOX}/compose")
    clerk.get(f"{BOX}/compose?title=x")
    assert len(rows(clerk.get(f"{BOX}/drafts"))) == before


def test_no_parameter_makes_a_units_item_informal(shared_app, clerk):
    """S-5, R-N4.2: a 便函 would need neither number nor scan."""
    fields = {"title": "关于商请支持的便函", "mains": "gd-office", "informal": "1", "then": "submit"}
    page = clerk.post(f"{BOX}/compose?informal=1", fields, status=422)
    assert "请填写文号" in words(page)
    assert "缺少盖章纸质件" in words(page)
