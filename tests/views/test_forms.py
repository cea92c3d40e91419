"""What a form may bring: files only where a view takes them, texts of bounded length."""

import pytest
from pyramid.config import Configurator
from pyramid.response import Response
from webtest import TestApp, Upload

from views.forms import LONGEST_TEXT, fits


@pytest.fixture
def browser():
    config = Configurator()
    config.include("views.forms")
    config.add_route("plain", "/plain")
    config.add_view(_echo, route_name="plain")
    config.add_route("filing", "/filing")
    config.add_view(_echo, route_name="filing", files=("scan",))
    return TestApp(config.make_wsgi_app())


def _echo(request):
    return Response(",".join(sorted(request.POST)), content_type="text/plain")


def test_a_file_stands_only_where_the_view_takes_one(browser):
    file = Upload("a.pdf", b"%PDF-1.4")
    assert browser.post("/filing", {"scan": file, "title": "x"}).text == "scan,title"
    browser.post("/filing", {"title": file}, status=400)
    browser.post("/plain", {"scan": file}, status=400)


def test_no_text_is_longer_than_hurts(browser):
    assert browser.post("/plain", {"note": "x" * LONGEST_TEXT}).text == "note"
    browser.post("/plain", {"note": "x" * (LONGEST_TEXT + 1)}, status=400)


def test_what_is_no_form_is_left_alone(browser):
    assert browser.get("/plain?note=" + "x" * LONGEST_TEXT).text == ""
    assert browser.post_json("/plain", {"note": "x" * (LONGEST_TEXT + 1)}).text == ""


def test_a_text_fits_in_every_field():
    assert fits("title", "标题", ())
    assert fits("scan", object(), ("scan",))
    assert not fits("title", object(), ("scan",))
