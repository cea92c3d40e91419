"""Substance D without its management views.

Taken: content types, events, folders, references, property sheets, the workflow registry, locks and evolution steps.
Left out: every view, static folder, form, principal, audit and undo part. So none of the holes S1-S15 (move and copy
without permission, stored scripts, uploads without CSRF check, guessable reset tokens, undo of registrations) has a
URL. A test walks all registered views and fails on one that comes from Substance D.

Include this before pyramid_tm: it sets the defaults that pyramid_tm and pyramid_retry read.
"""

from typing import Any

from persistent.interfaces import IPersistent
from substanced.evolution import add_evolution_step
from substanced.folder import CopyHook
from zope.copy.interfaces import ICopyHook

DIRECTIVES = ("substanced.content", "substanced.event", "substanced.property", "substanced.workflow")

# Each declares content types and subscribers by decorators, in its own module and in `subscribers`.
DECLARATIONS = ("substanced.folder", "substanced.objectmap", "substanced.workflow", "substanced.locking")
NOT_TAKEN = [".views", ".evolve", ".tests", ".util"]

DEFAULTS = {
    # pyramid_tm asks for the user before traversal, when there is no root to find an account in.
    "tm.annotate_user": "no",
    "retry.attempts": "8",
}


def includeme(config: Any) -> None:
    """Include the parts of Substance D that govrepo builds on, and nothing that answers a request."""
    for name, value in DEFAULTS.items():
        config.registry.settings.setdefault(name, value)
    config.include("pyramid_chameleon")
    config.include("pyramid_zodbconn")
    for package in DIRECTIVES:
        config.include(package)
    config.add_directive("add_evolution_step", add_evolution_step)
    # Without the hook a copied folder would take the whole database along through its __parent__.
    config.registry.registerAdapter(CopyHook, (IPersistent,), ICopyHook)
    for package in DECLARATIONS:
        config.scan(package, categories=("substanced",), ignore=NOT_TAKEN)
