"""The people's language: locales, the language switch, catalogues, and dates, sizes and labels as people read them.

The source language is zh-CN: a message id *is* the Chinese text, so only other languages need a catalogue
(``views/locale/en``). A test fails on an untranslated English message. Times are shown in Asia/Shanghai.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from babel import Locale as BabelLocale
from babel.dates import format_date
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from pyramid.httpexceptions import HTTPBadRequest, HTTPSeeOther
from pyramid.security import NO_PERMISSION_REQUIRED

from govrepo import clock
from govrepo.i18n import _
from govrepo.security import paths
from govrepo.translator import Translator, translator

__all__ = ["DEFAULT", "LOCALES", "Format", "Locale", "_"]

COOKIE: Final = "_LOCALE_"
YEAR: Final = 365 * 24 * 3600
FOLDER: Final = Path(__file__).parent / "locale"
NOTHING: Final = "—"


@dataclass(frozen=True)
class Locale:
    """A language the site speaks: its name in cookies, in HTML, in Babel, and in its own words."""

    name: str
    html_lang: str
    babel: str
    label: str


LOCALES: Final[Mapping[str, Locale]] = {
    "zh_CN": Locale("zh_CN", "zh-CN", "zh_Hans_CN", "中文"),
    "en": Locale("en", "en", "en", "English"),
}
DEFAULT: Final = LOCALES["zh_CN"]

URGENCIES: Final = {"plain": _("平件"), "urgent": _("加急"), "most_urgent": _("特急")}


def negotiate(request: Any) -> str:
    """The locale of a request: the visitor's own choice, else Chinese (never the browser's guess)."""
    chosen = request.cookies.get(COOKIE, DEFAULT.name)
    return chosen if chosen in LOCALES else DEFAULT.name


def localizer(request: Any) -> Translator:
    """The request's localizer."""
    return translator(request.registry, request.locale_name)


class Format:
    """Dates, numbers and sizes in one locale; ``None`` reads as a dash. Templates know it as ``fmt``."""

    def __init__(self, locale_name: str) -> None:
        self.locale = BabelLocale.parse(LOCALES.get(locale_name, DEFAULT).babel)

    def long_date(self, value: date | None) -> str:
        """A day in words: 2012年12月26日; an instant is taken in Asia/Shanghai."""
        return NOTHING if value is None else str(format_date(_day(value), "long", locale=self.locale))

    def day(self, value: date | None) -> str:
        """A day for tables: 2012-12-26."""
        return NOTHING if value is None else _day(value).isoformat()

    def instant(self, value: datetime | None) -> str:
        """Day and minute for tables: 2012-12-26 09:30, Asia/Shanghai."""
        return NOTHING if value is None else f"{clock.local(value):%Y-%m-%d %H:%M}"

    def second(self, value: datetime | None) -> str:
        """Day and second, for receipts and journals, Asia/Shanghai."""
        return NOTHING if value is None else f"{clock.local(value):%Y-%m-%d %H:%M:%S}"

    def number(self, value: float | None) -> str:
        """A number with the locale's grouping."""
        return NOTHING if value is None else str(format_decimal(value, locale=self.locale))

    def size(self, octets: int | None) -> str:
        """A file size in B, KB, MB or GB (1024 each), with at most one decimal."""
        if octets is None:
            return NOTHING
        value, unit = float(octets), "B"
        for larger in ("KB", "MB", "GB"):
            if value < 1024:
                break
            value, unit = value / 1024, larger
        return f"{format_decimal(round(value, 1), locale=self.locale)} {unit}"

    def urgency(self, value: str) -> Any:
        """The word of an urgency: plain, urgent or most_urgent; raise KeyError for any other."""
        return URGENCIES[value]

    def short_hash(self, digest: str) -> str:
        """The first twelve digits of a sha256; show the whole in a ``title``."""
        return f"{digest[:12]}…"


def _day(value: date) -> date:
    return clock.local(value).date() if isinstance(value, datetime) else value


def switch_language(request: Any) -> Any:
    """POST ``locale`` and ``return_to``: keep the choice in a cookie and go back to a page of this site."""
    name = request.POST.get("locale", "")
    if name not in LOCALES:
        raise HTTPBadRequest
    response = HTTPSeeOther(_own_path(request.POST.get("return_to", "/")))
    secure = request.registry.govrepo_settings.secure_cookies
    response.set_cookie(COOKIE, name, max_age=YEAR, path="/", httponly=True, samesite="Lax", secure=secure)
    return response


def _own_path(path: str) -> str:
    """A path of this site, or its front page: an address with a host would send the visitor elsewhere."""
    strange = path.startswith("//") or "\\" in path or not path.isprintable()
    return path if path.startswith("/") and not strange else "/"


def compile_catalogues(folder: Path = FOLDER) -> None:
    """Make each ``.mo`` that is missing or older than its ``.po``; a read-only installation ships them ready."""
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        fresh = target.exists() and target.stat().st_mtime >= source.stat().st_mtime
        if not fresh and os.access(source.parent, os.W_OK):
            _compile(source, target)


def _compile(source: Path, target: Path) -> None:
    """Write through a temporary name, because several processes may start at once."""
    with source.open("rb") as text:
        catalogue = read_po(text)
    partial = target.with_suffix(f".{os.getpid()}.tmp")
    with partial.open("wb") as out:
        write_mo(out, catalogue)
    partial.replace(target)


def includeme(config: Any) -> None:
    """Set up the locales, ``request.fmt`` and the language switch at ``POST /language``."""
    compile_catalogues()
    config.add_settings({"pyramid.default_locale_name": DEFAULT.name, "default_locale_name": DEFAULT.name})
    config.set_locale_negotiator(negotiate)
    config.add_translation_dirs(str(FOLDER))
    config.add_request_method(localizer, "localizer", reify=True)
    config.add_request_method(lambda request: Format(request.locale_name), "fmt", reify=True)
    config.add_route("language", paths.LANGUAGE)
    config.add_view(
        switch_language,
        route_name="language",
        request_method="POST",
        permission=NO_PERMISSION_REQUIRED,
        require_csrf=True,
    )
