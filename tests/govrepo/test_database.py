"""ZODB wiring: the site of an object, and the making of a site once (docs/architecture.md)."""

from types import SimpleNamespace

import pytest
import transaction
from persistent import Persistent
from pyramid.request import Request

from govrepo.database import ROOT, opened, prepare, root_factory, site
from tests.app import running


@pytest.fixture(scope="module")
def empty_app(tmp_path_factory):
    with running(tmp_path_factory.mktemp("empty"), organisation=False) as app:
        yield app


def test_the_site_of_a_stored_object_and_of_one_below_it(empty_app):
    with opened(empty_app.registry) as root:
        assert site(root) is root
        assert site(root["units"]) is root
        fresh = SimpleNamespace(_p_jar=None, __parent__=root["units"])
        assert site(fresh) is root


def test_what_hangs_nowhere_has_no_site():
    lonely = Persistent()
    with pytest.raises(LookupError, match="not stored"):
        site(lonely)


def test_starting_again_changes_nothing(empty_app):
    """GET never writes, and neither does a second start of an unchanged site: no object is made anew."""
    with opened(empty_app.registry) as root:
        before = (root._p_oid, {name: root[name]._p_oid for name in root}, root.journal_markers._p_oid)
    prepare(empty_app.registry)
    with opened(empty_app.registry) as root:
        assert (root._p_oid, {name: root[name]._p_oid for name in root}, root.journal_markers._p_oid) == before


def test_the_root_of_a_request_is_the_site_of_its_connection(empty_app):
    request = Request.blank("/")
    request.registry = empty_app.registry
    try:
        assert root_factory(request) is request._primary_zodb_conn.root()[ROOT]
    finally:
        transaction.abort()
        request._process_finished_callbacks()
