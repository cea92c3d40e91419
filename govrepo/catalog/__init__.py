"""Registers on repoze.catalog: declared indexes, queries that see one's own changes, folding, check and rebuild.

A content change calls ``register(context, "deliveries").changed(obj)`` in its own transaction; a page calls ``query``.
What has changed lies in a pending layer until the worker folds it into the main indexes, so requests never meet there.
It carries the lists behind registration (R-19.1, R-19.5), filing (R-23.1) and the 24-hour check (P-38).

=============  =====================================================================
declaration    what stands in a register: ``RegisterDeclaration``, ``Index``
query          what can be asked: ``Eq``, ``Any``, ``All``, ``Range``, ``Not``, ``And``, ``Or``
register       ``Register`` (use), ``Registers`` and ``RegisterData`` (what is stored)
pending        lanes and generations of changes
overlay        the pending layer as a query sees it
main           the stock indexes over row numbers
bitmaps        rows by value, for what is counted
planner, sets, walk   how a page is found
counting       counts, facets, totals
explain        which way a query took, and why
timing         how long it took, in this process
check          proof and rebuild
=============  =====================================================================
"""

import logging
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any as Anything

from pyramid.threadlocal import get_current_registry

from govrepo.catalog.counting import Total
from govrepo.catalog.declaration import MISSING, Index, RegisterDeclaration, add_register
from govrepo.catalog.explain import Plan
from govrepo.catalog.main import UnknownIndexError
from govrepo.catalog.pending import Records
from govrepo.catalog.query import EVERYTHING, All, And, Any, Eq, Not, Or, Query, Range
from govrepo.catalog.register import Page, Register, Registers, Standing
from govrepo.catalog.timing import timing_of
from govrepo.database import site

__all__ = [
    "EVERYTHING",
    "MISSING",
    "All",
    "And",
    "Any",
    "Eq",
    "Index",
    "Not",
    "Or",
    "Page",
    "Plan",
    "Query",
    "Range",
    "Register",
    "RegisterDeclaration",
    "Registers",
    "Standing",
    "Total",
    "UnknownIndexError",
    "fold_all",
    "register",
    "registers_of",
    "settle",
    "standings",
]

log = logging.getLogger(__name__)

FOLD_LIMIT = 1_000
FOLD_EVERY = timedelta(seconds=1)


def register(context: Anything, name: str, registry: Anything = None) -> Register:
    """The named register of the site that ``context`` belongs to; raises LookupError if it is not declared or not made.

    ``registry`` holds the declarations; without it, Pyramid's current one.
    """
    used = get_current_registry() if registry is None else registry  # An empty one is false.
    declaration = used.govrepo_registers[name]
    return Register(site(context).registers.by_name[name], declaration, timing_of(used, name))


def registers_of(root: Anything, registry: Anything) -> list[Register]:
    """Every declared register of a site."""
    stored = root.registers.by_name
    return [
        Register(stored[each.name], each, timing_of(registry, each.name))
        for each in registry.govrepo_registers.values()
        if each.name in stored
    ]


def standings(obj: Anything, registry: Anything) -> list[Standing]:
    """Where an object stands in each register that its type belongs in."""
    found = registers_of(site(obj), registry)
    return [each.standing(obj) for each in found if isinstance(obj, each.declaration.content_types)]


Follower = Callable[[Anything, Anything, list[Anything]], None]
"""Told of the site, the process and the objects that have been folded into a register, in the transaction that folds them."""


def add_fold_follower(config: Anything, name: str, follower: Follower) -> None:
    """Directive ``config.add_fold_follower``: have something follow a register as it is folded."""
    config.registry.govrepo_followers.setdefault(name, []).append(follower)


def fold_all(job: Anything) -> None:
    """Timed job ``catalog.fold``: fold some of what is pending in every register."""
    _fold(registers_of(job.root, job.registry), job.root, job.registry)


def settle(root: Anything, registry: Anything) -> None:
    """Fold all that is pending, and what that brings to other registers, in the caller's transaction; a rebuild under way rests.

    Before registers are compared with objects: what follows another register is noted only when that is folded.
    """
    found = registers_of(root, registry)
    while any(each.data.coming is None and not each.data.pending.is_empty() for each in found):
        _fold(found, root, registry)


def _fold(registers: list[Register], root: Anything, registry: Anything) -> None:
    for each in registers:
        each.fold(FOLD_LIMIT, partial(_follow, root, registry, each.declaration.name))


def _follow(root: Anything, registry: Anything, name: str, batch: Records) -> None:
    objects = [record.obj for record in batch.values() if record.obj is not None]
    for follower in registry.govrepo_followers.get(name, ()):
        follower(root, registry, objects)


def _ensure(event: Anything) -> None:
    """At start-up: make what is declared and missing, and rebuild what is declared otherwise than it was."""
    if getattr(event.site, "registers", None) is None:
        event.site.registers = Registers()
    for name in event.site.registers.ensure(event.registry.govrepo_registers.values()):
        log.warning("the register %s is declared anew: it is being rebuilt", name)
        register(event.site, name, event.registry).rebuild()
        settle(event.site, event.registry)  # What was pending was noted without the new indexes.


def includeme(config: Anything) -> None:
    """Offer ``config.add_register``; make registers at start-up and fold them in the worker."""
    config.registry.govrepo_registers = {}
    config.registry.govrepo_timings = {}
    config.registry.govrepo_followers = {}
    config.add_directive("add_register", add_register)
    config.add_directive("add_fold_follower", add_fold_follower)
    config.add_subscriber(_ensure, "govrepo.database.SitePrepared")
    if hasattr(config, "add_timed_job"):
        config.add_timed_job("catalog.fold", fold_all, every=FOLD_EVERY)
