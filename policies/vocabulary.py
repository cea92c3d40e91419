"""The coded lists of the exchange, and the administrator's acts on those the domain leaves open (domain.md part 4)."""

import re
from typing import Any

from content_types.official_document import KINDS
from govrepo import clock, vocabulary
from govrepo.database import site
from govrepo.i18n import _
from govrepo.journal import Event
from govrepo.vocabulary import Term, Vocabulary
from policies.actor import Actor
from policies.administration import journal, refuse, require
from policies.engine import Reason
from policies.permissions import Permission as P

CODE = re.compile(r"[a-z][a-z0-9_]{1,39}")
LONGEST_LABEL = 40

RETURN_REASONS = Vocabulary(
    "return_reasons",
    _("退文理由"),
    {
        "misdirected": _("错发"),
        "address_rules": _("不符行文规则"),
        "format": _("格式不符"),
        "attachment_missing": _("缺附件"),
        "unreadable": _("无法打开"),
        "verification": _("验证不通过"),
        "classified": _("涉密"),
        "other": _("其他"),
    },
    extendable=True,
    article="P-54",
)
"""The reasons of domain.md 4.9 (P-54, P-55)."""

URGENCIES = Vocabulary(
    "urgencies", _("紧急程度"), {"plain": _("平件"), "urgent": _("加急"), "most_urgent": _("特急")}, article="GB/T 9704"
)

DOCUMENT_KINDS = Vocabulary("document_kinds", _("文种"), {kind: kind for kind in KINDS}, article="TL12 8")
"""The kinds of documents, which are also what a box may refuse to take (P-4)."""


def return_reason(delivery: Any, code: str, locale: str) -> str:
    """The reason of a return in words; empty for none."""
    return vocabulary.label(delivery, RETURN_REASONS, code, locale)


def return_reasons(context: Any) -> tuple[Term, ...]:
    """The reasons that may be given now."""
    return vocabulary.terms(context, RETURN_REASONS, clock.now())


def add(root: Any, listed: Vocabulary, code: str, zh: str, en: str, actor: Actor) -> Term:
    """Add a term to a list that is open, for use at once; raise Refused."""
    action = "vocabulary.add"
    require(P.VOCABULARY_CHANGE, root, actor, action)
    refuse(_problems(root, listed, code, zh, en), root, action)
    term = Term(code, zh.strip(), en.strip(), since=clock.now(), by_name=actor.name)
    site(root).vocabularies.put(listed.name, term)
    journal(action, root, actor, vocabulary=listed.name, code=code)
    return term


def _problems(root: Any, listed: Vocabulary, code: str, zh: str, en: str) -> list[Reason]:
    if not listed.extendable:
        return [Reason(_("这个词表由规定列明，不能增补。"), listed.article)]
    problems = []
    if not CODE.fullmatch(code):
        problems.append(Reason(_("代码用小写英文字母开头，可含数字和下划线，2 至 40 个字符。"), "", "code"))
    elif code in {term.code for term in vocabulary.terms(root, listed)}:
        problems.append(Reason(_("这个代码已经用过，不能重复使用。"), "", "code"))
    for field, text in (("zh", zh), ("en", en)):
        if not 1 <= len(text.strip()) <= LONGEST_LABEL:
            problems.append(Reason(_("请填写名称，不超过 40 个字符。"), "", field))
    return problems


def end(root: Any, listed: Vocabulary, code: str, actor: Actor) -> None:
    """Let an added term be chosen no more; what was chosen stays readable. Raise Refused."""
    action = "vocabulary.end"
    require(P.VOCABULARY_CHANGE, root, actor, action)
    known = {term.code: term for term in site(root).vocabularies.added(listed.name)}
    term = known.get(code)
    if term is None or not term.counts(clock.now()):
        refuse([Reason(_("没有这个正在使用的增补词条。"))], root, action)
        return
    site(root).vocabularies.put(listed.name, term._replace(until=clock.now()))
    journal(action, root, actor, vocabulary=listed.name, code=code)


def includeme(config: Any) -> None:
    """Declare the lists."""
    said = {"vocabulary": _("词表"), "code": _("词条代码")}
    config.add_journal_events(
        "vocabulary", _("词表"), Event("add", _("增补词条"), said), Event("end", _("停用词条"), said)
    )
    for listed in (RETURN_REASONS, URGENCIES, DOCUMENT_KINDS):
        config.add_vocabulary(listed)
