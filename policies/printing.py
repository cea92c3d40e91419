"""Printing and downloading what was delivered: counted, registered, with consent where the rule says so (P-35, P-52, P-53, P-57 to P-59, P-61).

Formal copies go up to the sender's quota; beyond it there are copies without red head and red seal (脱密件). The fixed-layout file itself never
leaves; an editable file does, for a purpose and into a system that are named. Each is an act on the delivery, see policies/delivery.py.
"""

from datetime import datetime, timedelta
from typing import Any

from content_types.delivery import Consent, Delivery, Print, PrintKind
from content_types.file_object import FileRole
from govrepo import rules
from govrepo.catalog import register
from govrepo.i18n import _
from policies.actor import Actor
from policies.engine import Act, Reason

FORMAL = (FileRole.SCAN, FileRole.ORIGINAL)
"""The roles whose copies count as formal (P-35)."""
MOST_COPIES = 99
WINDOW = timedelta(minutes=30)
"""So long the sheets of a print can be taken up again by who printed: the printer may jam. After that it is another print."""
KINDS = {"print": PrintKind.FORMAL, "print_plain": PrintKind.DESENSITISED, "download": PrintKind.DOWNLOAD}
"""What each act makes."""


def file_of(act: Act) -> Any:
    """The file the act's data names, or None."""
    return next((each for each in act.context.document.files if each.uid == act.given.get("file")), None)


def copies_of(act: Act) -> int:
    """How many copies the act's data asks for, one if it does not say; 0 for what is no number of copies."""
    said = str(act.given.get("copies", "1")).strip()
    return int(said) if said.isascii() and said.isdigit() and len(said) <= len(str(MOST_COPIES)) else 0


# Guards.


def quota_left(act: Act) -> Reason | None:
    """Formal copies are printed up to the sender's quota (P-35)."""
    if act.context.copies_left:
        return None
    return Reason(_("允许打印的正式份数（${quota}）已用完。", mapping={"quota": act.context.first.quota}), "P-35")


def consented(act: Act) -> Reason | None:
    """Where the rule says so, nothing is printed without the consent of the head (P-58)."""
    if not needs_consent(act) or granted(act.context):
        return None
    return Reason(_("打印须经负责同志同意，请先申请。"), "P-58")


def needs_consent(act: Act) -> bool:
    """The rule as it counts now (P-58)."""
    return bool(rules.value(act.context, act.actor.registry.govrepo_settings, "print_needs_consent", act.now))


def granted(delivery: Delivery) -> Consent | None:
    """The consent that waits to be used."""
    last = delivery.consents[-1] if delivery.consents else None
    return last if last and last.granted and last.used_at is None else None


def asked_for(delivery: Delivery) -> Consent | None:
    """The request that waits for its answer."""
    last = delivery.consents[-1] if delivery.consents else None
    return last if last and last.granted is None else None


def consent_wanted(act: Act) -> Reason | None:
    """Consent is asked for where the rule wants it, once at a time."""
    if not needs_consent(act):
        return Reason(_("打印不需要申请。"), "P-58")
    if asked_for(act.context) or granted(act.context):
        return Reason(_("已经申请，还没有答复或者还没有打印。"), "P-58")
    return None


def consent_asked(act: Act) -> Reason | None:
    """An answer presupposes a request."""
    return None if asked_for(act.context) else Reason(_("没有待答复的打印申请。"), "P-58")


def not_own_request(act: Act) -> Reason | None:
    """Nobody consents to the own request (P-58)."""
    request = asked_for(act.context)
    return Reason(_("不能同意自己的申请。"), "P-58") if request and request.asked_by == act.actor.id else None


# Guards over what was typed.


def formal_chosen(act: Act) -> Reason | None:
    """Copies are printed from the fixed-layout file, so that the quota holds (P-35)."""
    file = file_of(act)
    return None if file and file.role in FORMAL else Reason(_("请选择要打印的版式文件。"), "P-35", "file")


def formal_copies_given(act: Act) -> Reason | None:
    """The number of copies is within the quota (P-35); that nothing is left of it is said already."""
    left = act.context.copies_left
    if not left or 1 <= copies_of(act) <= left:
        return None
    return Reason(_("份数应为 1 至 ${left}。", mapping={"left": left}), "P-35", "copies")


def copies_given(act: Act) -> Reason | None:
    """A number of copies."""
    if copies_of(act):
        return None
    return Reason(_("份数应为 1 至 ${left}。", mapping={"left": MOST_COPIES}), "P-35", "copies")


def within_consent(kind: PrintKind) -> Any:
    """The guard that what is printed is what was consented to: the kind, and no more copies (P-58)."""

    def guard(act: Act) -> Reason | None:
        """What is printed is what was consented to: the kind, and no more copies (P-58)."""
        given = granted(act.context) if needs_consent(act) else None
        if given is None or (given.kind is kind and copies_of(act) <= given.copies):
            return None
        said = {"copies": given.copies, "kind": WORDS[given.kind]}
        return Reason(_("同意打印的是${kind} ${copies} 份。", mapping=said), "P-58", "copies")

    return guard


def wish_given(act: Act) -> list[Reason]:
    """A request says what, how many, and why (P-58)."""
    problems = [] if act.given.get("kind") in PRINTED else [Reason(_("请选择打印哪一种。"), "P-58", "kind")]
    if not str(act.given.get("note", "")).strip():
        problems.append(Reason(_("请写明用途。"), "P-58", "note"))
    few = act.given.get("kind") != PrintKind.FORMAL or copies_of(act) <= act.context.copies_left
    return problems if copies_of(act) and few else [*problems, _bad_copies(act)]


def _bad_copies(act: Act) -> Reason:
    formal = act.given.get("kind") == PrintKind.FORMAL
    left = act.context.copies_left if formal else MOST_COPIES
    return Reason(_("份数应为 1 至 ${left}。", mapping={"left": left}), "P-35", "copies")


def refusal_explained(act: Act) -> Reason | None:
    """Who does not consent says why (P-58)."""
    return None if str(act.given.get("note", "")).strip() else Reason(_("请写明理由。"), "P-58", "note")


def other_file_chosen(act: Act) -> Reason | None:
    """What is downloaded is any other file of the document; the fixed-layout file leaves by printing only (P-35)."""
    file = file_of(act)
    return None if file and file.role not in FORMAL else Reason(_("请选择要下载的文件。"), "P-59", "file")


def purpose_given(act: Act) -> list[Reason]:
    """What is taken into the office's own system says what for and into which (P-59)."""
    asked = (("note", "purpose", _("请写明下载用途。")), ("system", "system", _("请写明送入哪个系统。")))
    return [Reason(words, "P-59", field) for name, field, words in asked if not str(act.given.get(name, "")).strip()]


WORDS = {
    PrintKind.FORMAL: _("正式份"),
    PrintKind.DESENSITISED: _("脱密件"),
    PrintKind.DOWNLOAD: _("下载"),
}
PRINTED = (PrintKind.FORMAL, PrintKind.DESENSITISED)


# Effects.


def count(kind: PrintKind) -> Any:
    """The effect that registers what was taken (P-35, P-53); only formal copies use up the quota. A consent is used by it."""

    def effect(act: Act) -> None:
        delivery, first = act.context, act.context.first
        if delivery.first_printed_at is None:
            delivery.first_printed_at = act.now
        copies = 1 if kind is PrintKind.DOWNLOAD else copies_of(act)
        purpose, system = (str(act.given.get(name, "")).strip() for name in ("note", "system"))
        box = str(delivery.box.__name__)
        made = Print(act.now, act.actor.id, act.given["file"], kind, copies, box, purpose, system)
        first.prints = (*first.prints, made)
        register(first, "deliveries").changed(first)
        if kind in PRINTED and granted(delivery):
            _replace_last(delivery, used_at=act.now)

    return effect


def ask_consent(act: Act) -> None:
    """The request stands before the head."""
    given = act.given
    kind = PrintKind(given["kind"])
    asked = Consent(kind, copies_of(act), str(given["note"]), act.now, act.actor.id, act.actor.name)
    act.context.consents = (*act.context.consents, asked)


def answer(*, granted: bool) -> Any:
    """The effect that records the answer: by whom, and when (P-58)."""

    def effect(act: Act) -> None:
        _replace_last(act.context, answered_at=act.now, answered_by=act.actor.name, granted=granted)

    return effect


def _replace_last(delivery: Delivery, **changed: Any) -> None:
    *before, last = delivery.consents
    delivery.consents = (*before, last._replace(**changed))


def taken(act: Act) -> dict[str, Any]:
    """What the journal keeps: which file, its digest, how many copies, and into which system it went."""
    file = file_of(act)
    system = str(act.given.get("system", "")).strip()
    return {"file": file.uid, "sha256": file.sha256, "copies": copies_of(act), **({"system": system} if system else {})}


# What was printed, for the sheets.


def sheets_of(delivery: Delivery, number: int, actor: Actor, now: datetime) -> Print | None:
    """The print whose sheets may be shown: the person's own, made a short while ago, of what is still held and not bad; else None."""
    printed = delivery.printed
    if not 0 <= number < len(printed) or delivery.verification == "bad":
        return None
    made = printed[number]
    own = made.by == actor.id and made.kind in PRINTED and made.box == str(delivery.box.__name__)
    return made if own and made.at <= now < made.at + WINDOW else None


def serials(delivery: Delivery, number: int) -> range:
    """The serial numbers of the copies of a print, counted over all copies of its kind (份号)."""
    printed = delivery.printed
    before = sum(each.copies for each in printed[:number] if each.kind is printed[number].kind)
    return range(before + 1, before + 1 + printed[number].copies)
