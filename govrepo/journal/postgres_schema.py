"""The journal's form in PostgreSQL: made once by the owner, used by a role that can add and read entries and nothing else.

The database itself refuses an entry that does not follow from the one before, and every change. ``govrepo-journal init`` runs this
script; ``govrepo-journal init --print`` shows it to the administrator of a database who would rather run it with ``psql``.
"""

import re
import uuid
from typing import Any

import psycopg

from govrepo.journal.chain import ZERO
from govrepo.journal.entry import Entry, JournalUnavailableError
from govrepo.journal.rows import Row, row

SCHEMA = "govrepo_journal"
_ROLE = re.compile(r"[a-z_][a-z0-9_]{0,62}")
SCRIPT = r"""
CREATE SCHEMA govrepo_journal;
SET LOCAL search_path = govrepo_journal;

-- A field of a body. JSON may hold what no text of PostgreSQL can: NUL and halves of surrogate pairs; a mark stands for them.
CREATE FUNCTION said(body text, name text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT regexp_replace(replace(body, '\\', '\u005c'), '\\u(0000|d[89a-f][0-9a-f]{2})', '?', 'gi')::jsonb ->> name
$$;

CREATE TABLE entries (
    seq bigint PRIMARY KEY,
    body text NOT NULL,
    hash text NOT NULL,
    txn text GENERATED ALWAYS AS (govrepo_journal.said(body, 'txn')) STORED,
    subject text GENERATED ALWAYS AS (govrepo_journal.said(body, 'subject')) STORED,
    actor text GENERATED ALWAYS AS (govrepo_journal.said(body, 'actor')) STORED,
    action text GENERATED ALWAYS AS (govrepo_journal.said(body, 'action')) STORED,
    result text GENERATED ALWAYS AS (govrepo_journal.said(body, 'result')) STORED,
    voids text GENERATED ALWAYS AS (govrepo_journal.said(body, 'voids')) STORED,
    module text GENERATED ALWAYS AS (split_part(govrepo_journal.said(body, 'action'), '.', 1)) STORED,
    address text GENERATED ALWAYS AS (govrepo_journal.said(body, 'address')) STORED,
    subject_uid text GENERATED ALWAYS AS (govrepo_journal.said(body, 'subject_uid')) STORED,
    certificate text GENERATED ALWAYS AS (govrepo_journal.said(body, 'certificate')) STORED
);
CREATE INDEX entries_subject ON entries (subject, seq);
CREATE INDEX entries_actor ON entries (actor, seq);
CREATE INDEX entries_action ON entries (action, seq);
CREATE INDEX entries_voids ON entries (voids) WHERE voids IS NOT NULL;
CREATE INDEX entries_result ON entries (result, seq) WHERE result <> 'allowed';
CREATE INDEX entries_address ON entries (address, seq) WHERE address <> '';
CREATE INDEX entries_subject_uid ON entries (subject_uid, seq) WHERE subject_uid <> '';
CREATE INDEX entries_actor_refused ON entries (actor, seq) WHERE result <> 'allowed';
CREATE INDEX entries_address_refused ON entries (address, seq) WHERE result <> 'allowed' AND address <> '';
CREATE INDEX entries_action_refused ON entries (action, seq) WHERE result <> 'allowed';
CREATE INDEX entries_actor_action ON entries (actor, action, seq);
CREATE INDEX entries_actor_address ON entries (actor, address, seq) WHERE address <> '';
CREATE INDEX entries_address_action ON entries (address, action, seq) WHERE address <> '';
CREATE INDEX entries_certificate ON entries (certificate, seq) WHERE certificate <> '';
CREATE TABLE nodes (level integer, position bigint, hash bytea NOT NULL, PRIMARY KEY (level, position));
CREATE TABLE checkpoints (size bigint PRIMARY KEY, text text NOT NULL, signature text NOT NULL);
CREATE TABLE segments (
    first bigint PRIMARY KEY,
    last bigint NOT NULL,
    head text NOT NULL,
    began bigint NOT NULL,
    ended bigint NOT NULL,
    genesis text NOT NULL
);
CREATE TABLE open_transactions (
    txn text PRIMARY KEY,
    process text NOT NULL,
    since timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE TABLE pulse (only_one integer PRIMARY KEY CHECK (only_one = 1), beats bigint NOT NULL);
INSERT INTO pulse VALUES (1, 0);

CREATE FUNCTION follow() RETURNS trigger LANGUAGE plpgsql SET search_path = govrepo_journal, pg_catalog AS $$
DECLARE
    newest record;
BEGIN
    SELECT seq, hash INTO newest FROM entries ORDER BY seq DESC LIMIT 1;
    IF NEW.seq IS DISTINCT FROM coalesce(newest.seq + 1, 0) THEN
        RAISE EXCEPTION 'a journal entry can only be added at the end';
    ELSIF NEW.hash IS DISTINCT FROM encode(sha256(convert_to(NEW.body, 'UTF8')), 'hex') THEN
        RAISE EXCEPTION 'a journal entry has the hash of its body';
    ELSIF said(NEW.body, 'prev') IS DISTINCT FROM coalesce(newest.hash, repeat('0', 64)) THEN
        RAISE EXCEPTION 'a journal entry names the one before it';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'nothing in the journal''s % can be changed or deleted', TG_TABLE_NAME;
END $$;
CREATE TRIGGER follow BEFORE INSERT ON entries FOR EACH ROW EXECUTE FUNCTION follow();
CREATE TRIGGER keep BEFORE UPDATE OR DELETE OR TRUNCATE ON entries FOR EACH STATEMENT EXECUTE FUNCTION refuse();
CREATE TRIGGER keep BEFORE UPDATE OR DELETE OR TRUNCATE ON nodes FOR EACH STATEMENT EXECUTE FUNCTION refuse();
CREATE TRIGGER keep BEFORE UPDATE OR DELETE OR TRUNCATE ON checkpoints FOR EACH STATEMENT EXECUTE FUNCTION refuse();
CREATE TRIGGER keep BEFORE UPDATE OR DELETE OR TRUNCATE ON segments FOR EACH STATEMENT EXECUTE FUNCTION refuse();
"""
GRANTS = """
REVOKE ALL ON SCHEMA govrepo_journal FROM PUBLIC;
GRANT USAGE ON SCHEMA govrepo_journal TO {role};
GRANT SELECT, INSERT ON govrepo_journal.entries, govrepo_journal.nodes TO {role};
GRANT SELECT, INSERT ON govrepo_journal.checkpoints, govrepo_journal.segments TO {role};
GRANT SELECT, INSERT, DELETE ON govrepo_journal.open_transactions TO {role};
GRANT SELECT ON govrepo_journal.pulse TO {role};
GRANT UPDATE (beats) ON govrepo_journal.pulse TO {role};
"""
"""What the application's role may do; it owns nothing, so it can neither take a trigger off nor change a table."""


def script(role: str) -> str:
    """All of it as one text; raises ValueError for what is no plain name of a role."""
    if not _ROLE.fullmatch(role):
        raise ValueError(f"a role's name is of a-z, 0-9 and _, not {role!r}")
    return SCRIPT + GRANTS.format(role=role) + _genesis()


def _genesis() -> str:
    """The first entry, as a statement; the body holds no quotation mark of SQL."""
    first = row(Row.of((-1, ZERO)), uuid.uuid4().hex, Entry("journal.found", "system", details={"format": 1}))
    return f"INSERT INTO govrepo_journal.entries (seq, body, hash) VALUES (0, '{first.body}', '{first.hash}');\n"  # noqa: S608 - our own words.


def init_at(url: str, role: str) -> None:
    """Make the journal in the database of a URL; raises JournalUnavailableError that says why it cannot be made."""
    script(role)
    try:
        with psycopg.connect(url, autocommit=True) as connection:
            init(connection, role)
    except psycopg.errors.DuplicateSchema as error:
        raise JournalUnavailableError("this database holds a journal already; nothing was changed") from error
    except psycopg.Error as error:
        raise JournalUnavailableError(str(error).strip()) from error


def init(connection: Any, role: str) -> None:
    """Make the journal as the connection's role, which owns it from then on; raises psycopg.Error, also where there is one."""
    with connection.transaction():
        connection.execute(script(role))
