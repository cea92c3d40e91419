"""The call to a division (电话通知处室, R-20.3): that somebody must telephone a division about an urgent document, and by when."""

from datetime import datetime
from typing import Any

from substanced.content import content

from content_types.content import VolumeContent


@content("DivisionCall")
class DivisionCall(VolumeContent):
    """A task of the confidential-documents section (``box``) about a ``delivery`` in a division's box.

    ``notices`` are the calls made for it, the oldest first: the last one reached somebody, if the task is done.
    """

    uid_prefix = "l"
    initial_state = "due"

    def __init__(self, box: Any, delivery: Any, due: datetime) -> None:
        super().__init__()
        self.box = box
        self.delivery = delivery
        self.due = due
        self.notices: tuple[Any, ...] = ()

    @property
    def division(self) -> Any:
        """The division to be called."""
        return self.delivery.box.owner

    @property
    def title(self) -> str:
        """The document's title."""
        return str(self.delivery.title)
