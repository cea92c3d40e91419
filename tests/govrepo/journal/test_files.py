"""A journal's files as the verifier finds them."""

import random
import shutil
import sqlite3
from contextlib import ExitStack, closing

import pytest

from govrepo.journal.files import open_files
from govrepo.journal.sqlite import SqliteStore
from govrepo.journal.verify import Break, verify
from tests.contracts.journal_store import TXN, act, all_of, signer


@pytest.fixture
def folder(tmp_path):
    """Three files at rest: entries 0 to 2, 3 to 6, 7 to 9."""
    store = SqliteStore(tmp_path / "journal.sqlite")
    for turn, count in enumerate((2, 3, 2)):
        store.append(TXN[turn], [act(f"/{turn}/{number}") for number in range(count)])
        if turn < 2:
            store.seal(signer(tmp_path), all_of)
    while store.grow_tree():
        pass
    store.close()
    (tmp_path / "key.pem").unlink()
    return tmp_path


def names(folder):
    return sorted(path.name for path in folder.glob("*.sqlite"))


@pytest.mark.parametrize("order", [1, -1])
def test_files_are_read_in_the_order_of_their_entries_whatever_their_names(folder, tmp_path, order):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    for number, name in enumerate(names(folder)):
        shutil.copy(folder / name, elsewhere / f"{(number * 2) % 3}.sqlite")
    given = sorted(elsewhere.iterdir())[::order]
    with ExitStack() as stack:
        assert [file.first for file in open_files(given, stack)] == [0, 3, 7]
    assert verify(given).entries == verify(elsewhere).entries == 10


def test_what_lies_beside_a_file_is_taken_along(folder):
    report = verify(folder / "journal.sqlite")
    assert (report.broken, report.entries, report.checkpoints, report.began) == (None, 10, 2, 0)
    assert verify([folder / "journal.sqlite", folder]).entries == 10


def test_nothing_there_is_an_error(tmp_path):
    (tmp_path / "empty").mkdir()
    for path in (tmp_path / "empty", tmp_path / "none.sqlite"):
        with pytest.raises(FileNotFoundError, match=path.name):
            verify(path)


@pytest.mark.parametrize(("gone", "found"), [(0, Break(0, "absent", 2)), (1, Break(3, "absent", 6))])
def test_a_file_moved_away_is_named(folder, gone, found):
    (folder / names(folder)[gone]).unlink()
    assert verify(folder).broken == found
    assert f"journal-{found.seq:012d}-{found.since:012d}.sqlite is not here" in verify(folder).broken.message


def test_without_the_first_files_the_way_begins_at_a_seam(folder):
    for name in names(folder)[:2]:
        (folder / name).unlink()
    report = verify(folder, partial=True)
    assert (report.broken, report.began, report.entries, report.checkpoints) == (None, 7, 10, 1)
    tables = "DROP TRIGGER checkpoints_kept; DELETE FROM checkpoints"
    with closing(sqlite3.connect(folder / "journal.sqlite")) as connection:
        connection.executescript(tables)
    assert verify(folder, partial=True).broken == Break(0, "absent", 6), "nothing vouches for the seam"


def test_a_file_in_the_place_of_another_is_found(folder, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    store = SqliteStore(other / "journal.sqlite")
    store.append(TXN[1], [act("/forged"), act("/forged")])
    sealed = store.seal(signer(tmp_path), all_of).path(other / "journal.sqlite")
    store.close()
    sealed.replace(folder / names(folder)[0])
    assert verify(folder).broken.kind in ("seam", "strange")


def contents(folder):
    """Everything in the tables that evidence rests on."""
    found = []
    for name in names(folder):
        with closing(sqlite3.connect(f"file:{folder / name}?mode=ro&immutable=1", uri=True)) as connection:
            connection.text_factory = bytes
            found += [connection.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608 - ours.
                      for table in ("entries", "nodes", "checkpoints", "segments")]  # fmt: skip
    return found


def test_a_byte_changed_anywhere_in_a_file_is_found_or_changes_nothing(folder, tmp_path):
    """Random bytes of all three files, indexes and inner pages among them."""
    original, draw = contents(folder), random.Random(11)  # noqa: S311 - places, no secrets.
    kinds = set()
    for _turn in range(250):
        path = folder / draw.choice(names(folder))
        whole = path.read_bytes()
        place = draw.randrange(len(whole))
        path.chmod(0o600)
        path.write_bytes(whole[:place] + bytes([whole[place] ^ (1 << draw.randrange(8))]) + whole[place + 1 :])
        found = verify(folder, deep=True).broken
        if found:
            kinds.add(found.kind)
        else:
            assert contents(folder) == original, f"byte {place} of {path.name}"
        path.write_bytes(whole)
    assert {"changed", "unreadable"} <= kinds


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        ("DROP TRIGGER entries_kept", "form"),
        ("DROP INDEX entries_actor", "form"),
        ("DROP INDEX entries_voids; CREATE INDEX entries_voids ON entries (voids) WHERE voids IS NULL", "form"),
    ],
)
def test_a_look_at_the_form_finds_what_does_not_touch_the_entries(folder, statement, kind):
    assert verify(folder, deep=True).broken is None
    with closing(sqlite3.connect(folder / "journal.sqlite")) as connection:
        connection.executescript(statement)
    assert verify(folder).broken is None
    assert verify(folder, deep=True).broken == Break(7, kind, 9)


MUTATIONS = {
    "UPDATE entries SET body = {forged} WHERE seq = {seq}": "changed",
    "UPDATE entries SET hash = {forged} WHERE seq = {seq}": "changed",
    "UPDATE entries SET seq = seq + 100 WHERE seq = {seq}": "missing",
    "DELETE FROM entries WHERE seq = {seq}": "missing",
    "UPDATE nodes SET hash = {forged} WHERE level = 0 AND position = {seq}": "node",
    "UPDATE nodes SET hash = {forged} WHERE level = 1 AND position = {seq} / 2": "node",
    "UPDATE nodes SET position = position + 100 WHERE level = 0 AND position = {seq}": "node",
    "UPDATE nodes SET level = 9 WHERE level = 1 AND position = {seq} / 2": "node",
    "DELETE FROM nodes WHERE level = 0 AND position = {seq}": "node",
    "UPDATE checkpoints SET signature = {forged}": "forged",
    "UPDATE checkpoints SET size = size + 1": "misplaced",
    "UPDATE segments SET last = last + 1": None,
    "UPDATE segments SET first = first + 1": None,
    "UPDATE segments SET head = {forged}": "seam",
    "UPDATE segments SET began = began + 1": "seam",
    "UPDATE segments SET ended = ended + 1": "seam",
    "UPDATE segments SET genesis = {forged}": None,
}
"""What is done to a file, and what it is called; None where it depends on the file."""
CHECKPOINT_LINES = ("journal: ", "entries: ", "root: ", "time: ", "key: ", "govrepo journal")


@pytest.mark.parametrize("mutation", MUTATIONS)
@pytest.mark.parametrize(("number", "seq"), [(0, 1), (1, 4), (2, 8)])
def test_every_stored_field_is_watched(folder, mutation, number, seq):
    """SOD-12: nothing in entries, nodes, checkpoints and the list of periods can be changed without being named."""
    path = [folder / names(folder)[0], folder / names(folder)[1], folder / "journal.sqlite"][number]
    forge(path, mutation.format(seq=seq, forged=flipped(mutation)))
    found = verify(folder).broken
    assert found, mutation
    assert MUTATIONS[mutation] in (None, found.kind)
    assert found.message


def flipped(mutation):
    """The column that is set with one character or byte changed."""
    column = mutation.partition(" SET ")[2].partition(" ")[0]
    if column == "body":
        return "replace(body, 'person:p1', 'person:p2')"
    text = f"CASE substr({column}, 1, 1) WHEN '0' THEN '1' ELSE '0' END || substr({column}, 2)"
    return "zeroblob(32)" if "nodes" in mutation else text


@pytest.mark.parametrize("line", CHECKPOINT_LINES)
@pytest.mark.parametrize("number", [0, 2])
def test_every_line_of_a_checkpoint_is_watched(folder, line, number):
    path = folder / (names(folder)[0] if number == 0 else "journal.sqlite")
    forge(path, f"UPDATE checkpoints SET text = replace(text, '{line}', '{line}0')")  # noqa: S608 - ours.
    assert verify(folder).broken.kind in ("unreadable", "forged", "strange")


def forge(path, statement):
    """What someone does who owns the file and the tools: triggers off, STRICT types obeyed."""
    path.chmod(0o600)
    with closing(sqlite3.connect(path)) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        assert connection.execute(statement).rowcount
        connection.commit()
