"""Story 13, the evidence part (R-7.3, R-7.5): the suspension's timeline as a package that verifies off-line, and the finding on it."""

import sqlite3
from contextlib import closing
from urllib.parse import parse_qs, urlsplit

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from govrepo import clock, work
from govrepo.cli.verify import main as verify
from tests.app import close_app, make_app
from tests.desk import Desk, journaled, path_of, words
from tests.pki import found_authorities
from tests.policies.bench import later, local
from tests.signer import Signer


@pytest.fixture
def app(tmp_path):
    clock.travel(local("2026-03-02 09:00"))
    app = make_app(tmp_path)
    found_authorities(app)
    yield app
    clock.reset()
    close_app(app)


def trusted(app, folder):
    """What a third party was given beforehand: the system's public key and the root certificate."""
    key, root = folder / "system.pem", folder / "root.pem"
    key.write_bytes(app.registry.system_key.public_pem)
    root.write_bytes(app.registry.authorities.anchors[0].public_bytes(Encoding.PEM))
    return ["--key", str(key), "--authorities", str(root)]


def suspended(app):
    """A suspension that was ordered, reviewed and lifted; its address."""
    tech = Desk(app, "tech")
    found = {"login": "jm.clerk", "kind": "random", "equipment": "计算机", "day": "2026-03-02"}
    inspection = path_of(tech.post("/inspect", found)).rstrip("/")
    tech.post(f"{inspection}/act", {"act": "violation", "note": "违规外接存储设备", "sealed": "计算机一台"})
    leader = Desk(app, "office.leader")
    path = leader.get("/suspensions").html.select_one("a[data-open]")["href"].rstrip("/")
    later(minutes=10)
    Desk(app, "auditor").post(f"{path}/act", {"act": "review", "note": "程序合规"})
    assert "只能由厅领导办理" in words(tech.post(f"{path}/act", {"act": "lift", "note": "已整改"}, status=403))
    leader.post(f"{path}/act", {"act": "lift", "note": "已教育"})
    return path


def package_of(app, auditor, signer, query):
    """A package made of what the journal answers, signed; its address."""
    page = auditor.get(f"/@@journal?{query}")
    fields = parse_qs(urlsplit(f"?{query}").query)
    form = auditor.get("/evidence_new?" + query)
    assert "符合查询条件" in words(form) or "选中" in words(form)
    flat = [(name, each) for name, values in fields.items() for each in values]
    assert page.html.select("input[name=pick]")
    assert "请写明用途" in words(auditor.post("/evidence_new", [*flat, ("purpose", " ")], status=422))
    path = path_of(auditor.post("/evidence_new", [*flat, ("purpose", "抽查违规一案")])).rstrip("/")
    assert "正在制作" in words(auditor.get(path + "/"))
    work.drain(app.registry)
    assert "待签名" in words(auditor.get(path + "/"))
    auditor.post(f"{path}/download", status=403)
    signer.act(auditor, path, "seal")
    return path


def test_the_timeline_is_exported_as_evidence_and_a_finding_stands_on_it(app, tmp_path, capsys):
    suspension = suspended(app)
    signer, auditor = Signer.of(app, "auditor"), Desk(app, "auditor")
    path = package_of(app, auditor, signer, f"subject={suspension}")
    answer = auditor.post(f"{path}/download", status=200)
    assert answer.content_type == "application/zip"
    (taken,) = journaled(app, "evidence_package.download", "allowed")
    assert taken.details["sha256"]
    file = tmp_path / "evidence.zip"
    file.write_bytes(answer.body)
    given = trusted(app, tmp_path)
    assert verify(["package", str(file), *given]) == 0
    said = capsys.readouterr().out
    assert said.endswith("sound\n")
    assert "stamped" in said
    spoiled = answer.body.replace(b"suspension.lift", b"suspension.lifT", 1)
    file.write_bytes(spoiled)
    assert verify(["package", str(file), *given]) == 1
    assert "entries/" in capsys.readouterr().out
    finding(app, auditor, signer, path, suspension)
    the_chain_is_intact_and_a_forged_row_in_a_copy_is_not(app, tmp_path, capsys)


def the_chain_is_intact_and_a_forged_row_in_a_copy_is_not(app, folder, capsys):
    """The last sentence of story 13: the check of the log chain, by the program that needs nothing of ours."""
    copy = folder / "copy.sqlite"
    with (
        closing(sqlite3.connect(folder / "var" / "journal.sqlite")) as journal,
        closing(sqlite3.connect(copy)) as other,
    ):
        journal.backup(other)
    kept = ["--checkpoints", str(folder / "var" / "checkpoints"), *trusted(app, folder)]
    assert verify(["journal", str(copy), *kept]) == 0
    assert "sound: " in capsys.readouterr().out
    (lifted,) = app.registry.journal.entries(action="suspension.lift", result="allowed")
    with closing(sqlite3.connect(copy)) as other:
        other.execute("DROP TRIGGER entries_unchanged")
        other.execute("UPDATE entries SET body = replace(body, '已教育', '未处理') WHERE seq = ?", (lifted.seq,))
        other.commit()
    assert verify(["journal", str(copy), *kept]) == 1
    assert f"entry {lifted.seq}" in capsys.readouterr().out


def finding(app, auditor, signer, package, suspension):
    """R-7.5: linked to evidence, person and suspension; issued with the signature; noted by the leader."""
    uid = parse_qs(urlsplit(auditor.get(package + "/").html.find("a", string="据此作责任认定")["href"]).query)[
        "package"
    ][0]
    stopped = auditor.get(f"/finding_new?package={uid}").html.select("select[name=suspension] option")[-1]["value"]
    fields = [("package", uid), ("suspension", stopped), ("text", "违规外接存储设备，负直接责任。")]
    assert "没有这个账号" in words(auditor.post("/finding_new", [*fields, ("persons", "nobody")], status=422))
    assert "不得认定本人" in words(auditor.post("/finding_new", [*fields, ("persons", "auditor")], status=422))
    path = path_of(auditor.post("/finding_new", [*fields, ("persons", "jm.clerk")])).rstrip("/")
    leader = Desk(app, "office.leader")
    leader.get(path + "/", status=403)
    auditor.post(f"{path}/act", {"act": "revise", "text": "违规外接存储设备，负直接责任；已教育。"})
    signer.act(auditor, path, "issue")
    auditor.post(f"{path}/act", {"act": "revise", "text": "x"}, status=403)
    assert "责任认定待阅知" in words(leader.get("/"))
    assert "负直接责任；已教育" in words(leader.get(path + "/"))
    leader.post(f"{path}/act", {"act": "note"})
    assert "厅领导已阅知" in words(auditor.get(path + "/"))
    Desk(app, "jm.clerk").get(path + "/", status=403)
    Desk(app, "admin").get("/findings", status=403)
    person = auditor.get("/@@people?q=jm.clerk").html.select_one("tbody a[data-open]")["href"]
    assert "认定〔2026〕1号" in words(auditor.get(person))
    assert "认定〔2026〕1号" not in words(Desk(app, "admin").get(person))
