"""Looks at PDF files: structure, page images, text. Every parse runs in a sandboxed child process (design sect. 8).

Nothing here changes a PDF, and nothing here knows what the PDF is for. Serves the scan of R-N4.2 and the display of
pages instead of files (P-35, P-52).
"""

from datetime import timedelta
from typing import Any

from govrepo.files import store
from govrepo.pdf.inspect import Inspection, inspect
from govrepo.pdf.pages import PageCache, page_image
from govrepo.pdf.render import PageNotFoundError, render
from govrepo.pdf.text import text

__all__ = [
    "Inspection",
    "PageCache",
    "PageNotFoundError",
    "includeme",
    "inspect",
    "page_image",
    "render",
    "text",
]


def includeme(config: Any) -> None:
    """Put the cache of drawn pages into the registry as ``page_cache``."""
    settings = config.registry.govrepo_settings
    config.registry.page_cache = PageCache(settings.path("pages"), settings.page_cache_bytes)
    config.include("govrepo.work")
    config.add_timed_job("pdf.sweep_pages", sweep_pages, every=timedelta(hours=1))


def sweep_pages(job: Any) -> None:
    """Timed job: bound the cache of drawn pages, and forget those of files that are gone."""
    job.registry.page_cache.sweep(store(job.root))
