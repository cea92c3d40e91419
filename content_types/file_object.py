"""The file object (文件对象, domain.md 4.6): one file of a document, its role and what the inspection found."""

from enum import StrEnum
from typing import Any

from substanced.content import content

from content_types.content import VolumeContent
from content_types.verification import SealCheck


class FileRole(StrEnum):
    """What a file is for its document: 正本PDF, 扫描PDF, 可编辑文档, 附件; 清样 is the plate that is proofread and then sealed."""

    ORIGINAL = "original"
    SCAN = "scan"
    EDITABLE = "editable"
    ATTACHMENT = "attachment"
    PLATE = "plate"


class TextState(StrEnum):
    """What became of taking the text out of a file: still to be done, kept whole, cut at the bound, no text in such a file, failed."""

    WAITING = "waiting"
    KEPT = "kept"
    CUT = "cut"
    NONE = "none"
    FAILED = "failed"


@content("FileObject")
class FileObject(VolumeContent):
    """A file: its blob (``stored``), its name, and the inspection's result.

    ``state`` is ``waiting`` until the sandboxed inspection has run, then ``inspected``. ``active`` names active content found.
    ``seals`` is what the last verification of its seals said (policies/verification.py); None for what is never verified, and until it was.
    ``text`` is the stored file that holds its text in UTF-8, the parts (pages) apart by form feeds; see policies/extraction.py.
    """

    uid_prefix = "f"
    initial_state = "waiting"
    text: Any = None
    text_state = TextState.WAITING
    seals: SealCheck | None = None

    def __init__(self, role: FileRole, filename: str, stored: Any, type_code: str) -> None:
        super().__init__()
        self.role = FileRole(role)
        self.filename = filename
        self.stored = stored
        self.type_code = type_code
        self.pages = 0
        self.encrypted = False
        self.active: tuple[str, ...] = ()
        self.has_text = False
        self.problem = ""

    @property
    def sha256(self) -> str:
        """The digest of the content, hexadecimal."""
        return str(self.stored.sha256)

    @property
    def size(self) -> int:
        """The size in bytes."""
        return int(self.stored.size)
