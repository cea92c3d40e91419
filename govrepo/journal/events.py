"""The closed list of events: every action an entry may name, its words, results and detail fields (domain.md 4.16; R-7.1).

A noun's workflow table is the source of its acts (``policies.engine`` declares them); what no table says is declared beside the
code that writes it::

    config.add_journal_events(
        "session", _("登录"), Event("login", _("登录"), {"login": _("登录名")}), Event("logout", _("退出"), results=(ALLOWED,))
    )

The application's journal refuses an entry that names another action, result or detail: what nobody can look up proves nothing.
``docs/events.md`` is made from the list.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, NamedTuple

from govrepo.i18n import _
from govrepo.journal.entry import Entry

ALLOWED, REFUSED, FAILED = "allowed", "refused", "failed"
RESULTS: Mapping[str, Any] = {ALLOWED: _("允许"), REFUSED: _("拒绝"), FAILED: _("未成")}
OF_A_REFUSAL: Mapping[str, Any] = MappingProxyType({"method": _("请求的方法")})
"""The details that every refused request has beside the event's own."""
NONE: Mapping[str, Any] = MappingProxyType({})


class UndeclaredError(ValueError):
    """An entry of an action, with a result or a detail that is not in the list."""


@dataclass(frozen=True)
class Event:
    """What may happen to a noun: ``details`` maps each field of an entry's details to its meaning in words."""

    verb: str
    title: Any
    details: Mapping[str, Any] = field(default_factory=dict)
    results: tuple[str, ...] = (ALLOWED, REFUSED)


class Listed(NamedTuple):
    """A line of the list: the action, the noun (the module, in the filter) in words, the event."""

    action: str
    module: Any
    event: Event


class Events:
    """One application's list."""

    def __init__(self) -> None:
        self._modules: dict[str, Any] = {}
        self._events: dict[str, Event] = {}

    def declare(self, noun: str, label: Any, events: tuple[Event, ...]) -> None:
        """Add events of a noun; raises ValueError where one stands there already, or the noun bears another label."""
        if self._modules.setdefault(noun, label) != label:
            raise ValueError(f"{noun}: is it {self._modules[noun]} or {label}?")
        for event in events:
            action = f"{noun}.{event.verb}"
            if action in self._events:
                raise ValueError(f"journal event {action!r} is declared twice")
            self._events[action] = event

    def check(self, entry: Entry) -> None:
        """Raise UndeclaredError for an entry that is not in the list."""
        event = self._events.get(entry.action)
        if event is None:
            raise UndeclaredError(
                f"{entry.action}: declare it with config.add_journal_events (govrepo/journal/events.py)"
            )
        if entry.result not in event.results:
            raise UndeclaredError(f"{entry.action}: no result {entry.result!r} is declared")
        known = event.details.keys() | (OF_A_REFUSAL if entry.result == REFUSED else NONE).keys()
        strange = sorted(entry.details.keys() - known)
        if strange:
            raise UndeclaredError(f"{entry.action}: details {strange} are not declared")

    @property
    def modules(self) -> dict[str, Any]:
        """Every noun and its label, in order of the noun."""
        return dict(sorted(self._modules.items()))

    def title(self, action: str) -> Any:
        """An action in words; its code where it is not (any longer) in the list."""
        event = self._events.get(action)
        return action if event is None else event.title

    def meaning(self, action: str, name: str) -> Any:
        """What a detail of an action means, in words; its name where it is not (any longer) in the list."""
        event = self._events.get(action)
        return (event.details if event else NONE).get(name) or OF_A_REFUSAL.get(name, name)

    def __contains__(self, action: object) -> bool:
        return action in self._events

    def __iter__(self) -> Iterator[Listed]:
        for action, event in sorted(self._events.items()):
            yield Listed(action, self._modules[action.partition(".")[0]], event)


def add_journal_events(config: Any, noun: str, label: Any, *events: Event) -> None:
    """Directive: declare what may stand in the journal about a noun, which is ``label`` in words."""
    listed: Events = config.registry.journal_events
    verbs = tuple(event.verb for event in events)
    config.action(("journal events", noun, verbs), listed.declare, (noun, label, events))


OWN = (
    Event("found", _("建立日志"), {"format": _("格式版本")}, (ALLOWED,)),
    Event("not_committed", _("撤销未提交的记录"), {"txn": _("事务标识")}, (FAILED,)),
    Event(
        "sealed", _("封存期间"), {"first": _("第一条"), "last": _("最后一条"), "hash": _("最后一条的散列")}, (ALLOWED,)
    ),
    Event(
        "export",
        _("导出日志"),
        {"filters": _("查询条件"), "entries": _("条数"), "format": _("文件格式")},
    ),
)
"""What the journal's own code writes, and the auditor's export."""


def includeme(config: Any) -> None:
    """Begin the list as ``registry.journal_events``, offer the directive, and declare the journal's own events."""
    config.registry.journal_events = Events()
    config.add_directive("add_journal_events", add_journal_events)
    config.add_journal_events("journal", _("审计日志"), *OWN)
