"""Says what a PDF is made of: pages, encryption, active content, signatures, whether it carries text."""

from dataclasses import dataclass
from pathlib import Path

from govrepo.pdf.text import text
from govrepo.sandbox import Limits, SandboxError, run

#: The pages that are looked at for text: a scan of stamped paper has none.
_TEXT_PAGES = 5
#: It is a glance: a file whose first pages take longer counts as one without text.
_QUICK = Limits(cpu_seconds=4, wall_seconds=12)


@dataclass(frozen=True)
class Inspection:
    """What was found. ``ok`` means: read to the end, and readable without a password.

    ``active_content`` and ``signatures`` (names of the signed fields) are sorted. ``error`` is ``needs-password``,
    ``no-pages``, one of the kinds of :class:`govrepo.sandbox.SandboxError`, or empty.
    """

    ok: bool
    pages: int = 0
    encrypted: bool = False
    active_content: tuple[str, ...] = ()
    has_text: bool = False
    signatures: tuple[str, ...] = ()
    error: str = ""


def inspect(path: Path) -> Inspection:
    """Look through a PDF in child processes; a file that cannot be read is a result, not an exception.

    Raise SandboxError only if the machine is too busy to look, which says nothing about the file.
    """
    try:
        found = run("govrepo.pdf.inspect_child", {"path": str(path.resolve())})
    except SandboxError as error:
        return _unreadable(error)
    return Inspection(
        ok=not found["error"],
        pages=found["pages"],
        encrypted=found["encrypted"],
        active_content=tuple(found["active_content"]),
        has_text=not found["error"] and _has_text(path),
        signatures=tuple(found["signatures"]),
        error=found["error"],
    )


def _unreadable(error: SandboxError) -> Inspection:
    if error.kind == "busy":
        raise error
    return Inspection(ok=False, error=error.kind)


def _has_text(path: Path) -> bool:
    """Ask the other library: it also reads the fonts in which pypdf sees nothing."""
    try:
        return any(page.strip() for page in text(path, max_chars=1000, max_pages=_TEXT_PAGES, limits=_QUICK))
    except SandboxError as error:
        return _unreadable(error).has_text
