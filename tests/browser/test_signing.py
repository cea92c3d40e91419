"""A clerk signs with a certificate in Chromium: loads the key once, sees the text, signs by keys alone; singly and several at once (R-25.1)."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, load_pem_private_key
from cryptography.hazmat.primitives.serialization.pkcs12 import serialize_key_and_certificates
from cryptography.x509 import load_pem_x509_certificate
from playwright.sync_api import Page, expect

from tests.browser.chromium import Clerk
from tests.browser.server import SIGNER, SIGNER_KEY, WAITING

pytestmark = pytest.mark.browser
AtWork = Callable[[str], Clerk]
PASSWORD = "yangli-2013-p12"
INBOX = "/exchange/shantou/waiting"


def dialog_with(page: Page, words: str) -> None:
    """The dialog is open and shows the text to sign."""
    expect(page.locator("#sign-dialog")).to_be_visible()
    expect(page.locator("#sign-dialog pre").first).to_contain_text("govrepo-attestation v1")
    expect(page.locator("#sign-dialog pre").first).to_contain_text(words)


def certificate_file(folder: Path) -> Path:
    """The clerk's certificate file as it is handed out (R-28.1), made of the key file beside it."""
    words = (folder / SIGNER_KEY).read_bytes()
    key: Any = load_pem_private_key(words, None)
    certificate = load_pem_x509_certificate(words[words.index(b"-----BEGIN CERTIFICATE") :])
    protection = BestAvailableEncryption(PASSWORD.encode())
    (folder / "person.p12").write_bytes(serialize_key_and_certificates(b"person", key, certificate, None, protection))
    return folder / "person.p12"


def test_a_clerk_signs_with_a_certificate(clerk: AtWork, key_folder: Path):
    receiver = clerk(SIGNER)
    page = receiver.goto(INBOX)
    page.get_by_role("link", name=WAITING[0][0]).click()
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("button", name="打开", exact=True).click()
    # Without a key the dialog says so, and signing stays shut; Escape leaves everything as it was.
    page.keyboard.press("s")
    dialog_with(page, WAITING[0][0])
    expect(page.locator("[data-part=state]")).to_contain_text("还没有载入您的证书密钥")
    expect(page.get_by_role("button", name="签名并办理")).to_be_disabled()
    receiver.look()
    page.keyboard.press("Escape")
    expect(page.locator("#sign-dialog")).to_be_hidden()
    expect(page.locator(".gr-lead")).to_contain_text("待签收")
    # The key is loaded once; then Enter signs.
    page.keyboard.press("s")
    page.set_input_files("#key-file", certificate_file(key_folder))
    page.fill("#key-password", "wrong")
    page.get_by_role("button", name="载入密钥").click()
    expect(page.locator("[data-part=state]")).to_contain_text("没有读到密钥和证书")
    expect(page.locator("#key-password")).to_have_value("")
    page.fill("#key-password", PASSWORD)
    page.get_by_role("button", name="载入密钥").click()
    expect(page.locator("[data-part=state]")).to_contain_text("person.p12")
    expect(page.get_by_role("button", name="签名并办理")).to_be_focused()
    receiver.look()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator(".gr-lead")).to_contain_text("已签收")
    expect(page.locator("main")).to_contain_text("证书签名")
    page.get_by_role("link", name="回执").click()
    expect(page.locator(".gr-receipt").last).to_contain_text("签名有效")
    receiver.look()
    exported = page.evaluate(
        """async () => {
            const { keyOf } = await import(document.querySelector("script[src*='/js/alert.js']").src.replace(/js\\/.*/, "js/keys.js"));
            const opening = indexedDB.open("govrepo-keys", 1);
            const database = await new Promise((resolve) => { opening.onsuccess = () => resolve(opening.result); });
            const asked = database.transaction("keys").objectStore("keys").getAll();
            const [record] = await new Promise((resolve) => { asked.onsuccess = () => resolve(asked.result); });
            return [typeof keyOf, record.privateKey.extractable];
        }"""
    )
    assert exported == ["function", False]
    # Several at once: one signature each, with the key that is there already.
    page = receiver.goto(INBOX)
    for title, _number in WAITING[1:3]:
        page.get_by_role("checkbox", name=title).check()
    page.keyboard.press("s")
    dialog_with(page, "签收 (delivery.sign_for)")
    expect(page.locator("#sign-dialog pre")).to_have_count(2)
    receiver.look()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("#flash")).to_have_text("已办理“签收” 2 件。")


def test_signing_elsewhere_and_removing_the_key(clerk: AtWork, key_folder: Path):
    receiver = clerk(SIGNER)
    page = receiver.goto(INBOX)
    page.get_by_role("checkbox", name=WAITING[3][0]).check()
    page.keyboard.press("s")
    page.set_input_files("#key-file", key_folder / SIGNER_KEY)
    page.get_by_role("button", name="载入密钥").click()
    page.get_by_role("button", name="从本机移除密钥").click()
    expect(page.get_by_role("button", name="签名并办理")).to_be_disabled()
    with page.expect_navigation():
        page.get_by_role("button", name="离线签名").click()
    expect(page.get_by_role("heading", name="离线签名")).to_be_visible()
    expect(page.get_by_role("link", name="下载原文")).to_be_visible()
    receiver.look()
