"""Register pages (domain.md part 6): each register as people see it is one declaration, in the module of its group of nouns.

=============  ============================================================
declaration    ``RegisterPage``, ``Column``, ``Visible``
filters        how what was typed becomes a query
visible        who sees which rows
asked          a page as one person asked for it: rows, counts, words
=============  ============================================================
"""

from typing import Any

from policies.register_pages import box_records, exchange, incoming, operation, people
from policies.register_pages.declaration import RegisterPage

GROUPS = (exchange, box_records, incoming, people, operation)
PAGES: dict[str, RegisterPage] = {page.name: page for group in GROUPS for page in group.PAGES}
"""Every register page by its name, in the order of the index."""


def includeme(config: Any) -> None:
    """Declare what the journal says of them."""
    config.include("policies.register_pages.export")
