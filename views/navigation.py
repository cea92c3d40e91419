"""What the shell shows of this person: name and roles, and the boxes with their counts (domain.md part 6, box lists)."""

from collections.abc import Iterable
from typing import Any

from pyramid.traversal import resource_path

from content_types.exchange_box import ExchangeBox
from govrepo.catalog import Any as AnyOf
from govrepo.catalog import register
from govrepo.i18n import listed
from policies.exchange_box import boxes_of, readable_carriers, sees_inbox, sees_outbox
from policies.permissions import Permission as P
from policies.registering import keeps_register
from policies.registers.keys import box_state
from policies.roles import ROLES, Role

from .shell import Person

INBOX_FOLDERS: dict[str, tuple[str, ...]] = {
    "waiting": ("pending",),
    "signed": ("signed", "assigned", "registered", "closed"),
    "returned": ("returned", "return_closed"),
    "all": ("pending", "signed", "assigned", "registered", "closed", "returned", "return_closed"),
}
"""The folders of an inbox and the states they hold; what was recalled or failed is not the receiver's."""

OUTBOX_FOLDERS: dict[str, tuple[str, ...]] = {
    "sent": ("sent", "completed", "cancelled"),
    "drafts": ("drafting", "submitted", "released"),
}


def shell_person(request: Any) -> Person | None:
    """Who is logged in, with the roles of the appointments in force."""
    account = request.account
    if account is None:
        return None
    roles = sorted({principal.split("@")[0] for principal in request.effective_principals if "@" in principal})
    return Person(account.name, request.localizer.translate(listed(ROLES[Role(role)].label for role in roles)))


def shell_boxes(request: Any) -> list[dict[str, Any]]:
    """The boxes of the person, each with the counts of its folders."""
    return [_box(request, box) for box in boxes_of(request.actor, request.root)]


def _box(request: Any, box: ExchangeBox) -> dict[str, Any]:
    here = getattr(request, "box_folder", None)
    active = here[1] if here and here[0] is box else None
    counts = folder_counts(request, box)
    return {"id": box.__name__, "name": box.title, "url": f"{resource_path(box)}/", "active": active, "counts": counts}


def folder_counts(request: Any, box: ExchangeBox) -> dict[str, int | None]:
    """How many lie in each folder that the person may see; no number for the whole past."""
    counts: dict[str, int | None] = {}
    if sees_inbox(request.actor, box):
        counts |= all_counts(request, box, "deliveries")
        counts["all"] = None
    if sees_outbox(request.actor, box):
        counts |= all_counts(request, box, "dispatches")
    if keeps_register(box) and request.has_permission(P.REGISTER_READ, box):
        counts["entries"] = None
    return counts


def all_counts(request: Any, box: ExchangeBox, name: str) -> dict[str, int]:
    """How many of a register's entries lie in each folder of a box; asked once a request, by the shell or by the page."""
    known: dict[tuple[str, str], dict[str, int]] = request.folder_counts
    key = (box.__name__, name)
    if key not in known:
        folders = INBOX_FOLDERS if name == "deliveries" else OUTBOX_FOLDERS
        known[key] = _counts(box, name, folders, carriers(request, box, name))
    return known[key]


def _counts(box: ExchangeBox, name: str, folders: dict[str, tuple[str, ...]], where: list[str]) -> dict[str, int]:
    keys = {folder: _keys(where, states) for folder, states in folders.items()}
    found = register(box, name).counts("box_state", {key for several in keys.values() for key in several})
    return {folder: sum(found[key] for key in several) for folder, several in keys.items()}


def carriers(request: Any, box: ExchangeBox, name: str) -> list[str]:
    """Whose entries the person may see in a register of a box: all that came in, but of what goes out only the readable."""
    return [str(box.__name__)] if name == "deliveries" else readable_carriers(request.actor, box)


def _keys(where: Iterable[str], states: Iterable[str]) -> list[str]:
    return [box_state(carrier, state) for carrier in where for state in states]


def in_states(where: Iterable[str], states: Iterable[str]) -> Any:
    """The query for the entries of these carriers in any of the states."""
    return AnyOf("box_state", _keys(where, list(states)))


def includeme(config: Any) -> None:
    """Tell the shell whom to ask."""
    config.add_request_method(lambda _request: {}, "folder_counts", reify=True)
    config.registry.shell_person = shell_person
    config.registry.shell_boxes = shell_boxes
