"""Distribution (分办): a signed delivery goes to divisions and persons of the same unit (R-11.2, R-35.1, domain.md 5.3).

A division gets an internal delivery in its own box, which its receiver signs for; a person gets an assignment in the own list.
"""

from typing import Any

from content_types.assignment import Assignment, Part
from content_types.content import month_shelf, shelf
from content_types.delivery import Delivery
from content_types.division import Division
from content_types.exchange_box import BoxKind
from content_types.person import Person
from govrepo import clock
from govrepo.database import site
from govrepo.i18n import _
from policies.division_call import ask
from policies.engine import Act, Reason, record, table_of
from policies.roles import OFFICERS
from policies.scopes import divisions_of

RETURNED = ("returned", "return_closed")
"""A division that has returned its copy may get it again."""


def targets_of(box: Any) -> tuple[list[Any], list[Any]]:
    """Whom a box may distribute to: the divisions with an open box (not from a division's own box), and the persons."""
    everybody = [
        person for person in site(box)["people"].values() if person.state == "active" and not is_officer(person)
    ]
    if box.kind is BoxKind.DIVISION:
        return [], [person for person in everybody if person.division is box.owner]
    boxes = site(box)["exchange"]
    divisions = [each for each in divisions_of(box.owner) if each.box_name and boxes[each.box_name].is_open]
    return divisions, [person for person in everybody if person.unit is box.owner]


def is_officer(person: Person) -> bool:
    """Whether a person is one of the three officers, before whom no document is put (SOD-3, R-7.6, R-8.3)."""
    return any(appointment.role in OFFICERS for appointment in person.appointments(clock.now()))


def targets_problem(act: Act) -> Reason | None:
    """Why the targets given will not do, or None: at least one, each allowed, none twice, a part for each."""
    targets = act.given.get("targets", ())
    if not targets:
        return Reason(_("请至少选择一个处室或人员。"), "R-11.2", "targets")
    divisions, people = targets_of(act.context.box)
    if any(target not in divisions and target not in people for target, _part in targets):
        return Reason(_("只能分办给本单位的处室或人员。"), "R-35.1", "targets")
    if any(part not in tuple(Part) for _target, part in targets):
        return Reason(_("请为每个对象选择主办、协办或阅知。"), "R-11.2", "targets")
    already = {_target_of(each) for each in act.context.assignments if each.state not in RETURNED}
    for target, _part in targets:
        if target in already:
            return Reason(_("已分办给${name}。", mapping={"name": target.title}), "R-11.2", "targets")
        already.add(target)
    return None


def _target_of(assigned: Any) -> Any:
    return assigned.person if isinstance(assigned, Assignment) else assigned.box.owner


def distribute_to(act: Act) -> None:
    """Put the delivery before every target (effect)."""
    made = [
        _to_division(act, target, part) if isinstance(target, Division) else _to_person(act, target, part)
        for target, part in act.given["targets"]
    ]
    act.context.assignments = (*act.context.assignments, *made)


def _to_division(act: Act, division: Division, part: Part) -> Delivery:
    source = act.context
    box = site(source)["exchange"][division.box_name]
    delivery = Delivery(source.dispatch, box, source.address, quota=source.quota, source=source)
    delivery.part = str(Part(part))
    delivery.available_at = act.now
    delivery.findings = source.findings
    month_shelf(box["inbox"], act.now)[f"{source.dispatch.uid}-{box.__name__}-{delivery.uid}"] = delivery
    record(table_of(delivery), "deliver", Act(delivery, act.actor, act.now, {"note": act.given.get("note", "")}), "")
    ask(delivery, act.actor)
    box.bell.ring()
    return delivery


def _to_person(act: Act, person: Person, part: Part) -> Assignment:
    note = str(act.given.get("note", ""))
    assignment = Assignment(act.context, person, part, note, act.actor.person, act.now)
    month_shelf(shelf(person, "assigned"), act.now)[assignment.uid] = assignment
    record(table_of(assignment), "assign", Act(assignment, act.actor, act.now, {"note": note}), "")
    return assignment
