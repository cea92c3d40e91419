"""What the package puts into the registry, and its timed job."""

import sys
from types import SimpleNamespace

import pytest
from pyramid.config import Configurator


@pytest.fixture
def registry(tmp_path):
    settings = {"govrepo.var": str(tmp_path), "govrepo.page_cache_bytes": "1000"}
    with Configurator(settings=settings) as config:
        config.include("govrepo.settings")
        config.include("govrepo.pdf")
    return config.registry


def test_the_cache_follows_the_settings(registry, tmp_path):
    assert (registry.page_cache.folder, registry.page_cache.max_bytes) == (tmp_path / "pages", 1000)


def test_pages_of_files_that_are_gone_are_swept(registry, monkeypatch):
    for name in ("ab", "cd"):
        (registry.page_cache.folder / name / (name * 32)).mkdir(parents=True)
        (registry.page_cache.folder / name / (name * 32) / "0-240.png").write_bytes(b"image")
    monkeypatch.setattr(sys.modules["govrepo.pdf"], "store", lambda _root: {"ab" * 32})
    registry.timed_jobs["pdf.sweep_pages"].handler(SimpleNamespace(root=None, registry=registry))
    assert [path.parent.name for path in registry.page_cache.folder.rglob("*.png")] == ["ab" * 32]
