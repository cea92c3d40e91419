"""What the tests of the search share: asking as a person, and the worker's folding and feeding."""

from govrepo.catalog import fold_all
from policies.search import Wanted, search
from policies.text_feed import feed


class Search:
    """Asks as a person, of what this transaction holds."""

    def __init__(self, bench):
        self.bench = bench

    def found(self, login, typed="", **wanted):
        after, limit = wanted.pop("after", None), wanted.pop("limit", 50)
        return search(self.bench.root, Wanted(typed, **wanted), self.bench.actor(login), after=after, limit=limit)

    def items(self, login, typed="", **wanted):
        return [hit.item for hit in self.found(login, typed, **wanted).hits]

    def fold(self):
        """Until everything that waits has been folded and followed."""
        for _ in range(6):
            fold_all(self.bench.job())

    def feed(self):
        self.fold()
        feed(self.bench.job())
