"""The incident (故障, domain.md 4.16): a fault of exchange reported from a box (R-12.1)."""

from typing import Any

from substanced.content import content

from content_types.content import VolumeContent


@content("Incident")
class Incident(VolumeContent):
    """A reported fault: of which box, by whom, in which words."""

    uid_prefix = "i"
    initial_state = "reported"

    def __init__(self, box: Any, reported_by: Any, words: str) -> None:
        super().__init__()
        self.box = box
        self.reported_by = reported_by
        self.words = words

    @property
    def title(self) -> str:
        """What people read in a list."""
        return f"{self.box.title}：{self.words[:40]}"
