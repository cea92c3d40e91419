import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from govrepo.journal import Journal
from govrepo.journal.verify import verify
from tests.govrepo.journal.support import Place, act

CHILD = Path(__file__).with_name("killed_site.py")
POINTS = {
    # Where the process is killed: whether the act must be in the database, and how many entries say so.
    "before vote": (False, []),
    "inside the journal's write": (False, []),
    "after vote": (False, [False]),
    "in finish": (True, [True]),
    "after finish": (True, [True]),
}


def reconciled(place):
    with place.session() as site:
        return place.journal.reconcile(site)


def test_what_a_living_process_left_open_is_not_judged(place):
    other = Journal.open(place.journal_path)
    other._store.prepare("ab" * 16, [act()], [])
    place.journal._store.prepare("cd" * 16, [act()], [])
    assert reconciled(place) == []
    assert len(place.journal._store.open_transactions()) == 2
    other.close()
    assert reconciled(place) == ["ab" * 16]
    assert list(place.journal._store.open_transactions()) == ["cd" * 16]
    assert [each.committed for each in place.journal.entries(action="document.change")] == [False, True]


def test_a_marker_proves_the_commit_of_a_dead_process(place):
    other = Journal.open(place.journal_path)
    with place.session() as site:
        site["a"].changes += 1
        other.append(act(), site)
        site._p_jar.transaction_manager.commit()
    other._store.close()  # Its end came before it could note the commit.
    assert len(place.journal._store.open_transactions()) == 1
    assert reconciled(place) == []
    assert place.journal._store.open_transactions() == {}
    assert len(place.acts()) == 1
    with place.session() as site:
        place.journal.prune_markers(site)
        site._p_jar.transaction_manager.commit()
    assert place.marks() == set()


def test_a_judgement_uses_the_newest_state_of_the_database(place):
    other = Journal.open(place.journal_path)
    with place.session() as old:
        assert set(old.journal_markers) == set()
        with place.session() as site:
            other.append(act(), site)
            site._p_jar.transaction_manager.commit()
        other._store.close()
        assert set(old.journal_markers) == set()
        assert place.journal.reconcile(old) == []
    assert len(place.acts()) == 1


def killed(folder, point):
    """Let another process commit one act and be killed half-way; return the site as it opens next."""
    root = Path(__file__).parents[3]
    ended = subprocess.run(
        [sys.executable, "-W", "error::SyntaxWarning", CHILD, folder, point],
        env={**os.environ, "PYTHONPATH": str(root)},
        check=False,
        timeout=60,
    )
    assert ended.returncode == -signal.SIGKILL
    return Place(folder)


@pytest.mark.faults
@pytest.mark.parametrize("point", POINTS)
def test_after_a_kill_journal_and_database_agree(tmp_path, point):
    place = killed(tmp_path, point)
    happened, said = POINTS[point]
    lost = reconciled(place)
    judged = list(place.journal.entries(subject="/killed"))
    assert place.changes() == 1 + happened
    assert [each.committed for each in judged] == said
    assert lost == [each.txn for each in judged if not each.committed]
    assert [bytes.fromhex(each.txn) in place.marks() for each in judged] == said
    assert place.journal._store.open_transactions() == {}
    assert reconciled(place) == []
    place.commit(act("/next"))
    assert verify(place.journal_path).broken is None
    assert len(list(tmp_path.glob("journal.sqlite-lease-*"))) == 1
    place.close()
