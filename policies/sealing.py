"""Setting seals (用印, R-24.2, P-2, P-71 to P-75, S-7, SOD-8): the keeper presses, the worker seals, the last seal freezes the document.

The keeper's signed act asks; the key of the seal signs only for it (docs/adr). Each issuer of a joint document seals in its own place; until the
last one has, nothing is final. After it nothing can change: the file's digest stands in the document and in the journal.
"""

import hashlib
import tempfile
from pathlib import Path
from typing import Any

from pyramid.traversal import find_resource, resource_path
from substanced.util import set_acl

from content_types.file_object import FileObject, FileRole
from content_types.outgoing_document import OutgoingDocument
from content_types.production import SealAsked
from govrepo import clock
from govrepo.i18n import _
from govrepo.sandbox import SandboxError
from govrepo.sealing import SealingError, seal
from govrepo.security.acl import Allow
from govrepo.work import enqueue
from policies import verification
from policies.actor import system_actor
from policies.engine import Act, Reason
from policies.engine import act as do
from policies.kept import keep_octets
from policies.plate import names_of
from policies.plating import plate_good
from policies.roles import ISSUER_GRANTS
from policies.seal import may_use, usable
from policies.seal_application import seals_of
from policies.seal_hand import hand_of
from policies.seal_use import record_use

PROBLEMS = {
    "expired": _("印章的证书已过期。"),
    "revoked": _("印章的证书已撤销或者挂失。"),
    "no-list": _("没有印章证书的有效吊销列表，请通知保密员。"),
    "time-stamp": _("时间戳服务不可用，请稍后再试。"),
    "key": _("印章的密钥不在，请通知保密员。"),
    "changed": _("清样文件已变动，请通知技术服务组。"),
    "busy": _("系统繁忙，请稍后再试。"),
    "failed": _("盖章失败，请通知技术服务组。"),
}
"""Why a seal could not be set, by its code."""


def slot_of(document: OutgoingDocument, unit: Any) -> int | None:
    """The place of a unit's seal among the issuers', the lead's first; None for a unit that does not issue it."""
    return document.signatories.index(unit) if unit in document.signatories else None


def slots_set(document: OutgoingDocument) -> set[int]:
    """The places that bear their seal."""
    return {each.slot for each in document.seals_asked if each.done_at is not None and not each.problem}


def waiting(document: OutgoingDocument) -> SealAsked | None:
    """The seal that the worker is setting."""
    newest = document.seals_asked[-1] if document.seals_asked else None
    return newest if newest is not None and newest.done_at is None else None


def sealed_file(document: OutgoingDocument) -> FileObject | None:
    """The file as it stands: with the seals set so far, or the plate."""
    originals = document.files_of(FileRole.ORIGINAL)
    if originals:
        return originals[-1]
    return None if document.plate is None else document.plate.file


# Guards.


def idle(act: Act) -> Reason | None:
    """One seal at a time."""
    return Reason(_("正在盖章，请稍候。"), "P-74") if waiting(act.context) else None


def numbered_plate(act: Act) -> Reason | None:
    """P-74: no blank sealing; the number is there, and the plate that was read and passed."""
    if not act.context.number:
        return Reason(_("没有编号的文件不能盖章。"), "P-74")
    return plate_good(act)


def keeper_apart(act: Act) -> Reason | None:
    """SOD-8: who seals has neither drafted nor sends it."""
    if act.actor.person in (act.context.drafter, act.context.case_officer):
        return Reason(_("盖章人不能是本件的拟稿人或经办人。"), "SOD-8")
    return None


def nothing_sealed(act: Act) -> Reason | None:
    """What bears a seal is not given up, it is revoked (S-9)."""
    return Reason(_("已盖章的文件不能作废。"), "S-9") if slots_set(act.context) or waiting(act.context) else None


def seal_fits(act: Act) -> list[Reason]:
    """P-72: an issuer's seal, in its keeper's hand, usable now and from here, whose place is empty."""
    chosen, document = act.given.get("seal"), act.context
    if chosen is None or chosen not in seals_for(document, act.actor.person):
        return [Reason(_("请选择由您保管的印章。"), "P-72", "seal")]
    return may_use(chosen, act.actor, act.now)


def seals_for(document: OutgoingDocument, person: Any) -> list[Any]:
    """The seals of the issuers that a person keeps and whose place is still empty."""
    done = slots_set(document)
    return [
        each
        for slot, unit in enumerate(document.signatories)
        if slot not in done
        for each in seals_of(unit)
        if each.keeper is person and each.state == "active"
    ]


# Effects.


def open_to_issuers(act: Act) -> None:
    """S-7: the keepers of the other issuers' seals see the document from now on, and seal."""
    document = act.context
    lines = [
        (Allow, f"{role}@{unit.scope}", tuple(map(str, permissions)))
        for unit in document.issuers
        for role, permissions in ISSUER_GRANTS
    ]
    if lines:
        set_acl(document, lines, registry=act.actor.registry)


def ask(done: Act) -> None:
    """Leave the sealing to the worker."""
    document, chosen = done.context, done.given["seal"]
    slot = slot_of(document, chosen.unit)
    document.seals_asked = (*document.seals_asked, SealAsked(done.now, done.actor.person, chosen, int(slot or 0)))
    address = done.actor.address
    enqueue(
        document,
        "outgoing_document.seal",
        path=resource_path(document),
        asked=len(document.seals_asked),
        address=address,
    )


def say_failed(done: Act) -> None:
    """Why the seal was not set; the keeper may press again."""
    _answer(done.context, done, problem=done.given["problem"])


def _answer(document: OutgoingDocument, done: Act, problem: str = "") -> None:
    answered = document.seals_asked[-1]._replace(done_at=done.now, problem=problem)
    document.seals_asked = (*document.seals_asked[:-1], answered)


def keep_sealed(done: Act) -> None:
    """The sealed file takes the place of the one before; the use of the seal is recorded (4.11)."""
    document, made = done.context, done.given
    asked = document.seals_asked[-1]
    others = tuple(each for each in document.files if each.role is not FileRole.ORIGINAL)
    document.files = (made["file"], *others)
    record_use(
        done,
        asked.seal,
        document,
        page=made["page"],
        keeper=asked.keeper,
        workstation=made["address"],
        before=made["before"],
        after=made["file"].sha256,
    )
    _answer(document, done)


def freeze(done: Act) -> None:
    """P-74, 5.1: nothing of it changes any more; its text goes with it as the editable document (R-19.3)."""
    document = done.context
    stored = keep_octets(document, editable_text(document).encode(), "text/plain")
    editable = FileObject(FileRole.EDITABLE, f"{document.title}.txt", stored, "txt")
    editable.state = "inspected"
    document.files = (*document.files, editable)
    for each in document.files:
        enqueue(document, "file_object.extract", path=resource_path(document), file=each.uid)


def editable_text(document: OutgoingDocument) -> str:
    """The document as plain text: head, addressees, body, signature, attachments."""
    day = document.date or clock.today()
    names = document.mains_text or "，".join(names_of(document.mains, day))
    parts = [document.number, document.title, f"{names}：" if names else "", document.body.strip()]
    parts += [unit.name for unit in document.signatories]
    parts += [f"{day.year}年{day.month}月{day.day}日", document.note and f"（{document.note}）"]
    for each in document.attachments:
        parts += [f"附件：{each.title}", each.text.strip()]
    return "\n".join(filter(None, parts)) + "\n"


# The worker.


def set_seal(job: Any) -> None:
    """Work handler ``outgoing_document.seal``: seal the plate, or what an earlier sealing left of it."""
    document, number = find_resource(job.root, job.payload["path"]), job.payload["asked"]
    if document.state != "sealing" or len(document.seals_asked) != number or waiting(document) is None:
        return
    actor = system_actor(job.registry)
    try:
        made = _sealed(document, job)
    except SealingError as error:
        do(document, "seal_failed", actor, problem=error.kind if error.kind in PROBLEMS else "failed")
        return
    whole = len(slots_set(document)) + 1 == len(document.signatories)
    do(document, "finish" if whole else "seal_set", actor, **made)
    if whole:
        verification.look_at(made["file"], document, job.registry)  # What the receivers will see, before it is sent.


def _sealed(document: OutgoingDocument, job: Any) -> dict[str, Any]:
    asked, source = document.seals_asked[-1], sealed_file(document)
    refusal = usable(asked.seal, clock.now())
    if source is None or refusal is not None:
        raise SealingError("changed" if source is None else "revoked")
    hand = hand_of(asked.seal, job.registry)
    with tempfile.TemporaryDirectory() as folder, source.stored.as_path() as path:
        target = Path(folder) / "sealed.pdf"
        try:
            done = seal(path, target, hand, asked.slot, len(document.signatories), sha256=source.sha256)
        except SandboxError as error:
            raise SealingError("busy" if error.kind == "busy" else "failed", str(error)) from error
        octets = target.read_bytes()
    if hashlib.sha256(octets).hexdigest() != done.sha256:
        raise SealingError("changed")
    file = FileObject(
        FileRole.ORIGINAL, f"{document.number}.pdf", keep_octets(document, octets, "application/pdf"), "pdf"
    )
    file.pages, file.has_text, file.state = source.pages, True, "inspected"
    return {"file": file, "page": done.page + 1, "before": source.sha256, "address": job.payload["address"]}


def includeme(config: Any) -> None:
    """Register the work handler."""
    config.add_work_handler("outgoing_document.seal", set_seal)
