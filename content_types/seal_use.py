"""The use of a seal (用印, domain.md 4.11): which seal was set on which document, when, where and by whom (P-72, P-76)."""

from datetime import datetime
from typing import Any, NamedTuple

from substanced.content import content

from content_types.content import VolumeContent


class Digests(NamedTuple):
    """The SHA-256 of the file before and after, hexadecimal."""

    before: str
    after: str


@content("SealUse")
class SealUse(VolumeContent):
    """One use of one seal. It is made and never changed (domain.md 5.9).

    ``document_title`` and ``number`` are the document's at that moment; ``page`` counts from 1; ``serial`` is the seal's certificate,
    ``workstation`` the address it was asked from.
    """

    uid_prefix = "j"
    initial_state = "recorded"

    def __init__(self, seal: Any, document: Any, at: datetime, page: int, digests: Digests) -> None:
        super().__init__()
        self.seal = seal
        self.document = document
        self.document_title = str(document.title)
        self.number = str(document.number)
        self.at = at
        self.page = page
        self.digests = digests
        self.serial = seal.serial
        self.keeper: Any = None
        self.workstation = ""

    @property
    def title(self) -> str:
        """What people read: the seal; of what it was set on only the register tells, for its own readers (R-8.3)."""
        return str(self.seal.title)
