"""Bringing an old register in (``govrepo-import``): lines a second through the public path, journal, numbers, registers and both commits included.

``IMPORT_LINES`` says how many (4,000). The text index is fed afterwards, as the worker does, and timed by itself.
"""

import json
import os
import resource
import tempfile
import time
from pathlib import Path

import transaction

from benchmarks._site import build, close
from govrepo.catalog import fold_all
from govrepo.database import opened
from govrepo.work.consumer import Job
from policies.actor import actor_for
from policies.register_import import bring_in, read
from policies.sample.load import load_organisation

LINES = int(os.environ.get("IMPORT_LINES", "4000"))
HEAD = "来文单位,来文字号,标题,收到日期"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "old.csv"
        lines = (
            f"江门市政府,江府〔2012〕{number}号,关于第{number}项防汛工作的报告,2012-12-{number % 28 + 1:02}"
            for number in range(1, LINES + 1)
        )
        path.write_text("\n".join((HEAD, *lines)), encoding="utf-8")
        app = build(Path(folder) / "var", worker="none")
        load_organisation(app.registry)
        run(app.registry, path)
        close(app)


def run(registry, path: Path) -> None:
    table, before = read(path), memory()
    with opened(registry) as root:
        job = Job(root, registry, {}, 1)

        def commit(_lines: int) -> None:
            fold_all(job)
            transaction.commit()
            root._p_jar.cacheGC()

        begun = time.perf_counter()
        bring_in(root["exchange"]["gd-office"], table, actor_for(root.logins["office.registry1"], registry), commit)
        report(f"entries brought in, {LINES}", LINES / (time.perf_counter() - begun), "entries/s", 200)
        report("memory that grew meanwhile", memory() - before, "MB")
        begun = time.perf_counter()
        for _turn in range(LINES // 200 + 5):
            fold_all(job)
            registry.timed_jobs["fulltext.feed"].handler(job)
            transaction.commit()
        report("the same into the text index", LINES / (time.perf_counter() - begun), "entries/s")


def memory() -> float:
    """The most memory this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def report(name: str, value: float, unit: str, budget: float | None = None) -> None:
    """One figure as ``run.py`` reads it."""
    print(json.dumps({"name": f"import: {name}", "value": round(value, 2), "unit": unit, "budget": budget}), flush=True)


if __name__ == "__main__":
    main()
