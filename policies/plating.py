"""Plate-making (制版, R-24.2, S-20 to S-27, domain.md 4.11): the number is given here, the worker sets the document, the plate maker looks and passes it on.

The number comes in the commit of the first plate and stays with the document; a plate that goes wrong is made again under the same number.
"""

from typing import Any

from pyramid.traversal import find_resource, resource_path

from content_types.file_object import FileObject, FileRole
from content_types.outgoing_document import OutgoingDocument
from content_types.production import BodyAttachment, Correction, PlateJob, Version, Versions
from govrepo import clock
from govrepo.database import site
from govrepo.i18n import _
from govrepo.numbering import DocumentNumber
from govrepo.typeset import TypesetError, typeset
from govrepo.work import enqueue
from policies import number as numbers
from policies import official_document as documents
from policies.actor import system_actor
from policies.engine import Act, Reason
from policies.engine import act as do
from policies.kept import keep_octets
from policies.plate import fonts_of, plate_of

TAKEN = "该号已被手工填写的公文使用"
PROBLEMS = {
    "fonts": _("排版字体没有安装，请通知技术服务组。"),
    "time": _("文稿过长，在限定时间内没有排完，请通知技术服务组。"),
    "memory": _("文稿过大，无法排版，请通知技术服务组。"),
    "plate": _("文稿无法按格式排版，请检查标题、机关名称的长度。"),
    "failed": _("排版失败，请通知技术服务组。"),
}
"""What is wrong with a plate, by its code."""
TEXTS = ("title", "body", "note", "mains_text", "copies_text")
"""Where a correction of a proof may be made."""


def number_and_plate(done: Act) -> None:
    """S-27: the number is given with the first plate, in one commit; then the worker sets the document."""
    if done.context.allotment is None:
        allot(done)
    ask(done)


def allot(done: Act) -> None:
    """The next number of the series that no document of the unit bears; one that was typed by hand elsewhere becomes void (S-23, S-24)."""
    document, keys = done.context, site(done.context).numbers
    while True:
        given = numbers.allot(document.series, document, done)
        written = DocumentNumber(given.series.code, given.year, given.sequence)
        key = documents.number_key(document, written)
        if keys.holder(key) in (None, document.uid):
            break
        numbers.give_up(given, TAKEN, done)
    keys.claim(key, document.uid)
    document.allotment, document.number = given, str(written)


def coming_number(document: OutgoingDocument) -> str:
    """The number that the next plate would give, for who is about to press; empty without a series, or where one was given."""
    if document.series is None or document.allotment is not None:
        return ""
    year, keys = clock.today().year, site(document).numbers
    sequence = numbers.next_sequence(document.series, year)
    while True:
        written = DocumentNumber(document.series.code, year, sequence)
        if keys.holder(documents.number_key(document, written)) in (None, document.uid):
            return str(written)
        sequence += 1


def ask(done: Act) -> None:
    """Leave the setting to the worker."""
    document = done.context
    document.plates = (*document.plates, PlateJob(done.now, done.actor.person, document.number))
    enqueue(document, "outgoing_document.plate", path=resource_path(document), plate=len(document.plates))


def plate_again(done: Act) -> None:
    """Make the corrections in the text, keep it as a version, and set it again."""
    document, found = done.context, tuple(done.given.get("corrections", ()))
    if found:
        for each in found:
            _correct(document, each)
        keep_version(document, done, str(_("校对改正").default))
    ask(done)


def keep_version(document: OutgoingDocument, done: Act, note: str) -> None:
    """Keep the present text as the newest version."""
    if document.versions is None:
        document.versions = Versions()
    number = len(document.versions) + 1
    text = (document.title, document.body, document.attachments)
    document.versions.add(Version(number, done.now, done.actor.person, *text, note))


def _correct(document: OutgoingDocument, found: Correction) -> None:
    for name in TEXTS:
        setattr(document, name, getattr(document, name).replace(found.old, found.new))
    document.attachments = tuple(
        BodyAttachment(each.title.replace(found.old, found.new), each.text.replace(found.old, found.new))
        for each in document.attachments
    )


def occurrences(document: OutgoingDocument, words: str) -> int:
    """How often words stand in the document's texts."""
    attached = [text for each in document.attachments for text in each]
    return sum(text.count(words) for text in [*(getattr(document, name) for name in TEXTS), *attached])


def idle(act: Act) -> Reason | None:
    """One plate at a time."""
    plate = act.context.plate
    if plate is not None and plate.done_at is None:
        return Reason(_("正在排版，请稍候。"), "R-24.2")
    return None


def plate_good(act: Act) -> Reason | None:
    """4.11: a plate is there, whole, and no character is missing on it."""
    plate = act.context.plate
    if plate is None or plate.done_at is None:
        return Reason(_("正在排版，请稍候。"), "R-24.2")
    if plate.problem:
        return Reason(PROBLEMS.get(plate.problem, PROBLEMS["failed"]), "R-24.2")
    if plate.missing:
        missing = "、".join(plate.missing[:20])
        return Reason(_("字体中没有这些字：${missing}。", mapping={"missing": missing}), "R-24.2")
    return None


def corrected(act: Act) -> Reason | None:
    """R-24.2: what a proof or the leader sent back is set again before it is passed on."""
    return None if is_corrected(act.context) else Reason(_("退回的清样还没有改正，请重新制版。"), "R-24.2")


def is_corrected(document: OutgoingDocument) -> bool:
    """Whether nobody has sent the newest plate back."""
    newest = len(document.plates)
    back = {each.plate for each in document.proofs if not each.passed}
    return newest not in back | {each.plate for each in document.rechecks if not each.passed}


def corrections_apply(act: Act) -> list[Reason]:
    """What is corrected stands in the text just once, so that nothing else is changed with it."""
    found = []
    for each in act.given.get("corrections", ()):
        times = occurrences(act.context, each.old) if each.old else 0
        if times != 1:
            words = _(
                "“${old}”在文稿中出现${times}次，请写出足以辨认的上下文。", mapping={"old": each.old, "times": times}
            )
            found.append(Reason(words, "R-24.2", "corrections"))
    return found


def set_plate(job: Any) -> None:
    """Work handler ``outgoing_document.plate``: set the document in a sandboxed child and hand the plate to its record."""
    document, number = find_resource(job.root, job.payload["path"]), job.payload["plate"]
    if document.state != "plating" or len(document.plates) != number or document.plate.done_at is not None:
        return
    do(document, "plated", system_actor(job.registry), **_outcome(document, job.registry))


def _outcome(document: OutgoingDocument, registry: Any) -> dict[str, Any]:
    try:
        made = typeset(plate_of(document), fonts_of(registry))
    except TypesetError as error:
        if error.kind == "busy":
            raise
        return {"problem": error.kind if error.kind in PROBLEMS else "failed"}
    stored = keep_octets(document, made.pdf, "application/pdf")
    file = FileObject(FileRole.PLATE, f"{document.number}.pdf", stored, "pdf")
    file.pages, file.has_text, file.state = made.pages, True, "inspected"
    return {"file": file, "pages": made.pages, "missing": tuple(made.missing)}


def keep_plate(done: Act) -> None:
    """What the worker made, in the record of the plate."""
    document, given = done.context, done.given
    told = {name: given[name] for name in ("file", "pages", "missing", "problem") if name in given}
    document.plates = (*document.plates[:-1], document.plates[-1]._replace(done_at=done.now, **told))


def includeme(config: Any) -> None:
    """Register the work handler."""
    config.add_work_handler("outgoing_document.plate", set_plate)
