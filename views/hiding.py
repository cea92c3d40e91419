"""What a person may not know of answers 404, as if it were not there (the issue's rule for cross-box access)."""

from typing import Any

from pyramid.location import lineage

from content_types.certificate import Certificate
from content_types.exchange_box import DivisionDesk, ExchangeBox
from content_types.handover import Handover
from content_types.outgoing_document import OutgoingDocument
from content_types.permission_change import PermissionChange
from content_types.person import Person
from content_types.register_entry import RegisterEntry
from content_types.register_export import RegisterExport
from content_types.seal import Seal
from policies.exchange_box import boxes_of
from policies.permissions import Permission as P

READ_BY = (
    (DivisionDesk, P.DISPATCH_READ),
    (OutgoingDocument, P.DOCUMENT_VIEW),
    (PermissionChange, P.CHANGE_READ),
    (Handover, P.HANDOVER_READ),
    (RegisterExport, P.EXPORT_READ),
    (Seal, P.SEAL_READ),
)
"""What is not there for whoever may not read it."""


def is_hidden(request: Any) -> bool:
    """Whether the object asked for lies in what the person has no part in, or in another person's own list."""
    context = getattr(request, "context", None)
    if context is None or request.account is None:
        return False
    if isinstance(context, RegisterEntry) and request.has_permission(P.ENTRY_READ, context):
        return False  # It was handed to whoever asks, from a box that may be another's.
    answers = (_hides(request, context, location) for location in lineage(context))
    return next((answer for answer in answers if answer is not None), False)


def _hides(request: Any, context: Any, location: Any) -> bool | None:
    """Whether one place on the way to the root hides what lies in it; None if it says nothing."""
    if any(isinstance(location, kind) and not request.has_permission(read, location) for kind, read in READ_BY):
        return True
    if isinstance(location, Certificate):
        return not request.has_permission(P.CERTIFICATE_READ, location)
    if isinstance(location, ExchangeBox):
        return location not in boxes_of(request.actor, location.__parent__.__parent__)
    if isinstance(location, Person):
        return location is not request.account and not (location is context and _knows(request, location))
    return None


def _knows(request: Any, person: Person) -> bool:
    """Whether the one who asks may know that a person has an account: such a one is told why an act on a person is refused."""
    return any(request.has_permission(each, person) for each in (P.PEOPLE_VIEW, P.PERSON_LEAVE))
