"""The sample site, loaded once by the script itself."""

import contextlib
import io
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest

from policies.sample.cli import main
from tests.app import close_app, make_app, opened

INI = """
[app:main]
use = egg:govrepo
zodbconn.uri = file://%(here)s/var/Data.fs?blobstorage_dir=%(here)s/var/blobs
tm.annotate_user = no
govrepo.var = %(here)s/var
govrepo.worker = thread
"""


class Loaded(NamedTuple):
    """The folder of a site that ``govrepo-sample`` has filled, its ini file, and what the script printed."""

    folder: Path
    ini: str
    printed: str


def run(*arguments):
    """The script's exit code and what it prints."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        code = main(arguments)
    return code, printed.getvalue()


@pytest.fixture(scope="session")
def loaded(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sample")
    (folder / "var").mkdir()
    ini = folder / "site.ini"
    ini.write_text(INI, encoding="utf-8")
    code, printed = run(str(ini))
    assert code == 0
    return Loaded(folder, str(ini), printed)


@contextlib.contextmanager
def on_a_copy(loaded, folder):
    """The application on a copy of the sample site."""
    shutil.copytree(loaded.folder / "var", folder / "var")
    made = make_app(folder, organisation=False)
    yield made
    close_app(made)


@pytest.fixture(scope="module")
def sample(loaded, tmp_path_factory):
    """The application on a copy of the sample site, for reading."""
    with on_a_copy(loaded, tmp_path_factory.mktemp("copy")) as made:
        yield made


@pytest.fixture
def root(sample):
    """The sample site's root, for reading."""
    with opened(sample.registry) as found:
        yield found
