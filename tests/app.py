"""The real application for tests: govrepo.main on a database of its own, with the sample organisation loaded.

The organisation is loaded once per test process; each application starts from a copy of that folder, in some 0.3 s.
"""

import atexit
import functools
import shutil
import tempfile
from collections import Counter
from contextlib import contextmanager
from pathlib import Path

import transaction
from chameleon.loader import ModuleLoader
from chameleon.template import BaseTemplate
from webtest import TestApp

from govrepo import main, work
from govrepo.database import database, opened
from policies.sample.load import load, load_organisation
from policies.sample.people import PASSWORD, SINCE

ADDRESS = "10.0.0.7"


def _process_folder() -> Path:
    """A folder that goes when this process ends."""
    folder = tempfile.mkdtemp(prefix="govrepo-tests-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder)


# Compiling the templates anew for each application would take longer than the tests.
BaseTemplate.loader = ModuleLoader(str(_process_folder()))


def make_app(folder: Path, **settings):
    """The application (``.registry``) with the sample organisation; ``settings`` are govrepo's, without their prefix.

    Its folder is ``folder/var``. With ``organisation=False`` nothing is loaded; with ``documents=True`` the sample
    documents too, which takes half a minute once per test process. Close it with :func:`close_app`.
    """
    var = Path(folder) / "var"
    documents = settings.pop("documents", False)
    if settings.pop("organisation", True):
        shutil.copytree(_prepared(documents=documents), var)
    return _build(var, settings)


def reopen(folder: Path, **settings):
    """The application once more on the database of an earlier one that was closed."""
    return _build(Path(folder) / "var", settings)


def close_app(app):
    """Stop the threads and close what the application has open."""
    app.registry.pulse.stop()
    work.close(app.registry)
    transaction.abort()
    app.registry.journal.close()
    database(app.registry).close()


@contextmanager
def running(folder: Path, **settings):
    """An application for the length of a ``with`` block."""
    app = make_app(folder, **settings)
    try:
        yield app
    finally:
        close_app(app)


def login(app, name: str, address: str = ADDRESS, password: str = PASSWORD) -> TestApp:
    """A browser in which a person has logged in through the form; a sample person's ``name`` is as ``gz.clerk``."""
    browser = TestApp(app, extra_environ={"REMOTE_ADDR": address})
    form = browser.get("/login").forms[0]
    form["login"], form["password"] = name, password
    answer = form.submit(status="*")
    assert answer.status_int == 303, f"{name} could not log in: {answer.status}"
    return browser


def drain(app) -> Counter:
    """Do all work that is due, as the worker would; how often each outcome came."""
    return work.drain(app.registry)


@contextmanager
def site(app):
    """The site object in a transaction of its own, which commits at the end of the block."""
    with opened(app.registry) as root, transaction.manager:
        yield root


def _build(var: Path, settings):
    var.mkdir(parents=True, exist_ok=True)
    named = {f"govrepo.{name}": value for name, value in {"worker": "none", "var": var, **settings}.items()}
    uri = f"file://{var}/Data.fs?blobstorage_dir={var}/blobs"
    return main({}, **{"zodbconn.uri": uri, "tm.annotate_user": "no", "retry.attempts": "8", **named})


@functools.cache
def _prepared(*, documents: bool) -> Path:
    """The folder of a site with the organisation, made on first use; it goes when the process ends."""
    var = _process_folder() / "var"
    app = _build(var, {})
    (load if documents else load_organisation)(app.registry)
    with site(app) as root:  # Tests set the clock back; the boxes have been there long before.
        for box in root["exchange"].values():
            box.created = SINCE
    close_app(app)
    return var
