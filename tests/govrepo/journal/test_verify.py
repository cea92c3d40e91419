import json
import shutil
import sqlite3
from contextlib import closing

import pytest

from govrepo.journal import Journal
from govrepo.journal.chain import ZERO, canonical, digest
from govrepo.journal.checkpoint import sign
from govrepo.journal.verify import Break, verify
from govrepo.trust.system_key import SystemKey
from tests.govrepo.journal.support import act

UNLOCK = "DROP TRIGGER entries_in_order; DROP TRIGGER entries_unchanged; DROP TRIGGER entries_kept;"
SWAP = "".join(f"UPDATE entries SET seq = {new} WHERE seq = {old};" for old, new in ((4, 99), (5, 4), (99, 5)))  # noqa: S608
REHASH = "UPDATE entries SET body = '{0}', hash = '{1}' WHERE seq = {2};"


@pytest.fixture
def path(tmp_path):
    """A journal at rest with entries 0 to 9."""
    path = tmp_path / "journal.sqlite"
    journal = Journal.open(path)
    for number in range(1, 10):
        journal.append_now(act(f"/{number}"))
    journal.close()
    return path


def sql(path, script):
    """What someone does who owns the file and the tools."""
    with closing(sqlite3.connect(path)) as stock:
        stock.executescript(UNLOCK + script)


def column(path, name, seq):
    with closing(sqlite3.connect(path)) as stock:
        return stock.execute(f"SELECT {name} FROM entries WHERE seq = {seq}").fetchone()[0]  # noqa: S608


def test_a_sound_journal_is_sound(path):
    report = verify(path)
    assert (report.entries, report.head, report.broken) == (10, column(path, "hash", 9), None)


def test_a_journal_in_use_can_be_verified(path):
    journal = Journal.open(path)
    journal.append_now(act("/new"))
    assert (verify(path).entries, verify(path).broken) == (11, None)
    journal.close()


@pytest.mark.parametrize(
    ("script", "seq", "kind"),
    [
        ("UPDATE entries SET body = replace(body, 'person:p1', 'person:p2') WHERE seq = 4", 4, "changed"),
        ("UPDATE entries SET body = replace(body, '/9', '/8') WHERE seq = 9", 9, "changed"),
        ("UPDATE entries SET hash = upper(hash) WHERE seq = 4", 4, "changed"),
        ("UPDATE entries SET hash = 'é' WHERE seq = 4", 4, "changed"),
        ("DELETE FROM entries WHERE seq = 4", 4, "missing"),
        ("DELETE FROM entries WHERE seq IN (5, 7)", 5, "missing"),
        ("DELETE FROM entries WHERE seq = 0", 0, "missing"),
        ("DELETE FROM entries", 0, "missing"),
        ("DELETE FROM entries WHERE seq = 4; UPDATE entries SET seq = seq - 1 WHERE seq > 4", 4, "moved"),
        ("UPDATE entries SET seq = -seq WHERE seq > 3; UPDATE entries SET seq = 1 - seq WHERE seq < 0", 4, "missing"),
        (SWAP, 4, "moved"),
        ("INSERT INTO entries (seq, body, hash) SELECT -1, body, hash FROM entries WHERE seq = 4", -1, "inserted"),
        ("INSERT INTO entries (seq, body, hash) SELECT 10, body, hash FROM entries WHERE seq = 4", 10, "moved"),
        ("DROP TABLE entries", -1, "unreadable"),
    ],
)
def test_the_first_break_is_found(path, script, seq, kind):
    sql(path, script)
    assert verify(path).broken == Break(seq, kind)


def test_an_entry_forged_with_its_own_hash_breaks_the_next(path):
    forged = column(path, "body", 4).replace("person:p1", "person:p2")
    sql(path, REHASH.format(forged, digest(forged), 4))
    assert verify(path).broken == Break(5, "unlinked")
    assert "entry 5 does not follow" in verify(path).broken.message


def test_what_a_chain_alone_cannot_show_an_anchor_does(path):
    anchor = {9: column(path, "hash", 9)}
    assert verify(path, anchor).broken is None
    forged = column(path, "body", 9).replace("person:p1", "person:p2")
    sql(path, REHASH.format(forged, digest(forged), 9))
    assert verify(path).broken is None
    assert verify(path, anchor).broken == Break(9, "anchor")


def test_a_cut_end_is_shown_by_an_anchor(path):
    anchor = {9: column(path, "hash", 9)}
    sql(path, "DELETE FROM entries WHERE seq > 6")
    assert verify(path).broken is None
    report = verify(path, anchor)
    assert (report.entries, report.broken) == (7, Break(9, "missing"))


def test_a_torn_file_is_unreadable_not_sound(path):
    path.write_bytes(path.read_bytes()[:4096])
    assert verify(path).broken == Break(-1, "unreadable")
    assert verify(path).head == ZERO


def test_an_absent_file_is_an_error(tmp_path):
    with pytest.raises(FileNotFoundError):
        verify(tmp_path / "none.sqlite")
    assert list(tmp_path.iterdir()) == []


# What checkpoints show.


@pytest.fixture
def key(tmp_path):
    return SystemKey.load(tmp_path / "key.pem")


@pytest.fixture
def signed(path, key, tmp_path):
    """The journal with two checkpoints, over 10 and 12 entries, kept elsewhere too."""
    journal = Journal.open(path)
    made = [journal.checkpoint(key, tmp_path / "out")]
    journal.append_now(act("/10"))
    journal.append_now(act("/11"))
    made.append(journal.checkpoint(key, tmp_path / "out"))
    journal.append_now(act("/12"))
    journal.close()
    return made


CUT = "DELETE FROM entries WHERE seq > 6; DELETE FROM nodes; DELETE FROM checkpoints"
UNKEYED = """
CREATE TABLE copied (size, text, signature);
INSERT INTO copied SELECT * FROM checkpoints;
DROP TABLE checkpoints;
ALTER TABLE copied RENAME TO checkpoints;
"""
UNLOCK_CHECKPOINTS = "DROP TRIGGER checkpoints_unchanged; DROP TRIGGER checkpoints_kept;"


def rewrite(path, seq):
    """Forge an entry and write the whole chain after it anew: the chain alone looks sound."""
    with closing(sqlite3.connect(path)) as stock:
        stock.executescript(UNLOCK)
        prev = stock.execute("SELECT hash FROM entries WHERE seq = ?", (seq - 1,)).fetchone()[0] if seq else ZERO
        for place, body in stock.execute(
            "SELECT seq, body FROM entries WHERE seq >= ? ORDER BY seq", (seq,)
        ).fetchall():
            said = json.loads(body) | {"prev": prev, "actor": "person:forged"}
            forged = canonical(said)
            prev = digest(forged)
            stock.execute("UPDATE entries SET body = ?, hash = ? WHERE seq = ?", (forged, prev, place))
        stock.commit()


def test_checkpoints_confirm_a_sound_journal(path, signed, key):
    report = verify(path, None, signed, key.public)
    assert (report.broken, report.entries, report.checkpoints) == (None, 13, 4)
    assert verify(path).checkpoints == 2, "those in the file itself"


@pytest.mark.parametrize(
    ("seq", "found"), [(4, Break(10, "root")), (0, Break(10, "strange")), (11, Break(12, "forked", 10))]
)
def test_a_chain_written_anew_is_shown_by_a_checkpoint(path, signed, key, seq, found):
    rewrite(path, seq)
    assert verify(path, None, signed, key.public).broken == found


def test_what_follows_the_last_checkpoint_is_shown_by_the_next_only(path, signed, key, tmp_path):
    rewrite(path, 12)
    assert verify(path, None, signed, key.public).broken is None


def test_a_cut_end_is_shown_by_a_checkpoint(path, signed, key):
    sql(path, UNLOCK_CHECKPOINTS + CUT)
    assert verify(path).broken is None
    assert verify(path, None, signed, key.public).broken == Break(7, "replayed")


def test_a_cut_is_told_from_an_older_copy(path, signed, key, tmp_path):
    """A cut leaves the journal's own checkpoints behind, unless they go too; an older copy never had them."""
    sql(path, "DELETE FROM entries WHERE seq > 10")
    assert verify(path, None, signed, key.public).broken == Break(11, "cut")
    assert verify(path).broken == Break(11, "cut")


def test_an_older_copy_is_shown_by_a_checkpoint_and_stays_so_when_it_goes_on(path, key, tmp_path):
    old = tmp_path / "old.sqlite"
    shutil.copy(path, old)
    journal = Journal.open(path)
    journal.append_now(act("/10"))
    kept = [journal.checkpoint(key, tmp_path / "out")]
    journal.close()
    assert verify(old, None, kept, key.public).broken == Break(10, "replayed")
    journal = Journal.open(old)
    journal.append_now(act("/10"))  # The same act at another instant.
    journal.append_now(act("/11"))
    journal.close()
    assert verify(old, None, kept, key.public).broken == Break(11, "root")
    journal = Journal.open(old)
    journal.checkpoint(key, tmp_path / "another")
    journal.close()
    first = sign(kept[0].journal, 10, bytes.fromhex(root_of(old, 10)), key)
    assert verify(old, None, [first, *kept], key.public).broken == Break(11, "forked", 10)


def root_of(path, size):
    journal = Journal.open(path)
    try:
        return journal._store.tree().root(size).hex()
    finally:
        journal.close()


def test_two_checkpoints_over_one_number_of_entries(path, signed, key):
    other = sign(signed[0].journal, 10, b"\1" * 32, key)
    assert verify(path, None, [other], key.public).broken == Break(10, "split")
    beyond = [sign(signed[0].journal, 50, bytes([number]) * 32, key) for number in (1, 2)]
    assert verify(path, None, beyond, key.public).broken == Break(50, "split")


def test_a_checkpoint_of_another_journal(path, signed, key):
    strange = sign("ab" * 32, 50, b"\1" * 32, key)
    assert verify(path, None, [strange], key.public).broken == Break(50, "strange")


def test_a_checkpoint_signed_by_another_key_is_forged(path, signed, key, tmp_path):
    own = SystemKey.load(tmp_path / "own.pem")
    forged = sign(signed[0].journal, 10, bytes.fromhex(signed[0].root), own)
    assert verify(path, None, [forged]).broken is None
    assert verify(path, None, [forged], key.public).broken == Break(10, "forged")


@pytest.mark.parametrize(("column", "value", "kind"), [("signature", "'00'", "forged"), ("text", "'no text'", "unreadable"),
                                                      ("text", "replace(text, 'root: ', 'root:')", "unreadable"),
                                                      ("text", "replace(text, 'entries: 10', 'entries: 11')", "forged"),
                                                      ("signature", "x'ff'", "forged")])  # fmt: skip
def test_a_checkpoint_changed_in_the_file_is_found(path, signed, column, value, kind):
    sql(path, UNLOCK_CHECKPOINTS + UNKEYED + f"UPDATE checkpoints SET {column} = {value} WHERE size = 10")  # noqa: S608 - ours.
    assert verify(path).broken.kind == kind


def test_a_file_of_the_first_release_is_verified_too(path):
    sql(path, "DROP TABLE checkpoints; DROP TABLE nodes")
    assert (verify(path).broken, verify(path).checkpoints) == (None, 0)
