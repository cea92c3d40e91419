"""Shared macros reach every page, and nothing else."""

from types import SimpleNamespace

from pyramid import testing

from views.macros import SHARED, add_macros


def test_pages_with_a_shell_get_the_macros():
    with testing.testConfig() as config:
        config.include("pyramid_chameleon")
        event = {"request": SimpleNamespace(shell=object())}
        add_macros(event)
        assert set(event) == {"request", *SHARED}


def test_others_get_none():
    for request in (None, SimpleNamespace()):
        event = {"request": request}
        add_macros(event)
        assert event == {"request": request}
