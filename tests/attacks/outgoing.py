"""Outgoing documents that attacks aim at, in every state, made by the people whose business it is; the worker's part is done for it."""

from content_types.file_object import FileRole
from content_types.number_series import SeriesKind
from policies.actor import system_actor
from policies.drafting_desk import begin
from policies.engine import act
from policies.number_series import begin as begin_series
from policies.outgoing_guards import points

BOX, CODE = "gd-government", "粤府"
LOGINS = {
    "submit": "zh2.officer",
    "agree": "zh2.head",
    "sign": "office.leader",
    "recheck_ok": "office.recheck",
    "plate": "office.plate",
    "plate_done": "office.plate",
    "proof_ok_leader": "office.proof",
    "leader_ok": "office.leader",
    "ask_cancel": "zh2.officer",
}


def series(bench):
    """The flagged series, and an office that sets and seals."""
    box = bench.box(BOX)
    box.unit.has_plate = box.unit.has_seal = True
    box.owner.principal_leader = bench.person("office.leader")
    found = box.get("numbers", {}).get(f"document-{CODE}")
    if found is None:
        found = begin_series(box, CODE, SeriesKind.DOCUMENT, bench.actor("office.registry1"), leader_recheck=True)
    return found


def document(*acts):
    """The maker of a document of zh2 on which these acts were done."""

    def made(bench):
        found = begin(bench.box(BOX), bench.actor("zh2.officer"))
        elements = {"title": "关于春运的通知", "kind": "通知", "body": "做好春运工作。", "series": series(bench)}
        for name, value in (elements | {"mains": (bench.box("jiangmen"),)}).items():
            setattr(found, name, value)
        for name in acts:
            data = {"recheck_ok": {"checklist": points(found)}, "ask_cancel": {"note": "x"}}.get(name, {})
            bench.act(LOGINS[name], found, name, **data)
            if name == "plate":
                file = bench.file(FileRole.PLATE, "清样.pdf", "pdf")
                act(found, "plated", system_actor(bench.registry), file=file, pages=1)
        return found

    return made


SIGNED = ("submit", "agree", "sign")
RECHECKED = (*SIGNED, "recheck_ok")
PLATED = (*RECHECKED, "plate")
PROOFING = (*PLATED, "plate_done")
LOOKED_AT = (*PROOFING, "proof_ok_leader")
MAKERS = {
    "outgoing": document(*RECHECKED),
    "out_draft": document(),
    "out_review": document("submit"),
    "out_reviewed": document("submit", "agree"),
    "out_signed": document(*SIGNED),
    "out_rechecked": document(*RECHECKED),
    "out_plating": document(*PLATED),
    "out_proofing": document(*PROOFING),
    "out_leader": document(*LOOKED_AT),
    "out_asked": document("submit", "ask_cancel"),
}
