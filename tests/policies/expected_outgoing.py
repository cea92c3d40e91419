"""What domain.md allows with outgoing documents, written by hand from its sections 5.1, 7.2, 7.3 and R-24 (see expected.py).

``desk`` are roles at the drafting desk: of its division, or of the unit in whose box it drafts. ``side`` narrows a row to the case officer
(``own``) or to whoever has not drafted it (``other``, SOD-7); ``system`` is the worker's.
"""

from tests.policies.expected_row import Row, states

STATES = (
    "draft", "review", "signed", "rechecked", "plating", "proofing", "leader_recheck", "sealing", "sealed", "dispatched", "concluded", "filed",
    "void",
)  # fmt: skip
UNFINISHED = "draft review signed rechecked plating proofing leader_recheck sealing"
FINISHED = "sealed dispatched concluded filed"
# 7.2 "create/edit draft", "send": case officer o, unit clerk o.
DRAFTERS = {"desk": {"case_officer", "unit_clerk"}}
# 5.1 return: reviewer, who is the head of the division or a leader; in a unit its approver (P-20).
REVIEWERS = {"desk": {"head", "office_leader", "unit_approver"}}
# 7.2 "sign (issue) a document": leader o; 5.1 leader_recheck: leader.
LEADERS = {"desk": {"office_leader", "unit_approver"}}
RECHECK = {"desk": {"recheck_clerk"}}
PLATE = {"desk": {"plate_maker"}}
PROOF = {"desk": {"proofreader"}}
KEEPERS = {"desk": {"seal_keeper", "unit_seal_keeper"}}
NOBODY: dict[str, set[str]] = {"desk": set()}
OUTGOING = (
    Row("edit", states("draft"), DRAFTERS, "7.2 create/edit draft: o", "own"),
    Row("check_out", states("draft"), DRAFTERS, "7.2 create/edit draft: o", "own"),
    Row("check_in", states("draft"), DRAFTERS, "7.2 create/edit draft: o", "own"),
    Row("submit", states("draft"), DRAFTERS, "5.1 submit: case officer", "own"),
    Row("agree", states("review"), REVIEWERS, "TL12 25; SOD-7", "other"),
    Row("return", states("review"), REVIEWERS, "5.1 return: reviewer", "any"),
    Row("sign", states("review"), LEADERS, "5.1 sign: leader, not the drafter", "other"),
    Row("refuse", states("review"), LEADERS, "S-8", "any"),
    Row("recheck_ok", states("signed"), RECHECK, "5.1 recheck_ok; SOD-7", "other"),
    Row("recheck_substance", states("signed"), RECHECK, "5.1 recheck_substance", "any"),
    Row("plate", states("rechecked"), PLATE, "5.1 plate; R-24.2", "any"),
    Row("take_scan", states("rechecked"), DRAFTERS, "5.1 attach_scan: case officer", "own"),
    Row("attach_scan", states("rechecked"), DRAFTERS, "5.1 attach_scan: case officer", "own"),
    Row("replate", states("plating"), PLATE, "R-24.2", "any"),
    Row("plated", states("plating"), NOBODY, "the worker", "system"),
    Row("plate_done", states("plating"), PLATE, "5.1 plate_done", "any"),
    Row("proof_back", states("proofing"), PROOF, "5.1 proof_back", "any"),
    Row("proof_ok", states("proofing"), PROOF, "5.1 proof_ok", "any"),
    Row("proof_ok_leader", states("proofing"), PROOF, "5.1 proof_ok; R-24.3", "any"),
    Row("leader_ok", states("leader_recheck"), LEADERS, "5.1 ok; R-24.3; SOD-7", "other"),
    Row("leader_back", states("leader_recheck"), LEADERS, "5.1 back", "any"),
    Row("seal", states("sealing"), KEEPERS, "5.1 seal; 7.2 apply seal: o; SOD-8", "other"),
    Row("seal_failed", states("sealing"), NOBODY, "the worker", "system"),
    Row("seal_set", states("sealing"), NOBODY, "the worker", "system"),
    Row("finish", states("sealing"), NOBODY, "the worker", "system"),
    Row("dispatch", states("sealed"), DRAFTERS, "5.1 dispatch; R-24.5", "own"),
    # Comes with the sending of the dispatch, whose own table asks for the case officer (5.2 send).
    Row("sent", states("sealed"), DRAFTERS, "5.2 send", "any"),
    Row("conclude", states("dispatched"), DRAFTERS, "5.1 conclude: case officer", "own"),
    Row("ask_cancel", states(UNFINISHED), DRAFTERS, "5.1 cancel: case officer", "own"),
    Row("cancel", states(UNFINISHED), REVIEWERS, "5.1 cancel: reviewer", "other"),
    Row("keep", states(UNFINISHED), REVIEWERS, "5.1 cancel: reviewer", "any"),
    Row("revoke", states(FINISHED), LEADERS, "5.1 revoke: leader; S-9", "any"),
    Row("repeal", states(FINISHED), LEADERS, "5.1 repeal: leader; S-9", "any"),
)

# At a box only drafting is granted; all else at the desks in it. 7.2 "create/edit draft": case officer o, unit clerk o.
BOX_PERMISSIONS = {
    "outgoing:document:draft": {
        "unit": {"unit_clerk"}, "office": {"case_officer"}, "government": {"case_officer"}, "division": set(),
    },
}  # fmt: skip
# What each role holds at a desk (7.2; READ: "read document content" for those with a standing right).
VIEWERS = (
    DRAFTERS["desk"] | REVIEWERS["desk"] | RECHECK["desk"] | PLATE["desk"] | PROOF["desk"] | KEEPERS["desk"]
)  # fmt: skip
DESK_PERMISSIONS = {
    "outgoing:document:view": VIEWERS,
    "outgoing:document:read": DRAFTERS["desk"] | REVIEWERS["desk"] | RECHECK["desk"],
    "outgoing:document:review": REVIEWERS["desk"],
    "outgoing:document:sign": LEADERS["desk"],
    "outgoing:document:leader_recheck": LEADERS["desk"],
    "outgoing:document:void": LEADERS["desk"],
    "outgoing:document:recheck": RECHECK["desk"],
    "outgoing:document:plate": PLATE["desk"],
    "outgoing:document:proof": PROOF["desk"],
    "outgoing:document:seal": KEEPERS["desk"],
    "outgoing:document:dispatch": DRAFTERS["desk"],
    "outgoing:document:finish": set(),
}
PERSONAL = set(DESK_PERMISSIONS)
# S-13: handed over by whoever lets the case officer go; tests/policies/test_leaving.py.
HANDED_OVER = Row("hand_over", states(f"{UNFINISHED} sealed dispatched"), NOBODY, "R-24.5; S-13", "leaver")
OUTGOING_TABLES = {"outgoing_document": (STATES, (*OUTGOING, HANDED_OVER))}
