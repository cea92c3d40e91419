"""Evolution steps: what brings the content of an older release up to date, once, at start-up (govrepo/database.py).

A step has a number so that its order can be read; it is written for content as the release before left it, and never changes.
"""

from typing import Any

from BTrees.OOBTree import OOBTree
from pyramid.traversal import resource_path

from content_types.appointment import Appointment
from content_types.official_document import OfficialDocument
from content_types.register_entry import RegisterEntry
from govrepo.catalog import register
from govrepo.catalog.check import in_tree
from govrepo.rules import RuleHistory
from govrepo.upkeep import Upkeep
from govrepo.vocabulary import Vocabularies
from govrepo.work import enqueue
from policies.access import refresh


def step_1_administration(root: Any, _registry: Any) -> None:
    """Rules with dates, vocabularies, upkeep, and notes of the work calendar (R-41.1, R-20.2)."""
    for name, service in (("rules", RuleHistory), ("vocabularies", Vocabularies), ("upkeep", Upkeep)):
        if not hasattr(root, name):
            setattr(root, name, service())
    if not hasattr(root.calendar, "notes"):
        root.calendar.notes = OOBTree()


def step_2_people(root: Any, registry: Any) -> None:
    """The registers of people and of appointments."""
    people, appointments = (register(root, name, registry) for name in ("people", "appointments"))
    for person in root["people"].values():
        people.changed(person)
        for each in person.values():
            if isinstance(each, Appointment):
                appointments.changed(each)


def step_3_units(root: Any, registry: Any) -> None:
    """The register of units."""
    units = register(root, "units", registry)
    for unit in root["units"].values():
        units.changed(unit)


def step_4_texts(root: Any, _registry: Any) -> None:
    """The text of files: it stood beside PDFs only; now every file's is taken out by the worker and kept as a file (R-20)."""
    for document in in_tree(root["outgoing"], (OfficialDocument,)):
        for file in document.files:
            if hasattr(file, "texts"):
                del file.texts
            enqueue(root, "file_object.extract", path=resource_path(document), file=file.uid)


def step_5_operation(root: Any, registry: Any) -> None:
    """The registers of faults, trainings, inspections and handovers, which were read from their folders before."""
    places = {name: root["admin"].get(name, {}) for name in ("trainings", "inspections", "handovers")}
    for name, shelves in ({"incidents": root["incidents"]} | places).items():
        found = register(root, name, registry)
        for shelf in shelves.values():
            for each in shelf.values():
                found.changed(each)


def step_6_items(root: Any, registry: Any) -> None:
    """The register of what is searched (domain.md part 6)."""
    items = register(root, "items", registry)
    for item in in_tree(root, (OfficialDocument, RegisterEntry)):
        items.changed(item)


def step_7_boxes(root: Any, registry: Any) -> None:
    """What the tables have granted at boxes since then: who collects paper (R-N2.2)."""
    for box in root["exchange"].values():
        refresh(box, registry)


STEPS = (step_1_administration, step_2_people, step_3_units, step_4_texts, step_5_operation, step_6_items, step_7_boxes)


def includeme(config: Any) -> None:
    """Declare the steps in their order."""
    before = None
    for step in STEPS:
        config.add_evolution_step(step, after=before)
        before = step
