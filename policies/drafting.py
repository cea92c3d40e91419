"""Drafting (拟稿, domain.md 3.1, 3.2, 4.5, 5.1; S-1 to S-8): what is saved of a draft, the rules shown while it is typed, who has it in hand.

A draft is saved as a whole by its row ``edit``; each new text of title, body or attachments is kept as a version. Nothing here changes a draft
that has been submitted.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from content_types.exchange_box import BoxKind, ExchangeBox
from content_types.number_series import NumberSeries, SeriesKind
from content_types.official_document import ANSWERED_BY, Classification
from content_types.outgoing_document import OutgoingDocument
from content_types.production import BodyAttachment, CheckOut, Opinion
from content_types.register_entry import RegisterEntry
from govrepo import clock, rules
from govrepo.catalog import Any as AnyOf
from govrepo.catalog import register
from govrepo.database import site
from govrepo.i18n import _
from policies import outgoing_guards as guards
from policies.actor import Actor
from policies.engine import Act, Reason
from policies.number_series import series_of
from policies.official_document import rank_of
from policies.permissions import Permission as P
from policies.plating import keep_version
from policies.sending_on import sender_of

ELEMENTS = (
    "series", "kind", "urgency", "classification", "title", "body", "attachments", "mains", "copies", "mains_text", "copies_text", "issuers",
    "important", "openness", "copies_printed", "attendees", "note", "answers",
)  # fmt: skip
"""What a drafter writes; all else of a document comes with its steps."""
LONGEST = {"title": 500, "note": 500, "mains_text": 1_000, "copies_text": 1_000, "body": 100_000}
"""Characters of a text; 100,000 of a body are some 160 pages."""
LONGEST_ATTACHMENTS = 200_000
MOST_ATTACHMENTS = 50
MOST_PRINTED = 99_999
HELD = timedelta(hours=2)
"""How long a draft stays checked out: half a working day; whoever forgets to give it back stops nobody for longer."""
ANSWERABLE = ("proposed", "instructed", "handling", "concluded")
"""States of a register entry that may be answered (S-4): it has come to somebody, and is not closed yet."""

Values = Mapping[str, Any]


def sketch(
    box: ExchangeBox, actor: Actor, values: Values, document: OutgoingDocument | None = None
) -> OutgoingDocument:
    """A draft as it would be with these values, to look at only: it belongs to no database and is never stored."""
    drafter = actor.person if document is None else document.case_officer
    made = OutgoingDocument(box, drafter, drafting_division(box, actor) if document is None else document.division)
    made.__parent__ = box  # Where settings and numbers are looked up; the box does not come to know of it.
    for name in ELEMENTS:
        setattr(made, name, values.get(name, getattr(document or made, name)))
    return made


def drafting_division(box: ExchangeBox, actor: Actor) -> Any:
    """The division that drafts in the name of a box; None in a unit without divisions."""
    return None if box.kind is BoxKind.UNIT else actor.person.division


def problems(document: OutgoingDocument, actor: Actor) -> list[Reason]:
    """What keeps a draft from being submitted, by field: the mandatory elements, the rules of its kind, its series."""
    asked = Act(document, actor, clock.now())
    fits = guards.series_fits(asked)
    return [*guards.elements_complete(asked), *guards.kind_rules(asked), *([fits] if fits else [])]


def hints(document: OutgoingDocument) -> list[Reason]:
    """What is unusual but allowed, and who will have to sign (S-8)."""
    found = guards.draft_warnings(document)
    if document.upward or document.important:
        principal = document.box.owner.principal_leader
        named = _("上行文和重要公文由主要负责人${name}签发。", mapping={"name": principal.name if principal else ""})
        lacking = _("上行文和重要公文由主要负责人签发，但本单位没有登记主要负责人。")
        found.append(Reason(named if principal else lacking, "S-8", "important"))
    return found


def series_for(box: ExchangeBox) -> list[NumberSeries]:
    """The series a document in the name of a box may bear (S-27)."""
    return [each for each in series_of(box) if each.kind is SeriesKind.DOCUMENT and each.state == "active"]


def issuers_for(box: ExchangeBox) -> list[Any]:
    """The units that may issue together with the box's own: those of its level, in official order (S-7)."""
    units = (unit for unit in site(box)["units"].values() if unit is not box.unit and unit.state == "active")
    return sorted(
        (unit for unit in units if unit.level == box.unit.level and unit.box_name), key=lambda unit: unit.rank
    )


def answerable(actor: Actor, root: Any) -> list[RegisterEntry]:
    """The register entries that an actor handles and may answer (S-4), the newest first."""
    mine = AnyOf("readers", list(actor.principals)) & AnyOf("state", ANSWERABLE)
    found = register(root, "register_entries").query(mine, sort="order", reverse=True, limit=200).objects
    return [entry for entry in found if actor.allowed(P.ENTRY_HANDLE, entry)]


def answering(entry: RegisterEntry) -> dict[str, Any]:
    """What a draft that answers an entry begins with (S-4): the entry, to whom it goes, and its kind where what came asks for one."""
    sender = sender_of(entry)
    found = {"answers": (entry,), "kind": ANSWERED_BY.get(entry.facts.kind, "")}
    return found | ({"mains": (sender,)} if sender is not None and sender.is_open else {})


def saves(document: OutgoingDocument) -> int:
    """How often a draft was saved: what a form began with, and must still find."""
    return sum(each.transition == "edit" for each in document.history)


def last_return(document: OutgoingDocument) -> Opinion | None:
    """Why a draft came back, as long as it has not been submitted again."""
    newest = document.opinions[-1] if document.opinions else None
    return newest if newest is not None and not newest.agreed and document.state == "draft" else None


def held_by_another(document: OutgoingDocument, actor: Actor) -> CheckOut | None:
    """The check-out that keeps an actor from saving."""
    held = holding(document)
    return held if held is not None and held.person is not actor.person else None


def holding(document: OutgoingDocument) -> CheckOut | None:
    """The check-out in force; None once it has expired."""
    held = document.checked_out
    return held if held is not None and held.until > clock.now() else None


# Guards over what was typed.


def not_overtaken(act: Act) -> Reason | None:
    """Nobody writes over what was saved after the form was opened, unless the form says that it has seen that."""
    began = act.given.get("began")
    if began is None or began == saves(act.context):
        return None
    last = next((each for each in reversed(act.context.history) if each.transition == "edit"), act.context.history[0])
    words = {"name": last.actor_name, "time": f"{clock.local(last.at):%H:%M}"}
    return Reason(_("您打开以后，${name}已于${time}保存了新的内容。请对照后再保存。", mapping=words), "5.1", "form")


def unclassified(act: Act) -> Reason | None:
    """P-3: what is classified is not even written here."""
    given = act.given.get("values", {}).get("classification", Classification.NONE)
    most = rules.value(act.context, act.actor.registry.govrepo_settings, "max_classification", act.now)
    if rank_of(given) <= rank_of(most):
        return None
    return Reason(_("涉密文件不得在本系统起草和交换。"), "P-3", "classification")


def within_bounds(act: Act) -> list[Reason]:
    """No text is longer than an official document ever is."""
    values = act.given.get("values", {})
    long = [(name, most) for name, most in LONGEST.items() if len(values.get(name, "")) > most]
    found = [Reason(_("文字过长，最多${most}字。", mapping={"most": most}), "5.1", name) for name, most in long]
    attachments: tuple[BodyAttachment, ...] = values.get("attachments", ())
    if (
        len(attachments) > MOST_ATTACHMENTS
        or sum(len(text) for each in attachments for text in each) > LONGEST_ATTACHMENTS
    ):
        found.append(Reason(_("附件过多或者过长，请改用附件文件。"), "5.1", "attachments"))
    return found


def own_series(act: Act) -> Reason | None:
    """S-27: a series of the box in whose name it goes out."""
    given = act.given.get("values", {}).get("series")
    if given is None or given.owner is act.context.box.owner:
        return None
    return Reason(_("请选择字头（字号序列）。"), "S-27", "series")


def own_answers(act: Act) -> Reason | None:
    """S-4: what is answered is an entry that the drafter handles, or one that stood there already."""
    given = act.given.get("values", {}).get("answers", ())
    strange = [
        each for each in given if each not in act.context.answers and not act.actor.allowed(P.ENTRY_HANDLE, each)
    ]
    return Reason(_("只能选择由您承办的来文。"), "S-4", "answers") if strange else None


def in_own_hand(act: Act) -> Reason | None:
    """Only what one has checked out is checked in."""
    held = holding(act.context)
    if held is not None and held.person is act.actor.person:
        return None
    return Reason(_("您没有签出这份文稿。"), "5.1")


INPUTS = (not_overtaken, unclassified, within_bounds, own_series, own_answers)


# Effects.


def write(done: Act) -> None:
    """Set what was typed, keep a new text as a version, and give the draft back."""
    document, values = done.context, done.given.get("values", {})
    for name in ELEMENTS:
        if name in values:
            setattr(document, name, values[name])
    document.checked_out = None
    if _is_new_text(document):
        keep_version(document, done, str(done.given.get("note", "")))


def _is_new_text(document: OutgoingDocument) -> bool:
    newest = document.versions.get(len(document.versions)) if document.versions is not None else None
    text = (document.title, document.body, document.attachments)
    return text != (("", "", ()) if newest is None else (newest.title, newest.body, newest.attachments))


def check_out(done: Act) -> None:
    """Nobody else saves it for a while."""
    done.context.checked_out = CheckOut(done.actor.person, done.now + HELD)
