"""The process in the journal: when it starts and stops, of which release, and which settings are others than at the start before (R-7.1).

A setting's value is never journaled, only that it changed: the journal keeps a keyed digest of each, which tells nothing without the
site's secret. What ends by force leaves no stop; the next start shows it.
"""

import atexit
import hashlib
import hmac
import logging
import signal
import sys
import threading
import uuid
import weakref
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

from govrepo.i18n import _
from govrepo.journal import ALLOWED, Entry, Event, JournalUnavailableError
from govrepo.settings import SETTINGS

START, STOP = "process.start", "process.stop"
DIGEST = 16
"""Hex digits kept of a setting's digest: enough to tell two values apart."""

log = logging.getLogger(__name__)


def digests(registry: Any) -> dict[str, str]:
    """A keyed digest of each setting's value."""
    key = registry.secrets.key("settings")
    values = {setting.name: getattr(registry.govrepo_settings, setting.name) for setting in SETTINGS}
    values["zodbconn.uri"] = registry.settings.get("zodbconn.uri", "")
    return {
        name: hmac.new(key, f"{name}={value!r}".encode(), hashlib.sha256).hexdigest()[:DIGEST]
        for name, value in values.items()
    }


def start(registry: Any) -> None:
    """Journal that this process starts. Raises JournalUnavailableError: without a journal nothing starts."""
    registry.run, now = uuid.uuid4().hex, digests(registry)
    before = next(registry.journal.entries(action=START, reverse=True, limit=1), None)
    known = before.entry.details["settings"] if before else now
    changed = sorted(name for name in now.keys() | known.keys() if now.get(name) != known.get(name))
    said = {
        "run": registry.run,
        "program": program(),
        "version": version("govrepo"),
        "settings": now,
        "changed": changed,
    }
    registry.journal.append_now(Entry(START, "system", details=said))


def stop(registry: Any) -> None:
    """Journal that this process stops, once; scripts call it before they close the journal. Never raises for a journal that is gone."""
    run, registry.run = registry.run, ""
    if not run:
        return
    try:
        registry.journal.append_now(Entry(STOP, "system", details={"run": run, "program": program()}))
    except JournalUnavailableError:
        log.info("the end of this process could not be journaled")


def program() -> str:
    """The program's name, without its folder."""
    return Path(sys.argv[0]).name


def _begin(event: Any) -> None:
    registry = event.app.registry
    start(registry)
    atexit.register(_stop_if_alive, weakref.ref(registry))
    _end_in_order()


def _stop_if_alive(known: Callable[[], Any]) -> None:
    registry = known()
    if registry is not None:
        stop(registry)


def _end_in_order() -> None:
    """Let SIGTERM end the process as Ctrl-C does, so that its end is journaled; a program with a handler of its own keeps it."""
    if threading.current_thread() is threading.main_thread() and signal.getsignal(signal.SIGTERM) is signal.SIG_DFL:
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))


def _evolved(event: Any) -> None:
    event.registry.journal.append_now(Entry("site.evolve", "system", details={"step": event.step}))


def includeme(config: Any) -> None:
    """Journal the start when the application has been made, and each step that has brought the site up to date."""
    run = {"run": _("这次运行的标识"), "program": _("程序")}
    started = run | {"version": _("版本"), "settings": _("各项设置的摘要"), "changed": _("改动过的设置")}
    config.add_journal_events(
        "process", _("进程"), Event("start", _("启动"), started, (ALLOWED,)), Event("stop", _("停止"), run, (ALLOWED,))
    )
    config.add_journal_events("site", _("站点"), Event("evolve", _("升级步骤"), {"step": _("步骤")}, (ALLOWED,)))
    config.add_subscriber(_evolved, "govrepo.database.SiteEvolved")
    config.add_subscriber(_begin, "pyramid.events.ApplicationCreated")
