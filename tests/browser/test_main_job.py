"""The main job in Chromium, from the draft to the signed receipt, as clerks see, hear and type it (stories 1 and 6)."""

import io
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect
from pypdf import PdfReader

from tests.browser.chromium import Clerk
from tests.browser.server import PIECE, WAITING
from tests.desk import pdf

pytestmark = pytest.mark.browser
AtWork = Callable[[str], Clerk]
TITLE = "关于报送2012年度工作总结的通知"
SCAN = {"name": "扫描件.pdf", "mimeType": "application/pdf", "buffer": pdf("扫描件", pages=2)}
TEXT = {"name": "正文.txt", "mimeType": "text/plain", "buffer": "各市人民政府：\n特此通知。\n".encode()}


def press(page: Page, name: str) -> None:
    """Press a button of the work and wait for the page it leads to."""
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def agree(page: Page) -> None:
    """Say yes to the question of the dialog."""
    with page.expect_navigation():
        page.locator("#confirm-yes").click()


def attach(page: Page, field: str, file: dict[str, object]) -> None:
    """Choose a file and wait until it is up."""
    page.set_input_files(f"#f-{field}", file)  # type: ignore[arg-type]
    expect(page.locator(f"input[name={field}_upload]")).to_have_count(1)


def compose(clerk: Clerk) -> None:
    """Fill in the form with a group as main and one department as copy, missing things first."""
    page = clerk.goto("/exchange/fagai/drafts")
    clerk.look()
    page.get_by_role("link", name="起草公文").click()
    page.fill("#f-title", TITLE)
    page.get_by_role("button", name="全部主送：各地级以上市").click()
    expect(page.locator("[data-chosen]")).to_have_text("主送 21 个，抄送 0 个")
    press(page, "保存并提交核准")
    expect(page.locator("#errors")).to_be_focused()
    expect(page.locator("#e-kind")).to_be_visible()
    expect(page.locator("#e-files")).to_contain_text("可编辑文档")
    expect(page.locator("#f-title")).to_have_value(TITLE)
    expect(page.locator("[data-chosen]")).to_have_text("主送 21 个，抄送 0 个")
    clerk.look()
    page.select_option("#f-kind", "通知")
    page.fill("#f-number", "粤发改[2013]1号")
    page.fill("#f-date", "2013-01-05")
    attach(page, "scan", SCAN)
    attach(page, "editable", TEXT)
    page.fill("[data-find]", "财政厅")
    page.get_by_role("checkbox", name="抄送 省财政厅", exact=True).check()
    expect(page.locator("[data-chosen]")).to_have_text("主送 21 个，抄送 1 个")
    press(page, "保存草稿")


def submit(clerk: Clerk) -> str:
    """Submit the draft once its files have been looked into; the dispatch's path."""
    page = clerk.page
    expect(page.locator("#f-number")).to_have_value("粤发改〔2013〕1号")
    while page.get_by_text("正在检查").count():
        page.reload()
    clerk.look()
    press(page, "保存并提交核准")
    expect(page.locator("#flash")).to_have_text("已提交，等待核准。")
    clerk.look()
    return page.url.removeprefix(clerk.address)


def release(approver: Clerk, path: str) -> None:
    """Find the dispatch on the first page, read it, release it."""
    page = approver.page
    approver.look()
    page.get_by_role("link", name="1 待核准").click()
    page.get_by_role("link", name=TITLE).click()
    assert page.url == approver.address + path
    shows_pages(page, 2)
    press(page, "核准")
    expect(page.locator(".gr-lead")).to_contain_text("已核准")
    approver.look()


def send(sender: Clerk, path: str) -> None:
    """Send to all; everyone has it without a reload of this page, which is marked to prove that."""
    page = sender.goto(path)
    page.get_by_role("button", name="发送", exact=True).click()
    expect(page.locator("#confirm-text")).to_contain_text("发送给 22 个单位？")
    agree(page)
    page.evaluate("window.sameDocument = true")
    expect(page.locator("#status")).to_contain_text("已送达 22，已签收 0")
    sender.look()


def shows_pages(page: Page, number: int) -> None:
    """The pages of the document are there as images."""
    images = page.locator("figure img")
    expect(images).to_have_count(number)
    for image in images.all():
        image.scroll_into_view_if_needed()
        expect(image).to_have_js_property("complete", value=True)
        assert image.evaluate("image => image.naturalWidth") > 500


def wait_in_silence(receiver: Clerk) -> None:
    """The box is open, and nobody has touched the page yet: the browser holds sound back, and a bar says so that cannot be missed."""
    page = receiver.goto("/exchange/guangzhou/waiting")
    bar = page.locator("#sound-bar")
    expect(bar).to_be_visible()
    box = bar.bounding_box()
    assert box is not None
    assert (box["width"], box["height"] >= 40) == (1366, True)
    receiver.look()


def hear(receiver: Clerk) -> None:
    """One more waits: in words for a screen reader, in the window's title, in the tree, and, once the bar is clicked, by ear."""
    page = receiver.page
    before = int(page.locator("tr[data-row]").count())
    expect(page.locator("#alert-count")).to_have_text(f"待签收 {before + 1} 件")
    expect(page.locator("#alert-status")).to_have_text(re.compile(f"新到 [0-9] 件，待签收共 {before + 1} 件"))
    expect(page.locator("[data-pulse-count=guangzhou]")).to_have_text(str(before + 1))
    assert page.title().startswith(f"({before + 1}) ")
    assert page.evaluate("window.tonesStarted") == 0
    page.get_by_role("button", name="声音未开启，点此开启").click()
    expect(page.locator("#sound-bar")).to_be_hidden()
    expect(page.locator("#alert")).to_have_attribute("data-sounded", "1")
    assert page.evaluate("window.tonesStarted") > 0
    page.get_by_role("button", name="知道了").click()
    expect(page.locator("#alert-bar")).to_be_hidden()


def sign(receiver: Clerk) -> None:
    """By keys alone: to the row, open the envelope, open the document, sign."""
    page = receiver.goto("/exchange/guangzhou/waiting")
    row = page.get_by_role("link", name=TITLE)
    for _row in page.locator("tr[data-row]").all():
        page.keyboard.press("j")
        if row.evaluate("link => link === document.activeElement"):
            break
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="打开")).to_be_visible()
    expect(page.locator("figure")).to_have_count(0)
    receiver.look()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    shows_pages(page, 2)
    receiver.look()
    with page.expect_navigation():
        page.keyboard.press("s")
    expect(page.locator(".gr-lead")).to_contain_text("已签收")


def print_receipt(receiver: Clerk) -> None:
    """The receipt on paper: one sheet with the title and both places for signatures, without the site around it."""
    page = receiver.page
    page.get_by_role("link", name="回执").click()
    receiver.look()
    page.emulate_media(media="print")
    expect(page.locator(".gr-top")).to_be_hidden()
    expect(page.locator(".gr-slot").first).to_be_visible()
    paper = PdfReader(io.BytesIO(page.pdf(format="A4")))
    words = "".join(sheet.extract_text() for sheet in paper.pages)
    assert TITLE in re.sub(
        r"\s", "", unicodedata.normalize("NFKC", words)
    )  # The font draws some characters by their radicals.
    assert len(paper.pages) <= 2


def test_a_document_goes_out_is_heard_and_signed_for(clerk: AtWork):
    sender, approver, receiver = clerk("fagai.clerk"), clerk("fagai.approver"), clerk("gz.clerk")
    compose(sender)
    path = submit(sender)
    approver.goto("/")
    release(approver, path)
    wait_in_silence(receiver)
    send(sender, path)
    hear(receiver)
    sign(receiver)
    expect(sender.page.locator("#status")).to_contain_text("已签收 1，退回 0")
    times = sender.page.get_by_role("row", name="广州市").get_by_role("cell")
    for column in (2, 3, 4, 5):  # Delivered, alerted, opened, signed.
        expect(times.nth(column)).to_have_text(re.compile(r"20\d\d-"))
    assert sender.page.evaluate("window.sameDocument") is True
    sender.look()
    print_receipt(receiver)


def test_several_are_signed_at_once(clerk: AtWork):
    receiver = clerk("gz.clerk")
    page = receiver.goto("/exchange/guangzhou/waiting")
    for title, _number in WAITING[:2]:
        page.get_by_role("checkbox", name=title).check()
    expect(page.locator(".gr-selected")).to_have_text("已选 2 件")
    receiver.look()
    page.keyboard.press("s")
    expect(page.locator("#confirm-text")).to_have_text("签收所选 2 件？")
    agree(page)
    expect(page.locator("#flash")).to_have_text("已办理“签收” 2 件。")
    receiver.goto("/exchange/guangzhou/signed")
    for title, _number in WAITING[:2]:
        expect(page.get_by_role("row", name=title)).to_contain_text("已签收")
    receiver.look()


def test_one_is_returned_and_the_sender_acknowledges_it(clerk: AtWork):
    receiver = clerk("gz.clerk")
    title = WAITING[2][0]
    page = receiver.goto("/exchange/guangzhou/waiting")
    page.get_by_role("link", name=title).click()
    press(page, "打开")
    page.keyboard.press("r")
    page.select_option("#f-reason", label="缺附件")
    page.fill("#f-note", "缺附件二。")
    receiver.look()
    press(page, "退文")
    expect(page.locator(".gr-lead")).to_contain_text("已退回")
    receiver.look()
    sender = clerk("jm.clerk")
    page = sender.page
    page.get_by_role("link", name="1 退件待签收").click()
    page.get_by_role("link", name=title).click()
    row = page.get_by_role("row", name="广州市 主送")
    expect(row).to_contain_text("缺附件 缺附件二。")
    sender.look()
    press(page, "签收退件：广州市")
    expect(row).to_contain_text("退件已签收")


def test_one_is_distributed_to_a_division_and_a_person(clerk: AtWork):
    office, division, person = clerk("caizheng.clerk"), clerk("cz-budget.receiver"), clerk("caizheng.approver")
    title = WAITING[0][0]
    page = office.goto("/exchange/caizheng/waiting")
    page.get_by_role("link", name=title).click()
    press(page, "打开")
    with page.expect_navigation():
        page.keyboard.press("s")
    with page.expect_navigation():
        page.keyboard.press("d")
    office.look()
    page.get_by_role("checkbox", name="预算处").check()
    page.get_by_role("group", name="人员").get_by_role("checkbox", name="办公室负责人").check()
    press(page, "分办")
    expect(page.locator("#flash")).to_have_text("已分办 1 件。")
    expect(division.goto("/exchange/cz-budget/waiting").get_by_role("link", name=title)).to_be_visible()
    division.look()
    page = person.goto("/assigned")
    person.look()
    page.get_by_role("link", name=title).click()
    press(page, "打开")
    shows_pages(page, 1)
    person.look()
    page.fill("#f-note", "已阅。")
    press(page, "办结")
    expect(page.locator("#flash")).to_have_text("已办结。")


def test_opening_the_box_is_the_check_in(clerk: AtWork):
    receiver = clerk("fs.clerk")
    page = receiver.goto("/exchange/foshan/waiting")
    expect(page.locator(".gr-head")).to_contain_text("本半日查收已登记。")
    page.reload()
    expect(page.locator(".gr-head")).to_contain_text("本半日已查收：")
    expect(page.get_by_role("button", name="登记本次查收")).to_have_count(0)
    receiver.look()


def test_a_broken_upload_goes_on_where_it_stopped(clerk: AtWork, tmp_path: Path):
    sender = clerk("fs.clerk")
    page = sender.goto("/exchange/foshan/compose")
    large = tmp_path / "附件.txt"
    large.write_bytes("公文附件内容\n".encode() * 50_000)
    sent: list[int] = []

    def cut(route: Route) -> None:
        """Let the first two pieces through, then the line is cut."""
        sent.append(int(route.request.headers.get("upload-offset", -1)))
        if len(sent) <= 2:
            route.continue_()
        else:
            route.abort("connectionfailed")

    page.route("**/uploads/*", cut)
    page.set_input_files("#f-attachment", large)
    expect(page.locator("progress")).to_be_visible()
    expect(page.get_by_role("status").filter(has_text="512 KB / 928 KB")).to_be_visible()
    sender.look()
    expect(page.get_by_role("button", name="保存草稿")).to_be_disabled()
    page.on("request", lambda request: sent.append(int(request.headers.get("upload-offset", -1))))
    page.reload()  # With the line still cut: nothing goes on by itself in between.
    page.unroute("**/uploads/*")
    sent.clear()
    page.set_input_files("#f-attachment", large)
    expect(page.locator("input[name=attachment_upload]")).to_have_count(1)
    assert min(offset for offset in sent if offset >= 0) == 2 * PIECE
    press(page, "保存草稿")
    expect(page.get_by_text("附件.txt")).to_be_visible()
    # The uploader tries the cut line again for as long as it stays cut, so how often it complained is chance.
    assert set(sender.problems) == {"Failed to load resource: net::ERR_CONNECTION_FAILED"}
    sender.problems.clear()


def test_everything_is_there_in_english(clerk: AtWork):
    receiver = clerk("jm.clerk")
    page = receiver.page
    with page.expect_navigation():
        page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    for path in (
        "/",
        "/exchange/jiangmen/waiting",
        "/exchange/jiangmen/sent",
        "/exchange/jiangmen/compose",
        "/assigned",
    ):
        receiver.goto(path)
        receiver.look()
        assert not re.search("待签收|签收|发件箱|起草", page.locator("main").inner_text()), path
    page.goto(receiver.address + "/exchange/jiangmen/sent")
    page.get_by_role("link", name=WAITING[3][0]).click()
    expect(page.get_by_role("heading", name="Recipient")).to_be_visible()
    receiver.look()
