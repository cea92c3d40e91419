"""Every setting: its type, its default, and no unknown name."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from govrepo.settings import SETTINGS, Settings, includeme


def test_defaults_hold_where_nothing_is_given():
    settings = Settings({})
    for setting in SETTINGS:
        if "%(" not in str(setting.default):
            assert getattr(settings, setting.name) == setting.default


@pytest.mark.parametrize(
    ("text", "value"), [("yes", True), (" ON ", True), ("1", True), ("False", False), ("no", False)]
)
def test_flags(text, value):
    assert Settings({"govrepo.secure_cookies": text}).secure_cookies is value


def test_numbers_and_texts_take_the_type_of_their_default():
    settings = Settings({"govrepo.session_minutes": " 45", "govrepo.cut_off": " 16:30 ", "other.thing": "x"})
    assert settings.session_minutes == 45
    assert settings.cut_off == "16:30"


@pytest.mark.parametrize(
    ("name", "text"), [("secure_cookies", "perhaps"), ("session_minutes", "an hour"), ("session_minutes", "1.5")]
)
def test_nonsense_is_refused_by_name(name, text):
    with pytest.raises(ValueError, match=f"govrepo.{name}: expected"):
        Settings({f"govrepo.{name}": text})


def test_unknown_names_are_refused():
    with pytest.raises(ValueError, match=r"unknown settings: govrepo\.colour, govrepo\.sesion_minutes"):
        Settings({"govrepo.sesion_minutes": "1", "govrepo.colour": "red"})
    with pytest.raises(AttributeError):
        _ = Settings({}).colour


def test_paths_follow_var(tmp_path):
    settings = Settings({"govrepo.var": str(tmp_path)})
    assert settings.path("journal") == tmp_path / "journal.sqlite"
    assert Settings({"govrepo.var": "some"}).path("uploads") == Path("some/uploads").resolve()


def test_names_stand_once_and_each_says_what_it_means():
    assert len({setting.name for setting in SETTINGS}) == len(SETTINGS)
    assert all(setting.meaning.endswith(".") for setting in SETTINGS)


def test_the_registry_carries_them():
    registry = SimpleNamespace(settings={"govrepo.session_hours": "3"})
    includeme(SimpleNamespace(registry=registry))
    assert registry.govrepo_settings.session_hours == 3
