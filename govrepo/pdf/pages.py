"""Keeps page images on disk under ``var/pages``: a page is drawn once and shown many times.

The folder holds nothing that cannot be drawn again. An image is keyed by the PDF's sha256, the page and the width;
asking who may see it is the business of whoever calls.
"""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Container
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from govrepo.pdf.render import render

#: The widths that are drawn, in pixels: thumbnail, reading, enlarged, printed (250 dots per inch of A4). Few, so nobody can fill the
#: disk with variants.
WIDTHS = (240, 960, 1600, 2067)


class Pages(Protocol):
    """What has pages to draw: a stored file."""

    sha256: str

    def as_path(self) -> contextlib.AbstractContextManager[Path]:
        """The content as a file to read."""


@dataclass(frozen=True)
class PageCache:
    """The folder of drawn pages and the bytes it may take."""

    folder: Path
    max_bytes: int

    def image(self, stored: Pages, page: int, width: int, *, without_red: bool = False) -> bytes:
        """The PNG of one page (from 0), drawn now if it is not there yet; errors as in :func:`govrepo.pdf.render`."""
        width = next((known for known in WIDTHS if known >= width), WIDTHS[-1])
        place = self.folder / stored.sha256[:2] / stored.sha256 / f"{page}-{width}{'-grey' if without_red else ''}.png"
        with contextlib.suppress(FileNotFoundError):
            os.utime(place)  # The sweep takes what was not looked at for longest.
            return place.read_bytes()
        with stored.as_path() as path:
            image = render(path, page, width, without_red=without_red)
        _write(place, image)
        return image

    def sweep(self, known: Container[str]) -> int:
        """Remove the pages of files gone from the store, then the longest unseen; return how many bytes are left."""
        for folder in self.folder.glob("??/*"):
            if folder.name not in known:
                shutil.rmtree(folder, ignore_errors=True)
        return self._shrink()

    def _shrink(self) -> int:
        images = sorted((status.st_mtime, status.st_size, place) for place, status in self._images())
        total = sum(size for _, size, _ in images)
        for _, size, place in images:
            if total <= self.max_bytes:
                break
            place.unlink(missing_ok=True)
            total -= size
        return total

    def _images(self) -> list[tuple[Path, os.stat_result]]:
        return [(place, place.stat()) for place in self.folder.glob("??/*/*")]


def _write(place: Path, image: bytes) -> None:
    """Put the image there whole or not at all. A disk that is full costs time, not the page."""
    with contextlib.suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=place.parent, delete=False) as file:
            file.write(image)
        Path(file.name).replace(place)


def page_image(stored: Pages, page: int, width: int, registry: Any, *, without_red: bool = False) -> bytes:
    """The PNG of one page (from 0) of a stored PDF, from the site's cache; errors as in :func:`govrepo.pdf.render`."""
    cache: PageCache = registry.page_cache
    return cache.image(stored, page, width, without_red=without_red)
