"""Serve the site in the folder given on a free port of this host, as ``pserve development.ini`` would; print the port."""

import logging
import sys
from pathlib import Path

import _site
from waitress import create_server

THREADS = 4


def serve(var: Path) -> None:
    """Serve until killed."""
    logging.basicConfig(level=logging.ERROR)  # waitress warns of every request that waits; that is what is measured.
    server = create_server(_site.build(var), listen="127.0.0.1:0", threads=THREADS)
    print(server.effective_port, flush=True)
    server.run()


if __name__ == "__main__":
    serve(Path(sys.argv[1]))
