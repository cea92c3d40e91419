"""What will stop the journal is told well before: disk, size, file rights, checkpoints (R-7.2)."""

from datetime import timedelta

import pytest

from govrepo import clock
from govrepo.journal.condition import troubles
from tests.app import running


def codes(app):
    return [each.code for each in troubles(app.registry)]


@pytest.fixture
def sound(tmp_path):
    with running(tmp_path, organisation=False, journal_free_mb=1) as app:
        yield app


def sign(app):
    settings = app.registry.govrepo_settings
    app.registry.journal.checkpoint(app.registry.system_key, settings.path("checkpoints"))


def test_a_sound_journal_gives_no_trouble(sound):
    assert codes(sound) == []
    sign(sound)
    assert codes(sound) == []


def test_little_room_on_its_disk(tmp_path):
    with running(tmp_path, organisation=False, journal_free_mb=10**9) as app:
        (trouble,) = troubles(app.registry)
        assert trouble.code == "disk"
        assert int(trouble.words.mapping["free"]) > 0


def test_a_file_that_grew_large(tmp_path):
    with running(tmp_path, organisation=False, journal_free_mb=1, journal_size_mb=-1) as app:
        assert codes(app) == ["size"]


def test_entries_that_no_checkpoint_holds_for_long(sound):
    with clock.frozen(clock.now() + timedelta(hours=2)):
        assert codes(sound) == ["checkpoint"]
        sign(sound)
        assert codes(sound) == []


def test_a_folder_of_checkpoints_that_is_gone(sound):
    sign(sound)
    folder = sound.registry.govrepo_settings.path("checkpoints")
    folder.rename(folder.with_name("aside"))
    assert codes(sound) == ["folder"]
