"""What is indexed of certificates and of what the auditor keeps (domain.md part 6; R-7, R-9)."""

from content_types.alarm import Alarm
from content_types.certificate import Certificate
from content_types.content_release import ContentRelease
from content_types.countersignature import Countersignature
from content_types.evidence_package import EvidencePackage
from content_types.finding import Finding
from content_types.journal_gap import JournalGap
from govrepo.catalog import Index, RegisterDeclaration
from policies.registers.keys import moment

CERTIFICATES = RegisterDeclaration(
    name="certificates",
    content_types=(Certificate,),
    indexes=(
        Index("person", "field", lambda certificate: certificate.person.id),
        Index("kind", "field", lambda certificate: str(certificate.kind), facet=True),
        Index("state", "field", lambda certificate: certificate.state, facet=True),
        Index("serial", "field", lambda certificate: certificate.serial),
        Index("key_digest", "field", lambda certificate: certificate.key_digest),
        Index("previous", "field", lambda certificate: certificate.previous.uid if certificate.previous else ""),
        Index("applied", "field", lambda certificate: moment(certificate.created)),
        Index("valid_to", "field", lambda certificate: moment(certificate.valid_to)),
    ),
)


COUNTERSIGNATURES = RegisterDeclaration(
    name="countersignatures",
    content_types=(Countersignature,),
    indexes=(
        Index("state", "field", lambda each: each.state),
        Index("size", "field", lambda each: each.size),
    ),
)


JOURNAL_GAPS = RegisterDeclaration(
    name="journal_gaps",
    content_types=(JournalGap,),
    indexes=(
        Index("state", "field", lambda gap: gap.state),
        Index("digest", "field", lambda gap: gap.digest()),
        Index("order", "field", lambda gap: gap.year * 1_000_000 + gap.number),
    ),
)


EVIDENCE_PACKAGES = RegisterDeclaration(
    name="evidence_packages",
    content_types=(EvidencePackage,),
    indexes=(
        Index("state", "field", lambda each: each.state),
        Index("order", "field", lambda each: each.year * 1_000_000 + each.number),
    ),
)


CONTENT_RELEASES = RegisterDeclaration(
    name="content_releases",
    content_types=(ContentRelease,),
    indexes=(
        Index("state", "field", lambda each: each.state),
        Index("until", "field", lambda each: moment(each.until)),
        Index("order", "field", lambda each: each.year * 1_000_000 + each.number),
    ),
)


FINDINGS = RegisterDeclaration(
    name="findings",
    content_types=(Finding,),
    indexes=(
        Index("state", "field", lambda each: each.state),
        Index("person", "keyword", lambda each: [person.id for person in each.persons]),
        Index("order", "field", lambda each: each.year * 1_000_000 + each.number),
    ),
)


ALARMS = RegisterDeclaration(
    name="alarms",
    content_types=(Alarm,),
    indexes=(
        Index("state", "field", lambda alarm: alarm.state),
        Index("kind", "field", lambda alarm: str(alarm.kind)),
        Index("cause", "field", lambda alarm: alarm.cause),
        Index("order", "field", lambda alarm: alarm.year * 1_000_000 + alarm.number),
    ),
)

DECLARATIONS = (CERTIFICATES, COUNTERSIGNATURES, JOURNAL_GAPS, ALARMS, EVIDENCE_PACKAGES, FINDINGS, CONTENT_RELEASES)
