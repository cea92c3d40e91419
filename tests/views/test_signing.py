"""The receipt as a file, verified with openssl by the very commands of docs/receipts.md; the page for signing elsewhere."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from govrepo import clock, work
from govrepo.trust.authorities import serial_of
from tests.app import running
from tests.attacks import scene
from tests.desk import Desk, words
from tests.pki import found_authorities
from tests.policies.bench import later, local
from tests.signer import Signer

DOCS = Path(__file__).resolve().parents[2] / "docs" / "receipts.md"
needs_tools = pytest.mark.skipif(
    not (shutil.which("openssl") and shutil.which("jq")),
    reason="openssl and jq are not installed: apt-get install openssl jq",
)


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    with running(tmp_path_factory.mktemp("signing")) as app:
        clock.travel(local("2013-01-07 10:00"))
        found_authorities(app)
        yield app
    clock.reset()


@pytest.fixture(scope="module")
def clerk(app):
    return Desk(app, "jm.clerk"), Signer.of(app, "jm.clerk")


@pytest.fixture(scope="module")
def signed(app, clerk):
    """A delivery signed for with a certificate: its address."""
    path = scene.make(app, "opened_jm")["opened_jm"]
    clerk[1].act(clerk[0], path, "sign_for")
    return path


@pytest.fixture
def run(clerk, signed, tmp_path):
    return run_in(tmp_path, clerk[0], signed)


def run_in(tmp_path, desk, signed):
    """Run the commands of a section of the docs beside the downloaded receipt; what they print."""
    answer = desk.get(f"{signed}/receipt.json")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    (tmp_path / "receipt.json").write_bytes(answer.body)

    def section(title):
        text = DOCS.read_text(encoding="utf-8").split(f"\n## {title}\n")[1].split("\n## ")[0]
        commands = "\n".join(re.findall(r"```sh\n(.*?)```", text, re.DOTALL))
        return subprocess.run(["sh", "-ec", commands], cwd=tmp_path, capture_output=True, text=True, check=False)

    assert section("Taking a receipt apart").returncode == 0
    return section


@needs_tools
def test_the_persons_signature_verifies_with_openssl(run, tmp_path):
    assert run("The person's signature").stdout.strip() == "Verified OK"
    text = tmp_path / "clerk.txt"
    text.write_text(text.read_text().replace("签收", "退文"))
    assert run("The person's signature").returncode != 0


@needs_tools
def test_the_journal_and_the_time_stamp_verify_with_openssl(app, clerk, signed, tmp_path):
    later(minutes=16)
    work.drain(app.registry)
    section = run_in(tmp_path, Desk(app, "jm.clerk"), signed)
    assert section("The system's signature").returncode == 0
    done = section("The journal and the time stamp")
    assert done.returncode == 0, done.stderr
    in_entry, of_statement, *verdicts = done.stdout.splitlines()
    assert in_entry == of_statement.split()[0]
    assert verdicts[0] == "Signature Verified Successfully"
    assert "Verification: OK" in done.stdout + done.stderr


@needs_tools
def test_the_certificate_verifies_with_openssl(run, clerk):
    done = run("The certificate")
    assert "clerk.pem: OK" in done.stdout, done.stderr
    assert f"serial={serial_of(clerk[1].certificate)}" in done.stdout
    assert "urn:govrepo:principal:" in done.stdout


@needs_tools
def test_the_systems_signature_verifies_with_openssl_and_names_the_persons_text(run):
    assert "Verified Successfully" in run("The system's signature").stdout
    digest, of_text = run("The system's signature").stdout.split()[-3:-1]
    assert len(digest) == 64
    assert digest == of_text


def test_the_sender_takes_the_same_file(app, clerk, signed):
    sender, box = Desk(app, "sz.clerk"), signed.split("/")[2]
    dispatch = sender.get("/exchange/shenzhen/sent").html.select_one("tbody a[data-open]")["href"]
    mine = sender.get(f"{dispatch.rstrip('/')}/receipt.json?box={box}").json
    assert mine == clerk[0].get(f"{signed}/receipt.json").json
    sender.get(f"{dispatch.rstrip('/')}/receipt.json?box=nobody", status=404)


def test_a_releases_signature_is_a_file_too(app):
    desk, signer = Desk(app, "jm.approver"), Signer.of(app, "jm.approver")
    path = scene.make(app, "submitted")["submitted"]
    assert "signatures.json" not in desk.get(f"{path}/").text
    signer.act(desk, path, "release")
    page = desk.get(f"{path}/")
    assert f"证书签名 {serial_of(signer.certificate)}" in words(page)
    assert f"{path}/signatures.json" in page.text
    found = desk.get(f"{path}/signatures.json").json
    assert [each["status"] for each in found["receipts"]] == ["release"]
    assert "核准 (dispatch.release)" in found["receipts"][0]["clerk"]["text"]


def test_the_page_for_signing_elsewhere_says_what_to_do(app, clerk):
    made = [scene.make(app, "pending_jm")["uid"] for _ in range(2)]
    fields = [("act", "sign_for"), *(("selected", uid) for uid in made)]
    page = clerk[0].post("/exchange/jiangmen/sign", fields, status=200)
    assert len(page.html.select("textarea[readonly]")) == 2
    assert len(page.html.select("input[type=file][required]")) == 2
    assert [each["value"] for each in page.html.select("input[name=selected]")] == made
    assert "5 分钟内有效" in words(page)
