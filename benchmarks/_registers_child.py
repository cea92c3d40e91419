"""One system in a process of its own: ``build``, or ``ask`` some kinds of questions and print the times and the answers.

``python -m benchmarks._registers_child SYSTEM FOLDER COUNT build|warm|cold [KIND...]``: warm is the best of three after one that does not
count, of every set of values; cold is the very first time of the first set.
"""

import json
import resource
import sys
import time
from importlib import import_module
from pathlib import Path

from benchmarks._registers_entries import KINDS_OF_QUESTIONS, questions

TURNS = 3


def main(system: str, folder: str, count: str, what: str, *kinds: str) -> None:
    module = import_module(f"benchmarks._registers_{system}")
    if what == "build":
        begun = time.perf_counter()
        module.build(Path(folder), int(count))
        print(json.dumps({"seconds": time.perf_counter() - begun, "memory": memory()}))
        return
    asked = questions(int(count))
    asker = module.Asker(Path(folder), int(count))
    if what == "warm" or "deep" in kinds:
        asker.prepare()
    for kind in kinds or KINDS_OF_QUESTIONS:
        ask = getattr(asker, kind)
        found = [warm(ask, question) for question in asked] if what == "warm" else [timed(ask, asked[0])]
        print(
            json.dumps({"kind": kind, "times": [t for t, _a in found], "answers": [plain(a) for _t, a in found]}),
            flush=True,
        )
    print(json.dumps({"memory": memory()}))


def warm(ask, question):
    """The shortest of some times, after one that warms; and the answer."""
    ask(question)
    return min((timed(ask, question) for _turn in range(TURNS)), key=lambda found: found[0])


def timed(ask, question):
    """Milliseconds, and the answer."""
    begun = time.perf_counter()
    answer = ask(question)
    return 1000 * (time.perf_counter() - begun), answer


def plain(answer):
    """An answer to compare: numbers of entries in order, or counts by index and value."""
    if isinstance(answer, dict):
        return {
            name: {str(value): number for value, number in sorted(counts.items()) if number}
            for name, counts in answer.items()
        }
    assert all(len(row) == 5 for row in answer)
    return [row[0] for row in answer]


def memory() -> float:
    """The most memory this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main(*sys.argv[1:])
