"""The person and account (人员, domain.md 4.2; P-17): one account per person, rights from appointments only."""

from datetime import datetime
from typing import Any

from persistent.mapping import PersistentMapping
from substanced.content import content

from content_types.appointment import Appointment
from content_types.content import Container
from content_types.saved_search import SavedSearch


@content("Person")
class Person(Container):
    """A known person, tied to a unit (R-3.1). Children are the appointments; the name in the tree is ``id``.

    ``status`` is the account's state (domain.md 5.9): active, suspended, handover or closed. ``established`` says whether the
    person is established staff (R-6.1); ``trainings`` are the person's training records (R-6.2),
    ``handovers`` those of the posts given or taken (R-6.3); ``searches`` are the person's saved searches; ``suspension`` is the emergency suspension in force (R-39.2).
    """

    initial_state = "active"
    to_sign: Any = None  # A mapping once there was one: what waits for this person's signature, by nonce.
    searches: tuple[SavedSearch, ...] = ()
    trainings: tuple[Any, ...] = ()
    handovers: tuple[Any, ...] = ()
    suspension: Any = None

    def __init__(
        self, person_id: str, login: str, name: str, *, unit: Any, division: Any = None, post: str = ""
    ) -> None:
        super().__init__()
        self.id = person_id
        self.login = login
        self.name = name
        self.unit = unit
        self.division = division
        self.post = post
        self.established = False
        self.password_hash = ""
        self.password_changed: datetime | None = None
        self.must_change_password = True
        self.sessions = PersistentMapping()

    @property
    def status(self) -> str:
        """The account's state, under the name the login asks for."""
        return self.state

    @property
    def title(self) -> str:
        """The name people read."""
        return self.name

    @property
    def principal(self) -> str:
        """The principal for what a person is personally involved in."""
        return f"person:{self.id}"

    def appoint(self, appointment: Appointment) -> Appointment:
        """Add an appointment to this person."""
        self[appointment.uid] = appointment
        return appointment

    def appointments(self, at: datetime) -> tuple[Appointment, ...]:
        """The appointments in force at an instant."""
        return tuple(each for each in self.values() if isinstance(each, Appointment) and each.in_force(at))

    def appointments_at(self, at: datetime) -> tuple[Appointment, ...]:
        """The appointments that were in force at a past instant, those ended since included; none while not active then."""
        if self.state_at(at) != "active":
            return ()
        return tuple(each for each in self.values() if isinstance(each, Appointment) and each.was_in_force(at))

    def principals(self, at: datetime) -> tuple[str, ...]:
        """One ``role@scope`` per appointment in force; none while the account is suspended, handed over or closed."""
        if self.state != "active":
            return ()
        return tuple(appointment.principal for appointment in self.appointments(at))
