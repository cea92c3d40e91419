"""The objects that attacks aim at, in every state, made by the people whose business it is (tests/policies/bench.py)."""

from datetime import date, timedelta

from pyramid.traversal import resource_path

from content_types.access_proposal import AccessProposal
from content_types.assignment import Part
from content_types.certificate import Certificate
from content_types.duty_shift import Planned
from content_types.file_object import FileRole
from content_types.paper_item import Claim
from content_types.phone_notice import Call
from content_types.register_entry import Channel, Facts
from govrepo import clock
from govrepo.identifiers import new_uid
from policies import access_proposal, duty_shift, explain, paper_item
from policies import certificate as policy
from policies.appointment import end
from policies.division import create as create_division
from policies.division_call import tasks_about
from policies.drafting_desk import begin as begin_draft
from policies.handover import record_handover
from policies.permission_change import request_change
from policies.permissions import Permission
from policies.person import NewAccount
from policies.person import create as create_person
from policies.phone_matching import Told, take
from policies.registering import enter_in_register
from tests.app import site
from tests.attacks import outgoing
from tests.attacks.scene_seal import SEALS
from tests.desk import pdf
from tests.policies.bench import Bench
from tests.policies.certificates import FORM, hand_out

OFFICE, ZH2, JM = "gd-government", "gd-office-zh2", "jiangmen"
RECEIVERS = {OFFICE: "office.registry1", ZH2: "zh2.receiver", JM: "jm.clerk"}
SENDERS = {OFFICE: ("jm", JM), ZH2: ("jm", JM), JM: ("sz", "shenzhen")}
FILES = ((FileRole.SCAN, "扫描.pdf", "pdf", pdf("扫描")), (FileRole.EDITABLE, "正文.txt", "txt", "正文".encode()))
ELEMENTS = {"number": "", "no_number_reason": "试验", "files": FILES, "date": date(2013, 1, 5)}
ELEMENTS |= {"quota": 9, "reply": "written"}


def draft(bench):
    return bench.draft(**ELEMENTS)


def submitted(bench):
    dispatch = draft(bench)
    bench.act("jm.clerk", dispatch, "submit")
    return dispatch


def released(bench):
    return bench.released(**ELEMENTS)


def office_submitted(bench):
    bench.box(OFFICE).unit.has_plate = False  # It sends a scan (R-N4.3); outgoing.py needs the plate.
    dispatch = bench.draft("zh2.officer", OFFICE, (JM,), **ELEMENTS)
    bench.act("zh2.officer", dispatch, "submit")
    return dispatch


def office_released(bench):
    dispatch = office_submitted(bench)
    bench.act("office.leader", dispatch, "release")
    return dispatch


def delivery(box, *acts):
    """The maker of a delivery in a box on which its receiver has done these acts."""

    def made(bench):
        prefix, sender = SENDERS[box]
        dispatch = bench.delivered(f"{prefix}.clerk", sender, (box,), by=f"{prefix}.approver", **ELEMENTS)
        found = dispatch.tracking.deliveries[box]
        for act in acts:
            bench.act(RECEIVERS[box], found, act, **({"reason": "format"} if act == "return" else {}))
        return found

    return made


def sent(*acts):
    """The maker of a dispatch to the office's box, whose registry has done these acts."""
    return lambda bench: delivery(OFFICE, *acts)(bench).dispatch


def asked(bench):
    found = delivery(OFFICE, "open")(bench)
    bench.act("jm.clerk", found, "ask_recall", note="发错")
    return found


def task(bench):
    found = delivery(ZH2, "open", "sign_for")(bench)
    bench.act("zh2.receiver", found, "distribute", targets=((bench.person("zh2.officer"), Part.LEAD),))
    return found.assignments[0]


def read_task(bench):
    assignment = task(bench)
    bench.act("zh2.officer", assignment, "open")
    return assignment


def change(bench):
    return request_change(
        bench.actor("zh2.head"),
        bench.person("zh2.officer"),
        "grant",
        role="receiver",
        scope="division:zh2",
        reason="试验",
    )


def change_approved(bench):
    """Another person's, since what is executed gives real rights; one that was executed before is ended."""
    subject = bench.person("zh3.officer")
    for held in subject.appointments(clock.now()):
        if held.role == "receiver":
            end(held, clock.now())
    wanted = {"role": "receiver", "scope": "division:zh3", "reason": "试验"}
    made = request_change(bench.actor("admin"), subject, "grant", **wanted)
    bench.act("auditor", made, "approve")
    return made


def change_executed(bench):
    made = change_approved(bench)
    bench.act("admin", made, "execute")
    return made


def handover(bench):
    giver, taker = bench.person("security"), bench.person("tech")
    return record_handover(bench.actor("admin"), giver, taker, "security_officer", items="密钥", day=date(2013, 1, 7))


def handover_given(bench):
    made = handover(bench)
    bench.act("security", made, "give")
    return made


def access_proposed(bench):
    """A proposal about a role that nobody here holds: to let it look into a city's box, or no longer."""
    has = bool(explain.decide(bench.box(JM), ("appraiser@unit:gd-office",), Permission.BOX_VIEW).allowed)
    data = {
        "role": "appraiser",
        "scope": "unit:gd-office",
        "permission": str(Permission.BOX_VIEW),
        "allowed": not has,
    }
    words = {"since": clock.now(), "until": None, "basis": "厅办〔2013〕1号", "reason": "节日值班"}
    return access_proposal.propose(bench.box(JM), bench.actor("admin"), data | words)


def access_approved(bench):
    proposal = access_proposed(bench)
    bench.act("auditor", proposal, "approve", seen=access_proposal.difference(proposal).digest)
    return proposal


def certificate(*acts):
    """The maker of a case officer's certificate on which these acts were done."""
    words = {"reject": {"note": "x"}, "note": {"note": "x"}}

    def made(bench):
        actor = bench.actor(HOLDER)
        found = policy.put(bench.root, policy.new_certificate(actor, FORM), actor)
        for act in acts:
            if act == "issue":
                hand_out(bench, found)
            elif act == "activate":
                bench.act(HOLDER, found, act, fingerprint=found.fingerprint)
            else:
                bench.act({"note": "auditor"}.get(act, "security"), found, act, **words.get(act, {}))
        return found

    return made


HOLDER = "zh2.officer"
IN_USE = ("approve", "issue", "activate")
CERTIFICATES = {
    "applied_certificate": certificate(),
    "approved_certificate": certificate("approve"),
    "issued_certificate": certificate("approve", "issue"),
    "active_certificate": certificate(*IN_USE),
    "suspended_certificate": certificate(*IN_USE, "report_loss"),
    "noted_certificate": certificate(*IN_USE, "report_loss", "note"),
}


def unit(code, *acts):
    """The maker of a unit in service on which these acts were done; a change asked for before is forgotten."""
    words = {"request_rename": ("liaison", {"letter": "函〔2013〕1号"}), "approve_change": ("office.leader", {})}

    def made(bench):
        found = bench.root["units"][code]
        found.pending, found.state = None, "active"
        for act in acts:
            login, data = words[act]
            named = {"new_name": f"某市{new_uid('')}"} if act == "request_rename" else {}
            bench.act(login, found, act, **data, **named)
        return found

    return made


def new_division(bench):
    return create_division(bench.root["units"]["maoming"], new_uid("x").lower(), new_uid(""), bench.actor("admin"))


def leaver(bench):
    """Somebody of Jiangmen without a role."""
    uid = new_uid("").lower()
    return create_person(bench.root, NewAccount(f"jm.{uid}", uid, bench.root["units"][JM]), bench.actor("admin"))[0]


def entry(*acts):
    """The maker of an entry of the office's register on which these acts were done; its lead is a division with a case officer here."""

    def made(bench):
        found = enter_in_register(bench.box("gd-office"), PAPER, bench.actor("office.registry1"))
        for login, act in acts:
            data = {"lead": bench.root["units"]["gd-office"]["zh2"], "due": None} if act == "hand_to" else {"note": "x"}
            bench.act(login, found, act, **data)
        return found

    return made


def shift(bench):
    """A shift of the duty roster that has not begun."""
    box = bench.box("gd-office")
    last = duty_shift.before(box, clock.now() + timedelta(days=3000))
    first = last.ends if last else clock.now() + timedelta(days=1)
    planned = Planned(first, first + timedelta(hours=8), bench.person("office.duty"))
    return duty_shift.plan(box, planned, bench.actor("office.registry1"))


def notice(bench):
    """A call that announces a document of Foshan's."""
    call, told = Call(clock.now(), "甲", "乙"), Told(bench.root["units"]["foshan"], "urgent", "佛府〔2013〕99号")
    return take(bench.box("gd-office"), told, call, bench.actor("office.duty"))


def call_task(bench):
    """A division to be called about what is urgent in its box."""
    dispatch = bench.delivered("jm.clerk", JM, (ZH2,), by="jm.approver", urgency="urgent", **ELEMENTS)
    return tasks_about(dispatch.tracking.deliveries[ZH2])[0]


PAPER = Facts("某单位", "试验", clock.from_micros(0), Channel.PAPER)
PROPOSED = ("office.registry1", "propose")
HANDED = (PROPOSED, ("office.registry1", "hand_to"))
ENTRIES = {
    "entry": entry(*HANDED),
    "entry_registered": entry(),
    "entry_proposed": entry(PROPOSED),
    "entry_handled": entry(*HANDED),
    "entry_concluded": entry(*HANDED, ("zh2.officer", "conclude")),
    "series": lambda bench: entry()(bench).number.series,
}


def paper(name="", **data):
    """The maker of a paper item in the office's box, with an act of its receiver."""

    def made(bench):
        item = bench.paper(delivery(OFFICE)(bench).dispatch, OFFICE)
        if name:
            bench.act("office.registry1", item, name, **data)
        return item

    return made


def found_paper(bench):
    claim, given = Claim("江门市", "", "试验"), {"day": clock.today(), "copies": 1}
    return paper_item.enter(bench.box(OFFICE), claim, given, bench.actor("office.registry1"))


PAPERS = {
    "paper": paper(),
    "paper_received": paper("receive", day=date(2013, 1, 7), copies=1),
    "paper_found": found_paper,
    "scanned": paper(),
    "sent_paper": lambda bench: paper()(bench).dispatch,
    "sent_lost": lambda bench: paper("report_lost", note="x")(bench).dispatch,
}


def drafted(bench):
    """A draft of a division in the name of the government, saved once."""
    made = begin_draft(bench.box(OFFICE), bench.actor("zh2.officer"))
    bench.act("zh2.officer", made, "edit", began=0, values={"title": "试验的通知", "body": "试验"})
    return made


MAKERS = {
    **PAPERS,
    "drafted": drafted,
    **ENTRIES,
    **outgoing.MAKERS,
    **SEALS,
    "unit_free": unit(JM),
    "unit_other": unit("maoming"),
    "unit_asked": unit("maoming", "request_rename"),
    "unit_agreed": unit("maoming", "request_rename", "approve_change"),
    "new_division": new_division,
    "leaver": leaver,
    "shift": shift,
    "notice": notice,
    "call_task": call_task,
    "change": change,
    "change_approved": change_approved,
    "change_executed": change_executed,
    "handover": handover,
    "handover_given": handover_given,
    **CERTIFICATES,
    "access_proposed": access_proposed,
    "access_approved": access_approved,
    "draft": draft,
    "complete": draft,
    "submitted": submitted,
    "released": released,
    "office_submitted": office_submitted,
    "office_released": office_released,
    "sent": sent(),
    "sent_opened": sent("open"),
    "sent_returned": sent("open", "return"),
    "sent_signed": sent("open", "sign_for"),
    "asked_office": asked,
    "task": task,
    "read_task": read_task,
    "pending_office": delivery(OFFICE),
    "opened_office": delivery(OFFICE, "open"),
    "signed_office": delivery(OFFICE, "open", "sign_for"),
    "pending_zh2": delivery(ZH2),
    "opened_zh2": delivery(ZH2, "open"),
    "signed_zh2": delivery(ZH2, "open", "sign_for"),
    "pending_jm": delivery(JM),
    "opened_jm": delivery(JM, "open"),
    "signed_jm": delivery(JM, "open", "sign_for"),
    "pending": delivery(OFFICE),
    "signed": delivery(OFFICE, "open", "sign_for"),
}
PLAIN = {
    "drafted": "drafted",
    "paper": "paper",
    "sent_paper": "sent_paper",
    "change": "change",
    "handover": "handover",
    "entry": "entry",
    "series": "series",
}
BY = {"pending": "uid", "signed": "uid", "scanned": "code"}
PLAIN |= {"outgoing": "outgoing"}
PLAIN |= {"shift": "shift", "notice": "notice", "call_task": "call_task"}
BOXES = {"office": f"/exchange/{OFFICE}", "zh2": f"/exchange/{ZH2}", "jm": f"/exchange/{JM}", "unit": f"/units/{JM}"}
BOXES |= {"gd_office": "/exchange/gd-office", "division": "/units/gd-office/zh3"}
BOXES |= {"person": "/people/p0060", "colleague": "/people/p0075"}


def make(app, name):
    """A fresh object: the words that stand for it, and for its scan (f) and its editable file (e), in an address."""
    with site(app) as root:
        made = MAKERS[name](Bench(root, app.registry))
        if isinstance(made, AccessProposal):
            return {name: resource_path(made), "seen": access_proposal.difference(made).digest, **BOXES}
        if isinstance(made, Certificate):
            return {name: resource_path(made), "fp": made.fingerprint, **BOXES}
        if getattr(made, "document", None) is None:
            return {name: resource_path(made), "f": "", "e": "", "uid": made.uid, **BOXES}
        files = made.document.files
        files[0].pages, files[0].state = 1, "inspected"
        address = (
            {"code": getattr(made, "code", ""), "uid": made.uid}.get(BY[name]) if name in BY else resource_path(made)
        )
        return {name: address, "f": files[0].uid, "e": files[1].uid, "uid": made.uid, **BOXES}


def standing(app):
    """One object of each kind for those who only read, each with its file: name to words."""
    shown = {"in_office": "signed_office", "in_zh2": "signed_zh2", "dispatch": "sent_opened", "draft": "draft"}
    made = {
        name: make(app, maker) | {"maker": maker} for name, maker in (shown | {"task": "read_task", **PLAIN}).items()
    }
    addresses = BOXES | {name: words[words["maker"]] for name, words in made.items()}
    d = made["in_office"]["uid"]
    addresses["certificate"] = make(app, "active_certificate")["active_certificate"]
    addresses["seal"] = make(app, "seal")["seal"]
    addresses["proposal"] = make(app, "access_proposed")["access_proposed"]
    return {name: {**addresses, "d": d, "f": words["f"]} for name, words in made.items()} | {"": {**addresses, "d": d}}
