"""The certificate that nginx hands on: believed beside the secret only, taken off every other request (R-25.1)."""

import shutil
import socket
import subprocess
from pathlib import Path
from urllib.parse import quote

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from webtest import TestApp
from webtest.http import StopableWSGIServer

from govrepo import clock
from govrepo.security import proxy
from govrepo.security.certificate_login import WORDS
from govrepo.settings import Settings
from govrepo.trust import data
from govrepo.trust.authorities import serial_of
from tests.app import running, site
from tests.desk import journaled
from tests.pki import Authority, certificate_login, equip, found_authorities, new_key

SECRET = "0123456789abcdef" * 4
ADDRESS = {"REMOTE_ADDR": "10.0.0.7"}
DOCS = Path(__file__).resolve().parents[3] / "docs" / "nginx.conf"


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    (folder / "secret").write_text(SECRET)
    with running(folder, certificate_login="proxy", proxy_secret_file=folder / "secret") as made:
        found_authorities(made)
        yield made


def handed_on(certificate, secret=SECRET, **more):
    pem = quote(certificate.public_bytes(Encoding.PEM).decode()) if certificate else ""
    verify = "FAILED:unable to verify" if certificate else "NONE"
    return {"X-SSL-Client-Verify": verify, "X-SSL-Client-Cert": pem, "X-Proxy-Auth": secret, **more}


def log_in(app, headers, browser=None):
    browser = browser or TestApp(app, extra_environ=ADDRESS)
    token = browser.get("/login/certificate").forms[0]["csrf_token"].value
    return browser, browser.post("/login/certificate", {"csrf_token": token}, headers=headers, status="*")


def test_what_the_proxy_hands_on_logs_in(app):
    _key, certificate = equip(app, "gz.clerk")
    browser, answer = log_in(app, handed_on(certificate))
    assert answer.status_int == 303
    assert browser.get("/", headers=handed_on(certificate)).status_int == 200
    assert journaled(app, "session.login")[-1].certificate == serial_of(certificate)


def test_a_stolen_cookie_comes_without_the_certificate(app):
    _key, certificate = equip(app, "gz.clerk")
    _other_key, other = equip(app, "gz.clerk")
    browser, _answer = log_in(app, handed_on(certificate))
    for headers in (
        {},
        handed_on(None),
        handed_on(other),
        handed_on(certificate, secret="wrong"),
        handed_on(certificate, secret=""),
    ):
        assert browser.get("/", headers=headers, status="*").status_int == 303


@pytest.mark.parametrize("name", ["X-SSL-Client-Cert", "X_SSL_Client_Cert", "x_ssl_client_cert", "X-Ssl-Client_Cert"])
@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET[:-1], SECRET + "0"])
def test_nobody_else_can_hand_on_a_certificate(app, name, secret):
    _key, certificate = equip(app, "gz.clerk")
    pem = quote(certificate.public_bytes(Encoding.PEM).decode())
    headers = {name: pem, "X-SSL-Client-Verify": "SUCCESS"} | ({} if secret is None else {"X-Proxy-Auth": secret})
    _browser, answer = log_in(app, headers)
    assert answer.status_int == 401
    assert WORDS["not_shown"] in answer.text


def blocked(app):
    _key, certificate = equip(app, "gz.clerk")
    with site(app) as root:
        data.revoke(root, serial_of(certificate), "keyCompromise", clock.now())
    return certificate


@pytest.mark.parametrize(
    ("code", "make"),
    [
        ("foreign", lambda app: Authority("用户CA").issue()),
        ("revoked", blocked),
        ("not_bound", lambda app: app.registry.authorities.issue_user(new_key().public_key(), "p1", "某人", 9)),
    ],
)
def test_what_counts_is_checked_here_not_by_the_proxy(app, code, make):
    _browser, answer = log_in(app, handed_on(make(app), **{"X-SSL-Client-Verify": "SUCCESS"}))
    assert answer.status_int == 401
    assert WORDS[code] in answer.text


def test_what_is_no_certificate(app):
    headers = handed_on(None) | {"X-SSL-Client-Cert": "%2D%2D nonsense"}
    assert WORDS["malformed"] in log_in(app, headers)[1].text
    two = handed_on(equip(app, "gz.clerk")[1])
    two["X-SSL-Client-Cert"] += ", " + two["X-SSL-Client-Cert"]
    assert log_in(app, two)[1].status_int in (303, 401)


def test_in_every_other_mode_the_headers_say_nothing(tmp_path):
    with running(tmp_path) as app:
        found_authorities(app)
        key, certificate = equip(app, "gz.clerk")
        assert WORDS["bad_envelope"] in log_in(app, handed_on(certificate))[1].text
        browser, answer = certificate_login(app, key, certificate)
        assert answer.status_int == 303
        assert browser.get("/", headers=handed_on(Authority().issue())).status_int == 200


@pytest.mark.parametrize(
    "settings",
    [
        {"certificate_login": "perhaps"},
        {"certificate_login": "off", "certificate_required": "yes"},
        {"certificate_login": "proxy", "proxy_secret_file": "short"},
        {"certificate_login": "proxy", "proxy_secret_file": "missing"},
    ],
)
def test_a_site_set_up_wrongly_does_not_start(tmp_path, settings):
    (tmp_path / "short").write_text("short")
    named = {f"govrepo.{name}": str(tmp_path / text) if "file" in name else text for name, text in settings.items()}
    with pytest.raises((ValueError, OSError), match=r"govrepo\.|missing"):
        proxy.shared_secret(Settings(named))


# --- a real nginx with the configuration of docs/nginx.conf ---------------------------------------------------------------------


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def write_pem(path, key, *certificates):
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.write_bytes(b"".join(each.public_bytes(Encoding.PEM) for each in certificates) + private)


@pytest.fixture(scope="module")
def nginx(app, tmp_path_factory):
    """The site behind a real nginx; its address and a folder for keys."""
    if shutil.which("nginx") is None:
        pytest.skip("no nginx on this machine: apt install nginx-light")
    folder, port = tmp_path_factory.mktemp("nginx"), free_port()
    upstream = StopableWSGIServer.create(app)
    key = new_key()
    write_pem(folder / "site.pem", key, Authority("站点").issue(key=key))
    (folder / "secret.conf").write_text(f"proxy_set_header X-Proxy-Auth {SECRET};\n")
    (folder / "nginx.conf").write_text(configuration(folder, port, upstream.effective_port), encoding="utf-8")
    with subprocess.Popen(["nginx", "-e", folder / "error.log", "-p", folder, "-c", folder / "nginx.conf"]) as process:
        wait_for(port)
        yield f"https://127.0.0.1:{port}", folder
        process.terminate()
        process.wait(10)
    upstream.shutdown()
    upstream.runner.join()


def configuration(folder, port, upstream):
    """docs/nginx.conf with this machine's places and port, and what a whole nginx needs around it."""
    server = DOCS.read_text(encoding="utf-8")
    for there, here in (
        ("listen 443 ssl;", f"listen 127.0.0.1:{port} ssl;"),
        ("/etc/ssl/govrepo.crt", f"{folder}/site.pem"),
        ("/etc/ssl/private/govrepo.key", f"{folder}/site.pem"),
        ("/etc/nginx/govrepo-secret.conf", f"{folder}/secret.conf"),
        ("http://127.0.0.1:6543", f"http://127.0.0.1:{upstream}"),
    ):
        assert there in server
        server = server.replace(there, here)
    temporary = "".join(
        f"{name}_temp_path {folder}/{name};\n" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    head = f"daemon off;\nmaster_process off;\npid {folder}/pid;\nerror_log {folder}/error.log;\nevents {{}}\n"
    return f"{head}http {{\naccess_log off;\n{temporary}{server}\n}}\n"


def wait_for(port):
    for _ in range(100):
        with socket.socket() as found:
            found.settimeout(1)
            if found.connect_ex(("127.0.0.1", port)) == 0:
                return
        subprocess.run(["sleep", "0.1"], check=True)
    pytest.fail("nginx did not start")


def curl(nginx, path, *options):
    """The status and the page; cookies are kept in the folder."""
    address, folder = nginx
    command = [
        "curl",
        "-sk",
        "-b",
        folder / "jar",
        "-c",
        folder / "jar",
        "-w",
        "\n%{http_code}",
        *options,
        address + path,
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    page, _line, status = done.stdout.rpartition("\n")
    return int(status), page


def log_in_by_curl(nginx, *options):
    _status, page = curl(nginx, "/login/certificate", *options)
    token = page.partition('name="csrf_token" value="')[2].partition('"')[0]
    return curl(nginx, "/login/certificate", *options, "-d", f"csrf_token={token}")


def test_a_real_nginx(app, nginx):
    folder = nginx[1]
    key, certificate = equip(app, "gz.clerk")
    write_pem(folder / "me.pem", key, certificate)
    mine = ("--cert", folder / "me.pem")
    assert log_in_by_curl(nginx, *mine)[0] == 303
    assert curl(nginx, "/", *mine)[0] == 200
    assert curl(nginx, "/")[0] == 303, "the cookie without the certificate"
    with site(app) as root:
        data.hold(root, serial_of(certificate), clock.now())
    assert curl(nginx, "/", *mine)[0] == 303, "R-9.3: held, and dead with the next request"
    (folder / "jar").unlink()
    status, page = log_in_by_curl(nginx, *mine)
    assert (status, WORDS["revoked"] in page) == (401, True)


def test_a_real_nginx_drops_what_a_client_claims(app, nginx):
    _key, certificate = equip(app, "gz.clerk")
    pem = quote(certificate.public_bytes(Encoding.PEM).decode())
    for name in ("X-SSL-Client-Cert", "X_SSL_Client_Cert"):
        (nginx[1] / "jar").unlink(missing_ok=True)
        claimed = ("-H", f"{name}: {pem}", "-H", f"X-Proxy-Auth: {SECRET}", "-H", f"X_Proxy_Auth: {SECRET}")
        status, page = log_in_by_curl(nginx, *claimed)
        assert (status, WORDS["not_shown"] in page) == (401, True)


def test_a_real_nginx_lets_a_foreign_certificate_through_to_be_refused_in_words(nginx):
    key = new_key()
    write_pem(nginx[1] / "foreign.pem", key, Authority("用户CA").issue(key=key))
    (nginx[1] / "jar").unlink(missing_ok=True)
    status, page = log_in_by_curl(nginx, "--cert", nginx[1] / "foreign.pem")
    assert (status, WORDS["foreign"] in page) == (401, True)
