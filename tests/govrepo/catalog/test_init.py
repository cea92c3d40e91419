"""The doorway: from a context to its register, start-up and the worker's job."""

from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest
import transaction
from pyramid.config import Configurator

from govrepo import catalog
from govrepo.catalog import Eq, Register
from govrepo.catalog.register import RegisterData
from govrepo.database import SitePrepared
from tests.govrepo.catalog.samples import LETTERS, Letter, Site, uids


def configured(*includes):
    config = Configurator()
    for name in (*includes, "govrepo.catalog"):
        config.include(name)
    config.add_register(LETTERS)
    config.commit()
    return config.registry


def test_a_register_is_found_from_any_stored_object(database):
    connection = database.open()
    site = connection.root()["app_root"]
    site["letter"] = letter = Letter("l", order=1)
    transaction.savepoint()
    found = catalog.register(letter, "letters", configured())
    found.changed(letter)
    assert uids(catalog.register(site, "letters", configured()).query(sort="order")) == ["l"]
    with pytest.raises(LookupError):
        catalog.register(letter, "parcels", configured())
    transaction.abort()
    connection.close()


def test_without_a_registry_the_current_one_declares(database):
    config = Configurator()
    config.include("govrepo.catalog")
    config.add_register(LETTERS)
    config.commit()
    config.begin()
    connection = database.open()
    assert catalog.register(connection.root()["app_root"], "letters").declaration is LETTERS
    config.end()
    connection.close()


def test_start_up_makes_what_is_missing_and_only_once():
    registry, site = configured(), Site()
    registry.notify(SitePrepared(site, registry))
    made = site.registers
    assert list(made.by_name) == ["letters"]
    registry.notify(SitePrepared(site, registry))
    assert site.registers is made


def test_the_worker_folds_every_register():
    registry, site = configured(), Site()
    registry.notify(SitePrepared(site, registry))
    (register,) = catalog.registers_of(site, registry)
    register.changed(Letter("l", order=1))
    job = SimpleNamespace(root=site, registry=registry)
    catalog.fold_all(job)
    catalog.fold_all(job)
    assert register.pending_count() == 0
    assert register.count() == 1


def test_a_register_that_is_not_made_yet_is_left_out():
    registry, site = configured(), Site()
    registry.notify(SitePrepared(site, registry))
    del site.registers.by_name["letters"]
    assert catalog.registers_of(site, registry) == []


def test_the_job_is_declared_where_there_is_a_worker():
    job = configured("govrepo.settings", "govrepo.work").timed_jobs["catalog.fold"]
    assert job.handler is catalog.fold_all
    assert job.every == timedelta(seconds=1)


def test_a_register_declared_anew_is_rebuilt_at_start_up(database):
    connection = database.open()
    site = connection.root()["app_root"]
    narrower = replace(LETTERS, indexes=LETTERS.indexes[1:])
    before = Register(site.registers.by_name["letters"], LETTERS)
    site.registers.by_name["letters"] = RegisterData(narrower)
    register = Register(site.registers.by_name["letters"], narrower)
    for name in ("folded", "pending"):
        site[name] = letter = Letter(name, order=1, box="b7")
        transaction.savepoint()
        register.changed(letter)
        if name == "folded":
            register.drain()
    registry = configured()
    registry.notify(SitePrepared(site, registry))
    found = catalog.register(site, "letters", registry).query(Eq("box", "b7"), sort="order")
    assert sorted(uids(found)) == ["folded", "pending"]
    assert before.declaration.fingerprint == site.registers.by_name["letters"].fingerprint
    transaction.abort()
    connection.close()


def test_a_follower_is_told_of_what_is_folded_in_the_same_transaction(database):
    registry, told = configured(), []
    config = Configurator(registry=registry)
    config.add_fold_follower("letters", lambda root, process, objects: told.append((root, process, objects)))
    connection = database.open()
    root = connection.root()["app_root"]
    job = SimpleNamespace(root=root, registry=registry)
    letter = Letter("l")
    catalog.register(root, "letters", registry).changed(letter)
    transaction.commit()
    for _ in range(3):
        catalog.fold_all(job)
    assert told == [(root, registry, [letter])]
    transaction.abort()
    connection.close()


def test_what_follows_another_register_is_settled_with_it(database):
    """A letter is noted in the second register only when it has been folded in the first."""
    registry = configured()
    config = Configurator(registry=registry)
    config.add_register(replace(LETTERS, name="copies"))
    config.commit()
    connection = database.open()
    root = connection.root()["app_root"]
    root.registers.ensure(registry.govrepo_registers.values())
    letters, copies = (catalog.register(root, name, registry) for name in ("letters", "copies"))
    config.add_fold_follower("letters", lambda _root, _process, objects: [copies.changed(each) for each in objects])
    letters.changed(Letter("l"))
    catalog.settle(root, registry)
    assert (letters.pending_count(), copies.pending_count()) == (0, 0)
    assert uids(copies.query(sort="order")) == ["l"]
    letters.data.coming = letters.data.main
    letters.changed(Letter("m"))
    catalog.settle(root, registry)  # A rebuild under way is not waited for.
    assert (letters.pending_count(), copies.count()) == (1, 1)
    transaction.abort()
    connection.close()
