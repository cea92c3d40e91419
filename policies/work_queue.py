"""The worker's acts in the journal (R-7.1): work that failed for the last time raises an alarm; what is done about it is an act."""

from datetime import timedelta
from typing import Any

from content_types.alarm import AlarmKind
from govrepo import work
from govrepo.i18n import _
from govrepo.journal import ALLOWED, FAILED, Entry, Event
from policies.actor import system_actor
from policies.alarm import raise_alarm

EVERY = timedelta(minutes=1)


def watch(job: Any) -> None:
    """Timed job ``work.watch``: an alarm and an entry for each dead letter, once."""
    for letter in work.dead_letters(job.root):
        words = _("后台工作“${name}”多次失败，已停止重试（${id}）。", mapping={"name": letter.name, "id": letter.id})
        if raise_alarm(job.root, system_actor(job.registry), AlarmKind.WORK, words, cause=letter.id):
            said = {"letter": letter.id, "name": letter.name, "attempts": letter.attempts}
            job.registry.journal.append(Entry("work.die", "system", FAILED, details=said), job.root)


def includeme(config: Any) -> None:
    """Declare the job, and what the journal says of work."""
    letter = {"letter": _("工作标识")}
    died = letter | {"name": _("哪一种工作"), "attempts": _("试过的次数")}
    config.add_journal_events(
        "work",
        _("工作队列"),
        Event("die", _("工作失败"), died, (FAILED,)),
        Event("retry", _("重试死信"), letter, (ALLOWED,)),
        Event("discard", _("放弃死信"), letter, (ALLOWED,)),
    )
    config.add_timed_job("work.watch", watch, every=EVERY)
