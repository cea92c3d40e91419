"""The sample seals, each visibly marked 样章: applied for, approved, made and put into use by the sample people (P-70 to P-72).

They need the sample authority, so tests without one have none. The letters of application are plain sample scans.
"""

from io import BytesIO
from typing import Any, NamedTuple

from content_types.seal import Purpose, SealKind
from policies.engine import act
from policies.sample.desk import Desk, scan_of
from policies.sample.organisation import DEPLOYED, GOVERNMENT, OFFICE
from policies.sample.people import FOUNDERS
from policies.seal_application import Wanted, apply, size_of

DAYS = 30
"""Working days before the present on which they were made: before the first sample document."""
SCAN = "notice"


class Sample(NamedTuple):
    """A sample seal: the unit's code, and the prefix of the login names of those who apply for it and keep it."""

    unit: str
    prefix: str


SEALS = (Sample(GOVERNMENT, "office"), Sample(OFFICE, "office"), Sample("guangzhou", "gz"), Sample(DEPLOYED, DEPLOYED))


def make_seals(root: Any, registry: Any) -> None:
    """Make every sample seal; commits act by act. Nothing for a site without an authority of its own."""
    if registry.authorities is None:
        return
    desk = Desk(root, registry)
    desk.turn_to(DAYS)
    for sample in SEALS:
        _make(desk, sample)


def _make(desk: Desk, sample: Sample) -> None:
    leader, _auditor, _administrator, officer = FOUNDERS
    with desk.transaction():
        unit, applicant = desk.root["units"][sample.unit], desk.actor(f"{sample.prefix}.admin")
        seal = apply(unit, _form(desk, unit, sample, applicant), applicant)
        act(seal, "approve", desk.actor(leader))
        act(seal, "make", desk.actor(officer), sample=True)
        act(seal, "activate", desk.actor(f"{sample.prefix}.seal"))


def _form(desk: Desk, unit: Any, sample: Sample, applicant: Any) -> Wanted:
    content, uploads = scan_of(SCAN), applicant.registry.uploads
    upload = uploads.create(applicant.person.id, "刻制电子印章的申请.pdf", len(content))
    uploads.append(upload, applicant.person.id, 0, BytesIO(content))
    return Wanted(
        purpose=Purpose.MAKE,
        kind=SealKind.OFFICIAL,
        name=unit.name,
        diameter_mm=str(size_of(unit, SealKind.OFFICIAL).diameter_mm),
        physical="样例实物印章",
        letter="关于刻制电子印章的申请",
        upload=upload,
        keeper=desk.root.logins[f"{sample.prefix}.seal"],
        workstation="印章专用机",
    )
