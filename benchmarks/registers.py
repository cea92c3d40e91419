"""Registers of the same entries in govrepo, SQLite, PostgreSQL and Products.ZCatalog: the questions of every day, warm and cold.

``REGISTERS_SIZES`` says how many entries (10000,100000; add 1000000 for the whole run, about an hour), ``REGISTERS_SYSTEMS`` which systems,
``REGISTERS_FOLDER`` keeps the databases for another run, ``REGISTERS_COLD=no`` leaves out what is cold. Each system answers in a process of its
own with the query that one who knows it would write; each brings five columns of fifty rows, and all answers must be the same. govrepo has two hundred late changes pending.

*Warm*: the shortest of three after one that warms, p50 of twelve sets of values. *Cold*: the first question of a fresh process, the
files dropped from the system's cache, PostgreSQL restarted, opening the database not counted; one sample.
ZCatalog is measured up to ``ZCATALOG_MOST`` entries: a million take hours to load.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from contextlib import nullcontext
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import _peers
from benchmarks._registers_entries import KINDS_OF_QUESTIONS

OURS = "govrepo"
SYSTEMS = (OURS, "sqlite", "postgres", "zcatalog")
ZCATALOG_MOST = 100_000
TEXT = ("words", "words_permission", "phrase", "without")
BUDGETS = dict.fromkeys(KINDS_OF_QUESTIONS, 1.0) | dict.fromkeys(("states", "facets", *TEXT), 5.0)
Times = dict[str, dict[str, float]]
"""Milliseconds by kind of question and system."""


def main() -> None:
    sizes = [int(each) for each in os.environ.get("REGISTERS_SIZES", "10000,100000").split(",")]
    systems = [each for each in os.environ.get("REGISTERS_SYSTEMS", ",".join(SYSTEMS)).split(",") if each]
    with tempfile.TemporaryDirectory(prefix="govrepo-registers-") as temporary:
        folder = Path(os.environ.get("REGISTERS_FOLDER", temporary))
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o755)  # PostgreSQL's user must pass.
        warm = {size: measured(folder, size, [each for each in systems if fits(each, size)]) for size in sizes}
    if len(sizes) > 1:
        growth(warm[sizes[0]], warm[sizes[-1]], f"from {sizes[0]:,} to {sizes[-1]:,}")


def fits(system: str, size: int) -> bool:
    """Whether a system is measured at a size; says so if not."""
    if system == "zcatalog" and size > ZCATALOG_MOST:
        print(f"Products.ZCatalog is not measured at {size:,}: loading takes hours.", flush=True)
        return False
    return True


def measured(folder: Path, size: int, systems: list[str]) -> Times:
    """Build, ask warm and cold, compare the answers, report; the warm times."""
    print(f"load average {os.getloadavg()[0]:.1f}", flush=True)
    warm: Times = {kind: {} for kind in KINDS_OF_QUESTIONS}
    cold: Times = {kind: {} for kind in KINDS_OF_QUESTIONS}
    answers: dict[str, dict[str, list]] = {kind: {} for kind in KINDS_OF_QUESTIONS}
    for system in systems:
        place = folder / f"{system}-{size}"
        build(system, place, size)
        with serving(system, place):
            for kind, times, answer in asked(system, place, size, "warm"):
                warm[kind][system], answers[kind][system] = statistics.median(times), answer
        for kind in KINDS_OF_QUESTIONS if os.environ.get("REGISTERS_COLD") != "no" else ():
            drop(place)
            with serving(system, place):
                ((_kind, times, _answer),) = asked(system, place, size, "cold", kind)
            cold[kind][system] = times[0]
    for kind, found in answers.items():
        compare(kind, found)
    report(size, "warm", warm)
    if any(cold.values()):
        report(size, "cold", cold)
    return warm


def build(system: str, place: Path, size: int) -> None:
    """Load the entries, if they are not there from an earlier run."""
    if (place / "built").exists():
        return
    place.mkdir()
    with serving(system, place):
        said = child(system, place, size, "build")[-1]
    (place / "built").touch()
    line(f"registers {size:,}: loading and indexing, {system}", size / said["seconds"], "rows/s")
    used = sum(path.stat().st_size for path in place.rglob("*") if path.is_file()) / 2**20
    line(f"registers {size:,}: size on disk, {system}", used, "MB")


def serving(system: str, place: Path):
    """What must run while a system is asked."""
    return _peers.postgres(place) if system == "postgres" else nullcontext()


def child(system: str, place: Path, size: int, *arguments: str) -> list[dict]:
    """Run one system's process; the lines it printed."""
    python = _peers.zcatalog_python() if system == "zcatalog" else sys.executable
    command = [python, "-m", "benchmarks._registers_child", system, str(place), str(size), *arguments]
    said = subprocess.run(
        command,
        cwd=_peers.ROOT,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(_peers.ROOT)},
    )
    return [json.loads(each) for each in said.stdout.splitlines()]


def asked(system: str, place: Path, size: int, what: str, *kinds: str):
    """Kind, times and answers of each kind of question."""
    *found, last = child(system, place, size, what, *kinds)
    if what == "warm":
        line(f"registers {size:,}: memory of the asking process, {system}", last["memory"], "MB")
    return [(each["kind"], each["times"], each["answers"]) for each in found]


def drop(place: Path) -> None:
    """Have the system forget what it has read of the files."""
    for path in place.rglob("*"):
        if path.is_file():
            with path.open("rb") as file:
                os.fsync(file.fileno())
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def compare(kind: str, found: dict[str, list]) -> None:
    """Nobody is fast by being wrong: all systems answer the same. Raises AssertionError."""
    first, *others = found
    for other in others:
        for number, (one, two) in enumerate(zip(found[first], found[other], strict=True)):
            assert one == two, f"{kind}, set {number}: {first} and {other} answer differently: {one} and {two}"


def report(size: int, what: str, times: Times) -> None:
    """A figure of ours with the best peer, and each peer's own."""
    for kind, words in KINDS_OF_QUESTIONS.items():
        mine, peers = times[kind].get(OURS), {name: each for name, each in times[kind].items() if name != OURS}
        name = f"registers {size:,}: {words}, {what}"
        if mine is not None:
            line(name, mine, "ms", BUDGETS[kind] if what == "warm" else None, min(peers.values(), default=None))
        for system, each in peers.items():
            line(f"{name}, {system}", each, "ms")


def growth(small: Times, large: Times, words: str) -> None:
    """How many times longer each warm question takes."""
    for kind in KINDS_OF_QUESTIONS:
        if OURS in small[kind] and OURS in large[kind]:
            line(
                f"registers: {KINDS_OF_QUESTIONS[kind]}, growth {words}",
                large[kind][OURS] / small[kind][OURS],
                "times",
                2.0,
            )


def line(name: str, value: float, unit: str, budget: float | None = None, peer: float | None = None) -> None:
    """One figure as ``run.py`` reads it."""
    figure = {"name": name, "value": round(value, 4), "unit": unit, "budget": budget}
    if peer is not None:
        figure |= {"peer": round(peer, 4), "ratio": round(value / peer, 4)}
    print(json.dumps(figure, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
