"""Verification of seals (验证): what those on a document's files are worth, here and now (P-51, P-52, R-N4.3; design.md sect. 8).

The worker verifies in a sandboxed child: when a file comes, when the document arrives, and when a receiver asks. What was found is kept with the
file. A file without a signature is ``unsealed`` and never bad: a unit without seal system sends scans of stamped paper (R-N4.2).
"""

import hashlib
import mmap
from collections.abc import Iterable
from dataclasses import astuple
from datetime import timedelta
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.serialization import Encoding
from pyramid.traversal import find_resource, resource_path

from content_types.delivery import Delivery, Finding
from content_types.file_object import FileObject, FileRole
from content_types.official_document import OfficialDocument
from content_types.verification import SealCheck, SealNote
from govrepo import clock, sealing
from govrepo.catalog import Eq, register
from govrepo.database import site
from govrepo.files import verify as is_intact
from govrepo.i18n import _
from govrepo.journal import ALLOWED, Entry, Event
from govrepo.trust.authorities import SEAL_PREFIX
from govrepo.work import enqueue
from policies.engine import Act, Reason

GOOD, BAD, UNKNOWN, UNSEALED = "good", "bad", "unknown", "unsealed"
CHECKED = (FileRole.ORIGINAL, FileRole.SCAN)
"""The roles whose PDFs may bear the issuer's seal."""
OTHER_UNIT = "other-unit"
"""A problem beside those of the verification: the seal is good, and it is not the issuer's."""
SEAL, DIGEST = "verify.seal", "verify.digest"
FRESH = timedelta(hours=24)
"""So long a verification counts at arrival, if neither the file nor what is trusted has changed since."""
PASSED = {GOOD: True, BAD: False}
_MARK = b"/ByteRange"
"""No signature in a PDF is without it, and it never stands in a compressed part."""


def checked(document: OfficialDocument) -> list[FileObject]:
    """The files whose seals are verified."""
    return [each for each in document.files if _bears_seals(each)]


def _bears_seals(file: FileObject) -> bool:
    return file.role in CHECKED and file.type_code == "pdf"


def verdict(document: OfficialDocument) -> str:
    """What the files say together: the worst of those with seals, else ``unsealed``."""
    found = {each.seals.verdict if each.seals else UNKNOWN for each in checked(document)}
    return next((each for each in (BAD, UNKNOWN, GOOD) if each in found), UNSEALED)


def lacks_seal(document: OfficialDocument) -> bool:
    """Whether a unit with plate-making and seal system sends an original without a seal (R-N4.3, P-2)."""
    if document.informal or not document.unit.is_fully_deployed or verdict(document) != UNSEALED:
        return False
    return bool(document.files_of(FileRole.ORIGINAL))


def look_at(file: FileObject, document: OfficialDocument, registry: Any) -> None:
    """Verify the seals on a document's file and keep what was found; nothing for a file that never bears one.

    Raises SandboxError if the machine is too busy, which says nothing about the file.
    """
    if not _bears_seals(file):
        return
    trust = sealing.trust_of(site(document), registry)
    with file.stored.as_path() as path:
        found = sealing.verify(path, trust, clock.now()) if has_signature(path) else sealing.Verification(UNSEALED)
    notes = tuple(_known(SealNote(*astuple(each)), document, registry) for each in found.seals)
    judged, problem = found.verdict, found.problem
    if judged != BAD and any(each.problem == OTHER_UNIT for each in notes):
        judged, problem = BAD, OTHER_UNIT
    file.seals = SealCheck(judged, problem, notes, file.sha256, fingerprint(trust), clock.now())
    details = {"file": file.uid, "sha256": file.sha256, "verdict": judged, "problem": problem}
    subject = {"subject": resource_path(document), "subject_uid": file.uid, "details": details}
    registry.journal.append(Entry("verification.made", "system", **subject), document)


def _known(note: SealNote, document: OfficialDocument, registry: Any) -> SealNote:
    """The note, with what only this site knows of its own seals: whose each is (P-51: check the sending unit; P-71)."""
    if not note.seal_uri.startswith(SEAL_PREFIX) or note.problem:
        return note
    uid = note.seal_uri.removeprefix(SEAL_PREFIX)
    found = register(document, "seals", registry).query(Eq("uid", uid), sort="order", limit=1).objects
    issuers = getattr(document, "signatories", (document.unit,))
    return note._replace(problem=OTHER_UNIT) if found and found[0].unit not in issuers else note


def has_signature(path: Path) -> bool:
    """Whether there is anything to verify in a PDF: tells it without reading the file as one."""
    if path.stat().st_size == 0:
        return False
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as octets:
        return octets.find(_MARK) >= 0


def fingerprint(trust: sealing.Trust) -> str:
    """The SHA-256 over everything that is trusted."""
    certificates = (*trust.anchors, *trust.intermediates, *trust.stamping)
    parts = [*(each.public_bytes(Encoding.DER) for each in certificates), *trust.crls]
    return hashlib.sha256(b"".join(sorted(hashlib.sha256(each).digest() for each in parts))).hexdigest()


def at_arrival(document: OfficialDocument, registry: Any) -> Iterable[Finding]:
    """The findings about a document that arrives; its files are verified again unless that was done lately, with the same trust."""
    trust = fingerprint(sealing.trust_of(site(document), registry))
    for file in checked(document):
        if not _still_counts(file, trust):
            look_at(file, document, registry)
    return findings(document)


def _still_counts(file: FileObject, trust: str) -> bool:
    last = file.seals
    if last is None or last.sha256 != file.sha256:
        return False
    return last.verdict == UNSEALED or (last.trust == trust and clock.now() - last.at < FRESH)


def findings(document: OfficialDocument) -> tuple[Finding, Finding]:
    """Whether each file's content is what its digest says (the dispatch's journal entry holds it), and what the seals are worth."""
    intact = all(is_intact(file.stored) for file in document.files)
    found = verdict(document)
    return Finding(DIGEST, intact), Finding(SEAL, PASSED.get(found), found)


def mark(delivery: Delivery) -> str:
    """What the receiver sees first, over all findings: ``good``, ``bad``, ``unknown`` or ``unsealed``."""
    if delivery.verification == BAD:
        return BAD
    said = [each.detail for each in delivery.first.findings if each.check == SEAL]
    return said[0] if said and said[0] in (GOOD, UNSEALED) else UNKNOWN


# The receiver asks for another verification.


def none_under_way(act: Act) -> Reason | None:
    """One at a time."""
    return Reason(_("正在重新验证，请稍候。"), "P-52") if act.context.check_asked_at else None


def ask(act: Act) -> None:
    """Leave it to the worker (effect)."""
    act.context.check_asked_at = act.now
    enqueue(act.context, "verification.again", path=resource_path(act.context))


def again(job: Any) -> None:
    """Work handler ``verification.again``: verify a delivery's files anew; all parts of the delivery share what is found."""
    delivery = find_resource(job.root, job.payload["path"])
    document, first = delivery.document, delivery.first
    for file in checked(document):
        look_at(file, document, job.registry)
    others = tuple(each for each in first.findings if each.check not in (DIGEST, SEAL))
    first.findings = (*findings(document), *others)
    delivery.check_asked_at = None
    delivery.box.bell.ring()


def includeme(config: Any) -> None:
    """Register the work handler, and declare what the journal says of it."""
    said = {"file": _("文件标识"), "sha256": _("文件的散列"), "verdict": _("验证结果"), "problem": _("发现的问题")}
    config.add_journal_events("verification", _("印章验证"), Event("made", _("验证印章"), said, (ALLOWED,)))
    config.add_work_handler("verification.again", again)
