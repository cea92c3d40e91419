"""A concluded document goes on by exchange to the units concerned (转, R-23.2, R-24.1; S-5).

The case officer's division sends it as an informal item from its own box: the files of what came in, or of the reply. The draft is an
ordinary one: its recipients may be changed, the head releases it, and the entry keeps what became of it.
"""

from typing import Any

from content_types.dispatch import Address, Dispatch, Recipient
from content_types.division import Division
from content_types.official_document import FORWARDED, Urgency
from content_types.register_entry import RegisterEntry
from govrepo.database import site
from govrepo.i18n import _, plain
from policies.engine import Act, Reason
from policies.file_object import take_over
from policies.permissions import Permission as P
from policies.sending import new_draft

SOURCES = {"document": _("来文"), "reply": _("答复公文")}
"""What goes on: the document that came in, or the one that answered it."""


def sending_box(entry: RegisterEntry) -> Any:
    """The box of the division that handled an entry, from which it goes on (S-5); None for an entry nobody was handed."""
    if isinstance(entry.lead, Division):
        return site(entry)["exchange"].get(entry.lead.box_name or "")
    return entry.box if entry.lead is not None else None


def concerned(entry: RegisterEntry, box: Any) -> tuple[Recipient, ...]:
    """The recipients proposed: who sent the document, and the assisting divisions as copies; each where it has a box that is open."""
    exchange = site(entry)["exchange"]
    divisions = (each.box_name for each in entry.assists if getattr(each, "box_name", ""))
    copies = [exchange[name] for name in divisions if name in exchange]
    sender = sender_of(entry)
    wanted = [(sender, Address.MAIN), *((each, Address.COPY) for each in copies if each is not sender)]
    return tuple(Recipient(to, address) for to, address in wanted if to not in (None, box) and to.is_open)


def sender_of(entry: RegisterEntry) -> Any:
    """The box a document came from; for paper that of the one unit which bears the sender's name."""
    if entry.delivery is not None:
        return entry.delivery.dispatch.box
    root = site(entry)
    named = [each for each in root["units"].values() if entry.facts.from_unit in (each.short_name, each.name)]
    return root["exchange"].get(named[0].box_name or "") if len(named) == 1 else None


def source(entry: RegisterEntry, name: str) -> Any:
    """The document that goes on by a name of :data:`SOURCES`; None for paper, and for a reply that was none by exchange."""
    if name == "reply":
        return entry.reply.document if isinstance(entry.reply, Dispatch) else None
    return entry.delivery.document if entry.delivery is not None else None


def may_compose_there(act: Act) -> Reason | None:
    """R-23.2: the case officer sends it on, from the box of the division that handled it."""
    box = sending_box(act.context)
    if box is not None and box.is_open and act.actor.allowed(P.DISPATCH_COMPOSE, box):
        return None
    return Reason(_("只能由主办处室的经办人从本处室交换箱发送。"), "R-23.2")


def source_given(act: Act) -> Reason | None:
    """What goes on is the document that came, or the reply where one was sent."""
    wanted = act.given.get("what")
    fits = wanted == "document" or (wanted == "reply" and source(act.context, "reply") is not None)
    return None if fits else Reason(_("请选择发送来文或者答复公文。"), "R-23.2", "what")


def send_on(act: Act) -> None:
    """发送有关单位: a draft of the division, with files and recipients; entry and draft know each other."""
    entry, box = act.context, sending_box(act.context)
    original = source(entry, act.given["what"])
    dispatch = new_draft(box, act.actor, informal=True)
    document = dispatch.document
    document.sent_on_from = entry
    document.passes_on = entry.delivery if act.given["what"] == "document" else None
    document.kind = FORWARDED
    document.title = plain(_("转《${title}》", mapping={"title": original.title if original else entry.title}))
    document.urgency = Urgency(entry.facts.urgency)
    document.note = _said_of(original, entry)
    dispatch.recipients = concerned(entry, box)
    for file in original.files if original is not None else ():
        take_over(dispatch, file)
    entry.sent_on = (*entry.sent_on, dispatch)


def _said_of(original: Any, entry: RegisterEntry) -> str:
    """Whose document it is, and its number."""
    if original is None:
        return f"{entry.facts.from_unit} {entry.facts.from_no}".strip()
    return f"{original.issuer} {original.number}".strip()


def sendings(entry: RegisterEntry) -> tuple[Dispatch, ...]:
    """What was sent on from an entry, with the supplements, repetitions and corrections of each."""
    return tuple(each for first in entry.sent_on for each in (first, *first.linked))
