"""The outage (停运, R-N3.1): a time during which the exchange did not run, noticed when it ran again."""

from datetime import datetime, timedelta
from typing import Any

from substanced.content import content

from content_types.content import VolumeContent


@content("Outage")
class Outage(VolumeContent):
    """From when until when nothing ran; ``cause`` is what the technical service group found, empty until then."""

    uid_prefix = "o"
    initial_state = "noticed"
    cause = ""
    explained_by: Any = None

    def __init__(self, began: datetime, ended: datetime) -> None:
        super().__init__()
        self.began = began
        self.ended = ended

    @property
    def title(self) -> str:
        """From when."""
        return self.began.isoformat(timespec="minutes")

    @property
    def length(self) -> timedelta:
        """How long it took."""
        return self.ended - self.began
