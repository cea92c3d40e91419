"""A site with a delivery signed for and one opened, to be changed behind the journal's back; and what the worker then finds."""

from contextlib import contextmanager

from pyramid.traversal import resource_path

from govrepo import clock, work
from govrepo.catalog import Range, register
from policies.reconciliation import reconcile
from tests.app import close_app, make_app, site
from tests.policies.bench import Bench, local


@contextmanager
def standing(folder):
    """The application on a Monday morning."""
    app = make_app(folder)
    clock.travel(local("2013-01-07 10:00"))
    try:
        yield app
    finally:
        clock.reset()
        close_app(app)


def deliveries(app):
    """A delivery signed for and one only opened, committed: their paths."""
    with site(app) as root:
        bench = Bench(root, app.registry)
        made = {"signed": bench.signed(), "opened": bench.opened(number="江府〔2013〕3号")}
        return {name: resource_path(each) for name, each in made.items()}


def run(app, times=2):
    """The worker's job, in a transaction of its own each time."""
    for _turn in range(times):
        with site(app) as root:
            reconcile(work.Job(root, app.registry, {}, 1))


def gaps(app):
    with site(app) as root:
        found = register(root, "journal_gaps").query(Range("order", 0), sort="order").objects
        return [(each.path, each.discrepancies) for each in found]


def kinds(app):
    return {(path, each.kind) for path, found in gaps(app) for each in found}
