"""Says what a file is, by its content; its name is only compared with that (R-N4.2: which files are editable).

The looking is done by :mod:`govrepo.files.sniff_child` in a sandbox. Whether a type is welcome, the caller says.
"""

import importlib
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from govrepo.i18n import _
from govrepo.sandbox import SandboxError, run


@dataclass(frozen=True)
class _Kind:
    mime: str
    label_zh: str
    extensions: tuple[str, ...]


_OOXML = "application/vnd.openxmlformats-officedocument"
_KINDS = {
    "pdf": _Kind("application/pdf", _("PDF 文件"), ("pdf",)),
    "ofd": _Kind("application/ofd", _("OFD 版式文件"), ("ofd",)),
    "txt": _Kind("text/plain", _("纯文本"), ("txt",)),
    "doc": _Kind("application/msword", _("Word 97-2003 文档"), ("doc", "dot", "wps")),
    "docx": _Kind(f"{_OOXML}.wordprocessingml.document", _("Word 文档"), ("docx",)),
    "wps": _Kind("application/vnd.ms-works", _("WPS 文字文档"), ("wps", "doc")),
    "odt": _Kind("application/vnd.oasis.opendocument.text", _("ODF 文本文档"), ("odt",)),
    "rtf": _Kind("application/rtf", _("RTF 文档"), ("rtf", "doc")),
    "xls": _Kind("application/vnd.ms-excel", _("Excel 97-2003 表格"), ("xls", "et")),
    "xlsx": _Kind(f"{_OOXML}.spreadsheetml.sheet", _("Excel 表格"), ("xlsx",)),
    "ppt": _Kind("application/vnd.ms-powerpoint", _("PowerPoint 97-2003 演示文稿"), ("ppt", "dps")),
    "pptx": _Kind(f"{_OOXML}.presentationml.presentation", _("PowerPoint 演示文稿"), ("pptx",)),
    "png": _Kind("image/png", _("PNG 图片"), ("png",)),
    "jpg": _Kind("image/jpeg", _("JPEG 图片"), ("jpg", "jpeg")),
    "tiff": _Kind("image/tiff", _("TIFF 图片"), ("tif", "tiff")),
    "unknown": _Kind("application/octet-stream", _("无法识别的文件"), ()),
}
#: The editable files of the notice: txt, doc, wps and their equivalents (R-N4.2).
EDITABLE = frozenset({"txt", "doc", "docx", "wps", "odt", "rtf"})

_REFUSALS = {
    "executable": _("文件含有可执行程序"),
    "html": _("文件含有网页代码"),
    "script": _("文件含有脚本"),
    "polyglot": _("文件同时伪装成多种格式"),
    "bomb": _("压缩内容异常膨胀"),
    "bad-zip": _("压缩结构损坏或含有不安全的路径"),
    "encrypted": _("文件已加密，无法检查"),
    "unreadable": _("文件无法在限定的时间和内存内检查"),
}


@dataclass(frozen=True)
class FileType:
    """What a file is: a short code, its media type and Chinese name.

    ``refusal`` is a code of why nobody should take it (then ``code`` is ``unknown``); ``macros`` tells of program code
    in an office file; ``mismatch``, that the name's extension promises something else.
    """

    code: str
    mismatch: bool = False
    refusal: str = ""
    macros: bool = False

    @property
    def mime(self) -> str:
        """The media type."""
        return _KINDS[self.code].mime

    @property
    def label_zh(self) -> str:
        """The type's name for people."""
        return _KINDS[self.code].label_zh

    @property
    def refusal_zh(self) -> str:
        """Why the file is refused, for people; empty if it is not."""
        return _REFUSALS.get(self.refusal, "")

    @property
    def editable(self) -> bool:
        """Whether it counts as the editable file of R-N4.2."""
        return self.code in EDITABLE

    @property
    def encoded(self) -> str:
        """The finding in one word, to be kept; :meth:`of` reads it."""
        return ":".join((self.code, self.refusal, "macros" if self.macros else ""))

    @classmethod
    def of(cls, encoded: str, filename: str) -> Self:
        """A finding that was kept with :attr:`encoded`, for a file of that name."""
        code, refusal, macros = encoded.split(":")
        extension = filename.rpartition(".")[2].lower()
        return cls(code, extension not in _KINDS[code].extensions, refusal, bool(macros))


def sniff(path: Path, filename: str) -> FileType:
    """Look at a file in a sandbox. Raise SandboxError only if the machine is too busy to look."""
    try:
        found = run("govrepo.files.sniff_child", {"path": str(path.resolve()), "filename": filename})
    except SandboxError as error:
        if error.kind == "busy":
            raise
        found = "unknown:unreadable:"
    return FileType.of(found, filename)


def require_libmagic() -> None:
    """Raise RuntimeError, naming the Debian package, if the library that knows file types is not installed."""
    try:
        importlib.import_module("magic")
    except ImportError as error:
        raise RuntimeError("libmagic is missing: install the Debian package libmagic1") from error
