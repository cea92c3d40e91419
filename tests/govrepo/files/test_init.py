"""What the package puts into the registry, and its timed job."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from pyramid.config import Configurator

from govrepo import clock
from govrepo.files import UploadError


@pytest.fixture
def registry(tmp_path):
    settings = {"govrepo.var": str(tmp_path), "govrepo.upload_max_bytes": "1000", "govrepo.upload_keep_hours": "3"}
    with Configurator(settings=settings) as config:
        config.include("govrepo.settings")
        config.include("govrepo.files")
    return config.registry


def test_the_area_follows_the_settings(registry, tmp_path):
    assert registry.uploads.folder == tmp_path / "uploads"
    assert (registry.uploads.max_bytes, registry.uploads.keep) == (1000, timedelta(hours=3))


def test_expired_uploads_are_swept(registry):
    job = registry.timed_jobs["files.sweep_uploads"]
    with clock.frozen(datetime(2013, 1, 4, tzinfo=UTC)):
        id_ = registry.uploads.create("person:p0001", "a.txt", 5)
        job.handler(SimpleNamespace(registry=registry))
        assert registry.uploads.status(id_, "person:p0001").offset == 0
    with clock.frozen(datetime(2013, 1, 4, 3, tzinfo=UTC)):
        job.handler(SimpleNamespace(registry=registry))
    assert list(registry.uploads.folder.iterdir()) == []


def test_an_error_has_words_for_people():
    assert all(error.words.endswith("。") for error in UploadError.__subclasses__())
