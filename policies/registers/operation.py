"""What is indexed of running the system: faults, trainings, inspections, handovers (domain.md part 6, "as entities"), exports."""

from content_types.handover import Handover
from content_types.incident import Incident
from content_types.inspection import Inspection
from content_types.register_export import RegisterExport
from content_types.training import Training
from govrepo.catalog import Index, RegisterDeclaration
from policies.registers.keys import moment

INCIDENTS = RegisterDeclaration(
    name="incidents",
    content_types=(Incident,),
    indexes=(
        Index("box", "field", lambda incident: str(incident.box.__name__), facet=True),
        Index("person", "field", lambda incident: incident.reported_by.id),
        Index("state", "field", lambda incident: incident.state, facet=True),
        Index("at", "field", lambda incident: moment(incident.created)),
    ),
)

TRAININGS = RegisterDeclaration(
    name="trainings",
    content_types=(Training,),
    indexes=(
        Index("person", "field", lambda training: training.person.id),
        Index("kind", "field", lambda training: str(training.kind), facet=True),
        Index("passed", "field", lambda training: int(training.passed), facet=True),
        Index("day", "field", lambda training: training.day.toordinal()),
    ),
)

INSPECTIONS = RegisterDeclaration(
    name="inspections",
    content_types=(Inspection,),
    indexes=(
        Index("person", "field", lambda inspection: inspection.person.id),
        Index("kind", "field", lambda inspection: str(inspection.kind), facet=True),
        Index("state", "field", lambda inspection: inspection.state, facet=True),
        Index("day", "field", lambda inspection: inspection.day.toordinal()),
        Index("order", "field", lambda inspection: inspection.year * 1_000_000 + inspection.number),
    ),
)

HANDOVERS = RegisterDeclaration(
    name="handovers",
    content_types=(Handover,),
    indexes=(
        Index("person", "keyword", lambda handover: (handover.giver.id, handover.taker.id)),
        Index("role", "field", lambda handover: handover.role, facet=True),
        Index("state", "field", lambda handover: handover.state, facet=True),
        Index("day", "field", lambda handover: handover.day.toordinal()),
    ),
)

REGISTER_EXPORTS = RegisterDeclaration(
    name="register_exports",
    content_types=(RegisterExport,),
    indexes=(
        Index("person", "field", lambda export: export.asked_by.id),
        Index("state", "field", lambda export: export.state),
        Index("at", "field", lambda export: moment(export.created)),
    ),
)

DECLARATIONS = (INCIDENTS, TRAININGS, INSPECTIONS, HANDOVERS, REGISTER_EXPORTS)
