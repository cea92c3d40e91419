"""Evolution steps: content of an older release is brought up to date at start-up, once."""

import pytest
from substanced.evolution import FINISHED_KEY

from govrepo.catalog import Eq, register
from govrepo.database import Evolution, evolution_steps
from tests.app import close_app, make_app, reopen, site


@pytest.fixture
def older(tmp_path):
    """The folder of a site as the release before the management pages left it."""
    app = make_app(tmp_path)
    with site(app) as root:
        for name in ("rules", "vocabularies", "upkeep"):
            delattr(root, name)
        del root.calendar.notes
        for name in ("people", "appointments", "units"):
            del root.registers.by_name[name]
        for name, _at in evolution_steps(root, app.registry):
            del root._p_jar.root()[FINISHED_KEY][name]
        assert all(at is None for _name, at in evolution_steps(root, app.registry))
    close_app(app)
    return tmp_path


def test_an_older_site_gets_what_it_lacks(older):
    app = reopen(older)
    with site(app) as root:
        assert root.rules.of("cut_off") == ()
        assert root.vocabularies.added("return_reasons") == ()
        assert root.upkeep.packs == ()
        assert len(root.calendar.notes) == 0
        assert register(root, "people", app.registry).count(Eq("unit", "guangzhou")) == 3
        assert register(root, "appointments", app.registry).count(Eq("scope", "unit:guangzhou")) == 3
        assert register(root, "units", app.registry).count(Eq("code", "guangzhou")) == 1
        assert all(at is not None for _name, at in evolution_steps(root, app.registry))
    close_app(app)


def test_a_step_runs_once(older):
    close_app(reopen(older))
    app = reopen(older)
    with site(app) as root:
        first = evolution_steps(root, app.registry)
    close_app(app)
    app = reopen(older)
    with site(app) as root:
        assert evolution_steps(root, app.registry) == first
    close_app(app)


def test_the_worker_starts_once_the_steps_are_done(older, monkeypatch):
    seen, evolve = [], Evolution.evolve

    def watched(manager, *args):
        seen.append(manager.registry.worker)
        return evolve(manager, *args)

    monkeypatch.setattr(Evolution, "evolve", watched)
    app = reopen(older, worker="thread")
    assert seen == [None]
    assert app.registry.worker is not None
    close_app(app)


def test_a_new_site_lacks_nothing(app):
    with site(app) as root:
        assert all(at is not None for _name, at in evolution_steps(root, app.registry))
