"""The outgoing chain of the sample office: its equipment, its series, and documents at several steps, all through the public policies.

What goes out in the name of the government is set and sealed; the office itself still stamps paper and scans it (R-N4.1, path B).
"""

from typing import Any, NamedTuple

from content_types.number_series import SeriesKind
from content_types.official_document import Urgency
from content_types.outgoing_document import OutgoingDocument
from content_types.production import Correction
from content_types.unit import Connection
from policies.drafting_desk import begin
from policies.number_series import found_series
from policies.outgoing_guards import points
from policies.sample.desk import Desk, text_of
from policies.sample.letters import LEADER, REGISTRY
from policies.sample.organisation import GOVERNMENT, OFFICE
from policies.sample.people import SINCE

SERIES = (
    (GOVERNMENT, "粤府", True),
    (GOVERNMENT, "粤府函", True),
    (OFFICE, "粤府办", False),
    (OFFICE, "粤办函", False),
)
"""Box, code, and whether a leader looks at its plates (R-24.3)."""
DETAILS: dict[str, dict[str, Any]] = {
    "agree": {"note": "已核，建议签发。"},
    "sign": {"note": "同意。"},
    "return": {"note": "请补充报送时限后再送核。"},
    "proof_back": {"corrections": (Correction(1, "三个工作日", "五个工作日"),), "note": "时限与签发稿不符。"},
    "replate": {"corrections": (Correction(1, "三个工作日", "五个工作日"),)},
}
"""What is typed with an act."""


class Draft(NamedTuple):
    """A document: box and series, whose draft it is, title and text, to whom, and the acts done on it, each with who does it."""

    box: str
    series: str
    division: str
    title: str
    text: str
    mains: tuple[str, ...]
    acts: str
    kind: str = "通知"
    urgency: Urgency = Urgency.PLAIN


SIGNED = "submit agree sign recheck_ok"
PLATED = f"{SIGNED} plate plate_done"
DRAFTS = (
    Draft(GOVERNMENT, "粤府函", "zh1", "关于开展2012年度政务信息统计工作的通知", "xinxi", ("guangzhou", "foshan"), f"{PLATED} proof_ok_leader leader_ok"),
    Draft(GOVERNMENT, "粤府", "zh2", "关于做好春运工作的通知", "chunyun", ("guangzhou", "shenzhen", "jiangmen"), f"{PLATED} proof_back replate plate_done"),
    Draft(GOVERNMENT, "粤府", "zh1", "关于做好档案移交工作的通知", "dangan", ("jiangmen",), SIGNED),
    Draft(OFFICE, "粤府办", "zh1", "关于做好强降雨防御工作的紧急通知", "taifeng", ("zhuhai", "yangjiang"), "submit agree", urgency=Urgency.MOST_URGENT),
    Draft(OFFICE, "粤办函", "zh2", "关于召开防汛工作会议的通知", "huiyi", ("caizheng",), "submit return"),
)  # fmt: skip
"""One each to be sealed, read again, set, signed, and mended."""


def make_outgoing(root: Any, registry: Any) -> None:
    """Equip the government and play every document. Commits act by act."""
    desk = Desk(root, registry)
    desk.turn_to(0)
    equip(desk)
    for draft in DRAFTS:
        play(desk, draft)


def equip(desk: Desk) -> None:
    """Plate-making and seals for the government, the office's principal leader, the series (R-N4.1, S-8, S-23)."""
    government, office = (desk.root["units"][code] for code in (GOVERNMENT, OFFICE))
    flags = {"has_plate": True, "has_seal": True, "planned": government.connection_planned}
    desk.act(government, "equip", "admin", connection=Connection.CONNECTED, actual=SINCE.date(), **flags)
    desk.act(office, "name_principal", "office.admin", principal=desk.root.logins[LEADER])
    for box, code, leader in SERIES:
        with desk.transaction():
            found_series(
                desk.root["exchange"][box], code, SeriesKind.DOCUMENT, desk.actor(REGISTRY), leader_recheck=leader
            )


def play(desk: Desk, draft: Draft) -> OutgoingDocument:
    """One document: written, then step by step by those whose business each is; the worker sets the plates in between."""
    box, officer = desk.root["exchange"][draft.box], f"{draft.division}.officer"
    with desk.transaction():
        document = begin(box, desk.actor(officer))
    desk.act(document, "edit", officer, values=_values(desk, draft))
    for name in draft.acts.split():
        details = {"checklist": points(document)} if name == "recheck_ok" else DETAILS.get(name, {})
        desk.act(document, name, _who(name, draft), **details)
        desk.let_work_be_done()
    return document


def _values(desk: Desk, draft: Draft) -> dict[str, Any]:
    boxes = desk.root["exchange"]
    return {
        "series": boxes[draft.box]["numbers"][f"{SeriesKind.DOCUMENT}-{draft.series}"],
        "kind": draft.kind,
        "urgency": draft.urgency,
        "title": draft.title,
        "body": "\n".join(line.strip() for line in text_of(draft.text).splitlines()[2:]),
        "mains": tuple(boxes[name] for name in draft.mains),
    }


def _who(name: str, draft: Draft) -> str:
    """Whose business an act is."""
    if name in ("plate", "replate", "plate_done"):
        return "office.plate"
    if name.startswith("proof"):
        return "office.proof"
    own = {"submit": "officer", "agree": "head", "return": "head"}
    return f"{draft.division}.{own[name]}" if name in own else {"recheck_ok": "office.recheck"}.get(name, LEADER)
