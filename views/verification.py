"""What a verification of seals said, for people: a mark, plain reasons, and the details of each seal (P-51, P-52)."""

from typing import Any

from content_types.delivery import Delivery
from content_types.file_object import FileObject
from content_types.official_document import OfficialDocument
from content_types.text_comparison import Likeness
from content_types.verification import SealNote
from govrepo.sealing import findings as problems
from policies import verification as policy
from policies.text_comparison import is_comparable

from .i18n import _

MARKS = {
    policy.GOOD: ("good", _("验证通过")),
    policy.BAD: ("bad", _("验证不通过")),
    policy.UNKNOWN: ("unknown", _("未能验证")),
    policy.UNSEALED: ("unsealed", _("无电子印章")),
}
"""The class of a mark and its words, by verdict."""

PROBLEMS = {
    problems.BROKEN: _("盖章之后文件内容被改动，与印章不符。"),
    problems.MODIFIED: _("盖章之后文件又被添加或者修改了内容。"),
    problems.UNTRUSTED: _("印章的证书不是本系统信任的机构签发的。"),
    problems.REVOKED: _("盖章时印章的证书已经挂失或者注销。"),
    problems.EXPIRED: _("盖章时印章的证书不在有效期内。"),
    problems.NO_SEAL: _("所用的证书不是印章证书。"),
    problems.NO_EVIDENCE: _("没有可信的盖章时间或者当时的吊销列表，无法确认。"),
    policy.OTHER_UNIT: _("印章有效，却不是发文单位的印章。"),
    problems.ENCRYPTED: _("文件已加密，无法验证。"),
    problems.UNREADABLE: _("文件结构有误，无法验证其中的签名。"),
    problems.ACTIVE: _("文件中有脚本、程序或者附带的文件，看到的内容可能变化。"),
}
UNFINISHED = _("验证没有做完（文件过大或者过于复杂）。")
MISSING = _("发文单位已部署盖章系统，正本却没有电子印章。")
STAMPED = _("发文单位没有盖章系统，扫描件以所盖的实物印章为准。")
TORN = _("文件与发送时登记的摘要不符：内容已经不是发出的内容。")
NOT_YET = _("还没有验证过。")


def seal_view(delivery: Delivery, *, readable: bool) -> dict[str, Any]:
    """The panel of a delivery: the mark over everything, why, and, for who reads the content, each file's seals."""
    document, verdict = delivery.document, policy.mark(delivery)
    css, words = MARKS[verdict]
    return {
        "css": css,
        "words": words,
        "reasons": [*_torn(delivery), *reasons(document)],
        "files": [_file(each) for each in policy.checked(document)] if readable else [],
        "asked": delivery.check_asked_at,
    }


def _torn(delivery: Delivery) -> list[Any]:
    digests = [each.passed for each in delivery.first.findings if each.check == policy.DIGEST]
    return [TORN] if False in digests else []


def reasons(document: OfficialDocument) -> list[Any]:
    """Why the verdict over a document's seals is what it is, in sentences; of good ones, whose they are."""
    verdict = policy.verdict(document)
    if verdict == policy.UNSEALED:
        return [MISSING if policy.lacks_seal(document) else STAMPED] if policy.checked(document) else []
    checks = [each.seals for each in policy.checked(document)]
    if verdict == policy.GOOD:
        names = "、".join(dict.fromkeys(note.name for check in checks if check for note in check.seals))
        return [_("印章：${names}", mapping={"names": names})]
    said = [_why(each.problem) if each else NOT_YET for each in checks if each is None or each.problem]
    return list(dict.fromkeys(said))


def _why(problem: str) -> Any:
    return PROBLEMS.get(problem, UNFINISHED)


def warnings(document: OfficialDocument) -> list[Any]:
    """What the sender must know before sending: how the receivers will see the seals (story 4); nothing while they are looked at."""
    if any(each.seals is None for each in policy.checked(document)):
        return []
    verdict = policy.verdict(document)
    if verdict in (policy.BAD, policy.UNKNOWN):
        return [_("收文单位将看到“${mark}”：", mapping={"mark": MARKS[verdict][1]}), *reasons(document)]
    return [MISSING] if policy.lacks_seal(document) else []


def _file(file: FileObject) -> dict[str, Any]:
    check = file.seals
    css, words = MARKS[check.verdict if check else policy.UNKNOWN]
    return {
        "name": file.filename,
        "sha256": file.sha256,
        "css": css,
        "words": words,
        "at": check.at if check else None,
        "seals": [_seal(each) for each in check.seals] if check else [],
    }


def _seal(note: SealNote) -> dict[str, Any]:
    return {
        "name": note.name,
        "why": _why(note.problem) if note.problem else "",
        "lines": [
            (_("证书序列号"), note.serial),
            (_("盖章时间"), note.signed_at),
            (_("时间戳"), _("有可信时间戳") if note.timestamped else _("没有时间戳，时间为盖章方自报")),
            (_("证书链"), TRUSTED[note.trusted]),
            (_("吊销"), note.revoked_at or _("未吊销")),
            (_("盖章后的修改"), _modified(note)),
            (_("签名级别"), note.level),
        ],
    }


LIKENESS = {
    Likeness.SAME: ("good", _("版式文件与可编辑文档内容一致")),
    Likeness.NEARLY: ("unknown", _("版式文件与可编辑文档有个别出入")),
    Likeness.DIFFERENT: ("bad", _("版式文件与可编辑文档内容不一致")),
    Likeness.NO_TEXT: ("unsealed", _("版式文件是扫描件或者没有文字，不能与可编辑文档比对，请人工核对")),
    Likeness.FAILED: ("unknown", _("版式文件与可编辑文档未能比对，请人工核对")),
}


def comparison_view(document: OfficialDocument) -> dict[str, Any] | None:
    """How the editable file stands to the fixed-layout one, which alone counts; None where there is nothing to compare, or not yet."""
    found = document.comparison
    if found is None or not is_comparable(document):
        return None
    css, words = LIKENESS[found.likeness]
    return {
        "css": css,
        "words": words,
        "percent": int(found.ratio * 100),
        "differs": found.likeness == Likeness.DIFFERENT,
        "passages": found.passages,
        "more": found.differences - len(found.passages),
    }


TRUSTED = {True: _("可信"), False: _("不可信"), None: _("无法确认")}


def _modified(note: SealNote) -> Any:
    if not note.intact:
        return _("盖章的内容被改动")
    if note.modified_after:
        return _("盖章之后添加或者修改了不许改的内容")
    return _("没有") if note.whole else _("只有允许的追加（如后盖的章、时间戳）")
