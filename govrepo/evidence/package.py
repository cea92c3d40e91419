"""Checking an evidence package off-line (R-7.3; docs/evidence.md): every part of the zip, each with a verdict of its own.

The manifest names every file with its SHA-256; the system and the auditor have signed the manifest. Each entry brings its own proof, up to
a checkpoint that the system has signed and an authority has stamped. Nothing here needs more than ``cryptography``.
"""

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from cryptography import x509

from govrepo.evidence import archive, proven, strict
from govrepo.evidence.certificates import check_certificates
from govrepo.evidence.verdict import NoEvidenceError, Verdict, bad, good
from govrepo.journal.chain import canonical
from govrepo.journal.checkpoint import NoCheckpointError, parse
from govrepo.trust.path import PERSON, NoPathError, check_path
from govrepo.trust.signatures import BadSignatureError, verify_text
from govrepo.trust.system_key import verify

FORMAT = "govrepo-evidence-1"
MANIFEST, SYSTEM, AUDITOR = "manifest.json", "manifest.sig", "auditor.json"
HEAD = (MANIFEST, SYSTEM, AUDITOR)
"""The first members, in order; the manifest names all others, in theirs."""
ACT = "evidence_package.seal"
KEYS = {"format", "package", "journal", "made_at", "made_by", "made_by_name", "purpose", "query", "files"}
FILE_KEYS = {"name", "size", "sha256"}
AUDITOR_KEYS = {"text", "algorithm", "form", "signature", "certificate"}
ENTRIES, AUTHORITIES, LISTS, CERTIFICATES = "entries/", "authorities/", "lists/", "certificates/"


def manifest_of(members: Mapping[str, bytes]) -> dict[str, Any]:
    """What the manifest says. Raises :class:`NoEvidenceError` unless it is in the one form of a manifest."""
    if MANIFEST not in members:
        raise NoEvidenceError(f"{MANIFEST} is missing")
    said = _canonical(members[MANIFEST], MANIFEST)
    if not isinstance(said, dict) or said.keys() != KEYS or said["format"] != FORMAT:
        raise NoEvidenceError(f"{MANIFEST} is not of a form known here")
    listed = said["files"]
    if not isinstance(listed, list) or any(not isinstance(each, dict) or each.keys() != FILE_KEYS for each in listed):
        raise NoEvidenceError(f"{MANIFEST}: its list of files is not of a form known here")
    return said


def _canonical(content: bytes, name: str) -> Any:
    """JSON that is written in its one form. Raises :class:`NoEvidenceError`."""
    try:
        text = content.decode()
        said = json.loads(text)
        fits = canonical(said) == text
    except (ValueError, TypeError, RecursionError) as error:
        raise NoEvidenceError(f"{name}: {error}") from error
    if not fits:
        raise NoEvidenceError(f"{name} is not written in the one form of JSON")
    return said


def check(content: bytes, key: str, trusted: Iterable[x509.Certificate]) -> list[Verdict]:
    """Check a package against the system's public key and trusted authorities.

    Raises :class:`NoEvidenceError` for what is no package at all.
    """
    listed, anchors = archive.read(content), list(trusted)
    members = dict(listed)
    said = manifest_of(members)
    found = [_form(content, listed), _signed(members, key), *_files(said, listed)]
    found += _auditor(members, said, anchors)
    entries = {name: each for name, each in members.items() if name.startswith(ENTRIES)}
    for name, each in entries.items():
        found.append(_entry(name, each, said, key, anchors))
    return found + list(_certificates(members, entries, anchors))


def _form(content: bytes, listed: archive.Members) -> Verdict:
    held = archive.in_one_form(content, listed)
    words = (
        f"{len(listed)} members, in the one form"
        if held
        else "bytes of the zip beside its members were changed, or its order"
    )
    return Verdict("archive", held, words)


def _signed(members: Mapping[str, bytes], key: str) -> Verdict:
    if SYSTEM not in members:
        return bad(SYSTEM, "is missing")
    held = verify(key, members[MANIFEST].decode(), members[SYSTEM].hex())
    return Verdict(MANIFEST, held, "signed by the system" if held else "not what the system's key has signed")


def _files(said: Mapping[str, Any], listed: archive.Members) -> Iterator[Verdict]:
    """Every file that the manifest names is there, unchanged, in its place; and no other."""
    there, named = dict(listed), [each["name"] for each in said["files"]]
    for each in said["files"]:
        yield _file(each, there.get(each["name"]))
    for name, _content in listed:
        if name not in named and name not in HEAD:
            yield bad(name, "was added: the manifest does not name it")
    wanted = [name for name in (*HEAD, *named) if name in there]
    found = [name for name, _content in listed if name in wanted]
    moved = next((name for name, place in zip(found, wanted, strict=True) if name != place), None)
    if moved:
        yield bad(moved, "stands in the place of another")


def _file(each: Mapping[str, Any], content: bytes | None) -> Verdict:
    if content is None:
        return bad(each["name"], "is missing")
    held = len(content) == each["size"] and hashlib.sha256(content).hexdigest() == each["sha256"]
    return Verdict(
        each["name"], held, "as the manifest names it" if held else "was changed: its SHA-256 is not the manifest's"
    )


def _auditor(
    members: Mapping[str, bytes], said: Mapping[str, Any], anchors: list[x509.Certificate]
) -> Iterator[Verdict]:
    """The auditor's signature is over this manifest, and the certificate leads to somebody trusted."""
    if AUDITOR not in members:
        yield bad(AUDITOR, "is missing: the auditor has not signed")
        return
    try:
        signed = _canonical(members[AUDITOR], AUDITOR)
        strict.exactly(signed, AUDITOR_KEYS, "form")
        _look_at_signature(signed, members, said, anchors)
    except (BadSignatureError, NoPathError) as error:
        yield bad(AUDITOR, f"the auditor's signature does not fit: {error}")
    except strict.FAULTS as error:
        yield bad(AUDITOR, str(error))
    else:
        yield good(AUDITOR, f"signed by {said['made_by_name']} ({said['made_by']})")


def _look_at_signature(
    signed: Mapping[str, Any], members: Mapping[str, bytes], said: Mapping[str, Any], anchors: list[x509.Certificate]
) -> None:
    """Raise for a signature that is not the auditor's over this manifest, or not in its one form."""
    octets = base64.b64decode(signed["signature"], validate=True)
    certificate = strict.certificate(signed["certificate"])
    found = verify_text(signed["text"], octets, certificate)
    lines = dict(line.split(": ", 1) for line in signed["text"].splitlines() if ": " in line)
    expected = {
        "the manifest": (lines.get("版本摘要"), hashlib.sha256(members[MANIFEST]).hexdigest()),
        "the package": (lines.get("编号"), said["package"]),
        "the signer": (lines.get("签名人"), f"{said['made_by_name']} ({said['made_by']})"),
        "the act": (lines.get("办理", "").rpartition("(")[2], f"{ACT})"),
        "algorithm": (signed["algorithm"], found.algorithm),
        "form": (signed["form"], found.form),
        "signature": (signed["signature"], base64.b64encode(octets).decode()),
    }
    differing = [name for name, (one, other) in expected.items() if one != other]
    if differing:
        raise ValueError(f"it is over another, or written otherwise: {', '.join(differing)}")
    at = datetime.fromisoformat(lines["生成时间"])
    check_path(certificate, _load(members, AUTHORITIES), anchors, at, PERSON)


def _load(members: Mapping[str, bytes], folder: str) -> list[x509.Certificate]:
    """The certificates of a folder. Raises one of ``strict.FAULTS`` for what is none."""
    return [strict.certificate(each.decode()) for name, each in members.items() if name.startswith(folder)]


def _entry(name: str, content: bytes, said: Mapping[str, Any], key: str, anchors: list[x509.Certificate]) -> Verdict:
    """One entry as one verdict: everything that proves it holds, or the first that does not."""
    try:
        evidence = _canonical(content, name)
        found = list(proven.check(evidence, key, anchors))
        seq = proven.entry_of(evidence)["seq"]
        journal = parse(evidence["checkpoint"]["text"], evidence["checkpoint"]["signature"]).journal
    except (NoEvidenceError, NoCheckpointError, KeyError, TypeError) as error:
        return bad(f"{name}, entry", str(error))
    if journal != said["journal"] or name != entry_name(seq):
        return bad(f"{name}, entry", "it is an entry of another journal, or bears another's name")
    for worst in sorted((each for each in found if not each.holds), key=lambda each: each.holds is None):
        return worst._replace(item=f"{name}, {worst.item}")
    return good(f"{name}, entry", "; ".join(each.words for each in found))


def entry_name(seq: int) -> str:
    """An entry's file."""
    return f"{ENTRIES}{seq:012d}.json"


def _certificates(
    members: Mapping[str, bytes], entries: Mapping[str, bytes], anchors: list[x509.Certificate]
) -> Iterator[Verdict]:
    said = []
    for content in entries.values():
        try:
            said.append(proven.entry_of(_canonical(content, "")))
        except (NoEvidenceError, TypeError):
            continue  # Named already.
    try:
        own = {name: strict.certificate(members[name].decode()) for name in members if name.startswith(CERTIFICATES)}
        lists = [x509.load_der_x509_crl(each) for name, each in members.items() if name.startswith(LISTS)]
        authorities = _load(members, AUTHORITIES)
    except strict.FAULTS as error:
        yield bad("certificates", f"one cannot be read: {error}")
        return
    yield from check_certificates(said, own, authorities, lists, anchors)
