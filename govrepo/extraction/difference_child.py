"""The child's side of :mod:`govrepo.extraction.difference`.

It runs as a plain file in a sandbox and imports nothing of govrepo.
"""

from collections.abc import Mapping
from difflib import SequenceMatcher
from typing import Any


def main(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Answer ``ratio``, ``passages`` and ``count`` for the sentences ``one`` and ``other``."""
    one, other = arguments["one"], arguments["other"]
    found = SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
    common = sum(_length(one[start:end]) for name, start, end, _, _ in found if name == "equal")
    whole = _length(one) + _length(other)
    changed = [("".join(one[a:b]), "".join(other[c:d])) for name, a, b, c, d in found if name != "equal"]
    kept = [[_clipped(each, arguments["longest"]) for each in pair] for pair in changed[: arguments["most"]]]
    return {"ratio": 2 * common / whole if whole else 1.0, "passages": kept, "count": len(changed)}


def _length(sentences: list[str]) -> int:
    return sum(map(len, sentences))


def _clipped(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[:longest]}…"
