"""Which files a sending must carry (R-N4.2, R-N4.3, R-N4.5, R-17.1) and which it must not (P-3, P-33)."""

from typing import Any

from content_types.file_object import FileObject, FileRole
from govrepo.files.sniff import EDITABLE
from govrepo.i18n import _
from policies.engine import Reason

HARMLESS = frozenset({"open-action", "additional-actions"})
"""Which page to show first is no program; a script behind such an action is found under its own name."""


def missing_files(document: Any) -> list[Reason]:
    """Each required file that is not there, by name."""
    if document.informal:
        return [] if document.files else [Reason(_("至少要有一个文件。"), "R-23.2", "files")]
    if document.unit.is_fully_deployed:
        return _missing_original(document)
    return [*_missing_scan(document), *_missing_editable(document)]


def _missing_original(document: Any) -> list[Reason]:
    if any(each.type_code == "pdf" for each in document.files_of(FileRole.ORIGINAL)):
        return []
    return [Reason(_("缺少盖章后的版式文件（正本PDF）。"), "R-N4.3", "files")]


def _missing_scan(document: Any) -> list[Reason]:
    if any(each.type_code == "pdf" for each in document.files_of(FileRole.SCAN)):
        return []
    return [Reason(_("缺少盖章纸质件的PDF扫描文件。"), "R-N4.2(a)", "files")]


def _missing_editable(document: Any) -> list[Reason]:
    if any(each.type_code in EDITABLE for each in document.files_of(FileRole.EDITABLE)):
        return []
    return [Reason(_("缺少可编辑文档（txt、doc、docx、wps、odt 或 rtf）。"), "R-N4.2(b)", "files")]


def unfit_files(document: Any) -> list[Reason]:
    """Each file that may not be sent: not inspected yet, encrypted, broken, or with active content."""
    return [reason for each in document.files for reason in _unfit(each)]


def _unfit(file: FileObject) -> list[Reason]:
    name = {"name": file.filename}
    if file.state == "waiting":
        return [Reason(_("文件“${name}”正在检查，请稍候再试。", mapping=name), "P-51", "files")]
    if file.encrypted:
        return [Reason(_("文件“${name}”已加密，不能交换。", mapping=name), "R-N4.2", "files")]
    if file.problem:
        return [Reason(_("文件“${name}”无法打开。", mapping=name), "P-51", "files")]
    if set(file.active) - HARMLESS:
        return [Reason(_("文件“${name}”含有活动内容（脚本或内嵌程序），不能交换。", mapping=name), "P-51", "files")]
    return []


def role_fits(role: FileRole, type_code: str) -> bool:
    """Whether a file of a type may take a role: PDFs as scan or original, editable types as editable, any known as attachment."""
    if role in (FileRole.SCAN, FileRole.ORIGINAL):
        return type_code == "pdf"
    if role is FileRole.EDITABLE:
        return type_code in EDITABLE
    return type_code != "unknown"
