"""``govrepo-journal``: make a journal in PostgreSQL, write a journal as one file (docs/operating.md).

``govrepo-journal init URL --role ROLE`` makes the journal in a database, as the owner whom the URL names, for the application's role;
``--print`` shows the script instead. ``govrepo-journal export JOURNAL FILE`` writes the journal of a URL or of an SQLite file, with all
sealed periods, as one file for ``govrepo-verify``. Passwords belong into ``~/.pgpass``, never on a command line. Ends with 0, or with 1
where it could not be done.
"""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path

from govrepo.journal.dump import export
from govrepo.journal.entry import JournalUnavailableError
from govrepo.journal.stores import in_database, open_store


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; return its exit status."""
    arguments = _parser().parse_args(argv)
    try:
        arguments.run(arguments)
    except (JournalUnavailableError, OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _parser() -> ArgumentParser:
    parser = ArgumentParser(
        prog="govrepo-journal", description="Make a journal in PostgreSQL; write a journal as one file."
    )
    commands = parser.add_subparsers(required=True, metavar="WHAT")
    init = commands.add_parser("init", help="make the journal in a PostgreSQL database, as its owner")
    init.add_argument("url", metavar="URL", nargs="?", help="postgresql://OWNER@HOST/DATABASE; not needed with --print")
    init.add_argument("--role", required=True, help="the role that the application connects as; it must exist")
    init.add_argument("--print", action="store_true", help="print the SQL script instead of running it")
    init.set_defaults(run=_init)
    dump = commands.add_parser("export", help="write a journal as one SQLite file, which govrepo-verify reads")
    dump.add_argument("journal", metavar="JOURNAL", help="an SQLite file, or postgresql://ROLE@HOST/DATABASE")
    dump.add_argument("file", type=Path, metavar="FILE", help="the file to write; it must not exist")
    dump.set_defaults(run=_export)
    return parser


def _init(arguments: Namespace) -> None:
    from govrepo.journal import postgres_schema  # noqa: PLC0415 - Only this command needs psycopg.

    if arguments.print:
        print(f"BEGIN;\n{postgres_schema.script(arguments.role)}COMMIT;")
        return
    if not in_database(arguments.url or ""):
        raise ValueError("expected postgresql://OWNER@HOST/DATABASE")
    postgres_schema.init_at(arguments.url, arguments.role)
    print(f"made; the application connects as {arguments.role}")


def _export(arguments: Namespace) -> None:
    if not in_database(arguments.journal) and not Path(arguments.journal).is_file():
        raise FileNotFoundError(f"there is no file {arguments.journal}")
    store = open_store(arguments.journal)
    try:
        print(f"written: {export(store, arguments.file)} entries")
    finally:
        store.close()


if __name__ == "__main__":
    sys.exit(main())
