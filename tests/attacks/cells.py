"""The table of all permission cells: who may ask what of which object, written by hand (domain.md 7.2, R-8.3, R-11.2, R-35.1).

A line is ``METHOD address | who may | who is refused``. Who is in neither column must not even learn that the object exists:
404. ``rest`` stands for everybody logged in who is not named. A stranger is never named: a GET leads to the login, anything
else is refused. ``{office}`` and the like are objects, see tests/attacks/scene.py; a form's fields follow after ``?``.
"""

from tests.attacks import (
    cells_drafting,
    cells_duty,
    cells_manage,
    cells_outgoing,
    cells_paper,
    cells_registers,
    cells_seal,
)
from tests.attacks.cells_evidence import EVIDENCE

ROLES = {
    "auditor": "auditor",
    "admin": "admin",
    "security": "security",
    "tech": "tech",
    "liaison": "liaison",
    "registry": "office.registry1",
    "duty": "office.duty",
    "leader": "office.leader",
    "receiver": "zh2.receiver",
    "head": "zh2.head",
    "officer": "zh2.officer",
    "other-officer": "zh1.officer",
    "clerk": "jm.clerk",
    "approver": "jm.approver",
    "unitadmin": "jm.admin",
    "outsider": "gz.clerk",
    "other-approver": "gz.approver",
    "keeper": "office.seal",
    **cells_outgoing.ROLES,
}

READING = (
    cells_manage.READING
    + """
GET /                              | rest                            |
GET /assigned                      | rest                            |
GET /areas/records                 | rest                            |
GET /password                      | rest                            |
GET /check_receipt                 | rest                            |
GET /pulse                         | rest                            |
GET /availability                  | auditor admin security tech liaison | rest
GET /faults                        | auditor admin security tech liaison | rest
GET {person}/@@person              | auditor admin security tech     |
GET {jm}/@@security                | auditor admin tech              | clerk approver
GET {jm}/@@tree                    | auditor admin tech              | clerk approver
GET {in_zh2}/@@security            | auditor admin tech              | receiver head officer
GET {in_zh2}/@@workflow            | auditor admin tech              | receiver head officer
GET {in_zh2}/@@references          | auditor admin tech              | receiver head officer
GET {in_zh2}/@@indexing            | auditor admin tech              | receiver head officer
GET {proposal}                     | auditor admin tech              | rest
GET /countersignatures             | auditor                         | rest
GET /journal_gaps                  | auditor                         | rest
GET /evidence                      | auditor                         | rest
GET /evidence_new                  | auditor                         | rest
GET /content_releases              | auditor                         | rest
GET /findings                      | auditor                         | rest
GET /finding_new                   | auditor                         | rest
GET /help                          | rest                            |
GET /system_changes                | rest                            |
GET /inspections                   | auditor admin security tech liaison | rest
GET /unit_list                     | auditor admin tech liaison leader unitadmin | rest
GET /unit_application              | admin liaison                   | rest
GET {unit}                         | auditor admin tech liaison leader unitadmin | rest
GET {unit}/do?act=suspend          | auditor admin tech liaison leader unitadmin | rest
GET {unit}/people                  | auditor admin security tech unitadmin | rest
GET {unit}/supervision             | auditor admin security tech liaison unitadmin | rest
GET /designations                  | auditor                         | rest
GET {unit}/new_person              | admin unitadmin                 | rest
GET {unit}/new_division            | admin                           | rest
GET {division}                     | auditor admin tech liaison leader | rest
GET {colleague}/@@person           | auditor admin security tech unitadmin | approver clerk
GET {colleague}/leave              | admin unitadmin approver        | auditor security tech clerk
GET /inspect                       | admin security tech liaison     | rest
GET /suspensions                   | tech auditor admin unitadmin    | rest
GET /suspend                       | tech unitadmin                  | rest
GET {zh2}/substitutes              | head                            | receiver officer
GET {jm}/@@contents                | auditor admin tech              | clerk approver
GET {jm}/@@properties              | auditor admin tech              | clerk approver
GET {jm}/@@history                 | auditor admin tech              | clerk approver
GET {in_zh2}/@@properties          | auditor admin tech              | receiver head officer
GET {in_zh2}/@@history             | auditor admin tech              | receiver head officer
GET {task}/@@properties            | auditor admin tech              | officer

GET /changes                       | rest                            |
GET /request_change                | rest                            |
GET /handovers                     | rest                            |
GET /separation                    | auditor                         | rest
GET /trainings                     | auditor admin security tech liaison | rest
GET {change}                       | auditor admin head officer      |
GET {handover}                     | auditor admin security tech     |
GET {person}/trainings             | auditor admin security tech liaison |

GET {office}                       | registry duty leader officer other-officer |
GET {office}/waiting               | registry duty leader            | officer other-officer
GET {office}/signed                | registry duty leader            | officer other-officer
GET {office}/returned              | registry duty leader            | officer other-officer
GET {office}/all                   | registry duty leader            | officer other-officer
GET {office}/sent                  | leader officer other-officer    | registry duty
GET {office}/drafts                | leader officer other-officer    | registry duty
GET {office}/check_ins             | registry duty leader            | officer other-officer
GET {office}/compose               | officer other-officer           | registry duty leader
GET {office}/distribute?d={d}      | registry                        | duty leader officer other-officer
GET {office}/report                | registry duty leader officer other-officer |
GET {office}/offline               | registry                        | duty leader officer other-officer

GET {zh2}                          | receiver head officer           |
GET {zh2}/waiting                  | receiver head                   | officer
GET {zh2}/signed                   | receiver head                   | officer
GET {zh2}/returned                 | receiver head                   | officer
GET {zh2}/all                      | receiver head                   | officer
GET {zh2}/sent                     | head officer                    | receiver
GET {zh2}/drafts                   | head officer                    | receiver
GET {zh2}/check_ins                | receiver head                   | officer
GET {zh2}/compose                  | officer                         | receiver head
GET {zh2}/report                   | receiver head officer           |
GET {zh2}/offline                  |                                 | receiver head officer

GET {jm}                           | clerk approver                  |
GET {jm}/waiting                   | clerk approver                  |
GET {jm}/signed                    | clerk approver                  |
GET {jm}/returned                  | clerk approver                  |
GET {jm}/all                       | clerk approver                  |
GET {jm}/sent                      | clerk approver                  |
GET {jm}/drafts                    | clerk approver                  |
GET {jm}/check_ins                 | clerk approver                  |
GET {jm}/compose                   | clerk                           | approver
GET {jm}/report                    | clerk approver                  |
GET {jm}/offline                   |                                 | clerk approver

GET {in_office}                    | registry duty leader            | officer other-officer
GET {in_office}/page?file={f}&n=0  | registry duty leader            | officer other-officer
GET {in_office}/receipt            | registry duty leader            | officer other-officer
GET {in_office}/receipt.json       | registry duty leader            | officer other-officer
GET {in_office}/receipt.svg?n=0    | registry duty leader            | officer other-officer
GET {in_zh2}                       | receiver head                   | officer
GET {in_zh2}/page?file={f}&n=0     | receiver head                   | officer
GET {in_zh2}/receipt               | receiver head                   | officer
GET {in_zh2}/reply                 | receiver                        | head officer
GET {in_zh2}/receipt.json          | receiver head                   | officer
GET {in_zh2}/receipt.svg?n=0       | receiver head                   | officer

GET {dispatch}                     | clerk approver                  |
GET {dispatch}/status              | clerk approver                  |
GET {dispatch}/replies             | clerk approver                  |
GET {dispatch}/page?file={f}&n=0   | clerk approver                  |
GET {dispatch}/receipt?box=gd-government | clerk approver            |
GET {dispatch}/signatures.json     | clerk approver                  |
GET {dispatch}/receipt.json?box=gd-government | clerk approver       |
GET {dispatch}/receipt.svg?box=gd-government&n=0 | clerk approver    |
GET {dispatch}/ask?box=gd-government | clerk                         | approver
GET {dispatch}/legal                 | approver                      | clerk
GET {dispatch}/add                 | clerk                           | approver
GET {draft}/edit                   | clerk                           | approver

GET /my_certificates               | rest                            |
GET /certificate_application       | rest                            |
GET /authorities                   | security                        | rest
GET /certificates                  | auditor security tech           | rest
GET {certificate}                  | auditor security tech officer   |
GET {certificate}/form             | auditor security tech officer   |

GET {task}                         | officer                         |
GET {task}/page?file={f}&n=0       | officer                         |
"""
    + cells_registers.READING
    + cells_paper.READING
    + cells_duty.READING
    + cells_outgoing.READING
    + cells_drafting.READING
    + cells_seal.READING
)

WRITING = (
    cells_manage.WRITING
    + """
POST {person}/@@reset_password?basis=x              | admin                 | auditor security tech
POST {leaver}/@@reset_password?basis=x              | admin unitadmin       | auditor security tech approver
POST {leaver}/@@adjust?post={uid}                   | admin unitadmin       | auditor security tech approver
POST {jm}/@@propose?role=appraiser&scope=unit:gd-office&permission=manage:work:view&since=2013-01-01&basis=x&reason=x | admin | clerk approver
POST {access_proposed}/act?act=approve&seen={seen}  | auditor               | rest
POST {access_proposed}/act?act=reject&note=x        | auditor               | rest
POST {access_proposed}/act?act=withdraw             | admin                 | rest
POST {access_approved}/act?act=execute              | admin                 | rest
POST {change}/act?act=approve                       | auditor               | admin head officer
POST {change}/act?act=reject&note=x                 | auditor               | admin head officer
POST {change}/act?act=withdraw                      | head                  | auditor admin officer
POST {change_approved}/act?act=execute              | admin                 | auditor
POST {change_executed}/act?act=verify               | auditor               | admin
POST {handover}/act?act=give                        | security              | tech auditor admin
POST {handover_given}/act?act=take                  | tech                  | security auditor admin
POST {person}/trainings?kind=skills&day=2012-12-20&passed=yes | admin security tech liaison | auditor

POST /suspend?login=fs.clerk&reason=x                | tech                  | rest
POST {office}/check_in                              | registry duty         | leader officer other-officer
POST {zh2}/check_in                                 | receiver              | head officer
POST {jm}/check_in                                  | clerk                 | approver
POST {office}/report?words=x                        | registry duty leader officer other-officer |
POST {zh2}/report?words=x                           | receiver head officer |
POST {jm}/report?words=x                            | clerk approver        |
POST {office}/compose?title=x                       | officer other-officer | registry duty leader
POST {zh2}/compose?title=x                          | officer               | receiver head
POST {jm}/compose?title=x                           | clerk                 | approver
POST {office}/act?act=sign_for&selected={pending}   | registry duty         | leader officer other-officer
POST {office}/prepare?act=sign_for&selected={pending} | registry duty       | leader officer other-officer
POST {office}/sign?act=sign_for&selected={pending}  | registry duty         | leader officer other-officer
POST {office}/act?act=note&selected={signed}        | registry              | duty leader officer other-officer
POST {office}/distribute?d={signed}&targets=division:zh2 | registry         | duty leader officer other-officer

POST {pending_office}/open                          | registry duty         | leader officer other-officer
POST {opened_office}/act?act=sign_for               | registry duty         | leader officer other-officer
POST {opened_office}/prepare?act=sign_for           | registry duty         | leader officer other-officer
POST {opened_office}/sign?act=sign_for              | registry duty         | leader officer other-officer
POST {opened_office}/act?act=return&reason=format   | registry              | duty leader officer other-officer
POST {signed_office}/act?act=note                   | registry              | duty leader officer other-officer
POST {signed_office}/act?act=late_return&reason=format | leader             | registry duty officer other-officer
POST {asked_office}/act?act=accept_recall           | registry              | duty leader officer other-officer
POST {asked_office}/act?act=refuse_recall&note=x    | registry              | duty leader officer other-officer
POST {signed_office}/take?act=print&file={f}        | registry              | duty leader officer other-officer
POST {signed_office}/take?act=print_plain&file={f}&copies=2 | registry      | duty leader officer other-officer
POST {signed_office}/take?act=download&file={e}&purpose=x&system=y | registry | duty leader officer other-officer
POST {signed_office}/act?act=verify_again           | registry duty leader  | officer other-officer

POST {pending_zh2}/open                             | receiver              | head officer
POST {opened_zh2}/act?act=sign_for                  | receiver              | head officer
POST {opened_zh2}/prepare?act=sign_for              | receiver              | head officer
POST {opened_zh2}/sign?act=sign_for                 | receiver              | head officer
POST {opened_zh2}/act?act=return&reason=format      | receiver              | head officer
POST {signed_zh2}/act?act=note                      | receiver              | head officer
POST {signed_zh2}/act?act=late_return&reason=format | head                  | receiver officer
POST {signed_zh2}/take?act=print&file={f}           | receiver              | head officer

POST {pending_jm}/open                              | clerk                 | approver
POST {opened_jm}/act?act=sign_for                   | clerk                 | approver
POST {opened_jm}/act?act=return&reason=format       | clerk                 | approver
POST {signed_jm}/act?act=late_return&reason=format  | approver              | clerk
POST {signed_jm}/take?act=print&file={f}            | clerk                 | approver
POST {signed_office}/reply?text=x                   | registry              | duty leader officer other-officer
POST {signed_zh2}/reply?text=x                      | receiver              | head officer
POST {signed_jm}/reply?text=x                       | clerk                 | approver

POST {draft}/edit?title=x                           | clerk                 | approver
POST {complete}/act?act=submit                      | clerk                 | approver
POST {draft}/reply_terms?reply_kind=                | clerk                 | approver
POST {sent}/replies?format=csv                      | clerk approver        |
POST {submitted}/act?act=release                    | approver              | clerk
POST {submitted}/prepare?act=release                | approver              | clerk
POST {submitted}/sign?act=release                   | approver              | clerk
POST {submitted}/act?act=send_back&reason=x         | approver              | clerk
POST {submitted}/act?act=withdraw&reason=x          | clerk                 | approver
POST {released}/act?act=send                        | clerk                 | approver
POST {sent}/act?act=correct                         | clerk                 | approver
POST {sent}/recall?box=gd-government                | clerk                 | approver
POST {sent_opened}/ask?box=gd-government&note=x     | clerk                 | approver
POST {sent}/add?mains=gd-office                     | clerk                 | approver
POST {sent}/legal?act=revoke&notice=x&note=x        | approver              | clerk
POST {sent_returned}/acknowledge?box=gd-government  | clerk                 | approver
POST {sent_returned}/resend?selected=gd-government  | clerk                 | approver
POST {office_submitted}/act?act=release             | leader                | officer
POST {office_released}/act?act=send                 | officer               | leader

POST /certificate_application?kind=device&purpose=x | rest                  |
POST {applied_certificate}/act?act=approve          | security tech         | auditor officer
POST {applied_certificate}/act?act=reject&note=x    | security tech         | auditor officer
POST {approved_certificate}/issue?way=made_here&password=yangli-2013&password_again=yangli-2013&undertaking=2013-01-07&receipt_signed=yes | security | auditor tech officer
POST {issued_certificate}/act?act=activate&fingerprint={fp} | officer       | auditor security tech
POST {active_certificate}/act?act=report_loss       | security officer      | auditor tech
POST {suspended_certificate}/act?act=note&note=x    | auditor               | security tech officer
POST {noted_certificate}/act?act=restore&note=x     | security              | auditor tech officer
POST {active_certificate}/act?act=revoke&reason=lost | security             | auditor tech officer
POST {active_certificate}/act?act=renew&purpose=x   | officer               | auditor security tech
POST {active_certificate}/act?act=contact&on=2013-01-07&subject=x&reference=x&result=x | security | auditor tech officer

POST {unit}/act?act=check                           | unitadmin             | rest
POST {unit}/do?act=set_contacts&contacts=x+020-00000 | admin liaison unitadmin | rest
POST {unit_free}/do?act=request_cancel&letter=x          | admin liaison unitadmin | rest
POST {unit_asked}/act?act=approve_change            | leader                | rest
POST {unit_asked}/do?act=reject_change&note=x       | leader                | rest
POST {unit_asked}/do?act=withdraw_change&note=x     | admin liaison         | rest
POST {unit_agreed}/act?act=rename                   | admin                 | rest
POST {unit_other}/do?act=suspend&note=x             | admin                 | rest
POST {unit_other}/do?act=equip&connection=none      | admin                 | rest
POST {unit}/new_division?code=jm-new&name=x         | admin                 | rest
POST {new_division}/act?act=rename&new_name={uid}   | admin                 | rest
POST {new_division}/act?act=close                   | admin                 | rest
POST {leaver}/leave?act=begin_handover&note=x       | admin unitadmin approver | auditor security tech

POST {task}/act?act=open                            | officer               |
POST {read_task}/act?act=close                      | officer               |
"""
    + cells_registers.WRITING
    + cells_paper.WRITING
    + cells_duty.WRITING
    + cells_outgoing.WRITING
    + cells_drafting.WRITING
    + cells_seal.WRITING
)

STORY_8 = "tests/stories/test_story_08.py; who may in tests/policies/test_matrix_incidents.py"
ELSEWHERE = EVIDENCE | {
    (
        "Dispatch",
        "paper_fallback",
        "POST",
    ): "tests/views/test_paper_cover.py; every cell in tests/policies/test_matrix.py",
    ("Outage", "act", "POST"): "tests/views/test_outage.py; who may in tests/policies/test_outage.py",
    **{("Incident", name, method): STORY_8 for name, method in (("", "GET"), ("act", "POST"), ("hand_back", "POST"))},
    ("Site", "remove_search", "POST"): "tests/views/test_search.py; who may in tests/policies/test_saved_search.py",
    ("Site", "authorities", "POST"): "tests/views/test_outside_authority.py",
    ("ExchangeBox", "enter", "POST"): "tests/views/test_registering.py; who may in tests/policies/test_registering.py",
    ("RegisterEntry", "page", "GET"): "tests/views/test_registering.py; read like the entry itself",
    ("Alarm", "", "GET"): "tests/views/test_alarm.py; every cell in tests/policies/test_matrix.py",
    ("Alarm", "act", "POST"): "tests/views/test_alarm.py; every cell in tests/policies/test_matrix.py",
    ("Site", "countersign_newest", "POST"): "tests/views/test_countersignature.py",
    (
        "Countersignature",
        "",
        "GET",
    ): "tests/views/test_countersignature.py; every cell in tests/policies/test_matrix.py",
    (
        "Countersignature",
        "act",
        "POST",
    ): "tests/views/test_countersignature.py; every cell in tests/policies/test_matrix.py",
    ("Countersignature", "prepare", "POST"): "tests/views/test_countersignature.py",
    ("Countersignature", "sign", "POST"): "tests/views/test_countersignature.py",
    ("JournalGap", "", "GET"): "tests/views/test_journal_gap.py; every cell in tests/policies/test_matrix.py",
    ("JournalGap", "act", "POST"): "tests/views/test_journal_gap.py; every cell in tests/policies/test_matrix.py",
    ("JournalGap", "prepare", "POST"): "tests/views/test_journal_gap.py",
    ("JournalGap", "sign", "POST"): "tests/views/test_journal_gap.py",
    ("Unit", "new_person", "POST"): "tests/views/test_unit_people.py: each login name once",
    ("Site", "unit_application", "POST"): "tests/views/test_unit.py; every cell in tests/policies/test_matrix.py",
    (
        "PermissionChange",
        "prepare",
        "POST",
    ): "tests/attacks/test_signatures.py; who may decide in tests/policies/test_matrix.py",
    (
        "PermissionChange",
        "sign",
        "POST",
    ): "tests/attacks/test_signatures.py; who may decide in tests/policies/test_matrix.py",
    ("Dispatch", "circulation", "POST"): "tests/views/test_circulation.py; who may in tests/policies/test_matrix.py",
    ("Delivery", "sheets", "GET"): "tests/views/test_printing.py: the own print's alone",
    ("Delivery", "sheet", "GET"): "tests/views/test_printing.py: the own print's alone",
    (
        "Delivery",
        "ask_print",
        "POST",
    ): "tests/views/test_printing.py, where the rule wants it; who may in tests/policies/test_matrix.py",
    ("Site", "inspect", "POST"): "tests/views/test_inspection.py; every cell in tests/policies/test_matrix.py",
    ("Inspection", "", "GET"): "tests/views/test_inspection.py; every cell in tests/policies/test_matrix.py",
    ("Inspection", "act", "POST"): "tests/views/test_inspection.py; every cell in tests/policies/test_matrix.py",
    ("Site", "system_changes", "POST"): "tests/views/test_system_change.py: anybody may ask",
    ("SystemChange", "", "GET"): "tests/views/test_system_change.py; every cell in tests/policies/test_matrix.py",
    ("SystemChange", "act", "POST"): "tests/views/test_system_change.py; every cell in tests/policies/test_matrix.py",
    ("Site", "designations", "POST"): "tests/views/test_substitute.py, where it needs a designation",
    ("ExchangeBox", "substitutes", "POST"): "tests/stories/test_story_10.py, where it needs a person and a day",
    ("Suspension", "", "GET"): "tests/views/test_suspension.py; every cell in tests/policies/test_matrix.py",
    ("Suspension", "act", "POST"): "tests/views/test_suspension.py; every cell in tests/policies/test_matrix.py",
    ("login", "", "GET"): "tests/views/test_login.py",
    ("login", "", "POST"): "tests/views/test_login.py",
    ("certificate_login", "", "GET"): "tests/views/test_certificate_login.py",
    ("certificate_login", "", "POST"): "tests/govrepo/security/test_certificate_login.py",
    ("login_challenge", "", "GET"): "tests/views/test_certificate_login.py",
    ("trust_certificate", "", "GET"): "tests/views/test_trust.py",
    ("health", "", "GET"): "tests/views/test_outage.py",
    ("trust_crl", "", "GET"): "tests/views/test_trust.py",
    ("logout", "", "POST"): "tests/views/test_login.py",
    ("password", "", "POST"): "tests/views/test_login.py",
    ("language", "", "POST"): "tests/views/test_i18n.py",
    ("alerted", "", "POST"): "test_an_alert_is_believed_for_ones_own_box_only",
    ("uploads", "", "OPTIONS"): "tests/views/test_uploads.py",
    ("upload", "", "OPTIONS"): "tests/views/test_uploads.py",
    ("uploads", "", "POST"): "test_uploads_are_for_those_who_are_logged_in",
    ("upload", "", "HEAD"): "test_an_upload_belongs_to_whoever_began_it",
    ("upload", "", "PATCH"): "test_an_upload_belongs_to_whoever_began_it",
    ("upload", "", "DELETE"): "test_an_upload_belongs_to_whoever_began_it",
    ("__static/", "", "*"): "static files are the same for everybody; tests/attacks/test_crawl.py",
    ("Site", "request_change", "POST"): "tests/views/test_permission_change.py: everybody asks for himself",
    ("Site", "handovers", "POST"): "tests/views/test_handover.py: refused at the field",
    ("RegisterExport", "", "GET"): "tests/views/test_register_export.py: its person's alone",
    ("RegisterExport", "progress", "GET"): "tests/views/test_register_export.py: its person's alone",
    ("RegisterExport", "download", "POST"): "tests/views/test_register_export.py: its person's alone",
    ("Unit", "apply_seal", "POST"): "tests/views/test_seal.py, where it needs a file",
    ("Site", "to_sign", "GET"): "tests/attacks/test_signatures.py: a text is its person's alone",
    ("Site", "my_certificates", "POST"): "tests/views/test_certificate.py: it reaches one's own only",
    ("ExchangeBox", "roster", "POST"): "tests/views/test_duty_shift.py, where no two shifts overlap",
    ("ExchangeBox", "offline", "POST"): "tests/views/test_offline.py, where it needs files",
}
"""Views that are not of this kind, and where they are tried."""
ELSEWHERE |= cells_outgoing.ELSEWHERE
