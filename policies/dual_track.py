"""The dual track (双轨制, R-N2.1, R-N2.3, R-N2.4): to whom a sending goes on paper as well, by each unit's own date.

What was sent before a unit's last day on paper keeps its paper, so the day of sending decides; before it is sent, today does.
"""

from datetime import date
from typing import Any

from content_types.delivery import Delivery
from content_types.dispatch import Dispatch
from govrepo import clock


def paper_goes_to(dispatch: Dispatch) -> list[Any]:
    """The boxes among the recipients whose unit gets the document on paper, too, in order."""
    day = day_of(dispatch)
    return [each.box for each in dispatch.recipients if each.box.unit.is_dual_track(day)]


def comes_on_paper(delivery: Delivery) -> bool:
    """Whether paper comes with a delivery from another unit; what was distributed inside has none of its own."""
    return not delivery.internal and bool(delivery.original_box.unit.is_dual_track(day_of(delivery.dispatch)))


def day_of(dispatch: Dispatch) -> date:
    """The day that decides: that of the sending, or today."""
    return clock.today() if dispatch.sent_at is None else clock.local(dispatch.sent_at).date()
