"""The same introspection over the whole application, so that no later include brings a stock view back."""

import pytest
from pyramid.interfaces import ITweens

from govrepo import main
from govrepo.database import database


@pytest.fixture(scope="module")
def registry(tmp_path_factory):
    settings = {
        "zodbconn.uri": "memory://",
        "govrepo.worker": "none",
        "govrepo.var": str(tmp_path_factory.mktemp("var")),
    }
    made = main({}, **settings).registry
    yield made
    made.journal.close()
    database(made).close()


def _views(registry):
    return [item["introspectable"] for item in registry.introspector.get_category("views")]


def test_no_view_comes_from_substance_d(registry):
    callables = [view["callable"] for view in _views(registry) if view["callable"] is not None]
    origins = {getattr(called, "__module__", None) or type(called).__module__ for called in callables}
    assert {"views.login", "govrepo.security.refusals"} <= origins
    assert not [origin for origin in origins if origin.startswith(("substanced", "deform"))]


def test_no_view_does_without_the_form_token(registry):
    unchecked = [view for view in _views(registry) if view["require_csrf"] is False]
    assert [view["callable"] for view in unchecked if not view["exception_only"]] == []


def test_the_tweens_stand_in_their_order(registry):
    names = [name.rpartition(".")[2] for name, _factory in registry.queryUtility(ITweens).implicit()]
    ours = [
        "headers_tween",
        "urlspace_tween",
        "refusals_tween",
        "networks_tween",
        "tm_tween_factory",
        "excview_tween_factory",
    ]
    assert [name for name in names if name in ours] == ours
    assert names[0] == "headers_tween"
