"""Journal and database compared, both ways (SOD-12, R-7.2): whoever changes one behind the other's back is found.

What one object should be says ``policies.comparison``. Looked at is what an entry has named since the last time, what a database transaction
has changed since the last time, and, from each start-up and each night on, everything. What does not fit is looked at once more, in a later
transaction, before it is a gap: an act may be half-way.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import unquote

from pyramid.traversal import resource_path

from content_types.appointment import Appointment
from content_types.content import Carrier, Recorded
from content_types.journal_gap import Discrepancy
from content_types.reconciliation import START, Reconciliation
from govrepo import clock
from govrepo.database import ROOT
from govrepo.journal import consistency
from policies import appointed, granted
from policies.actor import system_actor
from policies.administration import uid_of
from policies.comparison import EVER, compare, in_words, is_act
from policies.journal_gap import journal_gap, open_gap

EVERY = timedelta(minutes=1)
SECONDS = 5.0
"""How long one run looks; what is left is left to the next."""
MOST_SINGLE = 50
"""Gaps that one run files one by one; more are filed together."""
MOST_TOGETHER = 500
MANY = "多个对象"
LOOKED_AT = (Recorded, Carrier)
NIGHT = 1
"""The hour (Asia/Shanghai) from which the nightly sweep begins."""


# Which objects are looked at.


def look(root: Any, registry: Any, path: str, uid: str, since: datetime = EVER) -> tuple[Discrepancy, ...]:
    """Compare the object of a path with the entries about it."""
    records = list(registry.journal.entries(subject_uid=uid)) if uid else []
    context = _find(root, path)
    if context is None:  # What was moved is where its newest act says.
        context = _find(root, next((each.entry.subject for each in reversed(records) if is_act(each)), ""))
    if context is None or uid_of(context) != uid:
        acts = [each for each in records if is_act(each)]
        return tuple(Discrepancy("missing_object", each.seq, in_words(each)) for each in acts[-1:])
    found = compare(context, records, since)
    if isinstance(context, Appointment):
        return (*found, *appointed.faults(context, root.reconciliation, registry))
    if isinstance(context, Carrier):
        return (*found, *granted.faults(context, root, registry))
    return found


def _find(root: Any, path: str) -> Any:
    """The stored object of a path, or None. Names are taken as they are: no view is looked up.

    What went over to a unit's successor is found there (P-14).
    """
    found = root
    for name in filter(None, map(unquote, path.split("/"))):
        try:
            while name not in found and getattr(found, "successor", None) is not None:
                found = found.successor
            found = found[name]
        except (KeyError, TypeError):
            return None
    return found if isinstance(found, LOOKED_AT) else None


def named(registry: Any, after: int, before: int) -> Iterator[tuple[int, str, str]]:
    """The objects that acts between two entries have named: (entry, path, uid)."""
    for record in registry.journal.entries(after=after, before=before):
        yield record.seq, record.entry.subject if is_act(record) else "", record.entry.subject_uid


def changed(root: Any, since: bytes) -> Iterator[tuple[bytes | None, str, str]]:
    """The objects that database transactions after one have written: (None, path, uid), as they are now; then the transaction."""
    connection = root._p_jar  # noqa: SLF001 - ZODB's documented name.
    for transaction in connection.db().storage.iterator(_next(since)):
        for stored in transaction:
            context = _recorded(connection, stored.oid)
            if context is not None:
                yield None, resource_path(context), uid_of(context)
        yield transaction.tid, "", ""


def _next(tid: bytes) -> bytes:
    return (int.from_bytes(tid, "big") + 1).to_bytes(8, "big")


def _recorded(connection: Any, oid: bytes) -> Any:
    try:
        found = connection.get(oid)
    except KeyError:  # Gone since, or never seen by this transaction.
        return None
    if not isinstance(found, LOOKED_AT):
        return None
    return found if getattr(found, "__parent__", None) is not None or found is connection.root()[ROOT] else None


def _source(context: Any) -> Any:
    """The dispatch behind a delivery or an assignment of one; anything else itself."""
    delivery = getattr(context, "delivery", context)
    return getattr(delivery, "dispatch", delivery)


# One run.


class Run:
    """One bounded run: looks at objects, each once, until its time is over."""

    def __init__(self, job: Any) -> None:
        self.root, self.registry = job.root, job.registry
        self.point: Reconciliation = job.root.reconciliation
        self._until = time.monotonic() + SECONDS
        self._seen: set[str] = set()
        away = job.registry.journal.whole_since()
        self._since = clock.from_micros(away.ended) if away else EVER

    @property
    def over(self) -> bool:
        """Whether its time is over."""
        return time.monotonic() >= self._until

    def again(self) -> None:
        """Look once more at what was suspected; what is found again, the same, is a gap."""
        confirmed = []
        for path, (uid, before) in list(self.point.suspects.items()):
            del self.point.suspects[path]
            if self._look(path, uid) == before:
                self.point.suspects.pop(path)
                self.point.known[path] = before
                confirmed.append((path, uid, before))
        if len(confirmed) > MOST_SINGLE:
            self._file_together(confirmed)
        else:
            for each in confirmed:
                self._file(*each)

    def _file_together(self, confirmed: list[tuple[str, str, tuple[Discrepancy, ...]]]) -> None:
        """A database or a journal that was set back shows at each of its objects: they are few gaps."""
        found = [
            each._replace(expected=f"{path} {each.expected}") for path, _uid, several in confirmed for each in several
        ]
        for start in range(0, len(found), MOST_TOGETHER):
            part = tuple(found[start : start + MOST_TOGETHER])
            open_gap(self.root, system_actor(self.registry), "", "", MANY, part)

    def _file(self, path: str, uid: str, found: tuple[Discrepancy, ...]) -> None:
        """A changed document shows at each of its deliveries: it is one gap, at its dispatch."""
        context, actor = _find(self.root, path), system_actor(self.registry)
        own = tuple(each for each in found if each.kind != "version")
        if own:
            open_gap(self.root, actor, path, uid, str(getattr(context, "title", "")) or path, own)
        for each in (each for each in found if each.kind == "version"):
            source = _source(context)
            changed = (each._replace(seq=None),)
            open_gap(self.root, actor, resource_path(source), source.uid, str(source.title), changed)

    def walk(self, found: Iterable[tuple[Any, str, str]], reached: Callable[[Any], None]) -> bool:
        """Look at objects as they come, noting each place reached; False if time was over first."""
        for place, path, uid in found:
            if path and path not in self._seen:
                self._look(path, uid)
            if place is None:
                continue
            reached(place)
            if self.over:
                return False
        return True

    def _look(self, path: str, uid: str) -> tuple[Discrepancy, ...]:
        self._seen.add(path)
        self.point.checked += 1
        found = look(self.root, self.registry, path, uid, self._since)
        known = self.point.known.get(path)
        if known is not None and not found:
            del self.point.known[path]
        if found and found != known:
            self.point.suspects[path] = (uid, found)
        return found


def reconcile(job: Any) -> None:
    """Timed job: what is new since the last time, both ways; then the sweep, as far as it gets."""
    point = job.root.reconciliation
    try:
        _reconcile(Run(job), point, job.registry.journal.head().seq)
    except consistency.MALFORMED:
        found = consistency.unreadable(job.registry.journal, 0)
        journal_gap(job.root, found, system_actor(job.registry))


def _reconcile(run: "Run", point: Reconciliation, head: int) -> None:
    run.again()
    new = run.walk(named(run.registry, point.seq, head + 1), lambda seq: setattr(point, "seq", seq))
    new = new and run.walk(changed(run.root, point.tid), lambda tid: setattr(point, "tid", tid))
    if new:
        if not point.began:
            point.began = True
        _sweep(run, point, head)


def _sweep(run: Run, point: Reconciliation, head: int) -> None:
    now = clock.local(clock.now())
    if point.sweep is None and now.hour >= NIGHT and _swept_before(point, now.date()):
        point.sweep, point.checked = 0, 0
    if point.sweep is None:
        return
    whole = named(run.registry, point.sweep - 1, head + 1)
    if run.walk(whole, lambda seq: setattr(point, "sweep", seq + 1)):
        point.sweep, point.swept_at = None, clock.now()


def _swept_before(point: Reconciliation, day: Any) -> bool:
    return point.swept_at is None or clock.local(point.swept_at).date() < day


def watch(job: Any) -> None:
    """Timed job: the newest checkpoint still is what the journal holds, and follows from the one before; what is not is a gap."""
    kept, journal = job.root.journal_witnesses, job.registry.journal
    newest = journal.checkpoints(limit=1, newest=True)
    if not newest:
        return
    before = [each for each in journal.checkpoints(kept.watched, 1) if each.size == kept.watched]
    found = consistency.check(journal, before[0] if before else None, newest[0], job.registry.system_key.public)
    if found:
        journal_gap(job.root, found, system_actor(job.registry))
    else:
        kept.watched = newest[0].size


def prepare(event: Any) -> None:
    """Subscriber: make the point where it is missing; every start-up begins a sweep."""
    point = getattr(event.site, "reconciliation", None)
    if point is None or not hasattr(point, "known"):
        event.site.reconciliation = Reconciliation()
    elif point.sweep != 0 or point.tid == START:
        point.sweep, point.checked = 0, 0


def includeme(config: Any) -> None:
    """Declare the jobs."""
    config.add_timed_job("reconciliation.run", reconcile, every=EVERY)
    minutes = config.registry.govrepo_settings.checkpoint_minutes
    config.add_timed_job("reconciliation.watch", watch, every=timedelta(minutes=minutes))
    config.add_subscriber(prepare, "govrepo.database.SitePrepared")
