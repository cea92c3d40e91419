"""ZODB wiring: the root factory, the platform's services on the site object, and start-up.

Nothing is created while a page is served: :func:`prepare` makes the site once, before the first request.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import transaction
from pyramid.threadlocal import manager
from pyramid_zodbconn import get_connection
from substanced.evolution import FINISHED_KEY, EvolutionManager, mark_unfinished_as_finished
from substanced.interfaces import IEvolutionSteps

ROOT = "app_root"

log = logging.getLogger(__name__)


def site(context: Any) -> Any:
    """The site an object lives in; for an object not stored yet, its first stored ancestor's site.

    Raises LookupError for an object that hangs nowhere.
    """
    location = context
    while location is not None:
        if getattr(location, "_p_jar", None) is not None:
            return location._p_jar.root()[ROOT]  # noqa: SLF001 - ZODB's documented way to an object's connection.
        location = getattr(location, "__parent__", None)
    raise LookupError(f"{context!r} is not stored in any database")


def root_factory(request: Any) -> Any:
    """Pyramid's root factory: the site object of this request's connection."""
    return get_connection(request).root()[ROOT]


def database(registry: Any) -> Any:
    """The site's ZODB.DB object."""
    return registry._zodb_databases[""]  # noqa: SLF001 - pyramid_zodbconn offers no other way outside a request.


@contextmanager
def opened(registry: Any) -> Iterator[Any]:
    """The site over a connection of its own, with the registry current as in a request; nothing is committed. For scripts."""
    connection = database(registry).open()
    manager.push({"registry": registry, "request": None})
    try:
        yield connection.root()[ROOT]
    finally:
        manager.pop()
        transaction.abort()
        connection.close()


def prepare(registry: Any) -> None:
    """Make the site in an empty database, and bring what start-up must bring up to date.

    Subscribers of ``SitePrepared`` (registers, journal reconciliation) run in the same transaction.
    """
    connection = database(registry).open()
    manager.push({"registry": registry, "request": None})
    try:
        with transaction.manager:
            root = connection.root()
            if ROOT not in root:
                _create(root, registry)
            registry.notify(SitePrepared(root[ROOT], registry))
        for step in Evolution(root[ROOT], registry).evolve():
            registry.notify(SiteEvolved(step, registry))
    finally:
        manager.pop()
        connection.close()


def _create(root: Any, registry: Any) -> None:
    root[ROOT] = registry.content.create("Root")
    transaction.savepoint()  # The site needs its connection before anything asks for it.
    registry.notify(SiteCreated(root[ROOT], registry))
    mark_unfinished_as_finished(root[ROOT], registry, transaction)


class Evolution(EvolutionManager):
    """Substance D's evolution steps; only start-up runs them, each in its own transaction."""

    def out(self, msg: str) -> None:
        """What it tells goes to the log."""
        log.warning(msg)


def evolution_steps(root: Any, registry: Any) -> list[tuple[str, datetime | None]]:
    """Every evolution step in its order, with the instant it was finished, or None. Only reads."""
    finished = root._p_jar.root().get(FINISHED_KEY, {})  # noqa: SLF001 - As above.
    sorter = registry.queryUtility(IEvolutionSteps)
    names = [name for name, _step in sorter.sorted()] if sorter is not None else []
    return [(name, datetime.fromtimestamp(finished[name], UTC) if name in finished else None) for name in names]


class SiteCreated:
    """Sent once in a database's life, when its site has been made."""

    def __init__(self, site: Any, registry: Any) -> None:
        self.site, self.registry = site, registry


class SitePrepared:
    """Sent at every start, before the first request."""

    def __init__(self, site: Any, registry: Any) -> None:
        self.site, self.registry = site, registry


class SiteEvolved:
    """Sent at start, after each step that has brought the site up to date."""

    def __init__(self, step: str, registry: Any) -> None:
        self.step, self.registry = step, registry


def includeme(config: Any) -> None:
    """Connect the root factory and prepare the database when the application has been made."""
    config.set_root_factory(root_factory)
    config.add_subscriber(lambda event: prepare(event.app.registry), "pyramid.events.ApplicationCreated")
