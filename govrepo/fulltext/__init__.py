"""Full text of documents: how texts are folded, what a person may type, and the index beside the database (R-20).

Nothing here knows documents or persons: the caller gives texts, policy tokens and a place in the order of dates.
"""

from govrepo.fulltext.extract import Piece, extract
from govrepo.fulltext.index import Entry, Reader, Writer
from govrepo.fulltext.query import QueryError, matches, parse

__all__ = ["Entry", "Piece", "QueryError", "Reader", "Writer", "extract", "matches", "parse"]
