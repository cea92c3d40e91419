"""Story 4: wrong formats. What must be sent, what may not, and how a bad delivery goes back (R-N4.1 to R-N4.5, P-39, P-51..54)."""

import pytest

from content_types.exchange_box import ExchangeBox
from govrepo import clock
from govrepo.trust.data import renew_due_crls
from tests.app import drain, site
from tests.desk import Desk, journaled, path_of, pdf, row_link, rows, words
from tests.pki import found_authorities
from tests.sealing import Office, slotted

WPS = b"WPSOffice"
TITLE = "关于报送2012年度决算情况的函"
ELEMENTS = {"title": TITLE, "kind": "函", "number": "粤财〔2013〕7号", "signer": "孙七"}


@pytest.fixture
def clerk(app, at):
    at("2013-01-07 09:40")
    return Desk(app, "caizheng.clerk")


def test_a_department_without_seal_must_send_an_editable_file(app, clerk):
    from tests.hostile import ole  # noqa: PLC0415 - Only this story needs an office file.

    files = {"scan": ("扫描.pdf", pdf("扫描"))}
    draft = path_of(clerk.compose("caizheng", ["gd-office"], files=files, **ELEMENTS)).removesuffix("/edit")
    drain(app)
    away = clerk.act(draft, "submit")
    page = clerk.get(path_of(away))
    assert "缺少可编辑文档" in words(page)
    assert journaled(app, "dispatch.submit", "refused")[0].reason.startswith("缺少可编辑文档")

    wps = clerk.upload("正文.wps", ole("WordDocument"))
    fields = ELEMENTS | {"date": "2013-01-05", "mains": "gd-office", "editable_upload": wps, "then": "save"}
    clerk.post(f"{draft}/edit", fields)
    drain(app)
    clerk.act(draft, "submit")
    assert "待核准" in words(clerk.get(f"{draft}/"))


def test_an_encrypted_pdf_is_refused(app, clerk):
    files = {"scan": ("扫描.pdf", pdf(password="secret")), "editable": ("正文.txt", "正文".encode())}
    draft = path_of(clerk.compose("caizheng", ["gd-office"], files=files, **ELEMENTS)).removesuffix("/edit")
    clerk.act(draft, "submit")
    assert "正在检查" in words(clerk.get(f"{draft}/edit?check=1"))
    drain(app)
    page = clerk.get(path_of(clerk.act(draft, "submit")))
    assert "已加密，不能交换" in words(page)


def test_a_fully_deployed_unit_sends_the_sealed_file_alone(app, clerk):
    """R-N4.3: the original is required, the editable file is not."""
    with site(app) as root:
        unit = root["units"]["caizheng"]
        unit.has_plate = unit.has_seal = True
    scan = {"scan": ("扫描.pdf", pdf("扫描"))}
    draft = path_of(clerk.compose("caizheng", ["gd-office"], files=scan, **ELEMENTS)).removesuffix("/edit")
    drain(app)
    assert "正本PDF" in words(clerk.get(path_of(clerk.act(draft, "submit"))))
    original = clerk.upload("正本.pdf", pdf("正本"))
    clerk.post(f"{draft}/edit", ELEMENTS | {"date": "2013-01-05", "mains": "gd-office", "original_upload": original})
    drain(app)
    clerk.act(draft, "submit")
    assert "待核准" in words(clerk.get(f"{draft}/"))


def test_a_torn_delivery_goes_back_and_is_sent_again(app, clerk):
    approver = Desk(app, "caizheng.approver")
    sent = _released(app, clerk, approver)
    _tear(app)
    clerk.act(sent, "send")
    drain(app)

    registry = Desk(app, "office.registry1")
    box = "/exchange/gd-office"
    assert "验证不通过" in rows(registry.get(f"{box}/waiting"))[0]
    delivery = row_link(registry.get(f"{box}/waiting"), TITLE)
    registry.act(delivery, "return", status=403, reason="verification")
    registry.post(f"{delivery}/open")
    assert "不符" in words(registry.get(f"{delivery}/"))
    assert "验证不通过，只能退文" in words(registry.act(delivery, "sign_for", status=403))
    registry.post(f"{delivery}/take", {"act": "print", "file": "any"}, status=403)
    assert "请从列表中选择退文理由" in words(registry.act(delivery, "return", status=422, note="摘要不符"))
    registry.act(delivery, "return", reason="verification", note="摘要不符")
    assert rows(registry.get(f"{box}/waiting")) == []
    assert TITLE in rows(registry.get(f"{box}/returned"))[0]
    _the_sender_acknowledges_and_resends(app, clerk, approver, sent)


def test_a_return_for_wrong_format_and_one_without_words(app, clerk):
    sent = clerk.send(Desk(app, "caizheng.approver"), "caizheng", ["gd-office"], **ELEMENTS)
    drain(app)
    registry = Desk(app, "office.registry1")
    delivery = row_link(registry.get("/exchange/gd-office/waiting"), TITLE)
    registry.post(f"{delivery}/open")
    assert "请写明情况" in words(registry.act(delivery, "return", status=422, reason="other"))
    registry.act(delivery, "return", reason="format", note="扫描不清")
    line = rows(clerk.get(sent))[0]
    assert "已退回" in line
    assert "格式不符 扫描不清" in line


def test_a_format_that_does_not_comply_is_flagged_and_can_be_signed(app, clerk):
    """R-N4.5: the unit lost its seal system between release and arrival, so that the files no longer suffice."""
    with site(app) as root:
        unit = root["units"]["caizheng"]
        unit.has_plate = unit.has_seal = True
    files = {"original": ("正本.pdf", pdf("正本"))}
    sent = clerk.send(Desk(app, "caizheng.approver"), "caizheng", ["gd-office"], files=files, **ELEMENTS)
    with site(app) as root:
        root["units"]["caizheng"].has_seal = False
    drain(app)
    registry = Desk(app, "office.registry1")
    assert "格式不符" in rows(registry.get("/exchange/gd-office/waiting"))[0]
    delivery = row_link(registry.get("/exchange/gd-office/waiting"), TITLE)
    registry.post(f"{delivery}/open")
    registry.act(delivery, "sign_for")
    line = rows(clerk.get(sent))[0]
    assert "已签收" in line
    assert "格式不符" in line, "the sender sees the flag"


def _released(app, clerk, approver):
    draft = path_of(clerk.compose("caizheng", ["gd-office"], **ELEMENTS)).removesuffix("/edit")
    drain(app)
    clerk.act(draft, "submit")
    approver.act(draft, "release")
    return draft


def _tear(app):
    """Change one octet of the scan on disk, as a failing disk would."""
    with site(app) as root:
        box: ExchangeBox = root["exchange"]["caizheng"]
        (dispatch,) = (each for shelf in box["outbox"].values() for each in shelf.values())
        with dispatch.document.files[0].stored.as_path() as path:
            path.chmod(0o600)
            content = path.read_bytes()
            path.write_bytes(content[:-9] + b"x" + content[-8:])


def _the_sender_acknowledges_and_resends(app, clerk, approver, sent):
    assert "退件待签收" in words(clerk.get("/"))
    clerk.post(f"{sent}/resend", {"selected": "gd-office"})
    page = clerk.get(sent)
    assert "验证不通过 摘要不符" in rows(page)[0]
    clerk.post(f"{sent}/acknowledge", {"box": "gd-office"})
    clerk.post(f"{sent}/acknowledge", {"box": "gd-office"}, status=403)
    page = clerk.get(sent)
    assert "退件已签收" in rows(page)[0]
    link = next(each["href"] for each in page.html.select(".gr-files a") if "重发" in each.text).rstrip("/")
    assert f"{sent}/" in [each["href"] for each in clerk.get(link).html.select(".gr-files a")]
    approver.act(link, "release")
    clerk.act(link, "send")
    drain(app)
    assert len(rows(Desk(app, "office.registry1").get("/exchange/gd-office/waiting"))) == 1


# The seals.


@pytest.fixture
def office(app, at):
    """The site has its own authority; the department is fully deployed."""
    at("2013-01-07 09:00")
    found_authorities(app)
    with site(app) as root:
        renew_due_crls(root, app.registry, clock.now())
        unit = root["units"]["caizheng"]
        unit.has_plate = unit.has_seal = True
    return Office(app.registry.authorities)


@pytest.fixture
def good(office, at, tmp_path_factory):
    """An original as the department's seal system makes it."""
    at("2013-01-07 09:30")
    return office.sealed(tmp_path_factory.mktemp("sealed"), slotted(), "s1").content


def _mark(page):
    return page.html.select_one(".gr-seal-mark").text.strip()


def test_a_broken_seal_is_seen_stops_the_receiver_and_is_corrected(app, office, good, clerk):
    """Story 4 to its end: verify bad, no formal print, returned with reason, acknowledged, sent again, both linked."""
    approver, registry = Desk(app, "caizheng.approver"), Desk(app, "office.registry1")
    broken = good.replace(b"842", b"841", 1)
    assert broken != good
    sent = _prepared(app, clerk, broken)
    warned = words(clerk.get(f"{sent}/"))
    assert "收文单位将看到“验证不通过”" in warned
    assert "盖章之后文件内容被改动" in warned, "not silently"
    _sent(app, clerk, approver, sent)

    delivery = row_link(registry.get("/exchange/gd-office/waiting"), TITLE)
    assert "验证不通过" in rows(registry.get("/exchange/gd-office/waiting"))[0]
    registry.post(f"{delivery}/open")
    page = registry.get(f"{delivery}/")
    assert _mark(page) == "验证不通过"
    assert "盖章之后文件内容被改动，与印章不符" in words(page)
    for name in ("print", "print_plain"):
        registry.post(f"{delivery}/take", {"act": name, "file": "any"}, status=403)
    registry.act(delivery, "sign_for", status=403)
    registry.act(delivery, "return", reason="verification", note="印章验证不通过")

    assert "退件待签收" in words(clerk.get("/"))
    clerk.post(f"{sent}/acknowledge", {"box": "gd-office"})
    assert "退件已签收" in rows(clerk.get(sent))[0]
    right = path_of(clerk.act(sent, "correct")).removesuffix("/edit")
    _filled(app, clerk, right, good, "粤财〔2013〕8号")
    _sent(app, clerk, approver, right)

    (line,) = rows(registry.get("/exchange/gd-office/waiting"))
    assert "验证不通过" not in line
    delivery = row_link(registry.get("/exchange/gd-office/waiting"), TITLE)
    registry.post(f"{delivery}/open")
    page = registry.get(f"{delivery}/")
    assert _mark(page) == "验证通过"
    assert "印章：示例机关s1" in words(page)
    assert "本件更正" in words(page)
    registry.act(delivery, "sign_for")
    file = registry.get(f"{delivery}/").html.select_one("input[name=file]")["value"]
    assert "正式份" in registry.get(path_of(registry.post(f"{delivery}/take", {"act": "print", "file": file}))).text
    assert f"{sent}/" in [each["href"] for each in clerk.get(f"{right}/").html.select(".gr-files a")]
    assert f"{right}/" in [each["href"] for each in clerk.get(f"{sent}/").html.select(".gr-files a")]


def test_a_seal_that_is_missing_is_warned_of_and_shown(app, office, clerk):
    """R-N4.3: the sealed file is what a fully deployed unit sends."""
    sent = _prepared(app, clerk, pdf("正本"))
    assert "正本却没有电子印章" in words(clerk.get(f"{sent}/"))
    _sent(app, clerk, Desk(app, "caizheng.approver"), sent)
    registry = Desk(app, "office.registry1")
    delivery = row_link(registry.get("/exchange/gd-office/waiting"), TITLE)
    registry.post(f"{delivery}/open")
    page = registry.get(f"{delivery}/")
    assert (_mark(page), "正本却没有电子印章" in words(page)) == ("无电子印章", True)


def _prepared(app, clerk, original):
    draft = path_of(clerk.compose("caizheng", ["gd-office"], files={}, **ELEMENTS)).removesuffix("/edit")
    _filled(app, clerk, draft, original)
    return draft


def _filled(app, clerk, draft, original, number=ELEMENTS["number"]):
    uploaded = clerk.upload("正本.pdf", original)
    more = {"number": number, "date": "2013-01-05", "mains": "gd-office", "original_upload": uploaded}
    clerk.post(f"{draft}/edit", ELEMENTS | more)
    drain(app)


def _sent(app, clerk, approver, draft):
    clerk.act(draft, "submit")
    approver.act(draft, "release")
    clerk.act(draft, "send")
    drain(app)
