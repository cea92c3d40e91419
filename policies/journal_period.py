"""Sealing the journal's present period (R-7.2): the auditor asks, the worker does it, the journal says both.

What was written until then becomes a file of its own that takes no further entry, with a signed checkpoint at its end; the chain goes
on over the seam. Nothing is deleted.
"""

from typing import Any

from govrepo.i18n import _
from govrepo.journal import Event, Record
from govrepo.work import enqueue
from policies.actor import Actor
from policies.administration import given, journal, refuse, require
from policies.permissions import Permission as P

ACTION = "journal.seal"


def ask(root: Any, note: str, actor: Actor) -> None:
    """Have the present period sealed; ``note`` says which one it is. Raises Refused."""
    require(P.JOURNAL_SEAL, root, actor, ACTION, "R-7.2")
    refuse(given(note, "note", "R-7.2"), root, ACTION)
    enqueue(root, ACTION, sealed=len(actor.registry.journal.segments()))
    journal(ACTION, root, actor, reason=note.strip())


def asked(registry: Any) -> Record | None:
    """The newest asking that no sealing has followed yet."""
    periods = registry.journal.segments()
    after = periods[-1].last if periods else None
    found = registry.journal.entries(action=ACTION, result="allowed", after=after, reverse=True)
    return next((each for each in found if each.committed), None)


def seal(job: Any) -> None:
    """Work handler: seal once for each asking. It fails, and is tried again, while a transaction is open in the journal."""
    registry, settings = job.registry, job.registry.govrepo_settings
    if len(registry.journal.segments()) <= job.payload["sealed"]:
        registry.journal.seal(job.root, registry.system_key, settings.path("checkpoints"))
    registry.journal.write_periods(settings.path("journal_periods"))


def includeme(config: Any) -> None:
    """Declare the work and its event."""
    config.add_work_handler(ACTION, seal)
    config.add_journal_events("journal", _("审计日志"), Event("seal", _("申请封存期间")))
