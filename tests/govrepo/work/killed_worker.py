"""The child of test_faults: a worker, and a thread that enqueues beside it, on the database in the folder given.

Prints ``ready`` when working and the name of each item whose enqueuing has been committed. It is killed from outside.
"""

import os
import sys
import threading
import uuid
from pathlib import Path

import transaction
from persistent.mapping import PersistentMapping
from ZODB.FileStorage import FileStorage

from govrepo import work
from govrepo.work.worker import Worker

from .conftest import make_registry, open_database

PAUSE = threading.Event()


def make(job):
    """Makes one object, and enqueues a follow-up that makes another."""
    name = job.payload["name"]
    if name in job.root:
        raise AssertionError("done twice")
    PAUSE.wait(0.001)
    job.root[name] = PersistentMapping()
    if not name.endswith("+"):
        work.enqueue(job.root, "make", name=name + "+")


def say(line):
    os.write(1, f"{line}\n".encode())


def keep_enqueuing(database):
    manager = transaction.TransactionManager()
    connection = database.open(transaction_manager=manager)
    while not PAUSE.wait(0.003):
        manager.begin()
        name = uuid.uuid4().hex
        work.enqueue(connection.root()["app_root"], "make", name=name)
        manager.commit()
        say(name)


def main(folder):
    database = open_database(FileStorage(str(folder / "Data.fs")))
    registry = make_registry(database, folder, {"make": make})
    threading.Thread(target=keep_enqueuing, args=(database,), daemon=True).start()
    say("ready")
    Worker(registry).run()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
