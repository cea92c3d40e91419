"""A download is an attachment in every respect, and streams."""

import tracemalloc

import pytest
from pyramid.testing import DummyRequest

from govrepo.files.sniff import FileType
from govrepo.files.streaming import attachment, disposition
from govrepo.files.uploads import Claimed


@pytest.fixture
def stored(desk, tmp_path):
    big = tmp_path / "big"
    with big.open("wb") as file:
        file.truncate(200 * 1024**2)
    claimed = Claimed(big, "ab" * 32, 200 * 1024**2, "big", FileType("unknown"))
    stored = desk.files.keep(claimed, claimed.sha256, claimed.size, "text/plain")
    desk.tm.commit()
    return stored


def test_a_download_is_saved_and_never_shown(stored):
    response = attachment(stored, "通知 (1).pdf", DummyRequest())
    assert dict(response.headers) | {"Content-Disposition": ""} == {
        "Content-Type": "text/plain",
        "Content-Length": str(200 * 1024**2),
        "Content-Disposition": "",
        "Cache-Control": "no-store, private",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'",
    }
    response.app_iter.close()


def test_a_download_streams_in_little_memory_after_the_connection_has_gone(desk, stored):
    response = attachment(stored, "a", DummyRequest())
    desk.tm.abort()
    desk.connection.cacheMinimize()
    tracemalloc.start()
    assert sum(len(piece) for piece in response.app_iter) == response.content_length
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    response.app_iter.close()
    assert peak < 20 * 1024**2


@pytest.mark.parametrize(
    ("filename", "header"),
    [
        ("a.pdf", "attachment; filename=\"a.pdf\"; filename*=UTF-8''a.pdf"),
        ("通知.pdf", "attachment; filename=\"__.pdf\"; filename*=UTF-8''%E9%80%9A%E7%9F%A5.pdf"),
        ('a"; x=\r\n/b', "attachment; filename=\"a___x____b\"; filename*=UTF-8''a%22%3B%20x%3D%0D%0A%2Fb"),
    ],
)
def test_a_name_in_any_script_fits_the_header(filename, header):
    assert disposition(filename) == header
