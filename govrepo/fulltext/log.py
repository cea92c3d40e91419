"""The log of what changed, in the database: the text index reads on in it from where it stands.

Only the folding worker appends, in the transaction in which it folds; so the log holds exactly what the registers hold.
"""

from collections.abc import Iterable, Iterator
from itertools import islice

from BTrees.LOBTree import LOBTree
from persistent import Persistent


class ChangeLog(Persistent):
    """Keys of changed objects by position, from 1 on; one position a batch."""

    def __init__(self) -> None:
        self._batches = LOBTree()
        self.end = 0

    def append(self, keys: Iterable[str]) -> None:
        """Note changed objects."""
        self.end += 1
        self._batches[self.end] = tuple(keys)

    def after(self, position: int, most: int) -> Iterator[tuple[int, tuple[str, ...]]]:
        """At most so many batches behind a position, each with its own."""
        return islice(iter(self._batches.items(position, excludemin=True)), most)

    def reaches(self, position: int) -> bool:
        """Whether the log still tells everything behind a position."""
        first = self._batches.minKey() if self._batches else self.end + 1
        return first - 1 <= position <= self.end

    def trim(self, position: int) -> None:
        """Forget the batches up to a position; nothing is written if there are none."""
        for each in list(self._batches.keys(None, position)):
            del self._batches[each]
