"""The countersignature (复签, SOD-12, R-7.2): a checkpoint of the journal that the auditor is to countersign; one for each day."""

from datetime import date

from substanced.content import content

from content_types.content import VolumeContent
from govrepo import clock
from govrepo.journal.checkpoint import Checkpoint, parse
from govrepo.journal.witness import digest


@content("Countersignature")
class Countersignature(VolumeContent):
    """A checkpoint put before the auditor: its text and the system's signature, as it was signed."""

    uid_prefix = "k"
    initial_state = "waiting"

    def __init__(self, checkpoint: Checkpoint) -> None:
        super().__init__()
        self.text = checkpoint.text
        self.signature = checkpoint.signature

    @property
    def checkpoint(self) -> Checkpoint:
        """The checkpoint."""
        return parse(self.text, self.signature)

    @property
    def size(self) -> int:
        """How many entries it counts."""
        return self.checkpoint.size

    @property
    def day(self) -> date:
        """The day it was made (Asia/Shanghai)."""
        return clock.local(self.checkpoint.time).date()

    @property
    def digest(self) -> str:
        """The SHA-256 of the checkpoint's file."""
        return digest(self.checkpoint).hex()

    @property
    def title(self) -> str:
        """Its day and size in words."""
        return f"{self.day.isoformat()} 检查点（{self.size} 条）"

    @property
    def signed_as(self) -> str:
        """What the text to sign says of it."""
        found = self.checkpoint
        return f"审计日志检查点 {found.size} 条，根散列 {found.root}，{clock.local(found.time).isoformat(timespec='seconds')}"
