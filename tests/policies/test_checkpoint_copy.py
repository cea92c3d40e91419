"""The copy on another host: brought by the worker, tried again, told after an hour; a fork is told at once (SOD-12)."""

import pytest

from govrepo import clock, work
from govrepo.catalog import Range, register
from policies.checkpoint_copy import bring
from tests.app import close_app, make_app, site
from tests.policies.bench import later, local


@pytest.fixture
def app(tmp_path):
    clock.travel(local("2013-01-07 10:00"))
    app = make_app(tmp_path, checkpoints_copy=str(tmp_path / "mounted"))
    yield app
    clock.reset()
    close_app(app)


def run(app):
    with site(app) as root:
        bring(work.Job(root, app.registry, {}, 1))


def gaps(app):
    with site(app) as root:
        found = register(root, "journal_gaps").query(Range("order", 0), sort="order").objects
        return [each.discrepancies for each in found]


def test_the_worker_brings_everything(app, tmp_path):
    (tmp_path / "mounted").mkdir()
    work.drain(app.registry)
    later(minutes=6)
    work.drain(app.registry)
    here = {path.name for path in (tmp_path / "var" / "checkpoints").iterdir()}
    assert here == {path.name for path in (tmp_path / "mounted").iterdir()}
    assert len(here) >= 3


def test_behind_for_an_hour_is_told_once_and_ends(app, tmp_path):
    work.drain(app.registry)
    for _turn in range(3):
        run(app)
        later(minutes=20)
    assert gaps(app) == []
    for _turn in range(3):
        run(app)
        later(minutes=20)
    ((found,),) = gaps(app)
    assert (found.kind, found.expected[:16]) == ("copy_behind", "2013-01-07T10:00")
    (tmp_path / "mounted").mkdir()
    run(app)
    with site(app) as root:
        assert root.journal_witnesses.behind_since is None
    assert len(list((tmp_path / "mounted").iterdir())) >= 3


def test_a_fork_is_told_at_once(app, tmp_path):
    """The other host has a checkpoint that this one never made, or has no more."""
    (tmp_path / "mounted").mkdir()
    work.drain(app.registry)
    run(app)
    (tmp_path / "mounted" / "000000009999.checkpoint").write_text("longer")
    run(app)
    ((found,),) = gaps(app)
    assert (found.kind, found.expected) == ("copy_differs", "000000009999.checkpoint")


def test_a_site_without_a_second_home(tmp_path):
    app = make_app(tmp_path)
    try:
        work.drain(app.registry)
        with site(app) as root:
            bring(work.Job(root, app.registry, {}, 1))
            assert root.journal_witnesses.behind_since is None
    finally:
        close_app(app)
