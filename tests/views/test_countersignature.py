"""Countersigning over HTTP (SOD-12): listed, checked, signed with the auditor's certificate, exported, verified off-line and by openssl."""

import json
import sqlite3
import subprocess
from contextlib import closing

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from govrepo import clock, work
from govrepo.cli.verify import main as verify
from govrepo.journal.testimony import read
from tests.app import close_app, make_app, site
from tests.desk import Desk, path_of, rows, words
from tests.pki import found_authorities
from tests.policies.bench import later, local
from tests.signer import Signer


@pytest.fixture
def app(tmp_path):
    clock.travel(local("2026-03-02 10:00"))
    app = make_app(tmp_path)
    found_authorities(app)
    work.drain(app.registry)
    later(days=1)
    work.drain(app.registry)
    yield app
    clock.reset()
    close_app(app)


@pytest.fixture
def desk(app):
    return Desk(app, "auditor")


def waiting(desk):
    """The address of the first checkpoint that waits."""
    return desk.get("/countersignatures").html.select_one("tbody a[data-open]")["href"].rstrip("/")


def export(app, tmp_path):
    later(minutes=16)
    work.drain(app.registry)
    return tmp_path / "var" / "checkpoints"


def test_the_whole_way(app, desk, tmp_path, capsys):
    signer = Signer.of(app, "auditor")
    assert "检查点待复签" in desk.get("/").text
    path = waiting(desk)
    page = words(desk.get(f"{path}/"))
    assert "govrepo journal checkpoint 1" in page
    assert "2026-03-02" in page
    (text,) = signer.texts(desk, path, "sign")
    assert "办理: 复签检查点 (countersignature.sign)" in text["text"]
    assert "身份: 审计员" in text["text"]
    desk.post(f"{path}/act", [("act", "sign"), *signer.brought([text])])
    (row,) = [each for each in rows(desk.get("/countersignatures")) if "已复签" in each]
    assert "2026-03-03" in row
    folder = export(app, tmp_path)
    (countersign,) = folder.glob("*.countersign")
    root = tmp_path / "root.pem"
    root.write_bytes(app.registry.authorities.anchors[0].public_bytes(Encoding.PEM))
    key = folder / f"{app.registry.system_key.key_id}.pem"
    call = ["journal", str(tmp_path / "var" / "journal.sqlite"), "--checkpoints", str(folder), "--key", str(key)]
    assert verify([*call, "--authorities", str(root)]) == 0
    assert "1 countersignatures" in capsys.readouterr().out
    openssl_agrees(countersign, tmp_path, root)


def openssl_agrees(countersign, folder, root):
    """The steps of docs/evidence.md."""
    said = json.loads(countersign.read_text(encoding="utf-8"))
    parsed = read(countersign.read_bytes())
    (folder / "text").write_text(said["text"], encoding="utf-8")
    (folder / "sig").write_bytes(parsed.signature)
    (folder / "cer.pem").write_text(said["certificate"])
    (folder / "above.pem").write_text("".join(said["authorities"]))
    run(folder, "openssl x509 -in cer.pem -noout -pubkey -out pub.pem")
    assert "Verified OK" in run(folder, "openssl dgst -sha256 -verify pub.pem -signature sig text")
    at = int(parsed.signed_at.timestamp())
    command = f"openssl verify -attime {at} -CAfile {root} -untrusted above.pem -purpose sslclient cer.pem"
    assert "OK" in run(folder, command)
    checkpoint = countersign.with_suffix(".checkpoint")
    digest = run(folder, f"openssl dgst -sha256 -r {checkpoint}").split()[0]
    assert f"版本摘要: {digest}\n" in said["text"]
    stamp = countersign.with_suffix(".tsr")
    found = run(folder, f"openssl ts -verify -data {checkpoint} -in {stamp} -CAfile {root} -attime {at}")
    assert "Verification: OK" in found


def run(folder, command):
    return subprocess.run(command.split(), cwd=folder, capture_output=True, text=True, check=True).stdout


def test_what_is_signed_off_line(app, desk):
    Signer.of(app, "auditor")
    path = waiting(desk)
    page = desk.post(f"{path}/sign", {"act": "sign"}, status=200)
    assert "countersignature.sign" in page.text
    desk.post(f"{path}/sign", {"act": "nothing"}, status=400)
    desk.act(path, "nothing", status=400)


def test_without_a_certificate_it_is_refused_and_says_why(app, desk):
    path = waiting(desk)
    assert "复签须用您本人的数字证书" in desk.get(f"{path}/").text
    desk.act(path, "sign", status=403)


def test_the_newest_may_be_countersigned_now(app, desk):
    Signer.of(app, "auditor")
    app.registry.journal.append_now(next(app.registry.journal.entries(limit=1)).entry)
    later(minutes=16)
    work.drain(app.registry)
    path = path_of(desk.post("/countersign_newest"))
    assert "待复签" in words(desk.get(path))
    for login in ("admin", "security", "tech", "office.leader"):
        other = Desk(app, login)
        other.post("/countersign_newest", status=403)
        other.get(path, status=403)
        other.post(f"{path}prepare", {"act": "sign"}, status=403)
        other.post(f"{path}sign", {"act": "sign"}, status=403)
        other.post(f"{path}act", {"act": "sign"}, status=403)


def test_a_journal_that_contradicts_is_not_countersigned(app, desk, tmp_path):
    signer = Signer.of(app, "auditor")
    path = waiting(desk)
    signed = signer.brought(signer.texts(desk, path, "sign"))
    with closing(sqlite3.connect(tmp_path / "var" / "journal.sqlite")) as stock:
        stock.executescript(
            "DROP TRIGGER entries_unchanged; UPDATE entries SET body = replace(body, 'person:', 'Person:')"
            " WHERE seq = (SELECT min(seq) FROM entries WHERE body LIKE '%person:%')"
        )
    answer = desk.post(f"{path}/act", [("act", "sign"), *signed])
    assert answer.location.endswith("/journal_gaps")
    page = answer.follow()
    assert "不能复签" in page.text
    assert "日志条目被改动" in " ".join(rows(page))
    assert "待复签" in words(desk.get(f"{path}/"))
    with site(app) as root:
        assert dict(root.journal_witnesses.countersignatures) == {}


def test_a_day_not_countersigned_is_overdue(app):
    later(days=1)
    desk = Desk(app, "auditor")
    page = words(desk.get("/countersignatures"))
    assert "有 1 天的检查点到次日仍未复签" in page
    assert "逾期" in words(desk.get(f"{waiting(desk)}/"))


def test_a_site_without_checkpoints(tmp_path):
    clock.travel(
        local("2026-03-02 10:00")
    )  # The passwords of the samples are as old as the first application of this process.
    app = make_app(tmp_path)
    try:
        desk = Desk(app, "auditor")
        assert "还没有提请复签的检查点" in words(desk.get("/countersignatures"))
        assert "还没有检查点" in desk.post("/countersign_newest").follow().text
    finally:
        clock.reset()
        close_app(app)
