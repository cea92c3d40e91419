"""The seal-use register (用印登记, domain.md part 6, 4.11; P-72, P-76): one record each time a seal is set, made by whoever sets it.

It is never changed: a wrong record is corrected by a new one (5.9). The journal keeps digests, never the title.
"""

from typing import Any

from content_types.content import month_shelf, shelf
from content_types.person import Person
from content_types.seal import Seal
from content_types.seal_use import Digests, SealUse
from govrepo.i18n import _
from policies.actor import Actor
from policies.engine import Act, Table, record

TABLE = Table(
    noun="seal_use",
    label=_("用印"),
    begun={"record": _("登记用印")},
    content_type="SealUse",
    initial="recorded",
    states={"recorded": _("已登记")},
    transitions=(),
    register="seal_uses",
    version=lambda use: use.digests.after,
    facts=lambda use: {
        "seal": use.seal.uid,
        "document": getattr(use.document, "uid", ""),
        "keeper": use.keeper.id,
        "page": use.page,
        "serial": use.serial,
        "before": use.digests.before,
        "after": use.digests.after,
    },
)


def record_use(  # noqa: PLR0913 - What the register says of a use (domain.md 4.11).
    done: Act,
    seal: Seal,
    document: Any,
    *,
    page: int,
    before: str,
    after: str,
    keeper: Person | None = None,
    workstation: str = "",
) -> SealUse:
    """Record that a seal was set on a document; ``done`` says by whom, when and from where.

    Where the worker sets what a keeper's own act asked for, ``keeper`` and ``workstation`` are that act's; they default to the
    actor's. ``before`` and ``after`` are the file's SHA-256 in hexadecimal, ``page`` counts from 1.
    """
    use = SealUse(seal, document, done.now, page, Digests(before, after))
    use.keeper = keeper or done.actor.person
    use.workstation = workstation or done.actor.address
    use.created_by = use.keeper.principal
    month_shelf(shelf(seal.unit, "seal_uses"), done.now)[use.uid] = use
    record(TABLE, "record", Act(use, _whose(use, done.actor), done.now, {}), "")
    return use


def _whose(use: SealUse, actor: Actor) -> Actor:
    """The worker records in the keeper's name: the use is the keeper's."""
    if not actor.is_system:
        return actor
    person = use.keeper
    return Actor(person.principal, person.name, (), actor.registry, person, address=use.workstation)


def includeme(config: Any) -> None:
    """Bind the table."""
    config.add_policy_table(SealUse, TABLE)
