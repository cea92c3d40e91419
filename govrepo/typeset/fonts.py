"""The site's fonts: which family plays which part, and which characters they can draw.

``make fonts`` fetches free ones (docs/typesetting.md); a site with licensed 方正小标宋 and 仿宋_GB2312 lays them into a
folder and names them in its settings. The files are the site's own and are read here in the open.
"""

import sys
from dataclasses import asdict, dataclass
from functools import lru_cache
from itertools import starmap
from pathlib import Path
from typing import Any

import typst
from fontTools.ttLib import TTFont

SUFFIXES = {".otf", ".ttf", ".ttc"}


@dataclass(frozen=True)
class Fonts:
    """A folder of font files, and the family for each part of a document.

    ``title`` sets issuer mark and titles (小标宋), ``body`` the text (仿宋), ``kai`` and ``hei`` headings, ``song``
    page numbers. What a family lacks is taken from ``fallback``, in this order, and then from the other families.
    """

    folder: Path
    title: str = "FandolSong"
    body: str = "FandolFang R"
    kai: str = "FandolKai"
    hei: str = "FandolHei"
    song: str = "FandolSong"
    fallback: tuple[str, ...] = ("LXGW WenKai",)

    def families(self) -> dict[str, list[str]]:
        """For each part the families to look for a character in, in order."""
        parts = {part: family for part, family in asdict(self).items() if part not in ("folder", "fallback")}
        spare = (*self.fallback, *parts.values())
        return {part: list(dict.fromkeys((family, *spare))) for part, family in parts.items()}

    def lacking(self) -> list[str]:
        """The families of the parts that are not in the folder; a fallback may be missing."""
        return sorted({families[0] for families in self.families().values()} - set(self._faces()))

    def characters(self) -> frozenset[int]:
        """The code points that one of the families can draw, whatever its weight."""
        faces = self._faces()
        named = {family for families in self.families().values() for family in families} & set(faces)
        return frozenset().union(*(frozenset.intersection(*starmap(_covered, faces[family])) for family in named))

    def _faces(self) -> dict[str, list[tuple[Path, int]]]:
        files = sorted(path for path in self.folder.glob("**/*") if path.suffix.lower() in SUFFIXES)
        return _faces(self.folder, tuple((path, path.stat().st_mtime_ns) for path in files))


def default_fonts() -> Fonts:
    """The free fonts, where ``make fonts`` lays them."""
    return Fonts(Path(sys.prefix) / "share" / "fonts")


def site_fonts(settings: Any) -> Fonts:
    """The fonts that the site's settings name (:mod:`govrepo.settings`)."""
    return Fonts(
        folder=settings.path("fonts") if settings.fonts else default_fonts().folder,
        title=settings.font_title,
        body=settings.font_body,
        kai=settings.font_kai,
        hei=settings.font_hei,
        song=settings.font_song,
        fallback=tuple(name.strip() for name in settings.font_fallback.split(",") if name.strip()),
    )


@lru_cache(maxsize=4)
def _faces(folder: Path, _state: tuple[tuple[Path, int], ...]) -> dict[str, list[tuple[Path, int]]]:
    """The faces of each family: file and its number within the file."""
    # Typst is asked, because a family is what Typst calls one: it cuts "Bold" or "VF" from some names.
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)])
    found: dict[str, list[tuple[Path, int]]] = {}
    for font in fonts.fonts():
        if font.path is not None:
            found.setdefault(font.family, []).append((Path(font.path), font.index))
    return found


@lru_cache(maxsize=32)
def _covered(file: Path, index: int) -> frozenset[int]:
    with TTFont(file, fontNumber=index, lazy=True) as font:
        return frozenset(font.getBestCmap() or ())
