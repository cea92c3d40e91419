"""Roles as data: their names, their scopes, and what each may do in which container (domain.md sect. 7.1 and 7.2).

The grants below are the matrix of 7.2 as far as the exchange reaches. Nothing here names a person: a person gets a role by an
appointment, and an appointment's principal ``role@scope`` is what an ACL names.
"""

from enum import StrEnum
from typing import NamedTuple

from content_types.exchange_box import BoxKind
from govrepo.i18n import _
from policies.permissions import Permission as P


class Role(StrEnum):
    """The roles of domain.md sect. 7.1."""

    ADMINISTRATOR = "administrator"
    APPRAISER = "appraiser"
    ARCHIVIST = "archivist"
    AUDITOR = "auditor"
    CASE_OFFICER = "case_officer"
    DUTY_OFFICER = "duty_officer"
    HEAD = "head"
    LIAISON = "liaison"
    OFFICE_LEADER = "office_leader"
    PLATE_MAKER = "plate_maker"
    PROOFREADER = "proofreader"
    RECEIVER = "receiver"
    RECHECK_CLERK = "recheck_clerk"
    REGISTRY_CLERK = "registry_clerk"
    SEAL_KEEPER = "seal_keeper"
    SECURITY_OFFICER = "security_officer"
    SUPERVISOR = "supervisor"
    TECHNICIAN = "technician"
    UNIT_ADMINISTRATOR = "unit_administrator"
    UNIT_APPROVER = "unit_approver"
    UNIT_ARCHIVIST = "unit_archivist"
    UNIT_CLERK = "unit_clerk"
    UNIT_SEAL_KEEPER = "unit_seal_keeper"


OFFICERS = (Role.ADMINISTRATOR, Role.AUDITOR, Role.SECURITY_OFFICER)
"""The three officers, who hold no business role and read no content (SOD-3, R-7.6, R-8.3)."""


class RoleInfo(NamedTuple):
    """A role's name in words, and the kind of scope an appointment to it must name: site, unit or division."""

    label: str
    scope: str


ROLES: dict[Role, RoleInfo] = {
    Role.ADMINISTRATOR: RoleInfo(_("管理员"), "site"),
    Role.APPRAISER: RoleInfo(_("鉴定小组成员"), "unit"),
    Role.ARCHIVIST: RoleInfo(_("档案员"), "unit"),
    Role.AUDITOR: RoleInfo(_("审计员"), "site"),
    Role.CASE_OFFICER: RoleInfo(_("经办人"), "division"),
    Role.DUTY_OFFICER: RoleInfo(_("值班员"), "unit"),
    Role.HEAD: RoleInfo(_("处室主要负责同志"), "division"),
    Role.LIAISON: RoleInfo(_("业务联络员"), "site"),
    Role.OFFICE_LEADER: RoleInfo(_("厅领导"), "unit"),
    Role.PLATE_MAKER: RoleInfo(_("制版员"), "unit"),
    Role.PROOFREADER: RoleInfo(_("校对员"), "unit"),
    Role.RECEIVER: RoleInfo(_("收文员"), "division"),
    Role.RECHECK_CLERK: RoleInfo(_("复核员"), "unit"),
    Role.REGISTRY_CLERK: RoleInfo(_("机要档案科收文员"), "unit"),
    Role.SEAL_KEEPER: RoleInfo(_("盖章员"), "unit"),
    Role.SECURITY_OFFICER: RoleInfo(_("保密员"), "site"),
    Role.SUPERVISOR: RoleInfo(_("监销人"), "unit"),
    Role.TECHNICIAN: RoleInfo(_("技术服务组"), "site"),
    Role.UNIT_ADMINISTRATOR: RoleInfo(_("单位管理员"), "unit"),
    Role.UNIT_APPROVER: RoleInfo(_("核准人"), "unit"),
    Role.UNIT_ARCHIVIST: RoleInfo(_("单位档案员"), "unit"),
    Role.UNIT_CLERK: RoleInfo(_("单位收发员"), "unit"),
    Role.UNIT_SEAL_KEEPER: RoleInfo(_("单位印章保管员"), "unit"),
}

LOOK = (P.BOX_VIEW, P.BOX_REPORT_FAULT)
RECEIVE = (
    *LOOK,
    P.BOX_CHECK_IN,
    P.DELIVERY_READ,
    P.DELIVERY_OPEN,
    P.DELIVERY_SIGN_FOR,
    P.DELIVERY_RETURN,
    P.DELIVERY_ANSWER_RECALL,
    P.DELIVERY_DISTRIBUTE,
    P.DELIVERY_NOTE,
    P.DELIVERY_REPLY,
    P.DELIVERY_PRINT,
    P.PAPER_RECEIVE,
)
COMPOSE = (P.BOX_REPORT_FAULT, P.OUTBOX_VIEW, P.DISPATCH_COMPOSE, P.UPLOAD_CREATE)
SEND = (
    *COMPOSE,
    P.DISPATCH_READ,
    P.DISPATCH_PREPARE,
    P.DISPATCH_SEND,
    P.DISPATCH_RECALL,
    P.DISPATCH_ACKNOWLEDGE,
)
RELEASE = (P.OUTBOX_VIEW, P.DISPATCH_READ, P.DISPATCH_RELEASE)
SUPERVISE = (*LOOK, *RELEASE, P.DELIVERY_READ, P.DELIVERY_CONSENT, P.DELIVERY_LATE_RETURN)
WORK_DESK = (P.DUTY_READ, P.DUTY_WORK)
KEEP_ROSTER = (P.DUTY_READ, P.DUTY_KEEP)
"""R-16, R-20.3; 7.2 "duty roster": kept by the section itself, administrator, liaison and technician, read by the other officers."""
ON_DUTY = (*LOOK, P.BOX_CHECK_IN, P.DELIVERY_READ, P.DELIVERY_OPEN, P.DELIVERY_SIGN_FOR, *WORK_DESK)

REGISTER = (P.REGISTER_READ, P.REGISTER_ENTER, P.NUMBER_KEEP, P.ENTRY_READ)
"""7.2 "register office 厅文": registry; "register division 处文": receiver o. Numbers go with the register (S-24, S-27)."""
INSTRUCT = (P.REGISTER_READ, P.ENTRY_READ, P.ENTRY_INSTRUCT)
"""5.5 instruct, extend: the office's leader; in a division's own register its head."""

OFFICE_BOXES = (BoxKind.OFFICE, BoxKind.GOVERNMENT)

BOX_GRANTS: tuple[tuple[Role, tuple[BoxKind, ...], tuple[P, ...]], ...] = (
    # A unit's box: its clerk receives and sends, its approver releases (P-20, P-30).
    (Role.UNIT_CLERK, (BoxKind.UNIT,), (*RECEIVE, *SEND, P.DOCUMENT_DRAFT, P.NUMBER_KEEP, P.STATISTICS_READ)),
    (Role.UNIT_APPROVER, (BoxKind.UNIT,), (*SUPERVISE, P.STATISTICS_READ)),
    # The office's and the government's box: only the confidential-documents section signs and distributes; the
    # duty officer signs outside hours (R-16.5); a leader releases (P-30). Divisions' case officers compose in it and send from
    # their division's desk (R-24.2, DESK_GRANTS).
    (
        Role.REGISTRY_CLERK,
        OFFICE_BOXES,
        (*RECEIVE, *REGISTER, *WORK_DESK, P.DUTY_KEEP, P.OFFLINE_ENTER, P.UPLOAD_CREATE, P.STATISTICS_READ),
    ),
    (Role.DUTY_OFFICER, OFFICE_BOXES, ON_DUTY),
    # 5.4: the archivist looks in the register for what is to be filed; content only when it is filed (7.2, entry_access.py).
    (Role.ARCHIVIST, OFFICE_BOXES, (P.REGISTER_READ, P.STATISTICS_READ)),
    (Role.OFFICE_LEADER, OFFICE_BOXES, (*SUPERVISE, *INSTRUCT, P.DUTY_READ)),
    (Role.CASE_OFFICER, OFFICE_BOXES, (*COMPOSE, P.DOCUMENT_DRAFT)),
    # A division's box: only its receiver signs and distributes; its head releases, returns late and names substitutes.
    (Role.RECEIVER, (BoxKind.DIVISION,), (*RECEIVE, *REGISTER)),
    (
        Role.HEAD,
        (BoxKind.DIVISION,),
        (*SUPERVISE, *INSTRUCT, P.ENTRY_REOPEN, P.SUBSTITUTE_DESIGNATE, P.STATISTICS_READ),
    ),
    (Role.CASE_OFFICER, (BoxKind.DIVISION,), SEND),
)

DESK_GRANTS: tuple[tuple[Role, tuple[P, ...]], ...] = ((Role.CASE_OFFICER, SEND),)
"""On a division's desk in an office box, for that division's own roles (7.2: own scope)."""

DRAFT = (P.DOCUMENT_VIEW, P.DOCUMENT_READ, P.DOCUMENT_DRAFT, P.DOCUMENT_DISPATCH)
DECIDE = (
    P.DOCUMENT_VIEW,
    P.DOCUMENT_READ,
    P.DOCUMENT_REVIEW,
    P.DOCUMENT_SIGN,
    P.DOCUMENT_LEADER_RECHECK,
    P.DOCUMENT_VOID,
)
DRAFTING_GRANTS: tuple[tuple[Role, tuple[P, ...]], ...] = (
    (Role.CASE_OFFICER, DRAFT),
    (Role.HEAD, (P.DOCUMENT_VIEW, P.DOCUMENT_READ, P.DOCUMENT_REVIEW)),
    (Role.OFFICE_LEADER, DECIDE),
    (Role.RECHECK_CLERK, (P.DOCUMENT_VIEW, P.DOCUMENT_READ, P.DOCUMENT_RECHECK)),
    (Role.PLATE_MAKER, (P.DOCUMENT_VIEW, P.DOCUMENT_PLATE)),
    (Role.PROOFREADER, (P.DOCUMENT_VIEW, P.DOCUMENT_PROOF)),
    (Role.SEAL_KEEPER, (P.DOCUMENT_VIEW, P.DOCUMENT_SEAL)),
    # A unit without divisions: its clerk drafts, its approver reviews and signs (7.2, P-20).
    (Role.UNIT_CLERK, DRAFT),
    (Role.UNIT_APPROVER, DECIDE),
    (Role.UNIT_SEAL_KEEPER, (P.DOCUMENT_VIEW, P.DOCUMENT_SEAL)),
)
"""On a drafting desk: the division's own roles, and those of the unit the box belongs to (5.1; 7.2 draft, sign, plate, seal)."""
ISSUER_GRANTS: tuple[tuple[Role, tuple[P, ...]], ...] = (
    (Role.SEAL_KEEPER, (P.DOCUMENT_VIEW, P.DOCUMENT_SEAL)),
    (Role.UNIT_SEAL_KEEPER, (P.DOCUMENT_VIEW, P.DOCUMENT_SEAL)),
)
"""On a document of joint issue that waits for the seals: the keepers of the other issuers (S-7)."""

TRAIN = (P.TRAINING_VIEW, P.TRAINING_RECORD, P.INSPECTION_VIEW, P.INSPECTION_RECORD)
"""7.2 "training, inspection records"."""
SUSPEND = (P.SUSPENSION_READ, P.SUSPENSION_ORDER)
"""R-39.2: the technical service group everywhere, a unit's administrator in the unit."""
KEEP_ACCOUNTS = (P.PEOPLE_VIEW, P.ACCOUNT_MANAGE)
"""7.2 "create account": o unit. A temporary password is told to the person whose account it is (P-17)."""
PERSON_GRANTS: tuple[tuple[Role, tuple[P, ...]], ...] = (
    (Role.UNIT_ADMINISTRATOR, (*TRAIN, *SUSPEND, *KEEP_ACCOUNTS, P.PERSON_LEAVE)),
    # S-13: who leaves hands over; the head of the division or the unit says so (P-19).
    (Role.UNIT_APPROVER, (P.PERSON_LEAVE,)),
    (Role.OFFICE_LEADER, (P.PERSON_LEAVE,)),
    (Role.HEAD, (P.PERSON_LEAVE,)),
)
"""On a person, for the roles of the person's unit and division (7.2: o = own scope)."""

UNIT_GRANTS: tuple[tuple[Role, tuple[P, ...]], ...] = (
    (
        Role.UNIT_ADMINISTRATOR,
        (
            P.UNIT_VIEW,
            P.UNIT_PREPARE,
            P.UNIT_CONTACT,
            P.UNIT_CHECK,
            P.TRAINING_VIEW,
            P.INSPECTION_VIEW,
            *KEEP_ACCOUNTS,
            P.STATISTICS_READ,
        ),
    ),
    (Role.UNIT_ARCHIVIST, (P.STATISTICS_READ,)),
)
"""On a unit, for the unit's own roles (P-18, P-19, P-21; 7.2 "training, inspection records": o)."""
KEEP_SEALS = (P.SEAL_READ, P.SEAL_APPLY, P.SEAL_USE, P.SEAL_REPORT_LOSS, P.SEAL_USES_READ)
SEAL_GRANTS: tuple[tuple[Role, tuple[P, ...]], ...] = (
    # P-18, P-71: the unit's administrator and its keepers apply; P-72, 7.2 "apply seal": only the keepers use them.
    (Role.UNIT_ADMINISTRATOR, (P.SEAL_READ, P.SEAL_APPLY)),
    (Role.UNIT_SEAL_KEEPER, KEEP_SEALS),
    (Role.SEAL_KEEPER, KEEP_SEALS),
    # Whoever releases what is sealed sees the seals and what they were set on.
    (Role.UNIT_APPROVER, (P.SEAL_READ, P.SEAL_USES_READ)),
    (Role.OFFICE_LEADER, (P.SEAL_READ, P.SEAL_USES_READ)),
)
"""On a unit, for the roles of the unit that keeps its seals: its own, and for the provincial government the general office's."""
LEADER_GRANTS: tuple[tuple[Role, tuple[P, ...]], ...] = (
    (Role.OFFICE_LEADER, (P.UNIT_VIEW, P.UNIT_APPROVE, P.STATISTICS_READ, P.SEAL_READ, P.SEAL_APPROVE)),
)
"""On every unit, for the leaders of the office that runs the system (5.8 approve; 7.2 "units: approve"; P-70)."""

READ_BOX = (P.BOX_VIEW, P.DELIVERY_READ, P.OUTBOX_VIEW, P.DISPATCH_READ)
CANCELLED_GRANTS: tuple[tuple[Role, tuple[P, ...]], ...] = (
    (Role.REGISTRY_CLERK, READ_BOX),
    (Role.ARCHIVIST, READ_BOX),
)
"""On the boxes of a cancelled unit, for the operating office's keepers of documents (P-13); the officers read none (R-8.3)."""
KEEPERS = (Role.REGISTRY_CLERK, Role.ARCHIVIST, Role.UNIT_CLERK, Role.UNIT_ARCHIVIST)
"""Who reads the box of a closed division on, each in the own unit (R-35.1, P-20): what is in it stays the unit's."""
IN_THE_OFFICE = {Role.UNIT_CLERK: Role.REGISTRY_CLERK, Role.UNIT_APPROVER: Role.OFFICE_LEADER}
"""Who in an office does what a unit's clerk and approver do, in a box that a merged unit leaves to it (P-14)."""
SENDING = (P.DISPATCH_COMPOSE, P.DISPATCH_PREPARE, P.DISPATCH_RELEASE, P.DOCUMENT_DRAFT)
"""What a box inherited by a merger is not for: nothing new is made in a name that is gone (P-14); what was sent is looked after."""

EXECUTE_CHANGES = (P.CHANGE_READ, P.CHANGE_EXECUTE, P.APPOINTMENTS_VIEW, P.HANDOVER_READ)
REVIEW_CHANGES = (P.CHANGE_READ, P.CHANGE_REVIEW, P.APPOINTMENTS_VIEW, P.HANDOVER_READ, P.SEPARATION_VIEW)
"""R-7.4, R-8.2, SOD-15: of every permission change; whom else one concerns stands in its own ACL."""

WITNESS = (P.CHECKPOINT_READ, P.CHECKPOINT_COUNTERSIGN, P.GAP_READ, P.GAP_EXPLAIN)
"""SOD-12, R-7.2: what stands against those who own the machine."""

PROVE = (P.EVIDENCE_MAKE, P.EVIDENCE_READ, P.FINDING_RECORD, P.FINDING_READ, P.RELEASE_ASK, P.RELEASE_READ)
"""7.2 "export evidence, record finding": the auditor's alone (R-7.3, R-7.5)."""

KEEP_CERTIFICATES = (
    P.CERTIFICATE_READ,
    P.CERTIFICATE_REVIEW,
    P.CERTIFICATE_ISSUE,
    P.CERTIFICATE_KEEP,
    P.CERTIFICATE_REPORT_LOSS,
)
REVIEW_CERTIFICATES = (P.CERTIFICATE_READ, P.CERTIFICATE_REVIEW)
NOTE_CERTIFICATES = (P.CERTIFICATE_READ, P.CERTIFICATE_NOTE)
"""R-9.1, R-28.1, 5.6: the security officer's; the review also the technical service group's; before a block is lifted, the auditor's."""
MAKE_SEALS = (P.SEAL_READ, P.SEAL_MAKE, P.SEAL_REPORT_LOSS)
NOTE_SEALS = (P.SEAL_READ, P.SEAL_NOTE)
"""P-70, P-73: seals are made, suspended and destroyed by the security officer; before a block is lifted, the auditor notes."""

REVIEW_ACCESS = (P.ACCESS_EXPLAIN, P.ACCESS_REVIEW)
SYSTEM = (P.MANAGE_HOME, P.MANAGE_VIEW, P.PEOPLE_VIEW, P.INCIDENTS_VIEW, P.INCIDENT_READ)
CONFIGURE = (
    P.ACCOUNT_MANAGE,
    P.BOX_CONFIGURE,
    P.CALENDAR_CHANGE,
    P.CATALOG_REBUILD,
    P.DATABASE_PACK,
    P.RULES_CHANGE,
    P.SESSIONS_END,
    P.VOCABULARY_CHANGE,
    P.WORK_MANAGE,
    P.WORK_VIEW,
)

PREPARE_UNITS = (P.UNIT_VIEW, P.UNIT_PREPARE, P.UNIT_CONTACT)
"""7.2 "units: prepare": the liaison keys the paper forms in; the administrator carries out what was approved."""

ASSESS = (P.SYSTEM_CHANGE_READ, P.SYSTEM_CHANGE_ASSESS)
"""R-13.1: the technical service group assesses a change of functions, the administrator decides and carries it out (R-8.1)."""

SITE_GRANTS: tuple[tuple[Role, tuple[P, ...]], ...] = (
    # Only the administrator creates accounts and configures (R-8.1; 7.2 "create account, configure, restart"); the technical
    # service group ends sessions. The security officer needs to know the people whose certificates are hers.
    (
        Role.ADMINISTRATOR,
        (
            *SYSTEM,
            *CONFIGURE,
            *KEEP_ROSTER,
            P.INCIDENT_HANDLE,
            *EXECUTE_CHANGES,
            *TRAIN,
            P.ACCESS_EXPLAIN,
            P.ACCESS_PROPOSE,
            P.ACCESS_EXECUTE,
            P.SUSPENSION_READ,
            P.SYSTEM_CHANGE_READ,
            P.SYSTEM_CHANGE_DECIDE,
            P.PERSON_LEAVE,
            *PREPARE_UNITS,
            P.UNIT_MANAGE,
        ),
    ),
    (
        Role.TECHNICIAN,
        (
            *SYSTEM,
            *KEEP_ROSTER,
            P.INCIDENT_HANDLE,
            P.SESSIONS_END,
            P.WORK_VIEW,
            P.ACCESS_EXPLAIN,
            *TRAIN,
            *SUSPEND,
            *ASSESS,
            *REVIEW_CERTIFICATES,
            P.UNIT_VIEW,
        ),
    ),
    (
        Role.AUDITOR,
        (
            *SYSTEM,
            P.DUTY_READ,
            P.JOURNAL_READ,
            P.JOURNAL_EXPORT,
            P.JOURNAL_SEAL,
            *WITNESS,
            *PROVE,
            P.ALARM_READ,
            P.ALARM_ACKNOWLEDGE,
            *REVIEW_CHANGES,
            P.TRAINING_VIEW,
            P.INSPECTION_VIEW,
            P.SUSPENSION_READ,
            *REVIEW_ACCESS,
            *NOTE_CERTIFICATES,
            *NOTE_SEALS,
            P.STATISTICS_READ,
            P.UNIT_VIEW,
        ),
    ),
    (
        Role.SECURITY_OFFICER,
        (
            P.MANAGE_HOME,
            P.PEOPLE_VIEW,
            P.INCIDENTS_VIEW,
            P.INCIDENT_READ,
            P.DUTY_READ,
            *TRAIN,
            *KEEP_CERTIFICATES,
            *MAKE_SEALS,
        ),
    ),
    (
        Role.LIAISON,
        (
            P.MANAGE_HOME,
            P.INCIDENTS_VIEW,
            P.INCIDENT_READ,
            P.INCIDENT_HANDLE,
            *KEEP_ROSTER,
            *TRAIN,
            *PREPARE_UNITS,
            P.SEAL_READ,
            P.STATISTICS_READ,
        ),
    ),
)
