"""Reading a document: its elements, its files, its pages as images with their text (design.md sect. 10).

A PDF is never shown by the browser itself: the sandbox draws its pages. Files have no address of their own; they are reached
through a delivery, an assignment or a dispatch, with that object's permission.
"""

import re
from collections.abc import Iterator
from typing import Any

from pyramid.httpexceptions import HTTPNotFound
from pyramid.response import Response

from content_types.file_object import FileObject, FileRole
from content_types.official_document import KINDS, Classification, OfficialDocument
from govrepo.pdf import PageNotFoundError, page_image
from govrepo.sandbox import SandboxError
from policies.extraction import parts_of
from policies.file_object import PAGE_WIDTH

from .i18n import _
from .legal_force import force_words
from .paper_lines import specials_of

PAGE_NUMBER = re.compile(r"[0-9]{1,6}")

ROLE_WORDS = {
    FileRole.ORIGINAL: _("正本PDF"),
    FileRole.SCAN: _("扫描PDF"),
    FileRole.EDITABLE: _("可编辑文档"),
    FileRole.ATTACHMENT: _("附件"),
    FileRole.PLATE: _("清样"),
}

CLASSIFICATION_WORDS = {
    Classification.NONE: _("不涉密"),
    Classification.CONFIDENTIAL: _("秘密"),
    Classification.SECRET: _("机密"),
    Classification.TOP_SECRET: _("绝密"),
}


KIND_WORDS = {
    "决议": _("决议"),
    "决定": _("决定"),
    "命令(令)": _("命令(令)"),
    "公报": _("公报"),
    "公告": _("公告"),
    "通告": _("通告"),
    "意见": _("意见"),
    "通知": _("通知"),
    "通报": _("通报"),
    "报告": _("报告"),
    "请示": _("请示"),
    "批复": _("批复"),
    "议案": _("议案"),
    "函": _("函"),
    "纪要": _("纪要"),
    "便函": _("便函"),
    "转": _("转"),
}
"""The 15 kinds (domain.md sect. 3.1) and those of divisions (S-5) in words that can be translated."""


def kind_choices(kinds: tuple[str, ...] = KINDS) -> list[tuple[str, Any]]:
    """The kinds as a select field takes them."""
    return [("", _("请选择")), *((kind, KIND_WORDS[kind]) for kind in kinds)]


def informal_word(document: OfficialDocument) -> Any:
    """What marks a division's item wherever it is listed (S-5); empty for an official document."""
    return KIND_WORDS.get(document.kind, _("便函")) if document.informal else ""


def document_view(
    request: Any, document: OfficialDocument, base: str, files: tuple[FileObject, ...] | None = None
) -> dict[str, Any]:
    """What a page needs to show a document, which is journaled as read; ``base`` is the address its pages are asked from.

    ``files`` are those shown where they are not the document's own: a plate.
    """
    shown = document.files if files is None else files
    request.registry.viewings.show(request.context, document, shown, request.actor)
    return {
        "facts": facts(request, document),
        "force": force_words(request, document),
        "files": [file_line(file) for file in shown],
        "pages": [
            page for file in shown if file.type_code == "pdf" and not file.problem for page in _pages(file, base)
        ],
        "special": specials_of(document.specials),
        "replaces": document.replaces,
        "replaced_by": document.replaced_by,
    }


def _pages(file: FileObject, base: str) -> Iterator[dict[str, Any]]:
    """The pages of a PDF, each with the text that a screen reader reads out instead of the image."""
    texts = parts_of(file)
    for number in range(file.pages):
        yield {
            "url": f"{base}/page?file={file.uid}&n={number}",
            "file": file.filename,
            "number": number + 1,
            "of": file.pages,
            "text": texts[number] if number < len(texts) else "",
        }


def facts(request: Any, document: OfficialDocument) -> list[tuple[Any, Any]]:
    """The elements in the order of the standard (domain.md sect. 3.2)."""
    rows = [
        (_("文号"), document.number or document.no_number_reason or _("无文号")),
        (_("文种"), KIND_WORDS.get(document.kind) or _("便函")),
        (_("发文机关"), document.issuer),
        (_("紧急程度"), request.fmt.urgency(str(document.urgency))),
        (_("密级"), CLASSIFICATION_WORDS[document.classification]),
        (_("成文日期"), request.fmt.long_date(document.date)),
        (_("签发人"), document.signer),
        (_("附注"), document.note),
    ]
    return [(label, value) for label, value in rows if value]


def file_line(file: FileObject) -> dict[str, Any]:
    """A file as the macro ``files`` takes it."""
    return {
        "uid": file.uid,
        "name": file.filename,
        "size": file.size,
        "sha256": file.sha256,
        "role": file.role,
        "note": ROLE_WORDS[file.role],
        "waiting": file.state == "waiting",
        "problem": problem_words(file),
    }


def problem_words(file: FileObject) -> Any:
    """What the inspection found wrong, in words; empty if nothing."""
    if file.encrypted:
        return _("已加密")
    if file.problem:
        return _("无法打开")
    return ""


def page_response(request: Any, document: OfficialDocument, files: tuple[FileObject, ...] | None = None) -> Response:
    """One page as PNG, for parameters ``file`` (uid) and ``n`` (from 0); 404 for any other. Private to this reader, journaled."""
    shown = document.files if files is None else files
    file = next((each for each in shown if each.uid == request.GET.get("file")), None)
    number = request.GET.get("n", "")
    if file is None or file.type_code != "pdf" or not PAGE_NUMBER.fullmatch(number):
        raise HTTPNotFound
    try:
        image = page_image(file.stored, int(number), PAGE_WIDTH, request.registry)
    except (PageNotFoundError, SandboxError) as error:
        raise HTTPNotFound from error
    request.registry.viewings.show(request.context, document, [file], request.actor)
    return Response(image, content_type="image/png", cache_control="private, max-age=3600")
