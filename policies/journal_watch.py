"""What the journal shows that the auditor must know of, as alarms (R-7.1, R-7.2, R-27.1, SOD-12).

Guessed passwords, a certificate in two places, a clock that jumped, a journal about to stop.

A window of the newest entries is looked at each minute. What has been an alarm once is none again: the cause names account, address
or entry, and the day where it may begin anew.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from content_types.alarm import AlarmKind
from govrepo import clock
from govrepo.i18n import _
from govrepo.journal import ALLOWED, REFUSED, Entry, Event, Record
from govrepo.journal.condition import troubles
from policies.actor import system_actor
from policies.alarm import raise_alarm

EVERY = timedelta(minutes=1)
CERTIFICATES = timedelta(days=1)
"""How far back uses of a certificate in two places are looked for: longer than any stop of the worker that nobody noticed."""


def watch_logins(job: Any) -> None:
    """Many failed logins of one account, or from one address, in a short time."""
    settings = job.registry.govrepo_settings
    window = timedelta(minutes=settings.alarm_login_minutes)
    failed = defaultdict(list)
    for record in _since(job, window, action="session.login", result=REFUSED):
        for key in _guessed(record):
            failed[key].append(record.seq)
    for (what, name), entries in sorted(failed.items()):
        if len(entries) >= settings.alarm_logins:
            numbers = {"name": name, "n": str(len(entries)), "minutes": str(settings.alarm_login_minutes)}
            cause = f"{what} {name} {clock.today()}"
            _alarm(job, AlarmKind.LOGIN, LOGIN_WORDS[what] % numbers, cause, entries[:20])


LOGIN_WORDS = {
    "login": _("账号 ${name} 在 ${minutes} 分钟内登录失败 ${n} 次。"),
    "certificate": _("证书 ${name} 在 ${minutes} 分钟内登录失败 ${n} 次。"),
    "address": _("地址 ${name} 在 ${minutes} 分钟内登录失败 ${n} 次。"),
}


def _guessed(record: Record) -> Iterator[tuple[str, str]]:
    said = record.entry.details
    for what, name in (
        *((what, str(said.get(what, ""))) for what in ("login", "certificate")),
        ("address", record.entry.address),
    ):
        if name:
            yield what, name.casefold()


def watch_certificates(job: Any) -> None:
    """A certificate was used at a second address while in use at a first (R-27.1)."""
    for record in _since(job, CERTIFICATES, action="certificate.alarm"):
        said = record.entry.details
        words = _(
            "证书 ${serial} 正在 ${elsewhere} 使用，又在 ${here} 登录。",
            mapping={
                "serial": record.entry.certificate,
                "elsewhere": ", ".join(said["elsewhere"]),
                "here": said["here"],
            },
        )
        _alarm(job, AlarmKind.CERTIFICATE, words, str(record.seq), [record.seq])


def watch_storage(job: Any) -> None:
    """What will stop the journal; once a day as long as it lasts."""
    for trouble in troubles(job.registry):
        _alarm(job, AlarmKind.JOURNAL, trouble.words, f"{trouble.code} {clock.today()}")


class ClockWatch:
    """How the clock went since the last look, in this process."""

    def __init__(self, drift: Callable[[], timedelta] = clock.drift) -> None:
        self._drift = drift
        self._before: timedelta | None = None

    def step(self, journal: Any) -> timedelta:
        """How far the clock has jumped since the last look; at the first, how far it lies behind the newest entry."""
        drift = self._drift()
        before, self._before = self._before, drift
        return drift - before if before is not None else _behind(journal)


def _behind(journal: Any) -> timedelta:
    """How far the clock was set back while nothing ran; none where somebody sets it on purpose (samples)."""
    newest = next(journal.entries(reverse=True, limit=1), None)
    if newest is None or clock.is_set():
        return timedelta(0)
    return min(clock.now() - newest.time, timedelta(0))


def watch_clock(job: Any) -> None:
    """The clock was set back or forward by more than the setting allows; an entry and an alarm."""
    step = job.registry.clock_watch.step(job.registry.journal)
    if abs(step) < timedelta(minutes=job.registry.govrepo_settings.clock_step_minutes):
        return
    seconds = round(step.total_seconds())
    job.registry.journal.append(Entry("clock.step", "system", details={"seconds": seconds}), job.root)
    words = _("系统时钟向前拨了 ${n} 秒。") if seconds > 0 else _("系统时钟向后拨了 ${n} 秒。")
    _alarm(job, AlarmKind.CLOCK, words % {"n": str(abs(seconds))}, f"{seconds} {clock.now():%Y-%m-%dT%H:%M}")


def watch(job: Any) -> None:
    """Timed job ``journal.watch``: everything above."""
    for look in (watch_clock, watch_storage, watch_logins, watch_certificates):
        look(job)


def _since(job: Any, window: timedelta, **wanted: str) -> Iterator[Record]:
    journal = job.registry.journal
    since = clock.now() - window
    found: Iterator[Record] = journal.entries(after=journal.first_since(since) - 1, **wanted)
    return (each for each in found if each.time >= since)


def _alarm(job: Any, kind: AlarmKind, words: Any, cause: str, entries: list[int] | None = None) -> None:
    raise_alarm(job.root, system_actor(job.registry), kind, words, cause=cause, entries=entries or ())


def includeme(config: Any) -> None:
    """Declare the job and the entry of a clock that jumped."""
    config.registry.clock_watch = ClockWatch()
    said = {"seconds": _("跳过的秒数，向后为负")}
    config.add_journal_events("clock", _("时钟"), Event("step", _("时钟跳变"), said, (ALLOWED,)))
    config.add_timed_job("journal.watch", watch, every=EVERY)
