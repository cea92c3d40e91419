"""What one object and the journal's entries about it do not both say (SOD-12).

An act writes a line into the object's history and an entry, in one commit; so the lines, the state, the version's digest and the facts must be what
the committed entries say. Which objects are compared when: ``policies.reconciliation``.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from difflib import SequenceMatcher
from typing import Any

from content_types.content import HistoryEntry
from content_types.journal_gap import Discrepancy
from govrepo import clock
from govrepo.journal import Record
from policies.engine import table_of

TOLERANCE = timedelta(minutes=10)
"""Between an act and its entry, where the entry does not name the act's instant (entries of an older release)."""
EVER = datetime.min.replace(tzinfo=UTC)


def compare(context: Any, records: Iterable[Record], since: datetime = EVER) -> tuple[Discrepancy, ...]:
    """What an object and the journal's entries about it do not both say; ``records`` are in order.

    What happened before ``since`` is left out on both sides: those entries' file was moved elsewhere.
    """
    acts = [each for each in records if is_act(each) and _instant(each) > since]
    lines = tuple(each for each in getattr(context, "history", ()) if each.at > since)
    found = [*_history(acts, lines), *_signatures(lines)]
    if acts:
        found += [*_state(acts[-1], context), *_version(acts[-1], context), *_facts(acts[-1], context)]
    return tuple(found)


def is_act(record: Record) -> bool:
    """Whether an entry tells an act that happened to an object, and not a reading or a refusal."""
    entry = record.entry
    return record.committed and entry.result == "allowed" and "from" in entry.details and "to" in entry.details


def _history(acts: list[Record], lines: tuple[HistoryEntry, ...]) -> Iterator[Discrepancy]:
    matcher = SequenceMatcher(
        None, [_of_act(each) for each in acts], [_of_line(each) for each in lines], autojunk=False
    )
    for kind, first, last, start, end in matcher.get_opcodes():
        if kind == "equal":
            pairs = zip(acts[first:last], lines[start:end], strict=True)
            yield from (_changed(each, line) for each, line in pairs if _differs(each, line))
            continue
        both = min(last - first, end - start)
        yield from map(_changed, acts[first : first + both], lines[start : start + both])
        yield from (Discrepancy("missing_history", each.seq, in_words(each)) for each in acts[first + both : last])
        yield from (Discrepancy("missing_entry", None, "", _told(line)) for line in lines[start + both : end])


def _instant(record: Record) -> datetime:
    """When the act was done; when it was written down, if the entry does not tell."""
    at = record.entry.details.get("at")
    return record.time if at is None else clock.from_micros(at)


def _of_act(record: Record) -> tuple[str, ...]:
    told = record.entry.details
    return (record.entry.action.rpartition(".")[2], record.entry.actor, told["from"], told["to"])


def _of_line(line: HistoryEntry) -> tuple[str, ...]:
    return (line.transition, line.actor, line.source, line.target)


def _differs(record: Record, line: HistoryEntry) -> bool:
    said, signed = record.entry.details, line.attestation
    exact = "at" in said
    late = _instant(record) != line.at if exact else abs(record.time - line.at) > TOLERANCE
    attested = signed.digest if signed else ""
    return late or record.entry.reason != line.note or said.get("attested", "").removeprefix("system") != attested


def _changed(record: Record, line: HistoryEntry) -> Discrepancy:
    return Discrepancy("changed_history", record.seq, in_words(record), _told(line))


def in_words(record: Record) -> str:
    """An act as its entry tells it, in words."""
    said = record.entry.details
    return _words(_instant(record), _of_act(record), record.entry.reason, str(said.get("attested", "")))


def _told(line: HistoryEntry) -> str:
    return _words(line.at, _of_line(line), line.note, line.attestation.digest if line.attestation else "")


def _words(at: Any, act: tuple[str, ...], note: str, attested: str) -> str:
    transition, actor, source, target = act
    words = [clock.local(at).isoformat(), actor, transition, f"{source or '-'} → {target}"]
    return " ".join(filter(None, [*words, note and f"“{note}”", attested[:16]]))


def _signatures(lines: tuple[HistoryEntry, ...]) -> Iterator[Discrepancy]:
    for line in lines:
        if line.attestation is not None and not line.attestation.holds():
            yield Discrepancy("signature", None, "", _told(line))


def _state(last: Record, context: Any) -> Iterator[Discrepancy]:
    expected = last.entry.details["to"]
    if context.state != expected:
        yield Discrepancy("state", last.seq, expected, str(context.state))


def _version(last: Record, context: Any) -> Iterator[Discrepancy]:
    """A draft changes between acts; what is frozen does not."""
    document = getattr(context, "document", context)
    if not last.entry.version or not getattr(document, "frozen", True):
        return
    found = table_of(context).version(context)
    if found != last.entry.version:
        yield Discrepancy("version", last.seq, last.entry.version, found)


def _facts(last: Record, context: Any) -> Iterator[Discrepancy]:
    said = last.entry.details.get("facts")
    if said is None:
        return
    now = table_of(context).told(context)
    for name in sorted(said.keys() | now.keys()):
        if said.get(name) != now.get(name):
            yield Discrepancy("facts", last.seq, f"{name}: {said.get(name, '')}", f"{name}: {now.get(name, '')}")
