"""Story 2 in Chromium: a document of the provincial government from the draft to the sending, each person at the own desk, each page clean by axe."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chromium import Clerk
from tests.browser.test_unit import fits

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]
AtWork = Callable[[str], Clerk]
TITLE = "关于加强森林防火工作的通知"
BODY = "各地要高度重视森林防火工作。\n一、加强领导\n各地要落实责任，加强巡查。\n特此通知。"
CORRECTION = ("1", "加强巡查", "加强日常巡查")


def press(page: Page, name: str, *, asked: bool = False) -> None:
    """Press a button, and yes where the page asks back."""
    button = page.get_by_role("main").get_by_role("button", name=name, exact=True)
    if asked:
        button.click()
        expect(page.locator("#confirm-dialog")).to_be_visible()
        button = page.locator("#confirm-yes")
    with page.expect_navigation():
        button.click()


def drafted(officer: Clerk) -> str:
    """The draft, written in the editor; its address."""
    page = officer.goto("/exchange/gd-government/draft")
    page.fill("#f-title", TITLE)
    page.locator("#f-series").select_option(label="粤府")
    page.locator("#f-kind").select_option("通知")
    page.fill("#f-body", BODY)
    page.evaluate(
        "for (const each of document.querySelectorAll('details.gr-unit-group, .gr-unit-group details')) each.open = true"
    )
    for name in ("guangzhou", "shenzhen"):
        page.locator(f"input[name=mains][value={name}]").check()
    page.locator("input[name=copies][value=caizheng]").check()
    press(page, "保存")
    return page.url.removeprefix(officer.address).removesuffix("/edit")


def found(clerk: Clerk) -> Page:
    """The document, reached from the person's own tasks by keys."""
    page = clerk.goto("/my_tasks")
    clerk.look()
    with page.expect_navigation():
        page.get_by_role("link", name=TITLE).first.click()
    return page


def test_a_document_of_the_provincial_government(clerk: AtWork):
    officer = clerk("zh1.officer")
    path = drafted(officer)
    page = officer.goto(f"{path}/")
    expect(page.locator(".gr-lead")).to_contain_text("下一步：送核稿")
    officer.look()
    press(page, "送核稿")
    _approved(clerk)
    _plated(clerk)
    _read(clerk)
    _sealed(clerk)
    page = officer.goto(f"{path}/")
    expect(page.locator(".gr-steps .gr-step-now")).to_contain_text("发出")
    officer.look()
    press(page, "发文")
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    officer.look()
    press(page, "提交核准")
    leader = clerk("office.leader")
    leader.goto(page.url.removeprefix(officer.address))
    press(leader.page, "核准")
    page.reload()
    press(page, "发送", asked=True)
    expect(page.locator("#status")).to_contain_text("已送达 3")
    page = officer.goto(f"{path}/")
    expect(page.locator(".gr-steps .gr-step-now")).to_contain_text("办结")
    officer.look()


def _approved(clerk: AtWork) -> None:
    """Reviewed, signed, rechecked."""
    head = clerk("zh1.head")
    page = found(head)
    head.look()
    press(page, "退回修改")
    expect(page.locator("#e-note")).to_have_text("请写明理由。")
    page.fill("#f-note", "同意，请签发。")
    press(page, "核稿同意")
    leader = clerk("office.leader")
    page = found(leader)
    expect(page.locator(".gr-timeline").first).to_contain_text("同意，请签发。")
    page.fill("#f-note", "同意。")
    leader.look()
    assert fits(page)
    press(page, "签发")
    recheck = clerk("office.recheck")
    page = found(recheck)
    for each in page.locator("input[name=checklist]").all():
        each.check()
    recheck.look()
    press(page, "复核通过")


def _plated(clerk: AtWork) -> None:
    """The number is shown, asked for, given; the page shows the plate by itself when the worker has set it."""
    maker = clerk("office.plate")
    page = found(maker)
    expect(page.locator(".gr-form-plate")).to_contain_text("将编号：粤府〔")
    maker.look()
    press(page, "制版、编号", asked=True)
    expect(page.locator(".gr-sheets img").first).to_be_visible()
    maker.look()
    press(page, "送校对")


def _read(clerk: AtWork) -> None:
    """One error is found and mended; the second round passes, and the leader looks at it."""
    proof = clerk("office.proof")
    page = found(proof)
    proof.look()
    press(page, "再加几行")
    for name, text in zip(("page", "old", "new"), CORRECTION, strict=True):
        page.fill(f"input[name={name}-7]", text)
    press(page, "退改")
    maker = clerk("office.plate")
    page = found(maker)
    expect(page.locator("input[name=old-0]")).to_have_value(CORRECTION[1])
    maker.look()
    press(page, "重新制版")
    expect(page.get_by_role("button", name="送校对")).to_be_enabled()
    press(page, "送校对")
    page = found(proof)
    press(page, "校对通过，送领导复核")
    leader = clerk("office.leader")
    page = found(leader)
    expect(page.locator(".gr-sheets img").first).to_be_visible()
    leader.look()
    press(page, "领导复核通过")


def _sealed(clerk: AtWork) -> None:
    """The only seal is chosen already; the page shows the sealed document by itself."""
    keeper = clerk("office.seal")
    page = found(keeper)
    expect(page.locator("#f-seal option:checked")).to_contain_text("广东省人民政府")
    keeper.look()
    press(page, "盖章", asked=True)
    expect(page.locator(".gr-badge").first).to_contain_text("已盖章")
    keeper.look()
