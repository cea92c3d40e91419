"""Access: a change of a container's ACL over 100,000 objects, explanations, and the principals of a person with many posts.

The real application on a FileStorage of its own with the sample organisation. A city's box has 100,000 deliveries in the register
and in its inbox; the change is a real proposal, approved and executed, its commit and the journal included. Prints one JSON line
a figure (see ``run.py``).
"""

import json
import statistics
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

from _load import median_ms, timed
from _site import actor, build, close, site

from content_types.appointment import Appointment
from content_types.content import month_shelf
from content_types.delivery import Delivery
from content_types.dispatch import Address, Dispatch
from content_types.official_document import OfficialDocument
from content_types.person import Person
from govrepo import clock
from govrepo.catalog import register
from policies import explain
from policies.access_proposal import difference, propose
from policies.appointment import give
from policies.engine import act
from policies.permissions import Permission as P
from policies.person import add_person
from policies.sample.load import load_organisation

ROWS, BATCH, CHANGES, ASKED, POSTS, PEOPLE = 100_000, 5_000, 20, 50, 50, 1_000
BOX = "jiangmen"
MOST_MS = 50
ROLE, SCOPE = "duty_officer", "unit:gd-office"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        app = build(Path(folder) / "var", worker="none")
        load_organisation(app.registry)
        fill(app.registry)
        changes(app.registry)
        questions(app.registry)
        principals(app.registry)
        close(app)


def fill(registry: Any) -> None:
    """Deliveries of one dispatch in a box, in batches, each folded into the register."""
    for start in range(0, ROWS, BATCH):
        with site(registry) as root:
            box, sender = root["exchange"][BOX], root.logins["fagai.clerk"]
            dispatch = _dispatch(root, sender)
            for number in range(start, start + BATCH):
                delivery = Delivery(dispatch, box, Address.MAIN)
                month = clock.now() - timedelta(days=30 * (number // BATCH))
                month_shelf(box["inbox"], month)[delivery.uid] = delivery
                register(root, "deliveries", registry).changed(delivery)
            register(root, "deliveries", registry).drain()


def _dispatch(root: Any, sender: Any) -> Dispatch:
    """A dispatch as the register needs it, hanging in the sender's outbox."""
    box = root["exchange"]["fagai"]
    document = OfficialDocument(sender.unit, sender)
    dispatch = Dispatch(document, box, sender)
    month_shelf(box["outbox"], clock.now())[dispatch.uid] = dispatch
    return dispatch


def changes(registry: Any) -> None:
    """Give a role a permission on the box and take it again, each by a proposal."""
    seconds = []
    for number in range(CHANGES):
        with site(registry) as root:
            proposal = _approved(root, registry, allowed=number % 2 == 0)
            month, name = proposal.__parent__.__name__, proposal.__name__
        seconds.append(timed(lambda month=month, name=name: _execute(registry, month, name)))
    report("ACL change over 100,000 deliveries: act, commit, journal, p50", median_ms(seconds), "ms", MOST_MS)
    report("ACL change over 100,000 deliveries, slowest of 20", 1000 * max(seconds), "ms")


def _approved(root: Any, registry: Any, *, allowed: bool) -> Any:
    words = {"since": clock.now(), "until": None, "basis": "benchmark", "reason": "benchmark"}
    what = {"role": ROLE, "scope": SCOPE, "permission": str(P.BOX_VIEW), "allowed": allowed}
    proposal = propose(root["exchange"][BOX], actor(root, registry, "admin"), what | words)
    act(proposal, "approve", actor(root, registry, "auditor"), seen=difference(proposal).digest)
    return proposal


def _execute(registry: Any, month: str, name: str) -> None:
    with site(registry) as root:
        proposal = root["admin"]["access_proposals"][month][name]
        act(proposal, "execute", actor(root, registry, "admin"))


def questions(registry: Any) -> None:
    """Each kind of question, about the box and about a delivery in it, over the whole directory."""
    with site(registry) as root:
        box, clerk = root["exchange"][BOX], root.logins["jm.clerk"]
        delivery = next(iter(next(iter(box["inbox"].values())).values()))
        when = explain.moment(registry)
        past = explain.moment(registry, clock.now() - timedelta(days=1))
        for number in range(PEOPLE):
            person = Person(f"x{number:04}", f"x{number:04}", f"第{number}人", unit=clerk.unit)
            add_person(root, person, registry)
            give(person, Appointment("unit_clerk", f"unit:u{number}", clock.now(), basis="benchmark"))
        asked = {
            "may X do Y on a delivery, and why": lambda: explain.may(delivery, P.DELIVERY_READ, clerk, when),
            "every act on a delivery for X, and why": lambda: explain.acts(delivery, clerk, registry),
            "who can read a delivery": lambda: list(explain.holders(delivery, P.DELIVERY_READ, when)),
            "who could on a past day": lambda: list(explain.holders(delivery, P.DELIVERY_READ, past)),
            "what can X reach": lambda: list(explain.reach(root, clerk, when)),
        }
        for name, ask in asked.items():
            ask()
            report(f"explain: {name}, p50", median_ms(timed(ask) for _time in range(ASKED)), "ms", MOST_MS)
        report("people in the directory", len(root["people"]), "")


def principals(registry: Any) -> None:
    """The principals that every request of a person with many posts is checked with."""
    with site(registry) as root:
        person = root.logins["jm.clerk"]
        for number in range(POSTS):
            person.appoint(Appointment("unit_clerk", f"unit:u{number}", clock.now(), basis="benchmark"))
    with site(registry) as root:
        person = root.logins["jm.clerk"]
        assert len(person.principals(clock.now())) == POSTS + 1
        times = [timed(lambda: registry.accounts.principals(person, clock.now())) for _time in range(ASKED)]
        report("principals of a person with 51 appointments, p50", 1000 * statistics.median(times), "ms", 2)


def report(name: str, value: float, unit: str, budget: float | None = None) -> None:
    found = {"name": f"access: {name}", "value": round(value, 4), "unit": unit}
    print(json.dumps(found | ({} if budget is None else {"budget": budget})), flush=True)


if __name__ == "__main__":
    main()
