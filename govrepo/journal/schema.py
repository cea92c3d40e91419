"""The form of the journal's SQLite file, release by release (SOD-12).

Triggers refuse to change, delete or renumber an entry, for stock tools too; whoever removes the triggers breaks the chain.
The searchable columns are computed from the body, so that they cannot say anything else than what is hashed.
"""

import sqlite3

from govrepo.journal.entry import JournalUnavailableError

APPLICATION_ID = 0x474F5652  # "GOVR"
SEALED = "no journal entry can be added to a sealed period"  # As the trigger below says it.
FIRST = """
CREATE TABLE entries (
    seq INTEGER PRIMARY KEY,
    body TEXT NOT NULL,
    hash TEXT NOT NULL,
    txn TEXT AS (json_extract(body, '$.txn')),
    subject TEXT AS (json_extract(body, '$.subject')),
    actor TEXT AS (json_extract(body, '$.actor')),
    action TEXT AS (json_extract(body, '$.action')),
    result TEXT AS (json_extract(body, '$.result')),
    voids TEXT AS (json_extract(body, '$.voids'))
) STRICT;
CREATE INDEX entries_subject ON entries (subject);
CREATE INDEX entries_actor ON entries (actor);
CREATE INDEX entries_voids ON entries (voids) WHERE voids IS NOT NULL;
CREATE TRIGGER entries_in_order BEFORE INSERT ON entries
    WHEN NEW.seq IS NOT (SELECT coalesce(max(seq) + 1, 0) FROM entries)
    BEGIN SELECT RAISE(ABORT, 'a journal entry can only be added at the end'); END;
CREATE TRIGGER entries_unchanged BEFORE UPDATE ON entries
    BEGIN SELECT RAISE(ABORT, 'a journal entry cannot be changed'); END;
CREATE TRIGGER entries_kept BEFORE DELETE ON entries
    BEGIN SELECT RAISE(ABORT, 'a journal entry cannot be deleted'); END;
CREATE TABLE open_transactions (txn TEXT PRIMARY KEY, process TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE pulse (only INTEGER PRIMARY KEY CHECK (only = 1), beats INTEGER NOT NULL) STRICT;
INSERT INTO pulse VALUES (1, 0);
"""
PROVABLE = """
ALTER TABLE entries ADD COLUMN module TEXT AS (substr(json_extract(body, '$.action'), 1, instr(json_extract(body, '$.action'), '.') - 1));
ALTER TABLE entries ADD COLUMN address TEXT AS (json_extract(body, '$.address'));
ALTER TABLE entries ADD COLUMN subject_uid TEXT AS (json_extract(body, '$.subject_uid'));
ALTER TABLE entries ADD COLUMN certificate TEXT AS (json_extract(body, '$.certificate'));
CREATE INDEX entries_module ON entries (module);
CREATE INDEX entries_action ON entries (action);
CREATE INDEX entries_result ON entries (result) WHERE result <> 'allowed';
CREATE INDEX entries_address ON entries (address) WHERE address <> '';
CREATE INDEX entries_subject_uid ON entries (subject_uid) WHERE subject_uid <> '';
CREATE INDEX entries_certificate ON entries (certificate) WHERE certificate <> '';
CREATE TABLE nodes (level INTEGER, position INTEGER, hash BLOB NOT NULL, PRIMARY KEY (level, position)) STRICT, WITHOUT ROWID;
CREATE TABLE checkpoints (size INTEGER PRIMARY KEY, text TEXT NOT NULL, signature TEXT NOT NULL) STRICT;
CREATE TRIGGER checkpoints_unchanged BEFORE UPDATE ON checkpoints
    BEGIN SELECT RAISE(ABORT, 'a checkpoint cannot be changed'); END;
CREATE TRIGGER checkpoints_kept BEFORE DELETE ON checkpoints
    BEGIN SELECT RAISE(ABORT, 'a checkpoint cannot be deleted'); END;
"""
"""More ways to search (R-7.1), the inner nodes of the Merkle tree, the checkpoints."""
SEGMENTED = """
CREATE TABLE segments (
    first INTEGER PRIMARY KEY,
    last INTEGER NOT NULL,
    head TEXT NOT NULL,
    began INTEGER NOT NULL,
    ended INTEGER NOT NULL,
    genesis TEXT NOT NULL
) STRICT;
CREATE TRIGGER segments_unchanged BEFORE UPDATE ON segments
    BEGIN SELECT RAISE(ABORT, 'a sealed period of the journal cannot be changed'); END;
CREATE TRIGGER segments_kept BEFORE DELETE ON segments
    BEGIN SELECT RAISE(ABORT, 'a sealed period of the journal cannot be deleted'); END;
DROP TRIGGER entries_in_order;
CREATE TRIGGER entries_in_order BEFORE INSERT ON entries
    WHEN NEW.seq IS NOT
        max(coalesce((SELECT max(seq) FROM entries), -1), coalesce((SELECT max(last) FROM segments), -1)) + 1
    BEGIN SELECT RAISE(ABORT, 'a journal entry can only be added at the end'); END;
CREATE TRIGGER entries_sealed BEFORE INSERT ON entries
    WHEN (SELECT max(seq) FROM entries) = (SELECT max(last) FROM segments)
    BEGIN SELECT RAISE(ABORT, 'no journal entry can be added to a sealed period'); END;
"""
"""The sealed periods before this file, oldest first; a file that names its own entries among them is sealed itself."""
SEARCHABLE = """
DROP INDEX entries_module;
CREATE INDEX entries_actor_refused ON entries (actor) WHERE result <> 'allowed';
CREATE INDEX entries_address_refused ON entries (address) WHERE result <> 'allowed' AND address <> '';
CREATE INDEX entries_action_refused ON entries (action) WHERE result <> 'allowed';
CREATE INDEX entries_actor_action ON entries (actor, action);
CREATE INDEX entries_actor_address ON entries (actor, address) WHERE address <> '';
CREATE INDEX entries_address_action ON entries (address, action) WHERE address <> '';
"""
"""Two filters at once at any length of the journal; search.py says which index serves what."""
STEPS = {2: PROVABLE, 3: SEGMENTED, 4: SEARCHABLE}
RELEASE = max(STEPS)


def make(connection: sqlite3.Connection, release: int = RELEASE) -> None:
    """Give an empty file the tables of a release."""
    _run(connection, FIRST)
    connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
    grow(connection, release)


def grow(connection: sqlite3.Connection, to: int = RELEASE) -> None:
    """Bring a file of an earlier release up to date; raises JournalUnavailableError for one of a later release."""
    release = connection.execute("PRAGMA user_version").fetchone()[0]
    if release > RELEASE:
        raise JournalUnavailableError(f"the journal is of release {release}, newer than this program")
    for step, script in STEPS.items():
        if release < step <= to:
            _run(connection, script)
            connection.execute(f"PRAGMA user_version={step}")


def _run(connection: sqlite3.Connection, script: str) -> None:
    """Run the script's statements one by one: executescript would commit first."""
    statement = ""
    for line in script.splitlines():
        statement += line + "\n"
        if sqlite3.complete_statement(statement):
            connection.execute(statement)
            statement = ""
