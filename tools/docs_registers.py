"""The documentation's page of registers, made from their declarations; ``tests/test_docs.py`` keeps it fresh.

``python -m tools.docs_registers`` writes ``docs/registers.md``.
"""

from pathlib import Path

from policies.register_pages import GROUPS
from policies.register_pages.declaration import RegisterPage
from policies.register_pages.filters import Filter
from tools.docs_policies import DOCS, both, table

PAGE: Path = DOCS / "registers.md"
HEAD = """\
# Registers

Every register as people see it (domain: part 6): one declaration in `policies/register_pages/`, one line in the index at `/registers`. List,
print view and export show the same rows. A person sees the rows of the places where the permission is held; who holds it stands in
[Permissions](permissions.md). How to add one: [Developing](developing.md).

This page is made from the declarations by `make format`.
"""
KINDS = {"choice": "one of its values, with counts", "period": "from a day to a day", "text": "typed"}


def page() -> str:
    """The whole page."""
    return HEAD + "".join(f"\n## {both(title)}\n{''.join(section(each) for each in pages)}" for title, pages in GROUPS)


def section(register: RegisterPage) -> str:
    """One register: address, source, who sees it, order, columns and filters."""
    seen = ", ".join(dict.fromkeys(f"`{each.permission}`" for each in register.visible))
    source = f"register `{register.register}`" if register.made is None else "rows made for each page"
    columns = table(
        ("column", "sorted by"),
        ((both(each.label), f"`{each.sort}`" if each.sort else "") for each in register.columns),
    )
    filters = table(("filter", "in the address", "how", "index"), map(filter_row, register.filters))
    return f"\n### {both(register.title)}\n\n`/registers/{register.name}`: {source}; seen with {seen}; order `{register.sort}`.\n\n{columns}\n{filters}"


def filter_row(each: Filter) -> tuple[str, str, str, str]:
    """One filter as a row of the table."""
    return both(each.label), ", ".join(f"`{name}`" for name in each.fields), KINDS[each.kind], f"`{each.index}`"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
