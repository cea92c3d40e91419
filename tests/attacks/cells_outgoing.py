"""The permission cells of outgoing documents in the making (domain.md 5.1, 7.2), written by hand; see cells.py.

The documents are zh2's: whoever works for the whole office sees them, another division's case officer does not know of them.
"""

ROLES = {"rechecker": "office.recheck", "plater": "office.plate", "proofer": "office.proof"}

READING = """
GET {outgoing}                     | officer head leader rechecker plater proofer keeper |
GET {outgoing}/progress            | officer head leader rechecker plater proofer keeper |
GET {outgoing}/scan                | officer                         | head leader rechecker plater proofer keeper
GET /registers/outgoing_documents  | officer head leader rechecker plater proofer keeper | rest
"""

WRITING = """
POST {out_draft}/act?act=submit                     | officer  | head leader rechecker plater proofer keeper
POST {out_draft}/act?act=ask_cancel&note=x          | officer  | head leader rechecker plater proofer keeper
POST {out_review}/act?act=agree&note=x              | head leader | officer rechecker plater proofer keeper
POST {out_review}/act?act=return&note=x             | head leader | officer rechecker plater proofer keeper
POST {out_reviewed}/act?act=sign&note=x             | leader   | officer head rechecker plater proofer keeper
POST {out_reviewed}/prepare?act=sign                | leader   | officer head rechecker plater proofer keeper
POST {out_reviewed}/sign?act=sign                   | leader   | officer head rechecker plater proofer keeper
POST {out_reviewed}/act?act=refuse&note=x           | leader   | officer head rechecker plater proofer keeper
POST {out_signed}/act?act=recheck_ok&checklist=approval&checklist=content&checklist=kind&checklist=format | rechecker | officer head leader plater proofer keeper
POST {out_signed}/act?act=recheck_substance&note=x  | rechecker | officer head leader plater proofer keeper
POST {out_rechecked}/act?act=plate                  | plater   | officer head leader rechecker proofer keeper
POST {out_plating}/act?act=plate_done               | plater   | officer head leader rechecker proofer keeper
POST {out_plating}/act?act=replate                  | plater   | officer head leader rechecker proofer keeper
POST {out_proofing}/act?act=proof_ok_leader         | proofer  | officer head leader rechecker plater keeper
POST {out_proofing}/act?act=proof_back&rows=1&page-0=1&old-0=x&new-0=y | proofer | officer head leader rechecker plater keeper
POST {out_leader}/act?act=leader_ok                 | leader   | officer head rechecker plater proofer keeper
POST {out_leader}/act?act=leader_back&note=x        | leader   | officer head rechecker plater proofer keeper
POST {out_asked}/act?act=cancel                     | head leader | officer rechecker plater proofer keeper
POST {out_asked}/act?act=keep&note=x                | head leader | officer rechecker plater proofer keeper
"""

ELSEWHERE = {
    ("OutgoingDocument", "page", "GET"): "tests/views/test_outgoing_document.py: only for who may read it at its step",
    ("OutgoingDocument", "scan", "POST"): "tests/views/test_outgoing_scan.py, where the unit has no plate; who may in tests/policies/test_matrix_outgoing.py",
}  # fmt: skip
