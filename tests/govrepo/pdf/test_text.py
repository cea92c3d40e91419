"""Text comes out page by page, within limits."""

import contextlib

import pytest

from govrepo.pdf import text
from govrepo.sandbox import SandboxError
from tests import hostile


@pytest.fixture
def two_pages(tmp_path):
    path = tmp_path / "two.pdf"
    path.write_bytes(hostile.pdf("Hello world", "", "Third"))
    return path


def test_each_page_gives_its_text(two_pages):
    assert text(two_pages) == ["Hello world", "", "Third"]


def test_characters_and_pages_are_bounded(two_pages):
    assert text(two_pages, max_chars=5) == ["Hello"]
    assert text(two_pages, max_pages=2) == ["Hello world", ""]


@pytest.mark.parametrize("name", ["cyclic-tree", "garbage", "empty", "needs-password"])
def test_a_broken_file_is_refused(tmp_path, name):
    with pytest.raises(SandboxError, match="failed"):
        text(hostile.make(name, tmp_path))


@pytest.mark.parametrize("name", ["many-operators", "shared-heavy-stream", "big-count"])
def test_a_heavy_file_gives_text_or_an_error(tmp_path, name):
    path = hostile.make(name, tmp_path)
    with contextlib.suppress(SandboxError):
        assert sum(map(len, text(path, max_chars=10_000))) <= 10_000
