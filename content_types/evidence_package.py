"""The evidence package (证据包, R-7.3; domain.md 4.16): chosen entries of the journal with their proofs, as one file that stands without us."""

from typing import Any

from substanced.content import content

from content_types.content import VolumeContent


@content("EvidencePackage")
class EvidencePackage(VolumeContent):
    """One package. ``number`` is gapless in its ``year``; ``stored`` is the zip, ``digest`` the SHA-256 of its manifest.

    ``query`` is what the journal was asked, ``seqs`` the entries that were chosen; ``people`` and ``subjects`` name who acted in them and
    the uids of the objects concerned.
    """

    uid_prefix = "e"
    initial_state = "ordered"

    def __init__(self, made_by: Any, purpose: str, query: dict[str, str]) -> None:
        super().__init__()
        self.year = 0
        self.number = 0
        self.made_by = made_by
        self.purpose = purpose
        self.query = query
        self.seqs: tuple[int, ...] = ()
        self.people: tuple[str, ...] = ()
        self.subjects: tuple[str, ...] = ()
        self.digest = ""
        self.stored: Any = None

    @property
    def title(self) -> str:
        """Its number."""
        return f"证据〔{self.year}〕{self.number}号"

    @property
    def signed_as(self) -> str:
        """What the text to sign says of it."""
        return f"证据包 {self.title}，日志 {len(self.seqs)} 条"
