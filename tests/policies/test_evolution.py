"""Evolution steps: content of an older release is brought up to date at start-up, once."""

from dataclasses import replace

import pytest
from substanced.evolution import FINISHED_KEY
from substanced.util import set_acl

from content_types.dispatch import Dispatch
from content_types.file_object import TextState
from content_types.official_document import OfficialDocument
from content_types.register_entry import RegisterEntry
from govrepo.catalog import EVERYTHING, Eq, Register, register
from govrepo.catalog.check import in_tree
from govrepo.catalog.register import RegisterData
from govrepo.database import Evolution, evolution_steps
from policies.extraction import text_of
from policies.permissions import Permission as P
from policies.registers.exchange import DISPATCHES
from tests.app import close_app, drain, make_app, reopen, site


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
        assert register(root, "people", app.registry).count(Eq("unit", "guangzhou")) == 4
        assert register(root, "appointments", app.registry).count(Eq("scope", "unit:guangzhou")) == 4
        assert register(root, "units", app.registry).count(Eq("code", "guangzhou")) == 1
        assert all(at is not None for _name, at in evolution_steps(root, app.registry))
    close_app(app)


@pytest.fixture
def without_case_officer(tmp_path, monkeypatch):
    """A site whose register of dispatches was built before leavers handed over (S-13): it has no index of case officers."""
    before = replace(DISPATCHES, indexes=tuple(each for each in DISPATCHES.indexes if each.name != "case_officer"))
    app = make_app(tmp_path, documents=True)
    with site(app) as root:
        found = register(root, "dispatches", app.registry)
        uids = {each.uid for each in found.query(sort="order", limit=5000).objects}
        old = Register(RegisterData(before), before)
        root.registers.by_name["dispatches"] = old.data
        for each in in_tree(root, (Dispatch,)):
            old.changed(each)
        old.drain()
        old.changed(next(in_tree(root, (Dispatch,))))  # One still waits to be folded.
        assert "case_officer" not in old.data.main.catalog
    close_app(app)
    return tmp_path, uids


def test_s_13_the_register_of_dispatches_is_rebuilt_with_the_index_of_case_officers(without_case_officer):
    folder, uids = without_case_officer
    app = reopen(folder)
    with site(app) as root:
        found = register(root, "dispatches", app.registry)
        assert found.check(in_tree(root, (Dispatch,))) == []
        mine = root.logins["zh1.officer"].id
        own = {each.uid for each in found.query(Eq("case_officer", mine), sort="order", limit=5000).objects}
        assert (
            own == {each.uid for each in in_tree(root, (Dispatch,)) if each.document.case_officer.id == mine} != set()
        )
        assert {each.uid for each in found.query(sort="order", limit=5000).objects} == uids
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


def test_r_20_files_of_an_older_site_give_their_text_once_more(tmp_path):
    app = make_app(tmp_path, documents=True)
    with site(app) as root:
        for document in in_tree(root["outgoing"], (OfficialDocument,)):
            for file in document.files:
                file.text, file.text_state, file.texts = None, TextState.WAITING, ()
        del root._p_jar.root()[FINISHED_KEY]["policies.evolution.step_4_texts"]
    close_app(app)
    app = reopen(tmp_path)
    drain(app)
    with site(app) as root:
        files = [file for document in in_tree(root["outgoing"], (OfficialDocument,)) for file in document.files]
        assert files
        assert {text_of(file) is not None for file in files} == {True}
        assert any("春运" in text_of(file) for file in files)
        assert not any(hasattr(file, "texts") for file in files)
    close_app(app)


def test_what_an_older_site_holds_is_found(tmp_path):
    app = make_app(tmp_path, documents=True)
    with site(app) as root:
        uids = {each.uid for each in in_tree(root, (OfficialDocument, RegisterEntry))}
        del root.registers.by_name["items"], root.text_log
        del root._p_jar.root()[FINISHED_KEY]["policies.evolution.step_6_items"]
    close_app(app)
    app = reopen(tmp_path)
    with site(app) as root:
        found = register(root, "items", app.registry).query(sort="order", limit=5000).objects
        assert {each.uid for each in found} == uids != set()
    close_app(app)


def test_r_n2_2_at_the_boxes_of_an_older_site_paper_can_be_collected(tmp_path):
    app = make_app(tmp_path)
    with site(app) as root:
        for box in root["exchange"].values():
            lines = [
                (action, who, tuple(each for each in allowed if each != P.PAPER_RECEIVE))
                for action, who, allowed in box.__acl__
            ]
            set_acl(box, lines, registry=app.registry)
        del root._p_jar.root()[FINISHED_KEY]["policies.evolution.step_7_boxes"]
    close_app(app)
    app = reopen(tmp_path)
    with site(app) as root:
        named = [
            P.PAPER_RECEIVE in allowed for box in root["exchange"].values() for _action, _who, allowed in box.__acl__
        ]
        assert any(named)
        assert register(root, "paper_items", app.registry).count(EVERYTHING) == 0
    close_app(app)
