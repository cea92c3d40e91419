"""A page is drawn once, kept on disk, and forgotten when room is needed or its file has gone."""

import contextlib
import os
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from govrepo.pdf import PageCache, PageNotFoundError, page_image
from tests import hostile

drawing = sys.modules["govrepo.pdf.pages"]


class Stored:
    """A stored file as far as the cache knows it."""

    def __init__(self, path: Path, sha256: str):
        self.path = path
        self.sha256 = sha256

    @contextlib.contextmanager
    def as_path(self):
        yield self.path


@pytest.fixture
def stored(tmp_path):
    return Stored(hostile.make("plain", tmp_path), "ab" * 32)


@pytest.fixture
def cache(tmp_path):
    return PageCache(tmp_path / "pages", 10_000)


def names(cache) -> set[str]:
    return {path.relative_to(cache.folder).as_posix() for path in cache.folder.rglob("*") if path.is_file()}


def test_a_page_is_drawn_once(cache, stored):
    registry = SimpleNamespace(page_cache=cache)
    image = page_image(stored, 0, 200, registry)
    assert image.startswith(b"\x89PNG")
    stored.path.unlink()
    assert page_image(stored, 0, 240, registry) == image
    assert names(cache) == {f"ab/{'ab' * 32}/0-240.png"}


@pytest.mark.parametrize(("asked", "drawn"), [(1, 240), (240, 240), (241, 960), (1600, 1600), (9999, 2067)])
def test_only_a_few_widths_are_drawn(cache, stored, monkeypatch, asked, drawn):
    monkeypatch.setattr(drawing, "render", lambda _path, _page, width, **_how: b"%d" % width)
    assert cache.image(stored, 0, asked) == b"%d" % drawn


def test_p_35_a_page_without_red_is_kept_beside_the_other(cache, stored):
    registry = SimpleNamespace(page_cache=cache)
    page_image(stored, 0, 240, registry)
    assert page_image(stored, 0, 240, registry, without_red=True) != page_image(stored, 0, 240, registry)
    assert names(cache) == {f"ab/{'ab' * 32}/0-240.png", f"ab/{'ab' * 32}/0-240-grey.png"}


def test_a_page_that_is_not_there_is_not_kept(cache, stored):
    with pytest.raises(PageNotFoundError):
        cache.image(stored, 7, 240)
    assert not cache.folder.exists()


def test_a_disk_that_cannot_be_written_costs_time_only(cache, stored, monkeypatch):
    monkeypatch.setattr(drawing, "render", lambda *_call, **_how: b"image")
    cache.folder.write_bytes(b"a file where the folder should be")
    with pytest.raises(NotADirectoryError):
        cache.image(stored, 0, 240)
    cache.folder.unlink()
    cache.folder.mkdir()
    monkeypatch.setattr(Path, "mkdir", lambda *_call, **_options: (_ for _ in ()).throw(OSError(28, "full")))
    assert cache.image(stored, 0, 240) == b"image"
    assert names(cache) == set()


def test_the_sweep_forgets_files_that_are_gone(cache, stored, monkeypatch):
    monkeypatch.setattr(drawing, "render", lambda *_call, **_how: b"image")
    other = Stored(stored.path, "cd" * 32)
    cache.image(stored, 0, 240)
    cache.image(other, 0, 240)
    assert cache.sweep({other.sha256}) == 5
    assert names(cache) == {f"cd/{'cd' * 32}/0-240.png"}


def test_the_sweep_forgets_what_was_not_looked_at_for_longest(cache, stored, monkeypatch):
    monkeypatch.setattr(drawing, "render", lambda *_call, **_how: bytes(4000))
    for page in range(3):
        cache.image(stored, page, 240)
        os.utime(cache.folder / "ab" / stored.sha256 / f"{page}-240.png", (page, page))
    cache.image(stored, 0, 240)
    assert cache.sweep({stored.sha256}) == 8000
    assert {name[-9:] for name in names(cache)} == {"0-240.png", "2-240.png"}


def test_the_sweep_of_a_folder_that_was_never_made(cache):
    assert cache.sweep(()) == 0
