"""Takes the text out of a PDF, page by page, for the search index and for screen readers."""

from pathlib import Path

from govrepo.sandbox import Limits, run


def text(path: Path, max_chars: int = 2_000_000, max_pages: int = 5_000, limits: Limits | None = None) -> list[str]:
    """The text of each page, in order, at most ``max_chars`` characters and ``max_pages`` pages in all.

    Raise SandboxError if the file cannot be read, or not within the limits of the sandbox.
    """
    order = {"path": str(path.resolve()), "max_chars": max_chars, "max_pages": max_pages}
    pages: list[str] = run("govrepo.pdf.text_child", order, limits)
    return pages
