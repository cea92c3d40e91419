"""``govrepo-sample development.ini``: loads the samples into an empty site and prints who can log in.

A site that has units already is left as it is.
"""

import argparse
import sys
from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from unicodedata import east_asian_width

from pyramid.paster import get_appsettings
from zc.lockfile import LockError

import govrepo
from govrepo import clock, process
from govrepo.database import database, opened
from govrepo.trust import authorities
from policies.sample.load import is_empty, load
from policies.sample.logins import FEATURED, every_login, sample_logins
from policies.sample.people import FOUNDERS, PASSWORD

AGE = timedelta(days=90)
HEADINGS = ("用户名", "姓名", "单位", "角色", "交换箱")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the script; return the exit code: 1 while another process has the database open."""
    parser = argparse.ArgumentParser(prog="govrepo-sample", description="Load the sample organisation.")
    parser.add_argument("ini", help="the site's configuration file")
    parser.add_argument("--all", action="store_true", help="list every sample person, not only some")
    given = parser.parse_args(arguments)
    try:
        registry = _registry(given.ini)
    except LockError:
        _say("站点正在运行（数据库已被占用），样例数据未作改动。")
        return 1
    try:
        _load(registry)
        _tell(registry, every_login() if given.all else FEATURED)
    finally:
        process.stop(registry)
        registry.journal.close()
        database(registry).close()
    return 0


def _registry(ini: str) -> Any:
    """The application's registry, made without a worker: what is to be done is done by the loading itself."""
    settings = {**get_appsettings(ini), "govrepo.worker": "none"}
    return govrepo.main({}, **settings).registry


def _load(registry: Any) -> None:
    if is_empty(registry):
        _say("正在装入样例单位、人员和公文，约需半分钟；请勿中断，否则须删除数据后重来……")
        _found_authority(registry)
        load(registry)
        _tell_of_founding(registry)


def _found_authority(registry: Any) -> None:
    """Found the samples' certification authority, so long ago that their seals are older than their documents."""
    if authorities.existing(registry.govrepo_settings) is None:
        with clock.frozen(clock.now() - AGE):
            registry.authorities = authorities.found(registry.govrepo_settings, "样例机关")


def _tell_of_founding(registry: Any) -> None:
    """Tell of the founding act, which the samples perform like a real site, and of their authority."""
    with opened(registry) as root:
        names = "、".join(root.logins[login].name for login in FOUNDERS)
    _say(f"已按初始化程序任命厅领导、审计员、管理员、保密员：{names}；其余任职均经申请、审核、执行、复核。")
    _say(f"已建立样例证书机构：{registry.govrepo_settings.path('trust_folder')}")


def _tell(registry: Any, names: tuple[str, ...]) -> None:
    with opened(registry) as root:
        rows = sample_logins(root, registry, names)
    if not rows:
        _say("本站点已有单位，没有装入样例。")
        return
    for line in table([HEADINGS, *rows]):
        _say(line)
    _say(
        "其他单位同理：<单位>.clerk 为收发员，<单位>.approver 为核准人，<单位>.admin 为单位管理员；<处室>.receiver、.head、.officer。--all 列出全部。"
    )
    _say(f"样例用户的密码都是：{PASSWORD}    （样例仅供试用，姓名均为虚构，不得用于正式办公）")


def table(rows: Sequence[Sequence[str]]) -> list[str]:
    """The rows as lines with aligned columns."""
    widths = [max(_width(row[column]) for row in rows) for column in range(len(rows[0]))]
    return ["  ".join(_padded(cell, width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def _padded(cell: str, width: int) -> str:
    return cell + " " * (width - _width(cell))


def _width(text: str) -> int:
    """Columns of a terminal: a Chinese character takes two."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
