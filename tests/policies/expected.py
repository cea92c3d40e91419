"""What domain.md allows, written by hand from its sections 5.2, 5.3 and 7.2: the policies are never read here.

A row: the act, the states it starts from, who may, and where that stands. ``who`` maps a kind of box to roles, held for the very owner of that box.
``relation`` narrows it further: ``OWN`` the case officer, ``OTHER`` nobody who drafted.
"""

from typing import NamedTuple

from tests.policies.expected_auditor import AUDITOR_TABLES
from tests.policies.expected_more import MORE_BOX_PERMISSIONS, MORE_PERMISSIONS, MORE_PERSONAL, MORE_TABLES
from tests.policies.expected_printing import printing
from tests.policies.expected_row import Row
from tests.policies.expected_row import states as _states

OWN, OTHER = "own", "other"
ANY = frozenset({OWN, OTHER})

UNIT, OFFICE, GOVERNMENT, DIVISION = "unit", "office", "government", "division"
KINDS = (UNIT, OFFICE, GOVERNMENT, DIVISION)

# 7.1: the roles and the kind of scope an appointment to each names.
ROLE_SCOPES = {
    "auditor": "site", "administrator": "site", "security_officer": "site", "liaison": "site", "technician": "site",
    "registry_clerk": "unit", "archivist": "unit", "duty_officer": "unit", "office_leader": "unit",
    "receiver": "division", "head": "division", "case_officer": "division",
    "unit_administrator": "unit", "unit_clerk": "unit", "unit_approver": "unit",
    "plate_maker": "unit", "proofreader": "unit", "recheck_clerk": "unit", "seal_keeper": "unit",
    "appraiser": "unit", "supervisor": "unit", "unit_archivist": "unit", "unit_seal_keeper": "unit",
}  # fmt: skip

OFFICERS = ("auditor", "administrator", "security_officer")
"""SOD-3: the three hold no business role; R-7.6, R-8.3: and read no content."""

# 7.2 "release / send", "return, recall": who sends from a box. Unit clerk: o. Case officer: o, in the office's boxes too.
SENDERS = {UNIT: {"unit_clerk"}, OFFICE: {"case_officer"}, GOVERNMENT: {"case_officer"}, DIVISION: {"case_officer"}}
# 5.2 release "unit's responsible person", P-30; 7.2: head o release, leader o release.
RELEASERS = {UNIT: {"unit_approver"}, OFFICE: {"office_leader"}, GOVERNMENT: {"office_leader"}, DIVISION: {"head"}}
REVOKERS = dict(RELEASERS)  # S-9: the issuer decides; unlike a release this is no second pair of eyes.
# 7.2 "sign for delivery, assign": registry o office box, receiver o own box, unit clerk o.
RECEIVERS = {UNIT: {"unit_clerk"}, OFFICE: {"registry_clerk"}, GOVERNMENT: {"registry_clerk"}, DIVISION: {"receiver"}}
# 5.3 sign: "or substitute, duty officer for the office box"; hearing and opening come before signing.
ON_DUTY = {
    UNIT: {"unit_clerk"}, OFFICE: {"registry_clerk", "duty_officer"},
    GOVERNMENT: {"registry_clerk", "duty_officer"}, DIVISION: {"receiver"},
}  # fmt: skip
ENTERERS = {UNIT: set(), OFFICE: {"registry_clerk"}, GOVERNMENT: {"registry_clerk"}, DIVISION: set()}
NOBODY: dict[str, set[str]] = {kind: set() for kind in KINDS}
# 7.2 "register office 厅文": registry x; "register division 处文": receiver o; nobody else registers.
REGISTRARS = {UNIT: set(), OFFICE: {"registry_clerk"}, GOVERNMENT: {"registry_clerk"}, DIVISION: {"receiver"}}
# the choice is a division's that received directly.
CHOOSERS = {UNIT: set(), OFFICE: set(), GOVERNMENT: set(), DIVISION: {"receiver"}}
# 5.5 instruct, extend: leader; a division's own register is its head's.
# 7.2 "read document content": archivist o filed; what the registers list tells what there is to file.
FILERS = {UNIT: set(), OFFICE: {"archivist"}, GOVERNMENT: {"archivist"}, DIVISION: set()}
INSTRUCTORS = {UNIT: set(), OFFICE: {"office_leader"}, GOVERNMENT: {"office_leader"}, DIVISION: {"head"}}


class SiteRow(NamedTuple):
    """A row for roles of the site; ``relation`` OWN is the person's own whatever the role, OTHER never on one's own."""

    act: str
    states: frozenset[str]
    who: set[str]
    source: str
    relation: str = ""


def sender_relation(kind: str) -> frozenset[str]:
    """7.2: a case officer's is "o own sending" (R-24.5); the clerks of a unit share its box (P-20)."""
    return ANY if kind == UNIT else frozenset({OWN})


DISPATCH_STATES = ("drafting", "submitted", "released", "sent", "completed", "cancelled")
DISPATCH = (
    Row("edit", _states("drafting"), SENDERS, "7.2 create/edit draft"),
    *(Row(each, _states("drafting"), SENDERS, "5.2 prepare; S-10") for each in ("submit", "ask_circulation")),
    Row("ask_reply", _states("drafting"), SENDERS, "P-60"),
    Row("send_back", _states("submitted"), RELEASERS, "5.2 release; P-30"),
    Row("release", _states("submitted"), RELEASERS, "5.2 release; P-30; SOD-7"),
    Row("send", _states("released"), SENDERS, "5.2 send; R-24.5"),
    Row("withdraw", _states("drafting submitted released"), SENDERS, "5.2 withdraw"),
    # 5.2 says "sent"; a dispatch is completed when all have signed, and a later addition or correction must still be possible.
    Row("add_recipients", _states("sent completed"), SENDERS, "5.2 add recipients; P-31"),
    Row("resend", _states("sent completed"), SENDERS, "5.2 resend; P-54"),
    Row("correct", _states("sent completed"), SENDERS, "5.2 correct; P-40"),
    Row("cancel_recipient", _states("sent completed"), SENDERS, "5.3 recall; P-41"),
    *(Row(each, _states("sent completed"), SENDERS, "P-38; R-12.5") for each in ("check", "send_paper")),
    *(Row(each, _states("sent completed"), REVOKERS, "S-9: the issuer decides") for each in ("revoke", "repeal")),
    Row("enter_offline", _states("drafting"), ENTERERS, "R-N4.4"),
)

DELIVERY_STATES = (
    "pending", "failed", "signed", "returned", "return_closed", "recalled", "assigned", "registered", "closed",
)  # fmt: skip
DELIVERY = (
    *(Row(each, _states("pending"), ON_DUTY, "5.3 deliver (sound alert), open; R-N3.2") for each in ("hear", "open")),
    Row("sign_for", _states("pending"), ON_DUTY, "5.3 sign; R-35.1; R-11.2; R-16.5"),
    Row("return", _states("pending"), RECEIVERS, "5.3 return; P-54"),
    Row("late_return", _states("signed"), RELEASERS, "5.3 late_return; 7.2 head late return"),
    Row("acknowledge", _states("returned"), SENDERS, "5.3 acknowledge; P-39", "sending"),
    # An internal copy is the distributing box's, not the sender's: it comes back there (R-35.1; P-39 inside the unit).
    Row("take_back", _states("returned"), RECEIVERS, "5.3 acknowledge, for an internal one", "distributing"),
    Row("recall", _states("pending"), SENDERS, "5.3 recall; P-41", "sending"),
    Row("ask_recall", _states("pending signed"), SENDERS, "5.3 ask_recall; P-41", "sending"),
    Row("accept_recall", _states("pending signed"), RECEIVERS, "5.3 accept; P-41"),
    Row("refuse_recall", _states("pending signed"), RECEIVERS, "5.3 refuse; P-41"),
    # 5.3 says "signed"; who has distributed once may name further targets.
    Row("distribute", _states("signed assigned"), RECEIVERS, "5.3 assign; R-11.2; R-35.1"),
    Row("hand_back", _states("pending signed assigned registered closed"), ON_DUTY, "R-12.4"),
    Row("note", _states("signed assigned"), RECEIVERS, "5.3 note"),
    Row("register", _states("signed assigned"), REGISTRARS, "5.3 register_office / register_division; R-19"),
    Row("forward", _states("signed assigned"), CHOOSERS, "R-19.2"),
    # 5.5 hand_to, preview_return and cancel act on the delivery too, by whoever keeps the register.
    Row("hand_on", _states("registered"), REGISTRARS, "5.5 hand_to"),
    Row("preview_return", _states("registered"), REGISTRARS, "5.5 preview_return"),
    Row("unregister", _states("registered"), REGISTRARS, "5.5 cancel; R-19.5"),
    # 5.3 close: "system, entry concluded". Only an entry's handlers reach it, see the matrix of the entry.
    Row("settle", _states("registered"), NOBODY, "5.3 close"),
    Row("settle_read", _states("registered"), REGISTRARS, "5.3 note; 5.5 reading type"),
    *printing(RECEIVERS, RELEASERS, {kind: ON_DUTY[kind] | RELEASERS[kind] for kind in KINDS}, REVOKERS),
)

# An assignment stands before one person; no role reaches it (7.2 has no row for it; 4.9 assigned_to; design.md sect. 4).
ASSIGNMENT_STATES = ("open", "closed", "handed_over")
ASSIGNMENT = (
    Row("open", _states("open closed"), NOBODY, "4.9 assigned_to"),
    Row("close", _states("open"), NOBODY, "4.9 assigned_to"),
)

# 5.7, for an ACL: the auditor reviews, the administrator executes; SOD-5: not the own proposal, not the own review.
ACCESS_STATES = ("proposed", "approved", "rejected", "withdrawn", "executed", "expired", "lapsed")
ADMINISTRATORS = {kind: {"administrator"} for kind in KINDS}
AUDITORS = {kind: {"auditor"} for kind in KINDS}
ACCESS = (
    Row("approve", _states("proposed"), AUDITORS, "5.7 approve; R-7.4; SOD-5"),
    Row("reject", _states("proposed"), AUDITORS, "5.7 reject; R-7.4; SOD-5"),
    Row("withdraw", _states("proposed approved"), ADMINISTRATORS, "5.7 withdraw: requester"),
    Row("execute", _states("approved"), ADMINISTRATORS, "5.7 execute; R-8.2"),
)
# 5.7 and 7.2 "approve / execute permission change". ``who`` are roles at the site, and at the unit the change belongs to.
CHANGE_STATES = ("submitted", "approved", "rejected", "withdrawn", "executed", "verified", "lapsed")
CHANGE = (
    Row("withdraw", _states("submitted"), {"site": set(), "unit": set()}, "5.7 withdraw: requester", "requester"),
    Row("approve", _states("submitted"), {"site": {"auditor"}, "unit": set()}, "5.7 approve; R-7.4"),
    Row("reject", _states("submitted"), {"site": {"auditor"}, "unit": set()}, "5.7 reject; R-7.4"),
    Row(
        "execute", _states("approved"), {"site": {"administrator"}, "unit": {"unit_administrator"}}, "5.7 execute; 7.2"
    ),
    Row("verify", _states("executed"), {"site": {"auditor"}, "unit": set()}, "5.7 verify"),
    Row("lapse", _states("approved"), {"site": set(), "unit": set()}, "5.7 execute: else lapsed", "system"),
)
# SOD-6: an auditor's appointment is approved by a leader of the operator's office.
CHANGE_OF_THE_AUDITOR = tuple(
    row._replace(who={"site": set(), "unit": {"office_leader"}})
    if "auditor" in row.who["site"]
    else row._replace(who={"site": row.who["site"], "unit": set()})
    for row in CHANGE
)

# both confirm, each in person.
HANDOVER_STATES = ("open", "given", "confirmed")
HANDOVER = (
    Row("give", _states("open"), {}, "R-6.3 both confirm", "giver"),
    Row("take", _states("given"), {}, "R-6.3 both confirm", "taker"),
)

# 5.6, 7.2 "certificates": security officer: reviewed by the technical group; restore with the auditor's note; the owner's rows.
CERTIFICATE_STATES = ("applied", "approved", "rejected", "issued", "active", "suspended", "revoked", "expired")
SECURITY = {"security_officer"}
CERTIFICATE = (
    SiteRow("approve", _states("applied"), SECURITY | {"technician"}, "5.6 review; R-28.1; R-28.2", OTHER),
    SiteRow("reject", _states("applied"), SECURITY | {"technician"}, "5.6 review; R-28.1; R-28.2", OTHER),
    SiteRow("issue", _states("approved"), SECURITY, "5.6 issue; R-28.1; R-28.2", OTHER),
    SiteRow("activate", _states("issued"), set(), "5.6 activate", OWN),
    SiteRow("report_loss", _states("active"), SECURITY, "5.6 loss; R-9.3"),
    SiteRow("note", _states("suspended"), {"auditor"}, "5.6 restore, auditor note"),
    SiteRow("restore", _states("suspended"), SECURITY, "5.6 restore; SOD-4", OTHER),
    # 5.6 says "suspended, active"; who leaves before the first use must not keep it either.
    SiteRow("revoke", _states("issued suspended active"), SECURITY, "5.6 revoke; SOD-4", OTHER),
    SiteRow("expire", _states("active"), set(), "5.6 expire, system", "nobody"),
    SiteRow("renew", _states("active expired revoked"), set(), "5.6 renew / replace", OWN),
    SiteRow("contact", frozenset(CERTIFICATE_STATES), SECURITY, "R-9.2"),
)

# the leader of the operator's office decides: the auditor reviews afterwards, whatever was decided.
SUSPENSION_STATES = ("reported", "maintained", "lifted")
SUSPENSION = (
    Row(
        "review", _states("reported maintained lifted"), {"site": {"auditor"}, "unit": set()}, "5.7 post-review; R-39.4"
    ),
    Row("maintain", _states("reported"), {"site": set(), "unit": {"office_leader"}}, "R-39.3"),
    Row(
        "lift",
        _states("reported maintained"),
        {"site": set(), "unit": {"office_leader"}},
        "R-39.3; 7.2 decides lifting",
    ),
)

# 5.9; 7.2 "training, inspection records". A violation stops the person, which only the technical service group may (7.2).
RECORDERS = {"administrator", "security_officer", "liaison", "technician"}
INSPECTION_STATES = ("planned", "passed", "violated", "closed")
INSPECTION = (
    Row("pass", _states("planned"), {"site": RECORDERS, "unit": set()}, "R-39.1"),
    Row("violation", _states("planned"), {"site": {"technician"}, "unit": set()}, "R-39.2"),
    Row("close", _states("passed violated"), {"site": RECORDERS, "unit": set()}, "5.9"),
)

# consent of the leader first; then the technical service group assesses, the administrator decides.
SYSTEM_CHANGE_STATES = ("drafted", "consented", "submitted", "assessed", "accepted", "rejected", "done")
SYSTEM_CHANGE = (
    Row("consent", _states("drafted"), {"site": set(), "unit": {"office_leader"}}, "R-13.1"),
    Row("refuse", _states("drafted"), {"site": set(), "unit": {"office_leader"}}, "R-13.1"),
    Row("submit", _states("drafted consented"), {"site": set(), "unit": set()}, "R-13.1: the requester", "requester"),
    Row("assess", _states("submitted"), {"site": {"technician"}, "unit": set()}, "5.9"),
    Row("accept", _states("assessed"), {"site": {"administrator"}, "unit": set()}, "5.9; R-8.1"),
    Row("reject", _states("assessed"), {"site": {"administrator"}, "unit": set()}, "5.9; R-8.1"),
    Row("finish", _states("accepted"), {"site": {"administrator"}, "unit": set()}, "5.9; R-8.1"),
)

# 5.8 and 7.2 "units: approve" (leader x, liaison prepare), "activate/rename/cancel" (admin x after approval, liaison prepare).
# "own" are roles at the unit itself (P-18, P-19, P-21), "office" at the office that runs the system.
UNIT_STATES = ("applied", "approved", "rejected", "active", "suspended", "merged", "cancelled")
PREPARE = {"site": {"liaison", "administrator"}, "own": {"unit_administrator"}, "office": set()}
CARRY_OUT = {"site": {"administrator"}, "own": set(), "office": set()}
DECIDE = {"site": set(), "own": set(), "office": {"office_leader"}}
UNIT_TABLE = (
    Row("approve", _states("applied"), DECIDE, "5.8 approve; P-10"),
    Row("reject", _states("applied"), DECIDE, "5.8 reject"),
    Row("activate", _states("approved"), CARRY_OUT, "5.8 activate"),
    Row("set_contacts", _states("applied approved active suspended"), PREPARE, "P-19"),
    Row("name_principal", _states("active suspended"), PREPARE, "S-8; P-19: the unit's own administrator"),
    Row("equip", _states("approved active suspended"), CARRY_OUT, "R-N4.1; R-N5.1"),
    Row("end_dual_track", _states("active suspended"), CARRY_OUT, "R-N2.3; R-N2.4"),
    Row("check", _states("active suspended"), PREPARE | {"site": set()}, "P-21"),
    Row("request_rename", _states("active suspended"), PREPARE, "5.8 request_rename; P-12"),
    Row("request_merge", _states("active suspended"), PREPARE, "P-14"),
    Row("request_cancel", _states("active suspended"), PREPARE, "P-13"),
    Row("approve_change", _states("active suspended"), DECIDE, "5.8 after approval"),
    Row("reject_change", _states("active suspended"), DECIDE, "5.8 after approval"),
    Row("withdraw_change", _states("active suspended"), PREPARE, "5.8: who asked may take it back, like 5.7 withdraw"),
    Row("rename", _states("active suspended"), CARRY_OUT, "5.8 rename"),
    Row("suspend", _states("active"), CARRY_OUT, "5.8 suspend"),
    Row("resume", _states("suspended"), CARRY_OUT, "5.8 resume"),
    Row("merge_into", _states("active"), CARRY_OUT, "5.8 merge_into"),
    Row("cancel", _states("active suspended"), CARRY_OUT, "5.8 cancel"),
)
DIVISION_TABLE = (
    Row("close", _states("active"), CARRY_OUT, "R-8.1"),
    Row("rename", _states("active"), CARRY_OUT, "R-8.1; P-12 for divisions"),
)
# 5.9 account, S-13: "begin_handover by unit head/administrator"; 7.2 "create account": admin x, unit administrator o.
PERSON_STATES = ("active", "suspended", "handover", "closed")
LEADERS = {"unit_administrator", "unit_approver", "office_leader", "head"}
PERSON_TABLE = (
    Row("begin_handover", _states("active suspended"), {"site": {"administrator"}, "own": LEADERS}, "5.9; S-13; P-19"),
    Row("close", _states("handover"), {"site": {"administrator"}, "own": {"unit_administrator"}}, "5.9"),
)
HANDING = (
    Row("hand_over", _states("drafting submitted released sent"), PERSON_TABLE[0].who, "R-24.5; S-13"),
    Row("hand_over", _states("open"), PERSON_TABLE[0].who, "S-13"),
)

TABLES = (
    AUDITOR_TABLES
    | MORE_TABLES
    | {
        "unit": (UNIT_STATES, UNIT_TABLE),
        "division": (("active", "closed"), DIVISION_TABLE),
        "person": (PERSON_STATES, PERSON_TABLE),
        "dispatch": (DISPATCH_STATES, (*DISPATCH, HANDING[0])),
        "delivery": (DELIVERY_STATES, DELIVERY),
        "assignment": (ASSIGNMENT_STATES, (*ASSIGNMENT, HANDING[1])),
        "access_proposal": (ACCESS_STATES, ACCESS),
        "permission_change": (CHANGE_STATES, CHANGE),
        "handover": (HANDOVER_STATES, HANDOVER),
        "certificate": (CERTIFICATE_STATES, CERTIFICATE),
        "suspension": (SUSPENSION_STATES, SUSPENSION),
        "inspection": (INSPECTION_STATES, INSPECTION),
        "system_change": (SYSTEM_CHANGE_STATES, SYSTEM_CHANGE),
        # 5.9: create-only records (correct by a new record).
        "training": (("recorded",), ()),
    }
)


def _union(*tables: dict[str, set[str]]) -> dict[str, set[str]]:
    return {kind: set().union(*(table[kind] for table in tables)) for kind in KINDS}


# 7.2 "read document content": registry o, receiver o, head o, leader o, unit clerk o, and the releaser of a unit.
READERS = _union(ON_DUTY, RELEASERS)
BOX_PERMISSIONS = MORE_BOX_PERMISSIONS | {
    "exchange:box:view": READERS,
    "exchange:delivery:read": READERS,
    "exchange:box:check_in": ON_DUTY,
    # R-12.1 "a user can report": whoever works the box. 7.2 gives the leader "r" of all incidents; that of the own box is.
    "exchange:box:report_fault": _union(ON_DUTY, RELEASERS, SENDERS),
    "exchange:outbox:view": _union(SENDERS, RELEASERS),
    "exchange:dispatch:compose": SENDERS,
    # In the office's boxes a case officer reads at the own division's desk only (7.2: o = own scope); test_the_own_desk.
    "exchange:dispatch:read": _union(SENDERS, RELEASERS)
    | {"office": RELEASERS["office"], "government": RELEASERS["government"]},
    "exchange:upload:create": _union(SENDERS, ENTERERS),
    "exchange:offline:enter": ENTERERS,
    "records:register:read": _union(REGISTRARS, INSTRUCTORS, FILERS),
    "records:register:enter": REGISTRARS,
    "records:number:keep": {**REGISTRARS, UNIT: {"unit_clerk"}},  # 7.2 "allot number": unit clerk o
    "records:entry:read": _union(REGISTRARS, INSTRUCTORS),
    # 7.2 "designate substitute receiver": head o: nobody else.
    "exchange:substitute:designate": {UNIT: set(), OFFICE: set(), GOVERNMENT: set(), DIVISION: {"head"}},
}

# 7.2, last part, as far as the exchange reaches.
SITE_PERMISSIONS = MORE_PERMISSIONS | {
    "manage:tree:view": {"administrator", "technician", "auditor"},
    "manage:work:view": {"administrator", "technician"},
    "manage:work:retry": {"administrator"},
    "manage:access:propose": {"administrator"},  # 5.7; R-8.1 "system authorisation"
    # Who answers for access, or finds faults of it, may ask why.
    "manage:access:explain": {"administrator", "technician", "auditor"},
    # "create account, configure, restart": x administrator; "settings with business meaning": x administrator.
    "manage:account:manage": {"administrator"},
    "manage:box:configure": {"administrator"},
    "manage:calendar:change": {"administrator"},
    "manage:catalog:rebuild": {"administrator"},
    "manage:database:pack": {"administrator"},
    "manage:rules:change": {"administrator"},
    "manage:vocabulary:change": {"administrator"},
    # the technical service group suspends at once, for all sessions; "create account, configure": administrator.
    "manage:sessions:end": {"administrator", "technician"},
    # The officers' own pages; certificates are the security officer's, who must find the people they are for.
    "manage:home:view": {"administrator", "technician", "auditor", "security_officer", "liaison"},
    "manage:people:view": {"administrator", "technician", "auditor", "security_officer"},
    # 7.2 "units": leader approves (on each unit), admin activates, liaison prepares; who looks after a unit may see it.
    "admin:unit:view": {"administrator", "liaison", "auditor", "technician"},
    "admin:unit:prepare": {"administrator", "liaison"},
    "admin:unit:contact": {"administrator", "liaison"},
    "admin:unit:manage": {"administrator"},
    # Part 6; 7.2 has no row, P-83; of one's own unit see test_statistics.py.
    "admin:statistics:read": {"auditor", "liaison"},
    "admin:person:leave": {"administrator"},
    "audit:journal:read": {"auditor"},  # "read logs": x all
    "audit:journal:export": {"auditor"},  # R-7.1; "export evidence"
    "audit:journal:seal": {"auditor"},  # "seals a period"
    # "incidents, duty roster": auditor r, admin x, security officer r, liaison x, tech x.
    "exchange:incidents:view": {"auditor", "administrator", "security_officer", "liaison", "technician"},
    # 7.2 "execute" and "approve permission change": both must read all of them.
    "admin:change:read": {"auditor", "administrator"},
    "admin:change:review": {"auditor"},
    "admin:change:execute": {"administrator"},
    "admin:appointments:view": {"auditor", "administrator"},
    "admin:handover:read": {"auditor", "administrator"},
    # SOD-12, R-7.2: what stands against those who own the machine is the auditor's alone.
    "audit:checkpoint:read": {"auditor"},
    "audit:checkpoint:countersign": {"auditor"},
    "audit:alarm:read": {"auditor"},
    "audit:alarm:acknowledge": {"auditor"},
    "audit:gap:read": {"auditor"},
    "audit:evidence:make": {"auditor"},  # 7.2 "export evidence, record finding"
    "audit:evidence:read": {"auditor"},
    "audit:finding:record": {"auditor"},
    "audit:finding:read": {"auditor"},
    "audit:release:ask": {"auditor"},
    "audit:release:read": {"auditor"},
    "audit:gap:explain": {"auditor"},
    "audit:separation:view": {"auditor"},  # SOD-15: "report to the auditor"
    # 7.2 "certificates"; for the technician's review; 5.6 for the auditor's note.
    "trust:certificate:read": {"security_officer", "technician", "auditor"},
    "trust:certificate:review": {"security_officer", "technician"},
    "trust:certificate:issue": {"security_officer"},
    "trust:certificate:keep": {"security_officer"},
    "trust:certificate:report_loss": {"security_officer"},
    "trust:certificate:note": {"auditor"},
    # 7.2 "suspend a person at once": tech x, unit adm. o unit (on the person), leader decides lifting.
    "admin:suspension:order": {"technician"},
    "admin:suspension:read": {"technician", "auditor", "administrator"},
    "admin:inspection:view": {"auditor", "administrator", "security_officer", "liaison", "technician"},
    "admin:inspection:record": {"administrator", "security_officer", "liaison", "technician"},
    "admin:system_change:read": {"administrator", "technician"},
    # "training, inspection records": auditor r, admin x, security officer x, liaison x, tech x.
    "admin:training:view": {"auditor", "administrator", "security_officer", "liaison", "technician"},
    "admin:training:record": {"administrator", "security_officer", "liaison", "technician"},
}

EVERYBODY = {"site:home:view"}
PERSONAL = MORE_PERSONAL | {
    "exchange:assignment:read", "exchange:assignment:close",
    "records:entry:handle", "records:entry:refuse", "records:entry:circulate_read",  # the lead's and the readers', on each entry
    "records:number:expire",  # the system's
    "admin:change:withdraw", "admin:change:lapse",  # the requester's, the system's
    "admin:handover:confirm",  # the giver's and the taker's
    "admin:system_change:consent", "admin:system_change:submit",  # R-13.1: the leaders', the requester's
    "trust:certificate:use", "trust:certificate:expire",  # the person's, the system's
    "admin:unit:approve", "admin:unit:check",  # the leader's on each unit; the unit administrator's on the own one
    "audit:release:decide", "audit:release:open",  # 7.2: the leaders'; whoever asked, while it lasts
    "audit:finding:note",  # of the operating office's leaders, on each finding
    "records:export:read",  # of whoever ordered it, on each export
    "admin:suspension:decide",  # of the operating office's leaders, on each suspension
}  # fmt: skip
