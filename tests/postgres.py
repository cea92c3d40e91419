"""A PostgreSQL server of the tests' own: started once, on a socket in a folder of its own, without waiting for the disk.

Debian's package ``postgresql`` brings the programs (``make test`` installs it where it may). A machine without it skips these tests
and says so; in continuous integration (``CI`` is set) that is a failure.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
import uuid
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from govrepo.journal import postgres_schema

FAST = {
    "fsync": "off",
    "full_page_writes": "off",
    "shared_buffers": "16MB",
    "max_connections": "60",
    "listen_addresses": "",
}
ROLE = "govrepo_app"


def program(name):
    """The path of one of PostgreSQL's programs, None if it is not there: Debian keeps them off the search path."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)
    return str(found[0]) if found else shutil.which(name)


def require():
    """Skip the test, or in continuous integration fail it, where there is no PostgreSQL."""
    if program("initdb") is None:
        said = "no PostgreSQL on this machine: apt install postgresql"
        pytest.fail(said) if os.environ.get("CI") else pytest.skip(said)


class Server:
    """The server; ``url`` names a database of it, as the owner or as another role."""

    def __init__(self, folder, user):
        self.folder, self.user = folder, user
        self._run(
            "initdb",
            "-D",
            folder / "data",
            "-U",
            "owner",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--no-sync",
            "--no-instructions",
        )
        self.start()
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE ROLE {ROLE} LOGIN")

    def start(self):
        options = " ".join(f"-c {name}='{value}'" for name, value in FAST.items())
        self._run("pg_ctl", "-D", self.folder / "data", "-l", self.folder / "log", "-w", "-o", f"-k {self.folder} {options}", "start")  # fmt: skip

    def stop(self, how="immediate"):
        self._run("pg_ctl", "-D", self.folder / "data", "-m", how, "-w", "stop")

    def url(self, database, role="owner"):
        return f"postgresql://{role}@/{database}?host={self.folder}"

    def journal(self):
        """A new database with a journal in it; its name."""
        name = f"j{uuid.uuid4().hex}"
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} STRATEGY file_copy")
        with psycopg.connect(self.url(name), autocommit=True) as connection:
            postgres_schema.init(connection, ROLE)
        return name

    def _run(self, name, *arguments):
        command = [program(name), *map(str, arguments)]
        said = subprocess.run(command, user=self.user, cwd=self.folder, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)  # fmt: skip
        assert said.returncode == 0, f"{name}: {said.stderr.decode()}"


@contextmanager
def running():
    """A server for the length of a ``with`` block; it does not run as root, so root lends it to the user postgres."""
    require()
    folder = Path(tempfile.mkdtemp(prefix="govrepo-pg-"))
    user = "postgres" if os.geteuid() == 0 else None
    if user:
        os.chown(folder, pwd.getpwnam(user).pw_uid, pwd.getpwnam(user).pw_gid)
    try:
        server = Server(folder, user)
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder)
