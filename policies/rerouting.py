"""Re-routing (改投, R-12.3, R-12.4; 5.3): a delivery goes to the neighbouring box and comes back, keeping whose it is.

It moves in the tree, for the box's ACL says who signs for it; its uid, its identity for the sender and its history stay.
"""

from datetime import datetime

from content_types.content import month_shelf
from content_types.delivery import Delivery
from content_types.exchange_box import ExchangeBox
from content_types.incident import Incident, Rerouted
from govrepo import clock
from govrepo.catalog import Eq, register
from govrepo.i18n import _
from policies.engine import Act, Reason, record, table_of

PAGE = 500


def waiting_in(box: ExchangeBox) -> list[Delivery]:
    """What lies in a box unsigned, the oldest first; what its own unit distributed inside is left out, for its parts stay together."""
    query = Eq("box", str(box.__name__)) & Eq("state", "pending") & Eq("internal", 0)
    return list(register(box, "deliveries").query(query, sort="available", limit=PAGE).objects)


def stand_in(box: ExchangeBox) -> Incident | None:
    """The incident during which another box takes what comes for this one; None in normal times."""
    found = box.incident
    return found if found is not None and found.stands_in else None


def send_over(incident: Incident, delivery: Delivery, done: Act) -> None:
    """Move a delivery to the incident's neighbour; the original addressee stays on it (R-12.3)."""
    state = delivery.state
    _move(delivery, incident.neighbour, "reroute", done)
    incident.rerouted = (*incident.rerouted, Rerouted(delivery, incident.neighbour, done.now, state))


def hand_back(done: Act) -> None:
    """Effect: the delivery lies in its original box again (R-12.4)."""
    _move(done.context, done.context.original_box, "", done)


def _move(delivery: Delivery, box: ExchangeBox, name: str, done: Act) -> None:
    left, identity = delivery.box, delivery.__name__
    del delivery.__parent__[identity]
    when: datetime = delivery.available_at or clock.now()
    month_shelf(box["inbox"], when)[identity] = delivery
    delivery.box = box
    if name:
        record(table_of(delivery), name, Act(delivery, done.actor, done.now, {}), delivery.state)
    for each in (left, box):
        each.bell.ring()


# Guards of the delivery's table.


def away(act: Act) -> Reason | None:
    """R-12.4: what went to the neighbour comes back."""
    return None if act.context.rerouted else Reason(_("本件没有改投。"), "R-12.4")


def service_back(act: Act) -> Reason | None:
    """R-12.4: once the box exchanges again."""
    standing = stand_in(act.context.original_box)
    return Reason(_("故障还没有恢复。"), "R-12.4") if standing else None


def own_mail(act: Act) -> Reason | None:
    """R-12.3: the neighbour signs on behalf; what is done with it is the addressee's business, once it is back."""
    if not act.context.rerouted:
        return None
    words = {"name": act.context.original_box.title}
    return Reason(_("本件是代“${name}”签收的，恢复后由该箱收回办理。", mapping=words), "R-12.3")
