"""Write ``docs/settings.md`` from the list of settings; a test fails while the page is stale."""

from pathlib import Path

from govrepo.settings import PREFIX, SETTINGS, Setting

PAGE = Path(__file__).resolve().parent.parent / "docs" / "settings.md"
HEAD = """\
# Settings

Every setting of the site, its type and its default. An ini file names only what differs, in `[app:main]`. A name that
is not on this page stops the start, so a slip of the pen is found at once. `%(var)s` stands for the folder
`govrepo.var`.

This page is made from `govrepo/settings.py` by `make format`.

| setting | type | default | meaning |
|---|---|---|---|
"""
TYPES = {bool: "yes or no", int: "whole number", str: "text"}


def page() -> str:
    """The whole page."""
    return HEAD + "".join(row(setting) for setting in SETTINGS)


def row(setting: Setting) -> str:
    """One setting as a row of the table."""
    meaning = setting.meaning.replace("|", "\\|")
    return f"| `{PREFIX}{setting.name}` | {TYPES[type(setting.default)]} | {shown(setting.default)} | {meaning} |\n"


def shown(default: str | int | bool) -> str:
    """A default as one would write it into an ini file."""
    if isinstance(default, bool):
        return "`yes`" if default else "`no`"
    return f"`{default}`" if default != "" else "(empty)"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
