"""The tus server as a client sees it: pieces, breaks, refusals, the form token, and nobody else's uploads."""

import base64
import hashlib
import resource
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
import transaction
from pyramid.authentication import RemoteUserAuthenticationPolicy
from pyramid.authorization import ACLAuthorizationPolicy
from pyramid.config import Configurator
from pyramid.csrf import CookieCSRFStoragePolicy
from webtest import TestApp

from govrepo import clock
from govrepo.files import uploads
from govrepo.files.uploads import UploadArea

ME, OTHER = "person:p0001", "person:p0002"
WORDS = "关于交换的通知".encode() * 40
NOON = datetime(2013, 1, 4, 4, tzinfo=UTC)
NAME = base64.b64encode("通知.txt".encode()).decode()


@pytest.fixture
def area(tmp_path):
    return UploadArea(tmp_path / "uploads", 300 * 1024**2, timedelta(hours=48))


@pytest.fixture
def app(area):
    """The views, and of the site only what they meet: an identity, permissions and the form token."""
    with clock.frozen(NOON), Configurator() as config:
        config.set_authentication_policy(RemoteUserAuthenticationPolicy("HTTP_X_TEST_USER"))
        config.set_authorization_policy(ACLAuthorizationPolicy())
        config.set_csrf_storage_policy(CookieCSRFStoragePolicy())
        config.set_default_csrf_options(require_csrf=True)
        config.registry.uploads = area
        config.include("views.uploads")
        app = TestApp(config.make_wsgi_app())
        app.set_cookie("csrf_token", "token")
        yield app


def headers(user: str | None = ME, **more: str) -> dict[str, str]:
    sent = {"Tus-Resumable": "1.0.0", "X-CSRF-Token": "token", "X-Test-User": user}
    sent |= {name.replace("_", "-"): value for name, value in more.items()}
    return {name: value for name, value in sent.items() if value is not None}


@pytest.fixture
def place(app):
    """The path of an upload that has begun."""
    answer = app.post("/uploads", headers=headers(Upload_Length=str(len(WORDS)), Upload_Metadata=f"filename {NAME}"))
    return answer.location.removeprefix("http://localhost")


def patch(app, place, offset, body, status=204, **more):
    sent = {"Upload_Offset": str(offset), "Content_Type": "application/offset+octet-stream"} | more
    return app.request(place, method="PATCH", body=body, headers=headers(**sent), status=status, expect_errors=True)


def test_options_say_what_the_server_can_do(app):
    answer = app.options("/uploads", headers=headers(Tus_Resumable=None), status=204)
    assert {name: answer.headers[name] for name in ("Tus-Version", "Tus-Extension", "Tus-Max-Size")} == {
        "Tus-Version": "1.0.0",
        "Tus-Extension": "creation,expiration,termination,checksum",
        "Tus-Max-Size": str(300 * 1024**2),
    }
    assert answer.headers["Tus-Checksum-Algorithm"] == "sha256,sha1,md5"


def test_an_upload_from_beginning_to_end(app, area, place):
    answer = patch(app, place, 0, WORDS[:100])
    assert answer.headers["Upload-Offset"] == "100"
    assert answer.headers["Upload-Expires"] == "Sun, 06 Jan 2013 04:00:00 GMT"
    looked = app.head(place, headers=headers(), status=200)
    assert (looked.headers["Upload-Offset"], looked.headers["Upload-Length"]) == ("100", str(len(WORDS)))
    assert looked.headers["Upload-Metadata"] == f"filename {NAME}"
    assert looked.headers["Cache-Control"] == "no-store"
    patch(app, place, 100, WORDS[100:])
    manager = transaction.TransactionManager()
    claimed = area.claim(place.rpartition("/")[2], ME, manager)
    assert (claimed.filename, claimed.sha256) == ("通知.txt", hashlib.sha256(WORDS).hexdigest())
    manager.commit()
    app.head(place, headers=headers(), status=404)


def test_creation_answers_with_the_address_and_the_end_of_its_life(app):
    answer = app.post("/uploads", headers=headers(Upload_Length="10"), status=201)
    assert answer.location.startswith("http://localhost/uploads/")
    assert answer.headers["Upload-Expires"] == "Sun, 06 Jan 2013 04:00:00 GMT"
    assert answer.headers["Tus-Resumable"] == "1.0.0"
    assert answer.body == b""


def test_an_upload_can_be_forgotten(app, place):
    app.delete(place, headers=headers(), status=204)
    app.delete(place, headers=headers(), status=404)


def test_a_piece_with_a_checksum(app, place):
    good = base64.b64encode(hashlib.sha1(WORDS[:10], usedforsecurity=False).digest()).decode()
    patch(app, place, 0, WORDS[:10], Upload_Checksum=f"sha1 {good}")
    answer = patch(app, place, 10, WORDS[10:20], 460, Upload_Checksum=f"sha1 {good}")
    assert "校验不符" in answer.text
    patch(app, place, 10, b"x", 400, Upload_Checksum="crc32 AAAA")
    patch(app, place, 10, b"x", 400, Upload_Checksum="sha1 ***")
    assert app.head(place, headers=headers()).headers["Upload-Offset"] == "10"


@pytest.mark.parametrize(
    ("piece", "more", "status", "words"),
    [
        ((5, b"x"), {}, 409, "上传位置不符"),
        ((0, WORDS + b"x"), {}, 413, "超过允许的大小"),
        ((0, b"x"), {"Content_Type": "application/octet-stream"}, 415, "内容类型"),
        (("", b"x"), {}, 400, "Upload-Offset"),
        (("-1", b"x"), {}, 400, "Upload-Offset"),
        ((0, b"x"), {"Tus_Resumable": "0.2.2"}, 412, "协议版本"),
        ((0, b"x"), {"user": OTHER}, 404, "找不到"),
    ],
)
def test_a_wrong_piece_is_refused_in_words(app, place, piece, more, status, words):
    answer = patch(app, place, *piece, status, **more)
    assert words in answer.text
    assert answer.content_type == "text/plain"
    assert answer.headers["Tus-Resumable"] == "1.0.0"
    assert app.head(place, headers=headers()).headers["Upload-Offset"] == "0"


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"Upload_Length": str(300 * 1024**2 + 1)}, 413),
        ({"Upload_Length": "many"}, 400),
        ({"Upload_Length": "9" * 30}, 400),
        ({}, 400),
        ({"Upload_Length": "1", "Upload_Metadata": "filename ***"}, 400),
        ({"Upload_Length": "1", "Upload_Metadata": "filename /w=="}, 400),
        ({"Upload_Length": "1", "Tus_Resumable": None}, 412),
    ],
)
def test_a_wrong_beginning_is_refused(app, area, more, status):
    assert app.post("/uploads", headers=headers(**more), status=status).text
    assert list(area.folder.glob("*")) == []


def test_a_full_disk_is_told(app, place, monkeypatch):
    monkeypatch.setattr(uploads.shutil, "disk_usage", lambda _folder: SimpleNamespace(free=0))
    answer = app.post("/uploads", headers=headers(Upload_Length="1"), status=507)
    assert "存储空间不足" in answer.text


def test_what_is_being_committed_is_busy(app, area, place):
    patch(app, place, 0, WORDS)
    manager = transaction.TransactionManager()
    area.claim(place.rpartition("/")[2], ME, manager)
    assert "稍后再试" in app.delete(place, headers=headers(), status=423).text
    manager.abort()


@pytest.mark.parametrize("method", ["HEAD", "PATCH", "DELETE"])
def test_somebody_elses_upload_does_not_exist(app, place, method):
    sent = headers(OTHER, Upload_Offset="0", Content_Type="application/offset+octet-stream")
    app.request(place, method=method, headers=sent, status=404)


@pytest.mark.parametrize(("method", "path"), [("POST", "/uploads"), ("OPTIONS", "/uploads"), ("HEAD", "/uploads/x")])
def test_a_stranger_may_do_nothing(app, method, path):
    app.request(path, method=method, headers=headers(None, Upload_Length="1"), status=403)


@pytest.mark.parametrize("method", ["PATCH", "DELETE"])
def test_without_the_form_token_nothing_changes(app, place, method):
    sent = headers(X_CSRF_Token=None, Upload_Offset="0", Content_Type="application/offset+octet-stream")
    app.request(place, method=method, headers=sent, status=400)
    assert app.head(place, headers=headers()).headers["Upload-Offset"] == "0"


def test_other_methods_are_not_there(app, place):
    app.get(place, headers=headers(), status=404)
    app.put(place, headers=headers(), status=404)


def test_a_large_piece_streams_in_little_memory(app, area, tmp_path):
    size = 200 * 1024**2
    answer = app.post("/uploads", headers=headers(Upload_Length=str(size)), status=201)
    big = tmp_path / "big"
    with big.open("wb") as file:
        file.truncate(size)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with big.open("rb") as body:
        environ = {"wsgi.input": body, "CONTENT_LENGTH": str(size), "CONTENT_TYPE": "application/offset+octet-stream"}
        path = answer.location.removeprefix("http://localhost")
        sent = headers(Upload_Offset="0")
        environ |= {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in sent.items()}
        request = app.RequestClass.blank(path, environ=environ, method="PATCH")
        assert app.do_request(request, status=204).headers["Upload-Offset"] == str(size)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20 * 1024
