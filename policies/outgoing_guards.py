"""What the rows of the outgoing document's table ask (domain.md 5.1): each answers None, or why not."""

from typing import Any

from content_types.dispatch import Address, Recipient
from content_types.official_document import KINDS
from content_types.outgoing_document import OutgoingDocument
from content_types.production import Correction, Step
from govrepo import clock, rules
from govrepo.i18n import _
from policies import formats
from policies import official_document as documents
from policies.engine import Act, Reason

CHECKLIST = {
    "approval": _("审批手续完备"),
    "content": _("内容、依据准确，未改变签发意见"),
    "kind": _("文种、行文关系正确"),
    "format": _("格式规范，附件齐全"),
    "no_request": _("报告中没有夹带请示事项"),
}
"""What the recheck clerk ticks (TL12 25(1)); the last for a report alone (S-2)."""
SETTLED = ("signed", "assigned", "registered", "closed", "return_closed", "recalled")
"""States of a delivery that ask nothing more of the sender."""
LONGEST_CORRECTION = 500


def own(act: Act) -> Reason | None:
    """R-24.5: the document's case officer, nobody else."""
    return None if act.context.case_officer is act.actor.person else Reason(_("只能由本件的经办人办理。"), "R-24.5")


def not_in_other_hands(act: Act) -> Reason | None:
    """A draft that somebody has checked out is not saved or submitted by another."""
    held = act.context.checked_out
    if held is None or held.until <= act.now or held.person is act.actor.person:
        return None
    return Reason(_("文稿正由${name}修改。", mapping={"name": held.person.name}), "5.1")


def elements_complete(act: Act) -> list[Reason]:
    """All mandatory elements but number and date, which come with the plate and the signature (domain.md 3.2, S-27, S-8)."""
    return list(element_problems(act.context, _rule(act, "max_classification")))


def element_problems(document: OutgoingDocument, max_classification: str) -> list[Reason]:
    """What a draft lacks, by field; also shown while it is typed."""
    problems = []
    if not document.title.strip():
        problems.append(Reason(_("请填写标题。"), "GB/T 9704", "title"))
    if document.kind not in KINDS:
        problems.append(Reason(_("请选择文种。"), "TL12 8", "kind"))
    if not document.body.strip():
        problems.append(Reason(_("请填写正文。"), "GB/T 9704", "body"))
    if documents.rank_of(document.classification) > documents.rank_of(max_classification):
        problems.append(Reason(_("涉密文件不得通过本系统交换。"), "P-3", "classification"))
    return [*problems, *_address_problems(document)]


def _address_problems(document: OutgoingDocument) -> list[Reason]:
    problems = []
    if not document.mains and documents.needs_main_recipient(document):
        problems.append(Reason(_("请选择主送机关。"), "P-31", "mains"))
    if set(document.mains) & set(document.copies):
        problems.append(Reason(_("同一单位不能既主送又抄送。"), "P-31", "copies"))
    if document.kind == "请示" and not document.note.strip():
        problems.append(Reason(_("请示应在附注处注明联系人的姓名和电话。"), "GB/T 9704", "note"))
    return problems


def kind_rules(act: Act) -> list[Reason]:
    """The rules tied to kind and direction (S-1, S-5, S-7)."""
    return kind_problems(act.context)


def kind_problems(document: OutgoingDocument) -> list[Reason]:
    """S-1: a request is not copied to a subordinate. S-7: joint issuers are of one level, none twice."""
    problems = []
    level = document.unit.level
    if document.kind == "请示" and any(box.unit.level > level for box in document.copies):
        problems.append(Reason(_("请示不得同时抄送下级机关。"), "S-1", "copies"))
    if any(unit.level != level for unit in document.issuers):
        problems.append(Reason(_("联合行文的各机关应当是同级机关。"), "S-7", "issuers"))
    if len(set(document.signatories)) < len(document.signatories):
        problems.append(Reason(_("联合行文的机关重复。"), "S-7", "issuers"))
    return problems


def draft_warnings(document: OutgoingDocument) -> list[Reason]:
    """What is unusual but allowed: several main recipients of a request (S-1), the title's last word."""
    found = []
    if document.kind == "请示" and len(document.mains) > 1:
        found.append(Reason(_("请示原则上只主送一个上级机关。"), "S-1", "mains"))
    if document.title and document.kind and not document.title.endswith(documents.last_words(document.kind)):
        found.append(Reason(_("标题没有以文种“${kind}”结尾。", mapping={"kind": document.kind}), "GB/T 9704", "title"))
    if document.kind == "批复" and not document.answers:
        found.append(Reason(_("批复应当关联所复的来文。"), "S-4", "answers"))
    return found


def series_fits(act: Act) -> Reason | None:
    """4.5: the series is chosen before numbering, and is one of the issuing box's; a document on paper has its number there."""
    document = act.context
    if not document.unit.is_fully_deployed:
        return None
    if document.series is None or document.series.owner is not document.box.owner:
        return Reason(_("请选择字头（字号序列）。"), "S-27", "series")
    return None


def series_open(act: Act) -> Reason | None:
    """S-24: an ended series gives no number."""
    series = act.context.series
    ended = series is not None and series.state != "active"
    return Reason(_("这个字号序列已停用。"), "S-24", "series") if ended else None


def not_of_another_year(act: Act) -> Reason | None:
    """S-24: a year that was closed is numbered no more."""
    series, year = act.context.series, clock.today().year
    closed = series is not None and year in series.closings
    return Reason(_("该年度已经结号。"), "S-24", "series") if closed else None


def not_drafter(act: Act) -> Reason | None:
    """SOD-7: nobody reviews, signs, rechecks or gives up the own draft."""
    if act.actor.person in (act.context.drafter, act.context.case_officer):
        return Reason(_("拟稿人、经办人不能办理自己文稿的这一步。"), "SOD-7")
    return None


def not_reviewed_yet(act: Act) -> Reason | None:
    """One agreement a round is enough."""
    return Reason(_("本轮核稿已同意。"), "5.1") if is_reviewed(act.context) else None


def reviewed(act: Act) -> Reason | None:
    """TL12 25: a draft is reviewed before it is signed."""
    return None if is_reviewed(act.context) else Reason(_("尚未核稿同意，不能签发。"), "TL12 25")


def is_reviewed(document: OutgoingDocument) -> bool:
    """Whether the newest opinion is a reviewer's agreement."""
    newest = document.opinions[-1] if document.opinions else None
    return newest is not None and newest.step is Step.REVIEW and newest.agreed


def principal_signs(act: Act) -> Reason | None:
    """S-8: upward and important documents are signed by the principal leader of the unit."""
    document = act.context
    if not (document.upward or document.important):
        return None
    principal = document.box.owner.principal_leader
    if principal is None:
        return Reason(_("本单位没有登记主要负责人，上行文和重要公文不能签发。"), "S-8")
    if principal is act.actor.person:
        return None
    return Reason(_("上行文和重要公文由主要负责人${name}签发。", mapping={"name": principal.name}), "S-8")


def checklist_complete(act: Act) -> Reason | None:
    """TL12 25(1), S-2: every point that applies is ticked."""
    left = set(points(act.context)) - set(act.given.get("checklist", ()))
    return Reason(_("请逐项复核并勾选。"), "TL12 25(1)", "checklist") if left else None


def points(document: OutgoingDocument) -> tuple[str, ...]:
    """The points of the checklist that apply to a document."""
    return tuple(each for each in CHECKLIST if each != "no_request" or document.kind == "报告")


def reason_given(act: Act) -> Reason | None:
    """A step back is explained in words."""
    return None if str(act.given.get("note", "")).strip() else Reason(_("请写明理由。"), "5.1", "note")


def has_plate(act: Act) -> Reason | None:
    """R-N4.1: without plate-making and seal system the paper is scanned (path B)."""
    if act.context.unit.is_fully_deployed:
        return None
    return Reason(_("本单位未部署制版和盖章系统，请挂接盖章纸质件的扫描件。"), "R-N4.1")


def has_seal(act: Act) -> Reason | None:
    """R-N4.1: whoever seals has the seal system."""
    if act.context.unit.has_seal:
        return None
    return Reason(_("本单位未部署盖章系统。"), "R-N4.1")


def on_paper(act: Act) -> Reason | None:
    """R-N4.3: who has plate and seal does not send scans."""
    if act.context.unit.is_fully_deployed:
        return Reason(_("本单位已部署制版和盖章系统，应当制版、盖章后发出。"), "R-N4.3")
    return None


def scan_complete(act: Act) -> list[Reason]:
    """R-N4.2: scan and editable file, each missing one named, none unfit."""
    return [*formats.missing_files(act.context), *formats.unfit_files(act.context)]


def number_typed(act: Act) -> list[Reason]:
    """Path B: the number stands on the paper, is typed and checked (S-20, S-23), and so is the day."""
    found = documents.number_problems(act.context)
    if act.context.date is None:
        found.append(Reason(_("请填写成文日期。"), "GB/T 9704", "date"))
    return found


def not_plate_maker(act: Act) -> Reason | None:
    """SOD-8: who made the plate does not read it."""
    plate = act.context.plate
    made = plate is not None and plate.by is act.actor.person
    return Reason(_("制版人不能校对自己制的版。"), "SOD-8") if made else None


def leader_needed(act: Act) -> Reason | None:
    """R-24.3: only series so flagged."""
    return None if act.context.series.leader_recheck else Reason(_("该字头不需要领导复核。"), "R-24.3")


def no_leader_needed(act: Act) -> Reason | None:
    """R-24.3: a series so flagged goes to the leader first."""
    return Reason(_("该字头须经领导复核，不能直接盖章。"), "R-24.3") if act.context.series.leader_recheck else None


def corrections_given(act: Act) -> Reason | None:
    """4.11: what is wrong is listed, page by page."""
    given = act.given.get("corrections", ())
    if given and all(_is_correction(each, act.context) for each in given):
        return None
    return Reason(_("请逐条列出错处：页码、原文、应改为。"), "R-24.2", "corrections")


def _is_correction(each: Any, document: OutgoingDocument) -> bool:
    pages = document.plate.pages if document.plate else 0
    fits = isinstance(each, Correction) and 1 <= each.page <= pages and each.old.strip() and each.old != each.new
    return bool(fits) and max(len(each.old), len(each.new)) <= LONGEST_CORRECTION


def not_in_dispatch(act: Act) -> Reason | None:
    """One sending at a time; more recipients are added to the one that was sent (P-31)."""
    if any(each.state != "cancelled" for each in act.context.dispatches):
        return Reason(_("本件已有发文单，请在发文单上办理。"), "5.2")
    return None


def all_settled(act: Act) -> Reason | None:
    """5.1: every delivery is signed for, or settled otherwise."""
    waiting = [
        box.title
        for dispatch in act.context.dispatches
        if dispatch.state != "cancelled"
        for box in _unsettled(dispatch)
    ]
    words = _("还有单位未签收：${names}。", mapping={"names": "、".join(waiting[:10])})
    return Reason(words, "5.1") if waiting else None


def _unsettled(dispatch: Any) -> list[Any]:
    made, gone = dispatch.tracking.deliveries, dispatch.cancellations.boxes
    return [
        each.box
        for each in dispatch.recipients
        if each.box.__name__ not in gone
        and (each.box.__name__ not in made or made[each.box.__name__].state not in SETTLED)
    ]


def no_cancel_asked(act: Act) -> Reason | None:
    """One request at a time."""
    return Reason(_("已申请作废，等待审核。"), "S-24") if act.context.asked_cancel is not None else None


def cancel_asked(act: Act) -> Reason | None:
    """5.1: case officer and reviewer together."""
    return None if act.context.asked_cancel is not None else Reason(_("经办人没有申请作废。"), "S-24")


def _rule(act: Act, name: str) -> Any:
    return rules.value(act.context, act.actor.registry.govrepo_settings, name, act.now)


def recipients_of(document: OutgoingDocument, quota: int) -> tuple[Recipient, ...]:
    """The document's own lists as a dispatch addresses them (P-31)."""
    mains = [Recipient(box, Address.MAIN, quota) for box in document.mains]
    return (*mains, *(Recipient(box, Address.COPY, quota) for box in document.copies))
