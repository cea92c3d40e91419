"""Where an outgoing document stands (R-24.4, domain.md 5.1): the bar of its steps with who and when, and whose turn it is."""

from typing import Any, NamedTuple

from content_types.outgoing_document import OutgoingDocument
from govrepo import clock
from govrepo.catalog import Eq, Range, register
from govrepo.i18n import listed
from govrepo.security.acl import ACLAuthorizationPolicy
from policies import sealing
from policies.engine import table_of
from policies.outgoing_guards import is_reviewed
from policies.registers.keys import moment
from policies.roles import ROLES, Role

from .i18n import _


class Stage(NamedTuple):
    """A step of the bar, and the acts any of which ends it."""

    label: Any
    ends: tuple[str, ...]


DRAFTED = (
    Stage(_("拟稿"), ("submit",)),
    Stage(_("核稿"), ("agree",)),
    Stage(_("签发"), ("sign",)),
    Stage(_("发文复核"), ("recheck_ok",)),
)
PLATED = (Stage(_("制版编号"), ("plate_done",)), Stage(_("校对"), ("proof_ok", "proof_ok_leader")))
LOOKED_AT = (Stage(_("领导复核"), ("leader_ok",)),)
SEALED = (Stage(_("盖章"), ("finish",)),)
ON_PAPER = (Stage(_("挂接扫描件"), ("attach_scan",)),)
GONE = (Stage(_("发出"), ("sent",)), Stage(_("办结"), ("conclude",)))

NEXT = {
    "draft": "submit",
    "signed": "recheck_ok",
    "plating": "plate_done",
    "proofing": "proof_ok",
    "leader_recheck": "leader_ok",
    "sealing": "finish",
    "sealed": "sent",
    "dispatched": "conclude",
}
"""The act that ends the step at which a document stands, by its state; where it depends on more, see :func:`turn`."""
OWN = ("submit", "attach_scan", "sent", "conclude")
"""What only the case officer does (R-24.5)."""
MOST_NAMES = 5


def turn(document: OutgoingDocument) -> str:
    """The act that ends the present step; empty where all is done."""
    if document.state == "review":
        return "sign" if is_reviewed(document) else "agree"
    if document.state == "rechecked":
        return "plate_done" if document.unit.is_fully_deployed else "attach_scan"
    return NEXT.get(document.state, "")


def stages(document: OutgoingDocument) -> tuple[Stage, ...]:
    """The steps that this document goes through: with the leader's re-check for a series so flagged, or on paper (path B)."""
    if not document.plates and not document.unit.is_fully_deployed:
        return (*DRAFTED, *ON_PAPER, *GONE)
    looked_at = LOOKED_AT if document.series is not None and document.series.leader_recheck else ()
    return (*DRAFTED, *PLATED, *looked_at, *SEALED, *GONE)


def bar(document: OutgoingDocument) -> list[tuple[Any, str, str]]:
    """The bar as the macro takes it: label, state, and of a step that is done who did it and when."""
    now, shown = turn(document), stages(document)
    at = next((place for place, stage in enumerate(shown) if now in stage.ends), len(shown))
    if document.state == "void":
        return [(stage.label, "bad" if place == 0 else "todo", "") for place, stage in enumerate(shown)]
    return [
        (stage.label, "done", _done(document, stage))
        if place < at
        else (stage.label, "now" if place == at else "todo", "")
        for place, stage in enumerate(shown)
    ]


def _done(document: OutgoingDocument, stage: Stage) -> str:
    """Who ended a step, the newest time: the keeper for the seals, which the worker sets."""
    last = next((each for each in reversed(document.history) if each.transition in stage.ends), None)
    if last is None:
        return ""
    name = document.seals_asked[-1].keeper.name if last.transition == "finish" else last.actor_name
    return f"{name} {clock.local(last.at):%m-%d\u00a0%H:%M}"  # The time stays on one line.


def next_step(document: OutgoingDocument) -> Any:
    """What must be done now and by whom, in words; empty where nothing is left."""
    name = turn(document)
    if not name:
        return ""
    row = {"finish": "seal", "sent": "dispatch", "plate_done": _plate_act(document)}.get(name, name)
    act = table_of(document).transition(row)
    words = {"act": act.title, "who": _who(document, row, act.permission)}
    return _("下一步：${act}，由${who}办理。", mapping=words)


def _plate_act(document: OutgoingDocument) -> str:
    return "plate" if document.state == "rechecked" else "plate_done"


def _who(document: OutgoingDocument, name: str, permission: Any) -> Any:
    principal = document.box.owner.principal_leader
    if name in (*OWN, "dispatch"):
        return _("经办人${name}", mapping={"name": document.case_officer.name})
    if name == "sign" and principal is not None and (document.upward or document.important):
        return _("主要负责人${name}", mapping={"name": principal.name})
    if name == "seal":
        return _("${units}的盖章员", mapping={"units": "、".join(unit.short_name for unit in unsealed(document))})
    return holders(document, permission)


def unsealed(document: OutgoingDocument) -> list[Any]:
    """The issuers whose seal is still missing (S-7)."""
    done = sealing.slots_set(document)
    return [unit for slot, unit in enumerate(document.signatories) if slot not in done]


def holders(document: OutgoingDocument, permission: Any) -> Any:
    """Who may do an act here: each role with the names of those who hold it now."""
    allowed = ACLAuthorizationPolicy().principals_allowed_by_permission(document, permission)
    pairs = sorted(principal.partition("@")[::2] for principal in allowed if "@" in principal)
    found = [(ROLES[Role(role)].label, _names(document, role, scope)) for role, scope in pairs]
    held = [_("${role}（${names}）", mapping={"role": label, "names": names}) for label, names in found if names]
    return listed(held or (label for label, _none in found))


def _names(document: OutgoingDocument, role: str, scope: str) -> str:
    """Who holds a role now, but for who drafted it (SOD-7)."""
    now = moment(clock.now())
    in_force = Eq("role", role) & Eq("scope", scope) & Range("since", None, now) & Range("until", now + 1, None)
    held = register(document, "appointments").query(in_force, sort="order", limit=MOST_NAMES).objects
    return "、".join(each.__parent__.name for each in held if each.__parent__ is not document.drafter)
