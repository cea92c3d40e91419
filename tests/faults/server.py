"""The real server in a process of its own: govrepo.main behind waitress, with the worker and the pulse as threads.

The process is forked from one that has imported everything, so that a restart takes a fraction of a second. A pipe
carries a few orders to it: look into the database (:mod:`tests.faults.audit`), set a trap, let the disk be full.
"""

import atexit
import functools
import logging
import multiprocessing
import resource
import shutil
import tempfile
import threading
from pathlib import Path

from chameleon.loader import ModuleLoader
from chameleon.template import BaseTemplate
from coverage import Coverage
from waitress import create_server

from benchmarks._site import build
from tests.faults import audit, killing, text

PATIENCE = 60.0
THREADS = 4
FAN_OUT_BATCH = 2
"""Small, so that a letter to five boxes takes three commits of the postmaster."""

_forks = multiprocessing.get_context("forkserver")
_forks.set_forkserver_preload([__name__, "policies.sample.load", "views"])


@functools.cache
def templates() -> str:
    """The folder of compiled templates, one for all servers; it goes when the tests end."""
    folder = tempfile.mkdtemp(prefix="govrepo-templates-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def limit_files(_registry, size):
    """Let no file grow past a size in bytes, which is what a full disk does to it; None lifts it."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard if size is None else size, hard))


def set_trap(_registry, action, place, nth):
    killing.arm(action, place, nth)


ORDERS = {
    "letters": audit.letters,
    "findings": audit.findings,
    "state": audit.state,
    "limit files": limit_files,
    "set trap": set_trap,
    "hurry": text.hurry,
    "text findings": text.findings,
    "set text trap": text.set_trap,
}


def serve(var: Path, compiled, settings, pipe):
    """Run in the child: serve, and carry out what comes through the pipe. Compiled templates outlive it."""
    logging.disable(logging.CRITICAL)
    if measuring := Coverage.current():
        measuring.stop()  # Who is killed saves nothing; measuring would only slow it down.
    BaseTemplate.loader = ModuleLoader(compiled)
    app = build(var, fan_out_batch=FAN_OUT_BATCH, **settings)
    server = create_server(app, listen="127.0.0.1:0", threads=THREADS)
    threading.Thread(target=server.run, daemon=True).start()
    pipe.send(server.effective_port)
    while True:
        name, *arguments = pipe.recv()
        pipe.send(ORDERS[name](app.registry, *arguments))


class Server:
    """One life of the server; ``port`` is where it listens."""

    def __init__(self, var: Path, **settings) -> None:
        self._pipe, theirs = _forks.Pipe()
        self.process = _forks.Process(target=serve, args=(var, templates(), settings, theirs), daemon=True)
        self.process.start()
        theirs.close()
        self.port = self._answer()

    def order(self, name, *arguments):
        """Have something done in the server; its answer. Raises EOFError if it is dead."""
        self._pipe.send((name, *arguments))
        return self._answer()

    def _answer(self):
        assert self._pipe.poll(PATIENCE), "the server does not answer"
        return self._pipe.recv()

    def kill(self):
        """kill -9."""
        self.process.kill()
        self.wait()

    def wait(self):
        """Wait until it is dead, by a kill of its own or of ours."""
        self.process.join(PATIENCE)
        assert self.process.exitcode == -9, f"the server ended with {self.process.exitcode}"
        self._pipe.close()

    def __enter__(self):
        return self

    def __exit__(self, *_exception):
        if self.process.is_alive():
            self.kill()
