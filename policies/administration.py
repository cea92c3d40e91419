"""Administrators' acts that run no workflow (R-8.1): how each is refused, and how each stands in the journal."""

from collections.abc import Iterable
from typing import Any

from pyramid.traversal import resource_path

from govrepo.i18n import _, plain
from govrepo.journal import Entry
from policies.actor import Actor
from policies.engine import Reason, Refused
from policies.permissions import Permission


def require(permission: Permission, context: Any, actor: Actor, action: str, article: str = "R-8.1") -> None:
    """Raise Refused unless the actor holds a permission at an object."""
    if not actor.allowed(permission, context):
        refuse([Reason(_("您没有办理此事的权限。"), article)], context, action)


def refuse(reasons: Iterable[Reason], context: Any, action: str) -> None:
    """Raise Refused if there is a reason to; nothing may have changed yet."""
    found = tuple(reasons)
    if found:
        words = "; ".join(plain(reason.text) for reason in found)
        kept = {"action": action, "subject": resource_path(context), "subject_uid": uid_of(context), "reason": words}
        raise Refused(found, kept)


def journal(action: str, context: Any, actor: Actor, reason: str = "", **details: Any) -> None:
    """Write an act that has been done into the journal, in the same transaction."""
    entry = Entry(
        action=action,
        actor=actor.id,
        subject=resource_path(context),
        subject_uid=uid_of(context),
        certificate=actor.certificate,
        session=actor.session,
        address=actor.address,
        reason=reason,
        details=details,
    )
    actor.registry.journal.append(entry, context)


def uid_of(context: Any) -> str:
    """The object's uid; empty for a plain folder."""
    return str(getattr(context, "uid", ""))


def given(text: str, field: str, article: str = "R-8.1") -> list[Reason]:
    """The reason against an act without its words."""
    return [] if text.strip() else [Reason(_("请写明依据。"), article, field)]
