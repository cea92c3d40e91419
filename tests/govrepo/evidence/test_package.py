"""Checking a package off-line: it holds whole, and each change anywhere in it is found and named (R-7.3)."""

import json
import subprocess
import sys

import pytest

from govrepo.evidence import package
from govrepo.evidence.package import AUDITOR, MANIFEST, SYSTEM
from govrepo.evidence.verdict import NoEvidenceError, is_bad
from govrepo.journal.chain import canonical
from govrepo.trust.system_key import SystemKey
from tests.pki import Authority


def bad(sample, members=None, octets=None, **given):
    """The items that do not hold."""
    content = sample.zip(members) if octets is None else octets
    found = package.check(content, given.get("key", sample.key), given.get("trusted", sample.trusted))
    return [f"{each.item}: {each.words}" for each in found if each.holds is False]


def with_member(sample, name, content):
    return [(each, content if each == name else octets) for each, octets in sample.members]


def test_it_holds(sample):
    found = package.check(sample.zip(), sample.key, sample.trusted)
    assert not is_bad(found)
    assert all(each.holds for each in found), found
    assert len(found) == 2 + len(sample.members) - 3 + 1 + 3 + 1


def test_any_byte_that_is_changed_is_found(sample):
    """Every seventh byte, each with another bit: headers, names, contents, signatures, proofs."""
    whole = sample.zip()
    for place in range(0, len(whole), 7):
        octets = bytearray(whole)
        octets[place] ^= 1 << (place % 8)
        try:
            found = is_bad(package.check(bytes(octets), sample.key, sample.trusted))
        except NoEvidenceError:
            found = True
        assert found, f"byte {place} of {len(whole)}"


def test_a_longer_and_a_shorter_file(sample):
    for octets in (sample.zip() + b"x", b"x" + sample.zip()):
        assert bad(sample, octets=octets)[0].startswith("archive")
    with pytest.raises(NoEvidenceError, match="damaged"):
        package.check(sample.zip()[:-30], sample.key, sample.trusted)


def test_each_member_that_is_changed_is_named(sample):
    for name, content in sample.members[1:]:
        found = bad(sample, with_member(sample, name, content + b" " if name != SYSTEM else content[::-1]))
        assert any(name in each for each in found) or (name == SYSTEM and found[0].startswith(MANIFEST)), name


def test_each_member_that_is_taken_out_is_named(sample):
    for name, _content in sample.members[1:]:
        rest = [each for each in sample.members if each[0] != name]
        assert any(each.startswith(f"{name}: is missing") for each in bad(sample, rest)), name
    with pytest.raises(NoEvidenceError, match=r"manifest\.json is missing"):
        package.check(sample.zip(sample.members[1:]), sample.key, sample.trusted)


def test_a_member_that_is_added_is_named(sample):
    assert bad(sample, [*sample.members, ("objects/d9.json", b"{}")]) == [
        "objects/d9.json: was added: the manifest does not name it"
    ]


def test_members_that_change_places_are_named(sample):
    first, second = sample.members[3:5]
    moved = [*sample.members[:3], second, first, *sample.members[5:]]
    assert bad(sample, moved) == [f"{second[0]}: stands in the place of another"]


def test_each_field_of_the_manifest_is_signed(sample):
    said = json.loads(dict(sample.members)[MANIFEST])
    for name in said:
        changed = canonical(said | {name: [] if name == "files" else "x"}).encode()
        try:
            assert bad(sample, with_member(sample, MANIFEST, changed)), name
        except NoEvidenceError:
            assert name in ("format", "query"), name


def test_each_field_of_an_entry_is_hashed(sample):
    name, content = sample.members[4]
    said = json.loads(content)
    entry = json.loads(said["body"])
    for field in entry:
        value = 7 if isinstance(entry[field], int) else "x"
        changed = canonical(said | {"body": canonical(entry | {field: value})}).encode()
        rest = [(each, changed if each == name else octets) for each, octets in sample.members[3:]]
        forged = sample.package(rest)
        assert any(each.startswith(name) for each in bad(sample, forged)), field


def test_an_entry_under_another_name_or_of_another_journal(sample):
    rest = [(each.replace("000000000001.json", "000000000009.json"), octets) for each, octets in sample.members[3:]]
    assert "bears another's name" in bad(sample, sample.package(rest))[0]
    assert "another journal" in bad(sample, sample.package(journal="ab" * 32))[0]


def test_another_key_another_authority(sample, tmp_path):
    found = bad(sample, key=SystemKey.load(tmp_path / "key.pem").public)
    assert found[0] == "manifest.json: not what the system's key has signed"
    assert sum("checkpoint" in each for each in found) == 3
    found = bad(sample, trusted=[Authority("别处").certificate])
    assert any(each.startswith("auditor.json") for each in found)
    assert any(each.startswith("certificates/") for each in found)


def test_the_auditors_signature_is_over_this_manifest_by_this_person(sample):
    manifest = dict(sample.members)[MANIFEST]
    for changes in (
        {"version": "ab" * 32},
        {"uid": "e2"},
        {"person": "李四 (person:p2)"},
        {"act": "签名 (finding.issue)"},
    ):
        found = bad(sample, with_member(sample, AUDITOR, sample.signed(manifest, **changes)))
        assert len(found) == 1
        assert found[0].startswith("auditor.json: it is over another")
    said = json.loads(dict(sample.members)[AUDITOR])
    for name in said:
        assert bad(sample, with_member(sample, AUDITOR, canonical(said | {name: "x"}).encode())), name
    assert bad(sample, with_member(sample, AUDITOR, b"[]")) == [
        "auditor.json: form: it has to have algorithm, certificate, form, signature, text and nothing else"
    ]
    assert bad(sample, with_member(sample, AUDITOR, canonical(said | {"more": 1}).encode()))


@pytest.mark.parametrize("content", [b"[]", b"{}", b"\xff", b'{"format": 1}', b"[" * 100_000])
def test_what_is_no_manifest(sample, content):
    with pytest.raises(NoEvidenceError):
        package.check(sample.zip(with_member(sample, MANIFEST, content)), sample.key, sample.trusted)


def test_a_manifest_whose_list_is_none(sample):
    with pytest.raises(NoEvidenceError, match="list of files"):
        package.check(sample.zip(sample.package(files=[{"name": "x"}])), sample.key, sample.trusted)


def test_certificates_that_cannot_be_read(sample):
    rest = [(each, b"x" if each.startswith("certificates/") else octets) for each, octets in sample.members[3:]]
    assert "certificates: one cannot be read" in bad(sample, sample.package(rest))[-1]


def test_checking_needs_no_web_framework_and_no_database():
    """R-7.3: it stands without us."""
    lean = (
        "import sys, govrepo.evidence.package\n"
        "loaded = {name.partition('.')[0] for name in sys.modules}\n"
        "assert not loaded & {'pyramid', 'ZODB', 'persistent', 'substanced', 'transaction', 'asn1crypto'}, loaded\n"
    )
    subprocess.run([sys.executable, "-c", lean], check=True)
