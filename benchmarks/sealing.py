"""Sealing and verification: a document of 4 and one of 59 pages as our typesetter makes them, sealed once (PAdES B-LTA) and by three.

The sealing is measured in a process that has its library in memory, as the worker has after its first; the verification inside the child,
and as the caller waits for it, start of the child included. The document is set with the fonts of ``make fonts``. Prints one JSON line a
figure (see ``run.py``).
"""

import hashlib
import json
import resource
import statistics
import tempfile
import time
from pathlib import Path

from govrepo import clock
from govrepo.sealing import renew, seal, verify, verify_child
from govrepo.sealing.judge import judge
from govrepo.sealing.verify import _facts
from govrepo.trust.authorities import Authorities
from govrepo.typeset import default_fonts, typeset
from tests.govrepo.typeset.plates import BODY, plate
from tests.sealing import Office

ROUNDS = 9
BODIES = {4: 3, 59: 138}
"""How often the body is repeated for so many pages, about."""
BUDGETS = {4: 0.3, 59: 1.0}
"""Seconds of a verification inside the child."""
SIGNATORIES = ("广东省人民政府办公厅", "广东省发展和改革委员会", "广东省财政厅")


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        office = Office(Authorities.create(folder / "trust", b"secret words", "某省政府系统"))
        seal(
            _set(folder / "first.pdf", 1, 1),
            folder / "warm.pdf",
            office.hand(),
            0,
            1,
            sha256=_digest(folder / "first.pdf"),
        )
        for pages, repeated in BODIES.items():
            measure(office, folder, pages, repeated)
        joint(office, folder)
        took("time stamp renewed, 4 pages", lambda: renewed(office, folder))


def measure(office: Office, folder: Path, pages: int, repeated: int) -> None:
    plain, sealed = _set(folder / f"{pages}.pdf", repeated, 1), folder / f"{pages}-sealed.pdf"
    hand, sha256 = office.hand(), _digest(plain)
    took(f"seal B-LTA, {pages} pages", lambda: seal(plain, sealed, hand, 0, 1, sha256=sha256), 1.0)
    report(f"growth by a seal, {pages} pages", (sealed.stat().st_size - plain.stat().st_size) / 1000, "kB")
    validated(office, sealed, f"{pages} pages", BUDGETS[pages])


def joint(office: Office, folder: Path) -> None:
    """Three seals on four pages."""
    source = _set(folder / "joint.pdf", BODIES[4], 3)
    for place in range(3):
        target = folder / f"joint-{place}.pdf"
        seal(source, target, office.hand(f"s{place}"), place, 3, sha256=_digest(source))
        source = target
    validated(office, source, "4 pages, 3 seals", None)


def validated(office: Office, sealed: Path, what: str, budget: float | None) -> None:
    trust = office.trust()
    assert verify(sealed, trust, clock.now()).verdict == "good"
    told = verify_child.main({"path": str(sealed)})
    took(f"validate inside the child, {what}", lambda: verify_child.main({"path": str(sealed)}), budget)
    took(f"judge, {what}", lambda: judge(_facts(told), trust, clock.now()))
    took(f"validate with the start of the child, {what}", lambda: verify(sealed, trust, clock.now()))


def renewed(office: Office, folder: Path) -> None:
    sealed = folder / "4-sealed.pdf"
    renew(sealed, folder / "renewed.pdf", office.trust(), office.stamp, sha256=_digest(sealed))


def took(name: str, act, budget: float | None = None) -> None:
    """Report how long an act takes, and how much of it the processor works, children included: medians of some rounds."""
    taken = []
    for _ in range(ROUNDS):
        begun, worked = time.perf_counter(), _work()
        act()
        taken.append((time.perf_counter() - begun, _work() - worked))
    waited, working = map(statistics.median, zip(*taken, strict=True))
    report(name, waited, "s", budget)
    report(f"{name}, processor time", working, "s")


def _work() -> float:
    used = (resource.getrusage(whose) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in used)


def report(name: str, value: float, unit: str, budget: float | None = None) -> None:
    line = {"name": name, "value": round(value, 3), "unit": unit}
    print(json.dumps(line if budget is None else line | {"budget": budget}), flush=True)


def _set(path: Path, repeated: int, signatories: int) -> Path:
    made = typeset(plate(body=BODY * repeated, signature=SIGNATORIES[:signatories]), default_fonts())
    print(f"{path.name}: {made.pages} pages, {len(made.pdf) // 1000} kB")
    path.write_bytes(made.pdf)
    return path


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    main()
