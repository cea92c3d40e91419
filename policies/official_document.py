"""What a document must say before it may be sent (domain.md sect. 3.1 to 3.3; S-1, S-3, S-20..S-26; P-3)."""

import re
from collections.abc import Iterable

from content_types.dispatch import Address, Dispatch, Recipient
from content_types.official_document import (
    INFORMAL_KINDS,
    KINDS,
    KINDS_WITHOUT_RECIPIENTS,
    Classification,
    OfficialDocument,
)
from govrepo import clock
from govrepo.database import site
from govrepo.i18n import _
from govrepo.numbering import DocumentNumber, NumberError, NumberKey, parse
from policies.engine import Reason

NUMBER_WORDS = {
    "brackets": _("文号应写成“机关代字〔年份〕序号号”，例如“粤办函〔2012〕846号”。"),
    "code": _("机关代字应是1至12个汉字，不加“第”。"),
    "year": _("年份应是四位数字，不早于1949年。"),
    "future": _("文号的年份晚于今年。"),
    "sequence": _("序号应是1至99999，不编虚位，不加“第”，以“号”结尾。"),
}
"""What is wrong with a number, by the part that is (S-20, S-21)."""

CLASSIFICATION_RANK = tuple(Classification)


def element_problems(document: OfficialDocument, max_classification: str) -> list[Reason]:
    """Every mandatory element that is missing or wrong; ``max_classification`` is the highest that may be exchanged."""
    problems = []
    if not document.title.strip():
        problems.append(Reason(_("请填写标题。"), "GB/T 9704", "title"))
    problems += _informal_problems(document) if document.informal else _formal_problems(document)
    if rank_of(document.classification) > rank_of(max_classification):
        problems.append(Reason(_("涉密文件不得通过本系统交换。"), "P-3", "classification"))
    return problems


def rank_of(classification: str) -> int:
    """The place of a class of secrecy in their rising order (P-3)."""
    return CLASSIFICATION_RANK.index(Classification(classification))


def _formal_problems(document: OfficialDocument) -> list[Reason]:
    problems = []
    if document.kind not in KINDS:
        problems.append(Reason(_("请选择文种。"), "TL12 8", "kind"))
    if document.date is None:
        problems.append(Reason(_("请填写成文日期。"), "GB/T 9704", "date"))
    return [*problems, *number_problems(document)]


def _informal_problems(document: OfficialDocument) -> list[Reason]:
    """S-5: a division's item is a 便函 or a 转, has no number of the unit's, and none of the kinds of official documents."""
    problems = []
    if document.kind not in INFORMAL_KINDS:
        problems.append(Reason(_("处室只能发送便函或转办件，请选择。"), "S-5", "kind"))
    if document.number.strip():
        problems.append(Reason(_("便函、转办件不编发文字号。"), "S-5", "number"))
    return problems


def number_problems(document: OfficialDocument) -> list[Reason]:
    """What is wrong with the number: grammar (S-20, S-21), missing without a reason (S-26), or taken (S-23)."""
    if not document.number.strip():
        if document.no_number_reason.strip():
            return []
        return [Reason(_("请填写文号；没有文号的，请说明原因。"), "S-26", "number")]
    try:
        number = parse(document.number)
    except NumberError as error:
        return [Reason(NUMBER_WORDS[error.code], "S-20", "number")]
    holder = site(document).numbers.holder(number_key(document, number))
    if holder not in (None, document.uid):
        return [Reason(_("本单位已有文号为${number}的文件。", mapping={"number": str(number)}), "S-23", "number")]
    return []


def canonical_number(text: str) -> str:
    """The number as it is written (S-20): brackets and digits turned; what is no number stays as it was typed."""
    try:
        return str(parse(text))
    except NumberError:
        return text


def number_key(document: OfficialDocument, number: DocumentNumber) -> NumberKey:
    """The unique key of a document's number (S-23)."""
    return NumberKey(document.unit.code, number.code, number.year, number.sequence)


def direction_problems(document: OfficialDocument, recipients: Iterable[Recipient]) -> list[Reason]:
    """S-3: an upward document names its signer. S-1: a request is not copied to a subordinate."""
    problems = []
    addressed = [(each.address, each.box.unit.level) for each in recipients]
    upward = any(address is Address.MAIN and level < document.unit.level for address, level in addressed)
    downward_copy = any(address is Address.COPY and level > document.unit.level for address, level in addressed)
    if not document.informal and upward and not document.signer.strip():
        problems.append(Reason(_("上行文须填写签发人。"), "S-3", "signer"))
    if document.kind == "请示" and downward_copy:
        problems.append(Reason(_("请示不得同时抄送下级机关。"), "S-1", "copies"))
    return problems


def warnings(dispatch: Dispatch) -> list[Reason]:
    """What is unusual but allowed: S-1 (several main recipients of a request), S-25, the title's last word."""
    document = dispatch.document
    found = []
    if document.kind == "请示" and len(dispatch.boxes(Address.MAIN)) > 1:
        found.append(Reason(_("请示原则上只主送一个上级机关。"), "S-1", "mains"))
    named = document.title and document.kind and not document.informal
    if named and not document.title.endswith(last_words(document.kind)):
        found.append(Reason(_("标题没有以文种“${kind}”结尾。", mapping={"kind": document.kind}), "GB/T 9704", "title"))
    return [*found, *_number_warnings(document)]


def last_words(kind: str) -> tuple[str, ...]:
    """The words a title of a kind may end with: 命令(令) stands for both 命令 and 令."""
    return tuple(re.findall(r"[^()]+", kind))


def _number_warnings(document: OfficialDocument) -> list[Reason]:
    try:
        number = parse(document.number)
    except NumberError:
        return []
    found = []
    if document.date and document.date.year != number.year:
        found.append(Reason(_("文号年份与成文日期的年份不同。"), "S-25", "number"))
    if document.unit.document_codes and number.code not in document.unit.document_codes:
        found.append(
            Reason(_("机关代字“${code}”不在本单位登记的代字中。", mapping={"code": number.code}), "S-23", "number")
        )
    return found


def freeze(document: OfficialDocument) -> None:
    """Make the document unchangeable and bind its number to it (path B of domain.md 5.1, S-23)."""
    if document.number.strip():
        number = parse(document.number)
        site(document).numbers.claim(number_key(document, number), document.uid)
        document.number = str(number)
    document.state = "sealed"


def thaw(document: OfficialDocument) -> None:
    """Undo a freeze before anything was sent: the draft goes back to its drafter, the number is free again."""
    if document.number.strip():
        site(document).numbers.release(number_key(document, parse(document.number)), document.uid)
    document.state = "draft"


def needs_main_recipient(document: OfficialDocument) -> bool:
    """All kinds but the public ones are addressed to somebody (domain.md sect. 3.2)."""
    return document.kind not in KINDS_WITHOUT_RECIPIENTS


def today_is_in_force(effective_date: str) -> bool:
    """Whether the system's start date has come (R-N1.2)."""
    return clock.today().isoformat() >= effective_date
