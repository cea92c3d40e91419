"""Documents that lose their force (S-9): revoked, void from the start; repealed, void from a day on. Decided by the issuer, told by a notice.

The rows stand in two tables: of what is made here, and of the sending of what came as finished files. Every copy shows the state.
"""

from datetime import date
from typing import Any

from content_types.dispatch import Dispatch
from content_types.production import LegalChange, LegalState
from govrepo import clock
from govrepo.i18n import _
from policies.engine import Act, Reason, Transition
from policies.permissions import Permission as P

STATES = {LegalState.VALID: _("有效"), LegalState.REVOKED: _("已撤销"), LegalState.REPEALED: _("已废止")}


def document_of(context: Any) -> Any:
    """The document an act is about: of a sending, the one that was sent."""
    return context.document if isinstance(context, Dispatch) else context


def in_force(act: Act) -> Reason | None:
    """S-9: what has lost its force does not lose it again."""
    valid = document_of(act.context).legal_state is LegalState.VALID
    return None if valid else Reason(_("本件已撤销或者废止。"), "S-9")


def notice_given(act: Act) -> list[Reason]:
    """S-9: the decision is notified; its number, and why."""
    found = [] if str(act.given.get("notice", "")).strip() else [Reason(_("请填写通知的文号。"), "S-9", "notice")]
    return found if str(act.given.get("note", "")).strip() else [*found, Reason(_("请写明理由。"), "S-9", "note")]


def day_given(act: Act) -> Reason | None:
    """S-9: void from the day of repeal, which is not before the document's own."""
    day, own_day = act.given.get("day"), document_of(act.context).date
    if isinstance(day, date) and (own_day is None or day >= own_day):
        return None
    return Reason(_("请填写废止日期，不早于成文日期。"), "S-9", "day")


def revoke(done: Act) -> None:
    """S-9: void from the start."""
    document = document_of(done.context)
    _lose(done, LegalState.REVOKED, document.date or clock.local(done.now).date())


def repeal(done: Act) -> None:
    """S-9: void from the day of repeal."""
    _lose(done, LegalState.REPEALED, done.given["day"])


def _lose(done: Act, state: LegalState, day: date) -> None:
    document, given = document_of(done.context), done.given
    document.legal_state = state
    change = LegalChange(done.now, done.actor.person, state, day, str(given["note"]), str(given["notice"]))
    document.legal_changes = (*document.legal_changes, change)


def rows(sources: tuple[str, ...], permission: P, guards: tuple[Any, ...] = ()) -> tuple[Transition, Transition]:
    """The rows by which a document loses its force, for a table and who decides in it."""
    asked = (*guards, in_force)
    return (
        Transition("revoke", _("撤销公文"), sources, None, permission, asked, (notice_given,), (revoke,), article="S-9"),
        Transition("repeal", _("废止公文"), sources, None, permission, asked, (notice_given, day_given), (repeal,), article="S-9"),
    )  # fmt: skip
