"""Nothing of Substance D answers a request (S1-S8, S14): by introspection, and by knocking at every door it has."""

import re
from pathlib import Path

import pytest
import substanced
from webtest import Upload


@pytest.fixture
def alice(public):
    browser = public.browser()
    browser.log_in()
    return browser


def _module(callable_):
    """Where a view comes from, whether it is a function, a class or an instance."""
    return getattr(callable_, "__module__", None) or type(callable_).__module__


def test_no_registered_view_comes_from_substance_d(public):
    views = [item["introspectable"] for item in public.registry.introspector.get_category("views")]
    origins = {_module(view["callable"]) for view in views if view["callable"] is not None}
    assert "views.login" in origins
    assert not [origin for origin in origins if origin.startswith(("substanced", "deform"))]


def test_no_static_folder_of_substance_d_is_served(public):
    folders = [item["introspectable"]["spec"] for item in public.registry.introspector.get_category("static views")]
    assert folders == ["views:static/"]


def test_no_renderer_reaches_a_template_of_substance_d(public):
    templates = public.registry.introspector.get_category("templates") or ()
    names = [item["introspectable"]["name"] for item in templates]
    assert not [name for name in names if str(name).startswith("substanced")]


def test_there_is_no_route_to_the_management_pages(public):
    routes = {item["introspectable"]["pattern"] for item in public.registry.introspector.get_category("routes")}
    assert "/login" in routes
    assert not [pattern for pattern in routes if "traverse" in pattern or "manage" in pattern]


def _stock_names():
    folder = Path(substanced.__file__).parent
    sources = [path.read_text() for path in folder.rglob("*.py") if "tests" not in path.parts]
    return sorted({name for source in sources for name in re.findall(r"name\s*=\s*'([\w.@-]+)'", source)})


def test_no_stock_name_is_an_address(alice):
    names = _stock_names()
    assert {"contents", "acl_edit", "upload-submit", "resetpassword", "undo_recent"} <= set(names)
    found = [
        address
        for name in names
        for address in (f"/manage/{name}", f"/manage/@@{name}", f"/@@{name}")
        if name not in {"login", "logout", "password"} and alice.get(address).status_int != 404
    ]
    assert found == []


@pytest.mark.parametrize("prefix", ["/manage", ""])
@pytest.mark.parametrize(
    ("view", "fields"),
    [
        ("contents", {"item-modify": "locked", "form.delete": "delete"}),
        ("contents", {"item-modify": "locked", "form.move": "move"}),
        ("contents", {"item-modify": "locked", "form.copy": "copy"}),
        ("contents", {"form.move_finish": "move_finish"}),
        ("services", {"item-modify": "locked", "form.delete": "delete"}),
        ("acl_edit", {"form.add": "1", "verb": "Allow", "principal": "person:alice", "permissions": "view"}),
        ("upload-submit", {"f": Upload("evil.html", b"<script>alert(1)</script>", "text/html")}),
        ("undo_multiple", {"transaction": "AAAA"}),
        ("rename", {"item-modify": "locked"}),
        ("resetpassword", {"login": "alice"}),
        ("reset", {"new_password": "x", "new_password_confirm": "x"}),
        ("database", {"pack": "pack"}),
        ("add_folder", {"name": "evil", "add": "add"}),
        ("auditstream-sse", {}),
    ],
)
def test_no_stock_form_does_anything(public, alice, prefix, view, fields):
    before = public.change(lambda site: (list(site), list(site["locked"].__acl__)))
    answer = alice.post(f"{prefix}/@@{view}", {**fields, "csrf_token": alice.token()})
    assert answer.status_int == 404
    assert public.change(lambda site: (list(site), list(site["locked"].__acl__))) == before


@pytest.mark.parametrize(
    "path", ["/deformstatic/", "/sdistatic/css/sdi.css", "/fcstatic/", "/auditing", "/edit.objects"]
)
def test_no_stock_asset_is_served(alice, path):
    assert alice.get(path).status_int == 404


def test_what_was_taken_works(public):
    """Content types, references and locks are registered, and adding to a folder tells the object map."""

    def use(site):
        site.add("box", public.registry.content.create("Folder"), registry=public.registry)
        return site.__objectmap__.objectid_for(site["box"]) == site["box"].__oid__

    assert public.change(use)
    assert {"Folder", "Lock", "Lock Service"} <= set(public.registry.content.all())
    assert public.registry.workflow is not None
