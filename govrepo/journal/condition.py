"""How the journal fares: what will stop it from being written, told well before it does (R-7.2; design.md sect. 7).

When the journal cannot be written nothing happens any more, on purpose. So its disk, its size and its checkpoints are watched.
"""

import os
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

from govrepo import clock
from govrepo.i18n import _
from govrepo.journal.stores import in_database

MB = 1024**2


class Trouble(NamedTuple):
    """Something that somebody must see to: a code, and words with the numbers."""

    code: str
    words: Any


def troubles(registry: Any) -> list[Trouble]:
    """Everything that is wrong or will be; some system calls and two look-ups."""
    settings = registry.govrepo_settings
    storage = [] if in_database(settings.journal) else list(_storage(settings))
    return [*storage, *_checkpoints(registry, settings)]


def _storage(settings: Any) -> Iterator[Trouble]:
    path = settings.path("journal")
    free = shutil.disk_usage(path.parent).free // MB
    if free < settings.journal_free_mb:
        words = {"free": str(free), "least": str(settings.journal_free_mb)}
        yield Trouble(
            "disk",
            _(
                "审计日志所在的磁盘只剩 ${free} MB（应不少于 ${least} MB）。写满以后系统停止办理一切业务。",
                mapping=words,
            ),
        )
    size = sum(_size(path.with_name(path.name + end)) for end in ("", "-wal")) // MB
    if size > settings.journal_size_mb:
        words = {"size": str(size), "most": str(settings.journal_size_mb)}
        yield Trouble(
            "size", _("审计日志现用文件已有 ${size} MB（设定的上限 ${most} MB），请封存期间。", mapping=words)
        )


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def _checkpoints(registry: Any, settings: Any) -> Iterator[Trouble]:
    journal, folder = registry.journal, settings.path("checkpoints")
    newest = next(iter(journal.checkpoints(newest=True, limit=1)), None)
    if newest is not None and not os.access(folder, os.W_OK | os.X_OK):
        yield Trouble("folder", _("检查点文件夹不存在或不可写，检查点不能导出。"))
    first = next(journal.entries(after=newest.size - 1 if newest else None, limit=1), None)
    if first is not None and clock.now() - first.time > timedelta(minutes=settings.checkpoint_warn_minutes):
        minutes = str(int((clock.now() - first.time) / timedelta(minutes=1)))
        yield Trouble(
            "checkpoint",
            _("最早的一条未入检查点的日志已有 ${minutes} 分钟，请检查后台工作进程。", mapping={"minutes": minutes}),
        )
