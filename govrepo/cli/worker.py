"""``govrepo-worker development.ini``: does the site's work in a process of its own, until SIGTERM or SIGINT.

For sites with the setting ``govrepo.worker = process``. A second one waits until the first has ended or died.
"""

import argparse
import signal
from collections.abc import Sequence

from pyramid.paster import get_app, setup_logging

from govrepo import work
from govrepo.work.worker import Worker


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the worker; return the exit code."""
    parser = argparse.ArgumentParser(prog="govrepo-worker", description="Do the site's background work.")
    parser.add_argument("ini", help="the site's configuration file")
    ini = parser.parse_args(arguments).ini
    setup_logging(ini)
    registry = get_app(ini).registry
    work.close(registry)  # An embedded worker of this process would only stand in the way of ours.
    worker = Worker(registry)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: worker.stop())
    worker.run()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
