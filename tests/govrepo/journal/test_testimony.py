"""Testimonies off-line: a time stamp and a countersignature hold for their checkpoint and no other; each forgery is named."""

import base64
import json
import subprocess
import sys
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from govrepo import clock
from govrepo.journal.checkpoint import export, exported, sign
from govrepo.journal.testimony import ACT, BadTestimonyError, check_countersignature, check_folder, read, write
from govrepo.journal.witness import digest
from govrepo.trust import attestation
from govrepo.trust.attestation import Statement
from govrepo.trust.authorities import Authorities
from govrepo.trust.signatures import sign_text
from govrepo.trust.system_key import SystemKey
from govrepo.trust.timestamp import as_response
from govrepo.trust.tsa import token
from tests.pki import Authority, new_key


@pytest.fixture(scope="module")
def authorities(tmp_path_factory):
    return Authorities.create(tmp_path_factory.mktemp("site") / "trust", b"words", "某省")


@pytest.fixture
def checkpoint(tmp_path):
    return sign("ab" * 32, 12, b"\1" * 32, SystemKey.load(tmp_path / "key.pem"))


def statement(checkpoint, **changes):
    facts = {
        "origin": "https://exchange.example.gov.cn", "act": f"复签检查点 ({ACT})", "subject": "检查点", "uid": "k1",
        "path": "/admin", "version": digest(checkpoint).hex(), "person": "张三 (person:p1)", "capacity": "审计员",
    }  # fmt: skip
    return Statement(**{**facts, **changes})


def countersignature(checkpoint, authorities, *, key=None, certificate=None, now=None, **changes):
    """A countersignature as the site writes it."""
    key, now = key or new_key(), now or clock.now()
    certificate = certificate or authorities.issue_user(key.public_key(), "p1", "张三", 365)
    text = attestation.canonical(statement(checkpoint, **changes), "0" * 32, now, now + timedelta(minutes=5))
    above = [*authorities.intermediates, *authorities.anchors]
    return write(
        {
            "text": text,
            "signature": base64.b64encode(sign_text(text, key)).decode(),
            "certificate": certificate.public_bytes(Encoding.PEM).decode(),
            "authorities": [each.public_bytes(Encoding.PEM).decode() for each in above],
        }
    )


def test_a_countersignature_holds(checkpoint, authorities):
    content = countersignature(checkpoint, authorities)
    said = check_countersignature(checkpoint, content, authorities.anchors)
    assert said.line("签名人") == "张三 (person:p1)"
    assert check_countersignature(checkpoint, content, []) == said == read(content)


def test_it_outlives_its_certificate(checkpoint, authorities):
    content = countersignature(checkpoint, authorities)
    with clock.frozen(clock.now() + timedelta(days=3000)):
        check_countersignature(checkpoint, content, authorities.anchors)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"version": "ab" * 32}, "another checkpoint"),
        ({"act": "签收 (delivery.sign_for)"}, "another act"),
        ({"now": "late"}, "not trusted"),
    ],
)
def test_what_was_signed_counts(checkpoint, authorities, changes, words):
    if changes.get("now"):
        changes = {"now": clock.now() + timedelta(days=900)}
    with pytest.raises(BadTestimonyError, match=words):
        check_countersignature(checkpoint, countersignature(checkpoint, authorities, **changes), authorities.anchors)


def test_another_authority_is_not_trusted(checkpoint, authorities):
    content = countersignature(checkpoint, authorities)
    with pytest.raises(BadTestimonyError, match="not trusted"):
        check_countersignature(checkpoint, content, [Authority().certificate])


def test_another_key_does_not_fit(checkpoint, authorities):
    certificate = authorities.issue_user(new_key().public_key(), "p1", "张三", 365)
    with pytest.raises(BadTestimonyError, match="does not fit"):
        check_countersignature(checkpoint, countersignature(checkpoint, authorities, certificate=certificate), [])


def test_a_line_said_twice_says_nothing(checkpoint, authorities):
    content = countersignature(checkpoint, authorities, subject="检查点")
    said = json.loads(content)
    said["text"] = said["text"].replace("对象: 检查点\n", f"对象: 检查点\n版本摘要: {digest(checkpoint).hex()}\n")
    with pytest.raises(BadTestimonyError, match="once"):
        check_countersignature(checkpoint, write(said), [])


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"format": "govrepo-countersignature-1"}', b"\xff"])
def test_what_is_no_countersignature(checkpoint, content):
    with pytest.raises(BadTestimonyError):
        check_countersignature(checkpoint, content, [])


def test_every_field_counts(checkpoint, authorities):
    """A forger may change any value of the file: none but the list of authorities can change without being found."""
    said = json.loads(countersignature(checkpoint, authorities))
    for name in ("format", "text", "signature", "certificate"):
        value = said[name]
        for place in range(0, len(value), 7):
            forged = said | {name: value[:place] + ("A" if value[place] != "A" else "B") + value[place + 1 :]}
            with pytest.raises(BadTestimonyError):
                check_countersignature(checkpoint, json.dumps(forged).encode(), authorities.anchors)


def test_a_folder(checkpoint, authorities, tmp_path):
    folder, key = tmp_path / "out", SystemKey.load(tmp_path / "key.pem")
    path = export(checkpoint, folder, key)
    path.with_suffix(".tsr").write_bytes(as_response(token(authorities, digest(checkpoint), clock.now())))
    path.with_suffix(".countersign").write_bytes(countersignature(checkpoint, authorities))
    known = list(exported(folder))
    assert check_folder(folder, known, authorities.anchors) == ((1, 1), [])
    assert check_folder(folder, known, []) == ((0, 1), []), "no time stamp is checked against nothing"
    other = sign("ab" * 32, 13, b"\2" * 32, key)
    export(other, folder, key)
    for suffix in (".tsr", ".countersign"):
        (folder / f"000000000013{suffix}").write_bytes(path.with_suffix(suffix).read_bytes())
        (folder / f"000000000099{suffix}").write_bytes(path.with_suffix(suffix).read_bytes())
    tally, wrong = check_folder(folder, exported(folder), authorities.anchors)
    assert tally == (1, 1)
    assert wrong == [
        "000000000013.tsr: the time stamp is over another text",
        "000000000099.tsr: there is no checkpoint of that name",
        "000000000013.countersign: it is over another checkpoint",
        "000000000099.countersign: there is no checkpoint of that name",
    ]


def test_checking_needs_no_web_framework_and_no_writer():
    words = "import sys; import govrepo.journal.testimony; print({'asn1crypto', 'pyramid'} & set(sys.modules))"
    found = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "set()"
