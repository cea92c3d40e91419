"""Compares two sequences of sentences in a sandboxed child: what they have in common, and where they differ.

The sentences come from uploaded files, and comparing takes quadratic time at worst; the child's limits bound it.
"""

from dataclasses import dataclass

from govrepo.sandbox import Limits, run

_LIMITS = Limits(cpu_seconds=5, wall_seconds=30)


@dataclass(frozen=True)
class Difference:
    """``ratio`` is the share of characters in common, 0 to 1; ``passages`` are the first pairs that differ; ``count`` all of them."""

    ratio: float
    passages: tuple[tuple[str, str], ...]
    count: int


def difference(one: list[str], other: list[str], most: int = 10, longest: int = 200) -> Difference:
    """How two texts differ, sentence by sentence; ``most`` pairs of ``longest`` characters are kept.

    Raise SandboxError if it cannot be told within the limits of the sandbox.
    """
    order = {"one": one, "other": other, "most": most, "longest": longest}
    found = run("govrepo.extraction.difference_child", order, _LIMITS)
    return Difference(found["ratio"], tuple((first, second) for first, second in found["passages"]), found["count"])
