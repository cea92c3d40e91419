"""Loading: once, and never into a site that has something."""

import pytest

from policies.sample.load import load, load_organisation
from tests.app import running, site


def test_the_organisation_is_loaded_once(tmp_path):
    with running(tmp_path, organisation=False) as app:
        assert load_organisation(app.registry)
        with site(app) as root:
            made = set(root["units"]), set(root["exchange"]), set(root["people"])
        assert not load_organisation(app.registry)
        with site(app) as root:
            assert (set(root["units"]), set(root["exchange"]), set(root["people"])) == made


def test_a_site_with_units_is_left_alone(app):
    assert not load(app.registry)
    with site(app) as root:
        assert len(root["outgoing"]) == 0


def test_changes_of_a_block_that_fails_are_not_kept(app):
    class Failed(Exception):  # noqa: N818
        pass

    def remove_and_fail():
        with site(app) as root:
            del root["people"]["p0001"]
            raise Failed

    with pytest.raises(Failed):
        remove_and_fail()
    with site(app) as root:
        assert "p0001" in root["people"]
