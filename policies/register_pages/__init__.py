"""Register pages (domain.md part 6): each register as people see it is one declaration, in the module of its group of nouns.

=============  ============================================================
declaration    ``RegisterPage``, ``Column``, ``Visible``
filters        how what was typed becomes a query
visible        who sees which rows
asked          a page as one person asked for it: rows, counts, words
=============  ============================================================
"""

from typing import Any

from govrepo.i18n import _
from policies.register_pages import box_records, duty, exchange, incoming, operation, outgoing, paper, people, sealing
from policies.register_pages.declaration import RegisterPage

GROUPS: tuple[tuple[Any, tuple[RegisterPage, ...]], ...] = (
    (_("文件交换"), exchange.PAGES + paper.PAGES + duty.PAGES + box_records.PAGES),
    (_("收文办理"), incoming.PAGES),
    (_("发文办理"), outgoing.PAGES),
    (_("单位、人员和权限"), people.PAGES),
    (_("印章"), sealing.PAGES),
    (_("系统运行"), operation.PAGES),
)
"""The register pages as the index shows them: under what heading, in which order."""
PAGES: dict[str, RegisterPage] = {page.name: page for _title, pages in GROUPS for page in pages}
"""Every register page by its name."""


def includeme(config: Any) -> None:
    """Declare what the journal says of them."""
    config.include("policies.register_pages.export")
