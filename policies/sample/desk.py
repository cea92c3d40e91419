"""The sample people at work: every act goes through the public policies, each in a transaction of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time, timedelta
from importlib.resources import files
from io import BytesIO
from typing import Any

import transaction

from content_types.assignment import Part
from content_types.delivery import Delivery
from content_types.file_object import FileRole
from govrepo import clock, work
from policies.actor import Actor
from policies.check_in import check_in
from policies.engine import act
from policies.file_object import attach
from policies.registering import enter_in_register, facts_of

FILES = files("policies.sample") / "files"
MORNING = time(9, 10)


class Desk:
    """Does acts in the name of sample people, at moments that only go forward and never past the present."""

    def __init__(self, root: Any, registry: Any) -> None:
        self.root = root
        self._registry = registry
        self._present = clock.now()
        self._moment = datetime.min.replace(tzinfo=UTC)

    def actor(self, login: str) -> Actor:
        """The actor a login name stands for, with the principals of this moment."""
        person = self.root.logins[login]
        principals = (person.principal, *person.principals(clock.now()))
        return Actor(person.principal, person.name, principals, self._registry, person)

    def turn_to(self, days: int) -> None:
        """Go on with the morning of the working day so many before the present one; 0 is the last hour and a half."""
        scheduled = self._present - timedelta(minutes=90) if days == 0 else self._morning(days)
        self._moment = max(self._moment, scheduled)

    def _morning(self, days: int) -> datetime:
        day = clock.local(self._present).date()
        while days:
            day -= timedelta(days=1)
            days -= self.root.calendar.is_worked(day)
        return datetime.combine(day, MORNING, clock.LOCAL)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """The next moment, a minute later, and a commit at its end."""
        self._moment = min(self._moment + timedelta(minutes=1), self._present)
        with clock.frozen(self._moment.astimezone(UTC)), transaction.manager:
            yield

    def act(self, context: Any, name: str, login: str, **data: Any) -> None:
        """One act by one person; raises Refused."""
        with self.transaction():
            if isinstance(context, Delivery) and name == "open":
                check_in(context.box, self.actor(login))
            act(context, name, self.actor(login), **data)

    def register(self, delivery: Delivery, login: str) -> None:
        """Enter a delivery in its box's register."""
        with self.transaction():
            enter_in_register(delivery.box, facts_of(delivery), self.actor(login), delivery)

    def attach(self, dispatch: Any, login: str, role: FileRole, filename: str, content: bytes) -> None:
        """Upload a file and make it a file of the draft, as the form does."""
        with self.transaction():
            actor = self.actor(login)
            upload = self._registry.uploads.create(actor.person.id, filename, len(content))
            self._registry.uploads.append(upload, actor.person.id, 0, BytesIO(content))
            attach(dispatch, upload, role, actor)

    def let_work_be_done(self) -> None:
        """Do what the worker would: inspect files, make deliveries, settle dispatches."""
        with clock.frozen(self._moment.astimezone(UTC)):
            work.drain(self._registry, self.root)

    def target(self, name: str) -> tuple[Any, Part]:
        """Whom a distribution names: a person by login name, or a division by the name of its box."""
        if name in self.root.logins:
            return self.root.logins[name], Part.LEAD
        return self.root["exchange"][name].owner, Part.LEAD


def text_of(name: str) -> str:
    """The text of a sample document."""
    return (FILES / f"{name}.txt").read_text(encoding="utf-8")


def scan_of(name: str) -> bytes:
    """The scan of a sample document, a PDF."""
    return (FILES / f"{name}.pdf").read_bytes()
