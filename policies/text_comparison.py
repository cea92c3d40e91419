"""Whether a document's fixed-layout file and its editable file are one text (R-N4.2, P-51): who works with the editable file must know.

Compared is the text the worker has taken out of both. What layout alone adds is left out on both sides: spaces, page numbers, the head above
the title, the imprint (版记) at the end. A scan has no text, so there is nothing to compare.
"""

import re
import unicodedata
from typing import Any

from pyramid.traversal import find_resource, resource_path

from content_types.file_object import FileObject, FileRole, TextState
from content_types.official_document import OfficialDocument
from content_types.text_comparison import Likeness, Passage, TextComparison
from govrepo.extraction.difference import difference
from govrepo.i18n import _
from govrepo.journal import ALLOWED, Entry, Event
from govrepo.sandbox import SandboxError
from policies.extraction import is_waiting, parts_of

ONE_TEXT = 0.9
"""Below this share in common the two are not one text: a table read in another order or a list of attachments costs some hundredths of
a document, a paragraph more or less in one of four pages a tenth."""
MOST_SENTENCES = 3_000
_HEAD = 400
"""Characters in which the title is looked for."""
_PAGE_NUMBER = re.compile(r"[\W_]*[0-9]{1,4}[\W_]*")
_END = re.compile(r"(?<=[。;!?；！？])")
_PRINTED = re.compile(r"[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日印发$")
_COPIES = ("抄送", "分送", "主题词")
_IMPRINT_LINES = 12


def is_comparable(document: OfficialDocument) -> bool:
    """Whether a document has both kinds of file, and the text of every file has been taken out."""
    return bool(_fixed(document) and document.files_of(FileRole.EDITABLE)) and not is_waiting(document)


def _fixed(document: OfficialDocument) -> tuple[FileObject, ...]:
    files = document.files_of(FileRole.ORIGINAL) or document.files_of(FileRole.SCAN)
    return tuple(each for each in files if each.type_code == "pdf")


def sentences(parts: list[str], title: str) -> list[str]:
    """A text as sentences that can be compared: without spaces, page numbers, what stands above the title, and the imprint."""
    lines = [_plain(line) for part in parts for line in part.splitlines()]
    whole = "".join(_without_imprint([line for line in lines if not _PAGE_NUMBER.fullmatch(line)]))
    wanted = _plain(title)
    start = whole.find(wanted, 0, _HEAD + len(wanted)) if wanted else -1
    return [each for each in _END.split(whole[max(start, 0) :]) if each]


def _without_imprint(lines: list[str]) -> list[str]:
    """The lines without 版记: from 抄送 to the line that says when it was printed."""
    last = next((place for place in reversed(range(len(lines))) if _PRINTED.search(lines[place])), None)
    if last is None:
        return lines
    before = range(last, max(last - _IMPRINT_LINES, -1), -1)
    first = next((place for place in before if lines[place].startswith(_COPIES)), last)
    return lines[:first] + lines[last + 1 :]


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def compare(document: OfficialDocument) -> TextComparison:
    """Compare now. Raises SandboxError if the machine is too busy to look."""
    both = [_sentences(files, document.title) for files in (_fixed(document), document.files_of(FileRole.EDITABLE))]
    if not all(both):
        return TextComparison(Likeness.NO_TEXT)
    try:
        found = difference(both[0][:MOST_SENTENCES], both[1][:MOST_SENTENCES])
    except SandboxError as error:
        if error.kind == "busy":
            raise
        return TextComparison(Likeness.FAILED)
    likeness = Likeness.SAME if not found.count else Likeness.NEARLY if found.ratio >= ONE_TEXT else Likeness.DIFFERENT
    return TextComparison(likeness, found.ratio, tuple(Passage(*each) for each in found.passages), found.count)


def _sentences(files: tuple[FileObject, ...], title: str) -> list[str]:
    parts = [part for file in files if file.text_state != TextState.WAITING for part in parts_of(file)]
    return sentences(parts, title)


def take_up(job: Any) -> None:
    """Work handler ``text_comparison.compare``: keep the outcome with the document."""
    document = find_resource(job.root, job.payload["path"])
    if not is_comparable(document):
        return
    document.comparison = compare(document)
    details = {"likeness": str(document.comparison.likeness), "percent": round(document.comparison.ratio * 100)}
    subject = {"subject": resource_path(document), "subject_uid": document.uid, "details": details}
    job.registry.journal.append(Entry("text_comparison.made", "system", **subject), document)


def includeme(config: Any) -> None:
    """Register the work handler, and declare what the journal says of it."""
    said = {"likeness": _("比对结果"), "percent": _("相同的百分比")}
    config.add_journal_events(
        "text_comparison", _("文字比对"), Event("made", _("比对版式文件与可编辑文档"), said, (ALLOWED,))
    )
    config.add_work_handler("text_comparison.compare", take_up)
