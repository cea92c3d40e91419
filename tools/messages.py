"""Collect the texts of code and templates into the English catalogue, keeping what is translated.

``python tools/messages.py`` rewrites ``views/locale/en/LC_MESSAGES/govrepo.po`` and prints the texts without English;
``tests/views/test_i18n.py`` fails while there are any. A message id is the Chinese text itself.
"""

import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
ENGLISH = ROOT / "views" / "locale" / "en" / "LC_MESSAGES" / "govrepo.po"
SOURCES = ("govrepo", "content_types", "policies", "views")
# A date of its own for each run would only make conflicts.
UNDATED = datetime(2012, 12, 26, tzinfo=UTC)


def collected() -> set[str]:
    """Every text that code and templates mark for translation."""
    with tempfile.TemporaryDirectory() as folder:
        template = Path(folder) / "govrepo.pot"
        command = [Path(sys.executable).with_name("pot-create"), "--domain", "govrepo", "--output", template, *SOURCES]
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
        return {message.id for message in _read(template) if message.id}


def translated(path: Path) -> dict[str, str]:
    """What the catalogue says, without what is only guessed (fuzzy)."""
    if not path.exists():
        return {}
    return {message.id: message.string for message in _read(path) if message.id and not message.fuzzy}


def _read(path: Path) -> Catalog:
    with path.open("rb") as text:
        return read_po(text)


def main() -> None:
    """Rewrite the catalogue in the order of its texts."""
    texts, english = collected(), translated(ENGLISH)
    catalogue = Catalog(
        locale="en",
        header_comment="# The English of govrepo. A message id is the Chinese text itself.",
        project="govrepo",
        version="0",
        msgid_bugs_address="-",
        last_translator="-",
        language_team="-",
        creation_date=UNDATED,
        revision_date=UNDATED,
        fuzzy=False,
    )
    for text in texts:
        catalogue.add(text, english.get(text, ""))
    with ENGLISH.open("wb") as out:
        write_po(out, catalogue, width=0, sort_output=True)
    missing = sorted(text for text in texts if not english.get(text))
    print(f"{len(texts)} texts, {len(missing)} without English", *missing, sep="\n")


if __name__ == "__main__":
    main()
