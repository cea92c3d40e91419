"""Reconciliation: what it costs to compare journal and database at 30,000 deliveries, all of them and those of the last minute.

The real application on a FileStorage of its own: letters sent through the public policies to 150 boxes. The sweep is
the worker's job without its time limit; the last figure is one run after a single act. Prints one JSON line a figure (see ``run.py``).
"""

import json
import tempfile
import time
from pathlib import Path
from typing import Any

from _load import timed
from _site import actor, add_boxes, build, close, make_letters, site
from pyramid.traversal import find_resource

from govrepo import work
from govrepo.catalog import Eq, register
from policies import reconciliation
from policies.engine import act
from policies.sample.load import load_organisation

BOXES, LETTERS = 150, 200


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        app = build(Path(folder) / "var", worker="none")
        load_organisation(app.registry)
        boxes = add_boxes(app.registry, BOXES)
        fill(app.registry, boxes)
        measure(app.registry)
        close(app)


def fill(registry: Any, boxes: list[str]) -> None:
    """30,000 deliveries."""
    begun = time.perf_counter()
    for path in make_letters(registry, "jm", boxes, LETTERS):
        with site(registry) as root:
            act(find_resource(root, path), "send", actor(root, registry, "jm.clerk"))
        work.drain(registry)
    with site(registry) as root:
        count = register(root, "deliveries").count(Eq("internal", 0))
    print(
        f"filled: {count} deliveries, {registry.journal.head().seq + 1} entries in {time.perf_counter() - begun:.0f} s"
    )


def measure(registry: Any) -> None:
    reconciliation.SECONDS = 3600.0
    with site(registry) as root:
        root.reconciliation.seq = registry.journal.head().seq
        root.reconciliation.tid = root._p_jar.db().lastTransaction()
        root.reconciliation.sweep, root.reconciliation.checked = 0, 0
    whole = timed(lambda: run(registry))
    with site(registry) as root:
        checked, suspects = root.reconciliation.checked, len(root.reconciliation.suspects)
    assert not suspects, f"{suspects} objects do not fit"
    say("reconciliation: sweep over everything", whole, "s")
    say("reconciliation: objects compared in it", checked, "objects")
    say("reconciliation: objects compared a second", checked / whole, "/s")
    with site(registry) as root:
        tid = root.reconciliation.tid
        fresh = timed(lambda: sum(1 for _each in reconciliation.changed(root, reconciliation.START)))
        assert tid != reconciliation.START
    say("reconciliation: every database transaction read", fresh, "s")
    for path in make_letters(registry, "gz", ["jiangmen"], 1):
        with site(registry) as root:
            act(find_resource(root, path), "send", actor(root, registry, "gz.clerk"))
        work.drain(registry)
    run(registry)
    say("reconciliation: a run with nothing new", min(timed(lambda: run(registry)) for _turn in range(5)) * 1000, "ms")


def run(registry: Any) -> None:
    with site(registry) as root:
        reconciliation.reconcile(work.Job(root, registry, {}, 1))


def say(name: str, value: float, unit: str) -> None:
    print(json.dumps({"name": name, "value": round(value, 3), "unit": unit}), flush=True)


if __name__ == "__main__":
    main()
