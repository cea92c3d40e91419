"""Story 5: breaches of the rules of address (S-1, S-5), and the return at initial review (P-55)."""

from tests.app import drain
from tests.desk import Desk, path_of, row_link, rows, words
from tests.stories.test_story_09 import enter, uid_of

TITLE = "关于申请追加专项资金的请示"


def test_a_division_may_not_send_a_formal_document(app, at):
    """S-5: a formal 函 is refused, nothing typed is lost; it sends a 便函 instead."""
    at("2013-01-07 09:40")
    officer = Desk(app, "cz-budget.officer")
    refused = officer.compose(
        "cz-budget", ["gd-office"], title="关于商请提供数据的函", kind="函", then="submit", status=422
    )
    assert "处室只能发送便函或转办件" in words(refused)
    assert refused.html.select_one("#f-title")["value"] == "关于商请提供数据的函"
    title = "关于商请提供数据的便函"
    draft = path_of(officer.compose("cz-budget", ["gd-office"], title=title, kind="便函", number=""))
    drain(app)
    path = draft.removesuffix("/edit")
    officer.act(path, "submit")
    head = Desk(app, "cz-budget.head")
    head.act(path, "release")
    officer.act(path, "send")
    drain(app)
    page = Desk(app, "office.registry1").get("/exchange/gd-office/waiting")
    assert "预算处" in rows(page)[0], "the division stands as issuer, not its department"


def test_a_formal_document_of_a_division_is_refused(app, at):
    at("2013-01-07 09:40")
    officer = Desk(app, "cz-budget.officer")
    draft = path_of(officer.compose("cz-budget", ["gd-office"], title="关于预算的函"))
    path = draft.removesuffix("/edit")
    drain(app)
    _make_formal(app)
    away = officer.act(path, "submit")
    assert "处室不得对外正式行文" in words(officer.get(path_of(away)))


def _make_formal(app):
    """The form never offers it; somebody who gets round the form meets the guard."""
    from tests.app import site  # noqa: PLC0415 - Only here.

    with site(app) as root:
        (dispatch,) = (each for shelf in root["exchange"]["cz-budget"]["outbox"].values() for each in shelf.values())
        dispatch.document.informal = False


def test_a_request_with_two_mains_is_warned_of_sent_and_returned(app, at):
    at("2013-01-07 09:40")
    clerk = Desk(app, "jm.clerk")
    mains = ["gd-government", "caizheng"]
    draft = path_of(clerk.compose("jiangmen", mains, title=TITLE, kind="请示", signer="江上舟"))
    assert "请示原则上只主送一个上级机关" in words(clerk.get(draft))
    path = draft.removesuffix("/edit")
    drain(app)
    clerk.act(path, "submit")
    Desk(app, "jm.approver").act(path, "release")
    clerk.act(path, "send")
    drain(app)
    registry = Desk(app, "office.registry1")
    delivery = row_link(registry.get("/exchange/gd-government/waiting"), TITLE)
    registry.post(f"{delivery}/open")
    registry.act(delivery, "return", reason="address_rules", note="请示应只主送一个机关")
    assert TITLE in rows(registry.get("/exchange/gd-government/returned"))[0]
    assert "不符行文规则 请示应只主送一个机关" in rows(clerk.get(path))[0]
    (line,) = (each for each in rows(registry.get("/registers/returns")) if TITLE in each)
    assert "不符行文规则" in line


def test_the_office_registers_it_and_returns_it_at_initial_review(app, at):
    """TL12: initial review (初审) comes after registering; the return register shows it with its reason."""
    at("2013-01-07 09:40")
    clerk = Desk(app, "jm.clerk")
    path = clerk.send(Desk(app, "jm.approver"), "jiangmen", ["gd-office"], title=TITLE, kind="请示", signer="江上舟")
    drain(app)
    registry = Desk(app, "office.registry1")
    delivery = row_link(registry.get("/exchange/gd-office/waiting"), TITLE)
    registry.post(f"{delivery}/open")
    registry.act(delivery, "sign_for")
    entry = path_of(enter(registry, "/exchange/gd-office", uid_of(registry, delivery))).rstrip("/")
    registry.post(f"{entry}/do", {"act": "preview_return", "reason": "address_rules", "note": "应先送主管部门"})
    assert "初审退文" in words(registry.get(f"{entry}/"))
    assert TITLE in rows(registry.get("/exchange/gd-office/returned"))[0]
    assert TITLE in rows(registry.get("/registers/returns"))[0]
    assert "不符行文规则 应先送主管部门" in rows(clerk.get(path))[0]


def test_a_request_is_not_copied_downwards_and_names_its_signer(app, at):
    at("2013-01-07 09:40")
    clerk = Desk(app, "jm.clerk")
    draft = path_of(clerk.compose("jiangmen", ["gd-government"], title=TITLE, kind="请示"))
    drain(app)
    away = clerk.act(draft.removesuffix("/edit"), "submit")
    assert "上行文须填写签发人" in words(clerk.get(path_of(away)))
