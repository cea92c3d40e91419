"""``govrepo-import SITE.ini FILE --box BOX --as LOGIN``: an old register brought in from a table (R-N4.4; docs/operating.md).

It runs on the host while the site is closed, in the name of a keeper of the register; everything is journaled as if keyed in.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import transaction
from pyramid.paster import get_appsettings
from zc.lockfile import LockError

import govrepo
from govrepo import process
from govrepo.catalog import fold_all
from govrepo.database import database, opened
from govrepo.i18n import plain
from govrepo.work.consumer import Job
from policies.actor import actor_for
from policies.engine import Refused
from policies.register_import import Table, TableError, bring_in, done_before, read


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the script; return the exit code: 0 done, 1 refused or faulty lines, 2 called wrongly."""
    parser = argparse.ArgumentParser(prog="govrepo-import", description="Bring an old register in from a table.")
    parser.add_argument("ini", help="the site's configuration file")
    parser.add_argument("file", type=Path, help="CSV or xlsx with the headings that docs/operating.md lists")
    parser.add_argument("--box", required=True, help="the exchange box that keeps the register")
    parser.add_argument("--as", required=True, dest="login", help="login name of a keeper of the register")
    parser.add_argument("--check", action="store_true", help="only say what is wrong")
    given = parser.parse_args(arguments)
    try:
        table = read(given.file)
    except (OSError, TableError) as error:
        return _refuse(f"{given.file}：{error}", 2)
    if table.problems:
        return _refuse("\n".join([*table.problems, f"共{len(table.problems)}处错误，没有登记任何一行。"]), 1)
    if given.check:
        sys.stdout.write(f"共{len(table.lines)}行，没有发现错误。\n")
        return 0
    try:
        registry = govrepo.main({}, **{**get_appsettings(given.ini), "govrepo.worker": "none"}).registry
    except LockError:
        return _refuse("站点正在运行（数据库已被占用），没有执行任何操作。", 1)
    try:
        with opened(registry) as root:
            return _perform(root, registry, table, given)
    finally:
        process.stop(registry)
        registry.journal.close()
        database(registry).close()


def _refuse(words: str, code: int) -> int:
    sys.stderr.write(words + "\n")
    return code


def _perform(root: Any, registry: Any, table: Table, given: argparse.Namespace) -> int:
    person, box = root.logins.get(given.login), root["exchange"].get(given.box)
    if person is None or box is None:
        return _refuse(f"没有这个{'用户' if person is None else '交换箱'}。", 2)

    def commit(lines: int) -> None:
        fold_all(Job(root, registry, {}, 1))  # So that nothing piles up until the worker runs again.
        transaction.commit()
        root._p_jar.cacheGC()  # noqa: SLF001 - ZODB's documented way to an object's connection.
        sys.stdout.write(f"已登记 {lines} 行，共 {len(table.lines)} 行\n")

    before = done_before(box, table)
    try:
        new = bring_in(box, table, actor_for(person, registry), commit)
    except Refused as refused:
        transaction.abort()
        return _refuse("\n".join(plain(each.text) for each in refused.reasons), 1)
    sys.stdout.write(f"完成：新登记 {new} 行，以前已登记 {before} 行。\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
