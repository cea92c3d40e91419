"""Run every benchmark and collect what they print into ``benchmarks/results.json``.

A benchmark is a script ``benchmarks/<name>.py`` that prints one JSON object a line: ``name``, ``value``, ``unit``, and
where they apply ``budget`` (the figure to keep), ``peer`` (the same figure of what we measure ourselves against, taken
in the same run) and ``ratio`` (value over peer). Other lines pass through as talk. A name that starts with an
underscore is a helper. Names on the command line choose among the benchmarks.
"""

import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
FIELDS = ("name", "value", "unit", "budget", "peer", "ratio")
REQUIRED = ("name", "value", "unit")


def scripts(folder: Path, chosen: Iterable[str] = ()) -> list[Path]:
    """The benchmarks of a folder by name, all of them or the chosen; raises SystemExit for an unknown name."""
    found = {
        path.stem: path for path in sorted(folder.glob("*.py")) if path.stem != "run" and not path.stem.startswith("_")
    }
    unknown = set(chosen) - set(found)
    if unknown:
        raise SystemExit(f"No such benchmark: {', '.join(sorted(unknown))}. There are: {', '.join(found)}")
    return [path for name, path in found.items() if not chosen or name in chosen]


def result(line: str) -> dict[str, Any] | None:
    """One line's result with every field present, or None for talk; raises ValueError if the fields are not right."""
    if not line.startswith("{"):
        return None
    given = json.loads(line)
    missing = [field for field in REQUIRED if field not in given]
    unknown = sorted(set(given) - set(FIELDS))
    if missing or unknown:
        raise ValueError(f"missing {missing}, unknown {unknown} in {line.strip()}")
    return {field: given.get(field) for field in FIELDS}


def measure(script: Path) -> tuple[list[dict[str, Any]], bool]:
    """Run one benchmark, show its lines as they come; its results, and whether it ended well."""
    results = []
    with subprocess.Popen([sys.executable, str(script)], cwd=HERE.parent, stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout or ():
            found = result(line)
            print(table_row(found) if found else line.rstrip(), flush=True)
            results += [found] if found else []
    return results, process.returncode == 0


def table_row(found: dict[str, Any]) -> str:
    """A result as one readable line."""
    parts = [f"{found['name']:<56} {found['value']:>12,.6g} {found['unit']:<8}"]
    parts += [f"{field} {found[field]:,.6g}" for field in ("budget", "peer", "ratio") if found[field] is not None]
    return "  ".join(parts)


def main(names: list[str]) -> int:
    """Run the benchmarks; exit status 1 if one of them failed."""
    results: list[dict[str, Any]] = []
    failed = []
    for script in scripts(HERE, names):
        print(f"--- {script.stem}", flush=True)
        found, well = measure(script)
        results += found
        failed += [] if well else [script.stem]
    (HERE / "results.json").write_text(json.dumps(results, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{len(results)} figures in benchmarks/results.json" + (f"; FAILED: {', '.join(failed)}" if failed else ""))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
