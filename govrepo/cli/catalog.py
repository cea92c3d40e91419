"""``govrepo-catalog check|rebuild development.ini``: proves registers equal to their objects, or makes them anew.

``check`` prints what is wrong and returns 1 if anything is. ``rebuild`` runs beside a working site: what requests
change meanwhile stays pending until the new indexes stand; it also enters objects that lie in the site's folders and
are missing. Both take all registers, or the one given with ``--register``. ``rebuild --text`` makes the text index anew instead.
"""

import argparse
from collections.abc import Sequence
from contextlib import closing
from typing import Any

import transaction
from pyramid.paster import get_app, setup_logging
from pyramid.threadlocal import manager as threadlocals

from govrepo import work
from govrepo.catalog import Register, registers_of, settle
from govrepo.catalog.check import in_tree
from govrepo.database import ROOT, database
from govrepo.fulltext import SWEPT_ALL
from govrepo.work.consumer import Job


def main(arguments: Sequence[str] | None = None) -> int:
    """Check or rebuild; return the exit code."""
    parser = argparse.ArgumentParser(prog="govrepo-catalog", description="Check or rebuild the site's registers.")
    parser.add_argument("act", choices=("check", "rebuild"))
    parser.add_argument("ini", help="the site's configuration file")
    parser.add_argument("--register", help="one register; all of them without it")
    parser.add_argument("--text", action="store_true", help="with rebuild: the text index, and no register")
    options = parser.parse_args(arguments)
    setup_logging(options.ini)
    registry = get_app(options.ini).registry
    work.close(registry)  # An embedded worker of this process would only stand in the way.
    threadlocals.push({"registry": registry, "request": None})  # Getters may ask for the current registry.
    try:
        with closing(database(registry)) as stored, closing(stored.open()) as connection:
            return _run(options, connection, registry)
    finally:
        threadlocals.pop()


def _run(options: argparse.Namespace, connection: Any, registry: Any) -> int:
    site = connection.root()[ROOT]
    if options.text:
        return _rebuild_text(site, registry, connection) if options.act == "rebuild" else 2
    chosen = [each for each in registers_of(site, registry) if options.register in (None, each.declaration.name)]
    if not chosen:
        print(f"There is no register {options.register}.")
        return 2
    if options.act == "check":
        return max(_check(each, site, registry, connection) for each in chosen)
    return max(_rebuild(each, site, connection) for each in chosen)


def _check(register: Register, site: Any, registry: Any, connection: Any) -> int:
    """Print what is wrong, as if all that is pending had been folded; 1 if anything is."""
    settle(site, registry)
    problems = register.check(in_tree(site, register.declaration.content_types))
    transaction.abort()
    for problem in problems:
        print(f"{register.declaration.name}: {problem}")
    if not problems:
        print(f"{register.declaration.name}: {register.count()} entries, all in order")
    connection.cacheGC()
    return 1 if problems else 0


def _rebuild(register: Register, site: Any, connection: Any) -> int:
    """Make the indexes anew, in commits of a thousand entries; 0."""

    def checkpoint() -> None:
        transaction.commit()
        connection.cacheGC()

    rows = register.rebuild(in_tree(site, register.declaration.content_types), checkpoint)
    print(f"{register.declaration.name}: {rows} entries rebuilt")
    return 0


def _rebuild_text(site: Any, registry: Any, connection: Any) -> int:
    """Make the text index anew, telling how far it has come; 0."""
    text, feed = registry.text_index, registry.timed_jobs["fulltext.feed"].handler
    text.forget()
    rows = site.registers.by_name["items"].main.next_row - 1
    while text.reader().progress().row < SWEPT_ALL:
        feed(Job(site, registry, {}, 1))
        transaction.commit()
        connection.cacheGC()
        print(f"text: {min(text.reader().progress().row, rows)} of {rows} entries")
    text.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
