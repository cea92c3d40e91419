"""Full text of documents: how texts are folded, what a person may type, and the index beside the database (R-20).

Nothing here knows documents or persons: the caller gives texts, policy tokens and a place in the order of dates.
"""

from govrepo.fulltext.extract import Piece, extract
from govrepo.fulltext.index import SWEPT_ALL, Entry, Progress, Writer, term
from govrepo.fulltext.log import ChangeLog
from govrepo.fulltext.query import Query, QueryError, matches, parse
from govrepo.fulltext.reader import Hit, Narrowed, Reader

__all__ = [
    "SWEPT_ALL",
    "ChangeLog",
    "Entry",
    "Hit",
    "Narrowed",
    "Piece",
    "Progress",
    "Query",
    "QueryError",
    "Reader",
    "Writer",
    "extract",
    "matches",
    "parse",
    "term",
]
