"""The shell around every page, for staff and management: areas (R-2.1), boxes, person, arrival alert (R-N3.2).

``request.shell`` is what ``templates/layout.pt`` reads. It knows nothing of boxes or accounts: those come from two
callables that others put on the registry, ``registry.shell_person(request)`` and ``registry.shell_boxes(request)``;
without them the shell is that of a visitor. ``docs/ui.md`` tells screen authors what there is.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from pyramid.csrf import get_csrf_token
from pyramid.decorator import reify
from pyramid.events import BeforeRender
from pyramid.httpexceptions import HTTPNotFound
from pyramid.renderers import get_renderer
from pyramid.security import NO_PERMISSION_REQUIRED
from pyramid.static import QueryStringConstantCacheBuster

from govrepo import clock
from govrepo.security import paths
from policies.permissions import Permission

from .i18n import DEFAULT, LOCALES, Locale, _

STATIC: Final = Path(__file__).parent / "static"
SCRIPTS: Final = (
    "alert-worker.js",
    "alert.js",
    "bars.js",
    "keyboard.js",
    "selection.js",
    "confirm.js",
    "form.js",
    "print.js",
)
YEAR: Final = 365 * 24 * 3600
FLASH: Final = {"ok": "success", "warning": "warning", "error": "danger"}


@dataclass(frozen=True)
class Area:
    """One of the four subsystems of R-2.1; ``plan`` says what an area that is not open yet will hold."""

    name: str
    label: str
    icon: str
    plan: str = ""

    @property
    def url(self) -> str:
        """The area's first page."""
        return f"/areas/{self.name}" if self.plan else "/"


AREAS: Final = (
    Area("exchange", _("文件交换"), "arrow-left-right"),
    Area("records", _("文件管理"), "archive", _("收文和发文登记、归档、检索、借阅、保管期限与销毁。")),
    Area("portal", _("内网门户"), "globe2", _("通知公告、会议与值班安排、通讯录。")),
    Area("office", _("办公资源"), "briefcase", _("规章制度、公文范本、政务信息与业务资料。")),
)


@dataclass(frozen=True)
class Folder:
    """One line of a box's tree; ``pulse`` names the number that the arrival alert keeps fresh."""

    label: str
    url: str = ""
    icon: str | None = None
    count: int | None = None
    active: bool = False
    pulse: str | None = None
    children: tuple["Folder", ...] = ()


@dataclass(frozen=True)
class Box:
    """An exchange box in the left column."""

    name: str
    url: str
    active: bool
    folders: tuple[Folder, ...]


@dataclass(frozen=True)
class Person:
    """Who is logged in, in words: what ``registry.shell_person`` answers."""

    name: str
    roles: str = ""


@dataclass(frozen=True)
class Alert:
    """Where the browser asks for arrivals (R-N3.2), and how often, in seconds; at the duty desk everything ``repeats`` until acknowledged."""

    seconds: int
    repeats: bool = False
    pulse_url: str = "/pulse"
    alerted_url: str = "/alerted"
    inbox_url: str = "/"
    login_url: str = paths.LOGIN


INBOX: Final = (("waiting", _("待签收")), ("signed", _("已签收")), ("returned", _("退文")), ("all", _("全部")))
OUTSIDE: Final = (
    ("sent", _("发件箱"), "send"),
    ("drafts", _("草稿"), "pencil-square"),
    ("entries", _("收文登记"), "journal-text"),
)


def box_tree(box: Mapping[str, Any]) -> Box:
    """Make a tree of what ``registry.shell_boxes`` says of a box.

    ``box`` has ``name``, ``url`` (ending in a slash), ``id`` (its key in the pulse), ``active`` (the key of the folder
    shown, or None) and ``counts`` (folder key to number, or None for a folder without a number; a missing key means
    that there is no such folder).
    """

    def line(key: str, label: str, icon: str | None = None) -> Folder:
        pulse = str(box.get("id", "")) if key == "waiting" else None
        return Folder(label, f"{box['url']}{key}", icon, box["counts"][key], box.get("active") == key, pulse)

    inbox = tuple(line(key, label) for key, label in INBOX if key in box["counts"])
    others = tuple(line(key, label, icon) for key, label, icon in OUTSIDE if key in box["counts"])
    folders = (Folder(_("收件箱"), icon="inbox", children=inbox), *others) if inbox else others
    return Box(box["name"], box["url"], bool(box.get("active")), folders)


class Shell:
    """Everything the layout shows around a page's own work."""

    site_name = _("电子文件交换与管理系统")
    icons_name = "vendor/icons.svg"
    logout_url = paths.LOGOUT
    password_url = paths.PASSWORD
    language_url = paths.LANGUAGE
    scripts = SCRIPTS

    def __init__(self, request: Any) -> None:
        self.request = request

    def static(self, path: str) -> str:
        """The address of a file under ``views/static``, with the cache key of this release; made once a process."""
        known: dict[tuple[str, str], str] = self.request.registry.static_addresses
        place = (self.request.script_name, path)
        if place not in known:
            known[place] = str(self.request.static_path(f"views:static/{path}"))
        return known[place]

    @reify
    def icons(self) -> str:
        """The icon sprite's address."""
        return self.static(self.icons_name)

    @reify
    def person(self) -> Person | None:
        """Who is logged in, if anyone."""
        ask = getattr(self.request.registry, "shell_person", None)
        return ask(self.request) if ask else None

    @property
    def person_name(self) -> str:
        """The person's name; empty for a visitor."""
        return self.person.name if self.person else ""

    @property
    def roles_label(self) -> str:
        """The person's roles in words."""
        return self.person.roles if self.person else ""

    @property
    def areas(self) -> tuple[Area, ...]:
        """The four subsystems (R-2.1)."""
        return AREAS

    @reify
    def boxes(self) -> list[Box]:
        """The exchange boxes the person works in."""
        ask = getattr(self.request.registry, "shell_boxes", None)
        return [box_tree(box) for box in ask(self.request)] if ask and self.person else []

    @reify
    def alert(self) -> Alert | None:
        """The arrival alert, for those who hold a box."""
        if not self.boxes:
            return None
        settings, desk = self.request.registry.govrepo_settings, getattr(self.request, "at_duty_desk", False)
        seconds = settings.duty_pulse_seconds if desk else settings.pulse_seconds
        return Alert(seconds=seconds, repeats=desk, inbox_url=self.boxes[0].url)

    @property
    def locale(self) -> str:
        """The locale's name: zh_CN or en."""
        return str(self.request.locale_name)

    @property
    def html_lang(self) -> str:
        """The page's language as HTML writes it."""
        return LOCALES.get(self.locale, DEFAULT).html_lang

    @property
    def other_locale(self) -> Locale:
        """The language the switch offers."""
        return next(locale for locale in LOCALES.values() if locale.name != self.locale)

    @property
    def here(self) -> str:
        """The page's own address, for coming back after the language switch."""
        return str(self.request.path_qs) if self.request.method == "GET" else "/"

    @reify
    def csrf_token(self) -> str:
        """The session's token for forms and for ``X-CSRF-Token``."""
        return str(get_csrf_token(self.request))

    @property
    def htmx_headers(self) -> str:
        """The token in the form htmx sends it."""
        return json.dumps({"X-CSRF-Token": self.csrf_token})

    @property
    def search_url(self) -> str | None:
        """Where the search field leads, once there is a search."""
        return getattr(self.request.registry, "shell_search_url", None)

    @property
    def now(self) -> datetime:
        """The moment of rendering, for the foot of a print."""
        return clock.now()

    @reify
    def flash(self) -> list[tuple[str, str]]:
        """Messages left by the act before this page: (level, text); a level is a kind of Bootstrap alert."""
        return [(FLASH[level], text) for level, text in self.request.session.pop_flash()]


class BareShell(Shell):
    """The shell of an error page: it asks neither the database nor the session, which may be what failed."""

    person = None
    boxes: tuple[Box, ...] = ()
    flash: tuple[tuple[str, str], ...] = ()
    csrf_token = ""
    alert = None


def flash(request: Any, text: str, level: str = "ok") -> None:
    """Leave a message for the next page; ``level`` is ok, warning or error. The text is translated now."""
    request.session.flash([level, request.localizer.translate(text)], allow_duplicate=False)


def area_page(request: Any) -> dict[str, Any]:
    """The plain page of an area that is not open yet: what will come there."""
    wanted = request.matchdict["name"]
    for area in AREAS:
        if area.plan and area.name == wanted:
            return {"title": area.label, "area": area, "active_area": area.name}
    raise HTTPNotFound


def add_globals(event: Any) -> None:
    """Give every template the layout, the macros, the formats and the translation mark."""
    request = event.get("request")
    if request is None or not hasattr(request, "shell"):
        return
    event.setdefault("layout", get_renderer("views:templates/layout.pt").implementation().macros)
    event.setdefault("ui", get_renderer("views:templates/macros.pt").implementation().macros)
    for name, value in (("shell", request.shell), ("fmt", request.fmt), ("_", _), ("values", {}), ("errors", {})):
        event.setdefault(name, value)


def static_key(folders: Iterable[Path] = (STATIC,)) -> str:
    """A short key over the names, sizes and dates of all static files: it changes when one of them does."""
    digest = hashlib.sha256()
    for path in sorted(path for folder in folders for path in folder.rglob("*") if path.is_file()):
        facts = path.stat()
        digest.update(f"{path.name} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()[:12]


def includeme(config: Any) -> None:
    """Set up ``request.shell``, the template globals, static files and the pages of areas not yet open."""
    config.registry.static_addresses = {}
    config.add_request_method(Shell, "shell", reify=True)
    config.add_subscriber(add_globals, BeforeRender)
    config.add_static_view("static", "views:static", cache_max_age=YEAR, permission=NO_PERMISSION_REQUIRED)
    config.add_cache_buster("views:static", QueryStringConstantCacheBuster(static_key()))
    config.add_route("area", "/areas/{name}")
    config.add_view(
        area_page,
        route_name="area",
        permission=Permission.SITE_VIEW,
        request_method="GET",
        renderer="views:templates/shared/area.pt",
    )
