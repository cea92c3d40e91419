"""Login by certificate in Chromium (R-25.1): the browser signs with a key file, the key never leaves, and the page says what is wrong."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from cryptography.hazmat.primitives.serialization.pkcs12 import serialize_key_and_certificates
from playwright.sync_api import Page, expect
from webtest.http import StopableWSGIServer

from tests.app import running
from tests.browser.chromium import axe
from tests.pki import Authority, equip, found_authorities, new_key

pytestmark = pytest.mark.browser
Made = tuple[Any, str]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    """A site with its own authority, served in this process; the application and its address."""
    with running(tmp_path_factory.mktemp("site")) as app:
        found_authorities(app)
        server = StopableWSGIServer.create(app, threads=4)
        yield app, server.application_url.rstrip("/")
        server.shutdown()
        server.runner.join()
        app.registry.pulse.stop()


def files(folder: Path, key: Any, certificate: Any, password: bytes = b"") -> Path:
    """The key's file; the certificate stands beside it as person.cer."""
    protection = BestAvailableEncryption(password) if password else NoEncryption()
    (folder / "person.pem").write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, protection))
    (folder / "person.cer").write_bytes(certificate.public_bytes(Encoding.DER))
    return folder / "person.pem"


@pytest.mark.parametrize(
    "make", [new_key, ed25519.Ed25519PrivateKey.generate, lambda: rsa.generate_private_key(65537, 2048)]
)
def test_login_by_key_file(made: Made, page: Page, tmp_path: Path, make: Any) -> None:
    app, address = made
    key, certificate = equip(app, "gz.clerk", key=make())
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.post_data or ""))
    page.goto(f"{address}/login")
    page.get_by_role("link", name="数字证书登录").click()
    assert axe(page) == []
    page.set_input_files("#key-file", files(tmp_path, key, certificate))
    page.set_input_files("#certificate-file", tmp_path / "person.cer")
    page.locator("form[data-certificate-login] button").click()
    page.wait_for_url(f"{address}/")
    assert any("SIGNED+TEXT" in body for body in sent)
    assert not any("PRIVATE" in body for body in sent)


def bundle_of(folder: Path, key: Any, certificate: Any, password: bytes) -> Path:
    """A certificate file as it is handed out: key, certificate, and the authority above it."""
    above = [Authority("旁边的CA").certificate]
    sealed = serialize_key_and_certificates("某人".encode(), key, certificate, above, BestAvailableEncryption(password))
    (folder / "person.p12").write_bytes(sealed)
    return folder / "person.p12"


@pytest.mark.parametrize("make", [new_key, lambda: rsa.generate_private_key(65537, 2048)], ids=["EC", "RSA"])
def test_r_28_1_login_by_the_certificate_file_that_was_handed_out(
    made: Made, page: Page, tmp_path: Path, make: Any
) -> None:
    """PKCS#12 is opened in the browser; a wrong password is said; neither key nor password is sent."""
    app, address = made
    key, certificate = equip(app, "gz.clerk", key=make())
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.post_data or ""))
    page.goto(f"{address}/login/certificate")
    page.set_input_files("#key-file", bundle_of(tmp_path, key, certificate, b"yangli-2013-p12"))
    page.fill("#key-password", "wrong")
    page.locator("form[data-certificate-login] button").click()
    expect(page.locator("[data-message]")).to_contain_text("密码不对")
    assert axe(page) == []
    page.fill("#key-password", "yangli-2013-p12")
    page.locator("form[data-certificate-login] button").click()
    page.wait_for_url(f"{address}/")
    assert any("SIGNED+TEXT" in body for body in sent)
    assert not any("yangli-2013-p12" in body or "PRIVATE" in body for body in sent)


def test_key_and_certificate_in_one_file(made: Made, page: Page, tmp_path: Path) -> None:
    app, address = made
    key, certificate = equip(app, "gz.clerk")
    bundle = files(tmp_path, key, certificate)
    bundle.write_bytes(certificate.public_bytes(Encoding.PEM) + bundle.read_bytes())
    page.goto(f"{address}/login/certificate?came_from=/assigned")
    page.set_input_files("#key-file", bundle)
    page.locator("form[data-certificate-login] button").click()
    page.wait_for_url(f"{address}/assigned")


def test_what_is_wrong_is_said(made: Made, page: Page, tmp_path: Path) -> None:
    app, address = made
    key, certificate = equip(app, "gz.clerk")
    message, button = page.locator("[data-message]"), page.locator("form[data-certificate-login] button")
    page.goto(f"{address}/login/certificate")
    expect(message).to_be_hidden()
    page.set_input_files("#key-file", files(tmp_path, key, certificate, b"secret"))
    button.click()
    expect(message).to_contain_text("加密的")
    page.set_input_files("#key-file", files(tmp_path, key, certificate))
    button.click()
    expect(message).to_contain_text("没有读到证书")
    page.set_input_files("#key-file", tmp_path / "person.cer")
    button.click()
    expect(message).to_contain_text("没有读到私钥")
    other, _certificate = equip(app, "jm.clerk")
    page.set_input_files("#key-file", files(tmp_path, other, certificate))
    page.set_input_files("#certificate-file", tmp_path / "person.cer")
    button.click()
    expect(page.locator("#problem")).to_contain_text("签名与证书不符")


def test_without_a_secure_connection_the_page_says_so(made: Made, page: Page) -> None:
    _app, address = made
    page.add_init_script("Object.defineProperty(window, 'isSecureContext', { value: false });")
    page.goto(f"{address}/login/certificate")
    expect(page.locator("[data-message]")).to_contain_text("不是安全连接")
    expect(page.locator("form[data-certificate-login] button")).to_be_disabled()
