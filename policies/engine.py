"""The one engine that runs every workflow table.

A workflow is data: a :class:`Table` of :class:`Transition`. :func:`may` answers whether and why not, in words and with the
article; :func:`act` checks, applies effects, changes state, writes history, register and journal. Buttons, 403 pages, the docs
and the matrix test all read the same table.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, NamedTuple

from pyramid.httpexceptions import HTTPForbidden
from pyramid.traversal import resource_path
from substanced.workflow import Workflow

from content_types.content import HistoryEntry
from govrepo import clock
from govrepo.catalog import register
from govrepo.i18n import _, listed, plain
from govrepo.journal import Entry, Event
from govrepo.security.acl import ACLAuthorizationPolicy
from govrepo.trust.attestation import Attestation, AttestationError, Prepared
from policies import signing
from policies.actor import Actor
from policies.permissions import Permission
from policies.roles import ROLES, Role

Data = Mapping[str, Any]


class Reason(NamedTuple):
    """Why an act is refused: words, the article or rule, and the form field to mend where there is one."""

    text: str
    article: str = ""
    field: str = ""


@dataclass(frozen=True)
class Act:
    """One act, tried or asked about. ``data`` is None while only the possibility is asked; ``attestation`` is its signature."""

    context: Any
    actor: Actor
    now: datetime
    data: Data | None = None
    attestation: Attestation | None = None

    @property
    def given(self) -> Data:
        """The act's data; empty while it is only asked about."""
        return self.data or {}


Answer = Reason | list[Reason] | None
Guard = Callable[[Act], Answer]
Effect = Callable[[Act], None]


def itself(context: Any) -> Any:
    """The object whose ACL decides: normally the object acted on."""
    return context


def nothing(_act: Act) -> Data:
    """What the journal keeps of most acts beside what it keeps of each."""
    return {}


@dataclass(frozen=True)
class Transition:
    """One row of a table. ``target`` None leaves the state; ``authority`` names the object whose ACL decides.

    ``inputs`` are guards over the act's data: they are asked only when the act is tried. ``details`` tells what the journal keeps of the act
    beside :data:`ACT_DETAILS`' first ones. A ``signed`` act carries the person's
    certificate signature (policies/signing.py).
    """

    name: str
    title: str
    sources: tuple[str, ...]
    target: str | None
    permission: Permission
    guards: tuple[Guard, ...] = ()
    inputs: tuple[Guard, ...] = ()
    effects: tuple[Effect, ...] = ()
    authority: Callable[[Any], Any] = itself
    article: str = ""
    signed: bool = False
    details: Callable[[Act], Data] = field(default=nothing)


@dataclass(frozen=True)
class Table:
    """A noun's workflow. ``states`` maps a state to its name in words; ``register`` is the register that lists the noun.

    ``facts`` are those an act leaves on an object and nothing else changes: the journal keeps them, and the object must go on saying the same
    (``policies.reconciliation``). Plain JSON values, never content. ``label`` is the noun in words; ``begun`` maps what happens to it without being
    a row of the table (it is made, or another noun's act makes it so) to its words.
    """

    noun: str
    content_type: str
    initial: str
    states: Mapping[str, str]
    transitions: tuple[Transition, ...]
    register: str = ""
    version: Callable[[Any], str] = field(default=lambda _context: "")
    label: str = ""
    begun: Mapping[str, Any] = field(default_factory=dict)
    facts: Callable[[Any], Data] = field(default=lambda _context: {})

    def told(self, context: Any) -> dict[str, Any]:
        """The object's facts that are there."""
        return {name: value for name, value in self.facts(context).items() if value}

    def transition(self, name: str) -> Transition:
        """The row of a name; raises KeyError for an unknown one."""
        for row in self.transitions:
            if row.name == name:
                return row
        raise KeyError(name)


@dataclass(frozen=True)
class Verdict:
    """The answer to "may I": allowed, or the reasons why not."""

    transition: Transition
    reasons: tuple[Reason, ...] = ()

    @property
    def allowed(self) -> bool:
        """Whether nothing speaks against it."""
        return not self.reasons

    def __bool__(self) -> bool:
        return self.allowed


class Refused(HTTPForbidden):
    """A refused act. ``reasons`` are shown; ``refusal`` is what the journal keeps."""

    def __init__(self, reasons: tuple[Reason, ...], refusal: dict[str, str]) -> None:
        super().__init__("; ".join(plain(reason.text) for reason in reasons))
        self.reasons = reasons
        self.refusal = refusal

    @property
    def fields(self) -> dict[str, str]:
        """The reasons that belong to a form field, by field."""
        return {reason.field: reason.text for reason in self.reasons if reason.field}


ACT_DETAILS = {
    "at": _("办理的时刻（微秒）"),
    "from": _("原状态"),
    "to": _("新状态"),
    "facts": _("对象登记的事实"),
    "attested": _("所签文本的散列"),
    "algorithm": _("签名算法"),
    "file": _("文件标识"),
    "sha256": _("文件的散列"),
    "copies": _("份数"),
    "system": _("送入的系统"),
    "boxes": _("交换箱"),
}
"""What the journal keeps of every act of a table (:func:`record`)."""


def events(table: Table) -> tuple[Event, ...]:
    """The journal's events of a table: its rows, and how a thing begins."""
    titles = {row.name: row.title for row in table.transitions} | dict(table.begun)
    return tuple(Event(name, title, ACT_DETAILS) for name, title in titles.items())


_TABLES: dict[type, Table] = {}


def table_of(context: Any) -> Table:
    """The table that governs an object; raises LookupError when it has none."""
    for cls in type(context).__mro__:
        if cls in _TABLES:
            return _TABLES[cls]
    raise LookupError(f"no workflow table for {type(context).__name__}")


def tables() -> tuple[Table, ...]:
    """Every table, for the docs and the matrix test."""
    return tuple(_TABLES.values())


def may(context: Any, name: str, actor: Actor, data: Data | None = None) -> Verdict:
    """Whether an actor may do an act now, with every reason why not."""
    row = table_of(context).transition(name)
    return Verdict(row, tuple(_reasons(row, Act(context, actor, clock.now(), data))))


def possible(context: Any, actor: Actor) -> tuple[Verdict, ...]:
    """A verdict for every row that starts from the object's state: what the buttons show."""
    rows = table_of(context).transitions
    return tuple(may(context, row.name, actor) for row in rows if context.state in row.sources)


def _reasons(row: Transition, act: Act) -> list[Reason]:
    outright = _outright(row, act)
    if outright:
        return [outright]
    guards = row.guards if act.data is None else (*row.guards, *row.inputs)
    return [reason for guard in guards for reason in _as_list(guard(act))]


def _outright(row: Transition, act: Act) -> Reason | None:
    """Why an act is out of the question, whatever the guards say: permission, state, a signature that cannot be had."""
    if not act.actor.allowed(row.permission, row.authority(act.context)):
        return _lacking_permission(row, act.context)
    if act.context.state not in row.sources:
        return _wrong_state(row, act.context)
    hindrance = signing.hindrance(row, act.actor)
    return Reason(hindrance, signing.ARTICLE) if hindrance else None


def _as_list(answer: Answer) -> list[Reason]:
    if isinstance(answer, Reason):
        return [answer]
    return answer or []


def _lacking_permission(row: Transition, context: Any) -> Reason:
    allowed = ACLAuthorizationPolicy().principals_allowed_by_permission(row.authority(context), row.permission)
    holders = sorted({principal.split("@")[0] for principal in allowed if "@" in principal})
    labels = listed(ROLES[Role(holder)].label for holder in holders)
    if not labels:
        return Reason(_("您没有“${act}”的权限。", mapping={"act": row.title}), row.article)
    return Reason(_("“${act}”只能由${roles}办理。", mapping={"act": row.title, "roles": labels}), row.article)


def _wrong_state(row: Transition, context: Any) -> Reason:
    states = table_of(context).states
    return Reason(
        _("当前状态是“${state}”，不能“${act}”。", mapping={"state": states[context.state], "act": row.title}),
        row.article,
    )


def act(context: Any, name: str, actor: Actor, **data: Any) -> None:
    """Do an act: check, apply effects, change state, write history, register and journal.

    Raises :class:`Refused`, before anything has changed, when it is not allowed.
    """
    table = table_of(context)
    row = table.transition(name)
    tried = Act(context, actor, clock.now(), data)
    reasons = tuple(_reasons(row, tried))
    if reasons:
        raise Refused(reasons, refusal(table, name, tried, reasons))
    done = replace(tried, attestation=_signature(table, row, tried))
    source = context.state
    for effect in row.effects:
        effect(done)
    if row.target is not None:
        context.state = row.target
    record(table, name, done, source)


def _signature(table: Table, row: Transition, tried: Act) -> Attestation | None:
    try:
        return signing.sign(row, tried, table.noun, table.version(tried.context)) if row.signed else None
    except AttestationError as error:
        reasons = (Reason(error.words, signing.ARTICLE),)
        raise Refused(reasons, refusal(table, row.name, tried, reasons)) from error


def prepare(context: Any, name: str, actor: Actor) -> Prepared:
    """A text for the person to sign, for an act that permission and state allow; the guards are asked with the act itself.

    Raises :class:`Refused`, and KeyError for an act that is never signed.
    """
    table, tried = table_of(context), Act(context, actor, clock.now())
    row = table.transition(name)
    if not row.signed:
        raise KeyError(name)
    outright = _outright(row, tried)
    if outright:
        raise Refused((outright,), refusal(table, name, tried, (outright,)))
    return signing.prepare(row, tried, table.noun, table.version(context))


def record(table: Table, name: str, done: Act, source: str) -> None:
    """Write an act that has happened into history, register and journal."""
    note = str(done.given.get("note", "") or done.given.get("reason", ""))
    context, actor = done.context, done.actor
    signed = done.attestation
    context.remember(HistoryEntry(done.now, actor.id, actor.name, name, source, context.state, note, signed))
    if table.register:
        register(context, table.register).changed(context)
    actor.registry.journal.append(
        Entry(
            action=f"{table.noun}.{name}",
            actor=actor.id,
            subject=resource_path(context),
            subject_uid=context.uid,
            version=table.version(context),
            certificate=signed.serial if signed else actor.certificate,
            session=actor.session,
            address=actor.address,
            reason=note,
            details=_details(table, name, done, source),
        ),
        context,
    )


def _details(table: Table, name: str, done: Act, source: str) -> dict[str, Any]:
    told = table.told(done.context)
    row = next((each for each in table.transitions if each.name == name), None)
    return {
        "at": clock.micros(done.now),
        "from": source,
        "to": done.context.state,
        **({"facts": told} if told else {}),
        **signing.details(table, name, done.attestation),
        **(row.details(done) if row is not None else {}),
    }


def refusal(table: Table, name: str, tried: Act, reasons: tuple[Reason, ...]) -> dict[str, str]:
    """What the journal keeps of a refused act."""
    words = "; ".join(plain(reason.text) for reason in reasons)
    return {
        "action": f"{table.noun}.{name}",
        "subject": resource_path(tried.context),
        "subject_uid": tried.context.uid,
        "reason": words,
    }


class TableWorkflow(Workflow):
    """A table seen as a Substance D workflow: the state stands in ``content.state``, and only :func:`act` changes it."""

    def state_of(self, content: Any) -> Any:
        """The object's state."""
        return content.state

    def _set_state(self, content: Any, state: str, _request: Any, _transition: Any = None) -> tuple[str, None]:
        content.state = state
        return state, None


def as_workflow(table: Table) -> TableWorkflow:
    """The table as a Substance D workflow, for its tools."""
    workflow = TableWorkflow(table.initial, type=table.noun, name=table.noun)
    for state, title in table.states.items():
        workflow.add_state(state, title=title)
    for row in table.transitions:
        for source in row.sources:
            workflow.add_transition(
                f"{row.name}:{source}", source, row.target or source, title=row.title, permission=row.permission
            )
    return workflow


def add_table(config: Any, cls: type, table: Table) -> None:
    """Directive ``config.add_policy_table``: bind a table to a class and register it as a workflow of its content type."""
    _TABLES[cls] = table
    config.add_workflow(as_workflow(table), (table.content_type,))
    config.add_journal_events(table.noun, table.label, *events(table))


def includeme(config: Any) -> None:
    """Offer the directive."""
    config.add_directive("add_policy_table", add_table)
