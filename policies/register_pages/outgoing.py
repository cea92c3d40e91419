"""The register of documents in the making (公文办理; domain.md 5.1, part 6): what lies on the desks a person sees, and since when in whose hands."""

from typing import Any

from govrepo.catalog import Any as AnyOf
from govrepo.catalog import Query
from govrepo.i18n import _
from policies.actor import Actor
from policies.drafting_desk import desks_of
from policies.outgoing_document import STATES
from policies.permissions import Permission as P
from policies.register_pages import words
from policies.register_pages.declaration import Column, RegisterPage, Visible
from policies.register_pages.filters import Choice, Exactly, Holds, Period, Someone, sequence


def on_desks(actor: Actor, root: Any, asked: P) -> Query | None:
    """What lies on the desks where the actor holds the permission."""
    desks = desks_of(actor, root, asked)
    return AnyOf("desk", desks) if desks else None


def last_step(document: Any) -> Any:
    """Since when it lies where it lies."""
    return document.history[-1].at


OUTGOING_DOCUMENTS = RegisterPage(
    name="outgoing_documents",
    title=_("公文办理"),
    print_title=_("公文办理登记簿"),
    register="outgoing",
    visible=(Visible(P.DOCUMENT_VIEW, on_desks),),
    columns=(
        Column(_("紧急程度"), lambda document: str(document.urgency), look="urgency"),
        Column(_("发文字号"), lambda document: document.number, look="number"),
        Column(_("标题"), lambda document: document.title or _("（未填标题）"), look="main"),
        Column(_("发文机关"), lambda document: document.unit.short_name),
        Column(_("字头"), lambda document: document.series.code if document.series is not None else ""),
        Column(_("经办人"), lambda document: document.case_officer.name),
        Column(_("状态"), lambda document: STATES[document.state]),
        Column(_("起于"), last_step, sort="since", look="time"),
        Column(_("拟稿时间"), lambda document: document.created, sort="order", look="time"),
    ),
    filters=(
        Holds("q", _("标题、字号"), "words"),
        Choice("state", _("状态"), "state", said=words.of(STATES)),
        Choice("series", _("字头"), "series"),
        Choice("urgency", _("紧急程度"), "urgency", said=words.urgency),
        Choice("unit", _("发文机关"), "unit", said=words.unit_title),
        Exactly("number", _("序号"), "sequence", form=sequence),
        Someone("case_officer", _("经办人"), "case_officer"),
        Period("since", _("起于"), "since"),
    ),
    sort="-order",
    opens=((lambda document: document, P.DOCUMENT_VIEW),),
)

PAGES = (OUTGOING_DOCUMENTS,)
