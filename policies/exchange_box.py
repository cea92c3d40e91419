"""Who may do what in a box: the ACL from the grants of roles.py, and which boxes a person sees (R-11.2, R-34.1, R-35.1)."""

from collections.abc import Iterator
from typing import Any

from content_types.exchange_box import BoxKind, DivisionDesk, ExchangeBox
from content_types.unit import UnitKind
from govrepo.database import site
from govrepo.i18n import _
from govrepo.journal import REFUSED, Event
from govrepo.security.acl import Allow
from policies.access import Grant, grants_of, put_acl, refresh
from policies.actor import Actor
from policies.administration import given, journal, refuse, require
from policies.engine import Reason
from policies.permissions import Permission
from policies.roles import (
    BOX_GRANTS,
    CANCELLED_GRANTS,
    DESK_GRANTS,
    IN_THE_OFFICE,
    KEEPERS,
    OFFICE_BOXES,
    READ_BOX,
    ROLES,
    SENDING,
    Role,
)
from policies.scopes import divisions_of, operator_office
from policies.vocabulary import DOCUMENT_KINDS


def make_box(owner: Any, name: str, title: str, kind: BoxKind, registry: Any, issuer: Any = None) -> ExchangeBox:
    """Make an owner's box with its ACL. ``issuer`` is the unit in whose name it sends, where that is not the owner's."""
    root = site(owner)
    box = registry.content.create("ExchangeBox", title, owner, kind, issuer)
    root["exchange"].add(name, box, registry=registry)
    (issuer or owner).box_name = name
    refresh_acl(box, registry)
    return box


def division_box_title(unit: Any, name: str) -> str:
    """What a division's box is called: in the office by the division alone, elsewhere after the unit's short name too."""
    return name if unit.kind is UnitKind.GENERAL_OFFICE else f"{unit.short_name}{name}"


def title_boxes(unit: Any) -> None:
    """Call a unit's box and its divisions' boxes by the names the unit and the divisions bear now (P-12)."""
    exchange = site(unit)["exchange"]
    if unit.box_name and exchange[unit.box_name].owner is unit:
        exchange[unit.box_name].title = unit.short_name
    for division in divisions_of(unit):
        if division.box_name:
            exchange[division.box_name].title = division_box_title(unit, division.name)


@refresh.register
def refresh_acl(box: ExchangeBox, registry: Any) -> None:
    """Compute the ACLs of a box and its desks anew, and keep the index from principal to boxes in step."""
    before = _named(box)
    for carrier in (box, *_desks(box)):
        put_acl(carrier, registry)
    _index(box, before, _named(box))


@refresh.register
def refresh_desk(desk: DivisionDesk, registry: Any) -> None:
    """A desk is refreshed with its box, for the box's index names whoever has a part in either."""
    refresh_acl(desk.__parent__.__parent__, registry)


@grants_of.register
def box_grants(box: ExchangeBox) -> tuple[Grant, ...]:
    """What the tables grant at a box of this kind and owner; less where unit or division is no more (P-13, P-14, R-35.1)."""
    if box.unit.state == "cancelled":
        office = operator_office(site(box))
        return tuple(Grant(f"{role}@{office.scope}", wanted) for role, wanted in CANCELLED_GRANTS) if office else ()
    if box.owner.state == "closed":
        return tuple(Grant(f"{role}@{box.unit.scope}", READ_BOX) for role in KEEPERS)
    kept_from = SENDING if box.inherited_from is not None else ()
    return tuple(
        Grant(principal, tuple(each for each in permissions if each not in kept_from))
        for role, kinds, permissions in BOX_GRANTS
        if box.kind in kinds
        for principal in _principals(role, box)
    )


@grants_of.register
def desk_grants(desk: DivisionDesk) -> tuple[Grant, ...]:
    """What the tables grant at a division's desk."""
    return tuple(Grant(f"{role}@{desk.division.scope}", permissions) for role, permissions in DESK_GRANTS)


def _named(box: ExchangeBox) -> set[str]:
    """Whoever the ACLs of a box and its desks allow something."""
    lines = (line for carrier in (box, *_desks(box)) for line in getattr(carrier, "__acl__", ()))
    return {principal for action, principal, _permissions in lines if action == Allow}


def exclude_kinds(box: ExchangeBox, kinds: set[str], basis: str, actor: Actor) -> bool:
    """Say which kinds of documents a box does not take (P-4); answer whether that changed anything. Raise Refused."""
    action = "box.exclude_kinds"
    require(Permission.BOX_CONFIGURE, site(box), actor, action)
    unknown = [Reason(_("请从文种列表中选择。"), "P-4", "kinds")] if kinds - set(DOCUMENT_KINDS.terms) else []
    refuse([*unknown, *given(basis, "basis", "P-4")], box, action)
    excluded = tuple(kind for kind in DOCUMENT_KINDS.terms if kind in kinds)
    if excluded == box.excluded_kinds:
        return False
    journal(action, box, actor, basis.strip(), before=list(box.excluded_kinds), after=list(excluded))
    box.excluded_kinds = excluded
    return True


def set_neighbours(box: ExchangeBox, wanted: list[ExchangeBox], basis: str, actor: Actor) -> bool:
    """Name the boxes that stand in for a box, in order (R-12.3, 4.4); answer whether that changed anything. Raise Refused."""
    action = "box.set_neighbours"
    require(Permission.BOX_CONFIGURE, site(box), actor, action)
    itself = [Reason(_("交换箱不能是自己的邻近交换箱。"), "R-12.3", "neighbours")] if box in wanted else []
    twice = [Reason(_("邻近交换箱重复。"), "R-12.3", "neighbours")] if len(set(wanted)) < len(wanted) else []
    refuse([*itself, *twice, *given(basis, "basis", "R-12.3")], box, action)
    if tuple(wanted) == box.neighbours:
        return False
    before, after = ([str(each.__name__) for each in some] for some in (box.neighbours, wanted))
    journal(action, box, actor, basis.strip(), before=before, after=after)
    box.neighbours = tuple(wanted)
    return True


def _principals(role: Role, box: ExchangeBox) -> Iterator[str]:
    """The principals of a role at a box: of its owner, or of every division of the office for the office's boxes."""
    if box.inherited_from is not None and box.owner.kind is UnitKind.GENERAL_OFFICE:
        role = IN_THE_OFFICE.get(role, role)
    if ROLES[role].scope == "division" and box.kind in OFFICE_BOXES:
        yield from (f"{role}@{division.scope}" for division in divisions_of(box.owner))
    else:
        yield f"{role}@{box.owner.scope}"


def _index(box: ExchangeBox, before: set[str], after: set[str]) -> None:
    index = site(box).box_index
    for principal in after - before:
        index[principal] = tuple(sorted({*index.get(principal, ()), box.__name__}))
    for principal in before - after:
        index[principal] = tuple(name for name in index[principal] if name != box.__name__)


def desk_of(box: ExchangeBox, division: Any, registry: Any) -> Any:
    """Where a sending is put: the outbox, or in an office box the drafting division's desk, made with its ACL on first use."""
    outbox = box["outbox"]
    if division is None or box.kind not in OFFICE_BOXES:
        return outbox
    if division.code not in outbox:
        outbox[division.code] = registry.content.create("DivisionDesk", division)
        put_acl(outbox[division.code], registry)
    return outbox[division.code]


def _desks(box: ExchangeBox) -> list[DivisionDesk]:
    return [each for each in box["outbox"].values() if isinstance(each, DivisionDesk)]


def readable_carriers(actor: Actor, box: ExchangeBox) -> list[str]:
    """The names of the ACL carriers in a box whose sendings an actor may read: the box itself, and divisions' desks."""
    carriers = [str(box.__name__)] if actor.allowed(Permission.DISPATCH_READ, box) else []
    if box.kind in OFFICE_BOXES:
        carriers += [
            f"{box.__name__}/{desk.__name__}" for desk in _desks(box) if actor.allowed(Permission.DISPATCH_READ, desk)
        ]
    return carriers


def boxes_of(actor: Actor, root: Any) -> list[ExchangeBox]:
    """The boxes in which an actor's appointments give anything, in the order of their names."""
    names = {name for principal in actor.principals for name in root.box_index.get(principal, ())}
    return [root["exchange"][name] for name in sorted(names)]


def sees_inbox(actor: Actor, box: ExchangeBox) -> bool:
    """Whether an actor sees what came in."""
    return actor.allowed(Permission.BOX_VIEW, box)


def sees_outbox(actor: Actor, box: ExchangeBox) -> bool:
    """Whether an actor sees what went out."""
    return actor.allowed(Permission.OUTBOX_VIEW, box)


def includeme(config: Any) -> None:
    """Declare what the journal says of it."""
    said = {"before": _("原来不收的文种"), "after": _("现在不收的文种")}
    enter = Event("enter", _("进入别人的交换箱"), results=(REFUSED,))  # views/errors.py answers as if there were none.
    stand_in = {"before": _("原来的邻近交换箱"), "after": _("现在的邻近交换箱")}
    config.add_journal_events(
        "box",
        _("交换箱"),
        Event("exclude_kinds", _("设定不收的文种"), said),
        Event("set_neighbours", _("登记邻近交换箱"), stand_in),
        enter,
    )
