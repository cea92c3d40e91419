"""Eight writers commit acts to a database and its journal, and are killed together, again and again.

Each writer changes a document of its own and journals the change under the document's new count, so that what must stand in the journal
after a kill can be read off the documents: the acts 1 to ``changes`` of each, once, in order. What a writer was told has committed is
written to a file before it goes on; the file survives the kill. ``python -m tests.faults.writers 500 FOLDER`` runs a campaign.
"""

import multiprocessing
import os
import random
import sys
import threading
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

from govrepo.journal.sealing import BusyError
from govrepo.journal.verify import verify
from govrepo.trust.system_key import SystemKey
from tests.faults import killing
from tests.govrepo.journal.support import Place, act

NAMES = "abcdefgh"
PHASES = killing.PLACES[2:]
"""From the journal's write to the end of the commit: both commits' phases, and what is between them."""
MOST_COMMITS = 120
PATIENCE = 30.0
BETWEEN_PERIODS = 0.05
_forks = multiprocessing.get_context("fork")


def write(place, name, told):
    """Commit until killed."""
    with place.session() as site:
        while True:
            site[name].changes += 1
            number = site[name].changes
            place.journal.append(act(f"/{name}/{number}"), site[name])
            site._p_jar.transaction_manager.commit()
            os.write(told, f"{name} {number}\n".encode())


def seal(place):
    """Seal one period after the other while the others write."""
    key = SystemKey.load(place.folder / "key.pem")
    while True:
        with place.session() as site, suppress(BusyError):
            place.journal.seal(site, key, place.folder / "checkpoints")
        time.sleep(BETWEEN_PERIODS)


def work(folder, where, sealing, phase, nth):
    """In the child: eight threads, and a trap that kills all of them at the n-th time that one comes to a phase."""
    place = Place(folder, where)
    killing.arm("document.change", phase, nth)
    told = os.open(folder / "told", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    threads = [threading.Thread(target=write, args=(place, name, told)) for name in NAMES]
    threads += [threading.Thread(target=seal, args=(place,))] if sealing else []
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


class Campaign:
    """Kills the writers of one folder, and looks after each kill whether journal and documents say the same."""

    def __init__(self, folder, where=None, seed=917, *, sealing=False):
        self.folder, self.where, self.sealing = folder, where, sealing
        self.draw = random.Random(seed)  # noqa: S311 - Moments, no secrets.
        self.kills, self.phases = 0, Counter()
        Place(folder, where).close()

    def kill(self):
        """One life of the writers, ended at a phase; then the restart."""
        phase = self.draw.choice(PHASES)
        arguments = (self.folder, self.where, self.sealing, phase, self.draw.randrange(1, MOST_COMMITS))
        child = _forks.Process(target=work, args=arguments)
        child.start()
        child.join(PATIENCE)
        assert child.exitcode == -9, f"the writers ended with {child.exitcode} and not at: {phase}"
        self.kills += 1
        self.phases[phase] += 1
        self.look()

    def look(self):
        """Restart, let the journal be reconciled, and compare: nothing is lost, nothing is there that did not happen."""
        place = Place(self.folder, self.where)
        try:
            with place.session() as site:
                self._reconcile(place, site)
                expected = {name: list(range(1, site[name].changes + 1)) for name in NAMES}
            found = {name: [] for name in NAMES}
            for each in place.acts():
                name, number = each.entry.subject.strip("/").split("/")
                found[name].append(int(number))
            assert found == expected, "journal and documents differ"
            told = [line.split() for line in (self.folder / "told").read_text().splitlines()]
            lost = [(name, number) for name, number in told if int(number) > len(expected[name])]
            assert not lost, f"told to have committed, and lost: {lost}"
        finally:
            place.close()

    @staticmethod
    def _reconcile(place, site):
        """Reconcile until every transaction is judged: a server may take a moment to see that its client is dead."""
        until = time.monotonic() + PATIENCE
        while place.journal._store.open_transactions():
            place.journal.reconcile(site)
            assert time.monotonic() < until, "a transaction stays open"

    def sound(self):
        """The chain over all of it; how many acts there are, and how many transactions were declared lost."""
        place = Place(self.folder, self.where)
        try:
            if self.where is None:
                assert verify(place.journal_path).broken is None
            return place.changes(), len(place.acts(committed=False))
        finally:
            place.close()


def main(kills, folder, *more):
    """Run a campaign and say how it went; a third word has periods sealed all the while."""
    Path(folder).mkdir(parents=True)
    campaign, begun = Campaign(Path(folder), sealing=bool(more)), time.monotonic()
    for _turn in range(int(kills)):
        campaign.kill()
    acts, declared = campaign.sound()
    phases = ", ".join(f"{number} {phase}" for phase, number in sorted(campaign.phases.items()))
    sys.stdout.write(
        f"{campaign.kills} kills of {len(NAMES)} writers in {time.monotonic() - begun:.0f} s ({phases}):"
        f" 0 lost, 0 phantom among {acts} acts; {declared} entries declared not committed\n"
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
