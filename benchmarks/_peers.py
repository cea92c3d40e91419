"""What govrepo is measured against, installed apart from it: Products.ZCatalog in an environment of its own, a PostgreSQL server.

PostgreSQL comes from the system's packages (Debian: ``postgresql``); it runs as the user postgres where this process is root.
"""

import os
import pwd
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ZCATALOG = "Products.ZCatalog==7.4"
SETTINGS = {
    "shared_buffers": "2GB",
    "effective_cache_size": "6GB",
    "work_mem": "256MB",
    "maintenance_work_mem": "1GB",
    "max_wal_size": "8GB",
    "random_page_cost": "1.1",
    "jit": "off",
    "fsync": "off",
    "listen_addresses": "",
}
"""Reading from memory at its best; ``fsync`` only shortens the loading."""


def zcatalog_python() -> str:
    """The Python of an environment that holds Products.ZCatalog; made at the first call, under ``var/peers`` or ``BENCHMARK_PEERS``."""
    folder = Path(os.environ.get("BENCHMARK_PEERS", ROOT / "var/peers"))
    python = folder / "bin/python"
    if (
        subprocess.run([python, "-c", "import Products.ZCatalog"], check=False, stderr=subprocess.DEVNULL).returncode
        if python.exists()
        else True
    ):
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run([python, "-m", "pip", "-qq", "install", ZCATALOG], check=True)
    return str(python)


def postgres_program(name: str) -> str | None:
    """The path of one of PostgreSQL's programs: Debian keeps them off the search path."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)
    return str(found[0]) if found else shutil.which(name)


@contextmanager
def postgres(folder: Path):
    """A server with its data in a folder for the length of a ``with`` block; its socket is in the folder, too."""
    if postgres_program("initdb") is None:
        subprocess.run(["tools/system.sh", "want", "postgresql"], cwd=ROOT, check=True)
    user = pwd.getpwnam("postgres") if os.geteuid() == 0 else None
    if user:
        os.chown(folder, user.pw_uid, user.pw_gid)
    if not (folder / "data").exists():
        _run(
            user,
            "initdb",
            "-D",
            folder / "data",
            "-U",
            "owner",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
        )
    options = " ".join(f"-c {name}='{value}'" for name, value in SETTINGS.items())
    _run(user, "pg_ctl", "-D", folder / "data", "-l", folder / "log", "-w", "-o", f"-k {folder} {options}", "start")
    try:
        yield
    finally:
        _run(user, "pg_ctl", "-D", folder / "data", "-m", "fast", "-w", "stop")


def _run(user, name, *arguments) -> None:
    said = subprocess.run(
        [postgres_program(name), *map(str, arguments)],
        user=user.pw_name if user else None,
        cwd="/",
        check=False,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    assert said.returncode == 0, f"{name}: {said.stderr.decode()}"
