"""What the documentation says must be so: generated pages are fresh, named files exist, one word means one thing."""

import configparser
import re
from pathlib import Path

import pytest

from govrepo.settings import PREFIX, Settings
from policies.permissions import Permission
from policies.sample.people import PASSWORD, posts
from tools import docs_events, docs_policies, docs_registers, docs_settings, messages

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
# Held by everybody who has logged in.
EVERYBODYS = {Permission.SITE_VIEW}
ADRS = sorted((DOCS / "adr").glob("0*.md"))


def test_the_settings_page_is_that_of_the_code():
    assert docs_settings.PAGE.read_text(encoding="utf-8") == docs_settings.page(), "run `make format`"


@pytest.mark.parametrize("page", docs_policies.PAGES, ids=lambda page: page.stem)
def test_the_pages_of_policies_are_those_of_the_code(page: Path):
    assert page.read_text(encoding="utf-8") == docs_policies.PAGES[page](), "run `make format`"


def test_every_bound_table_has_its_section():
    assert len(docs_policies.TABLES) == sum(source.count("\nTABLE = Table(") for source in _sources("policies"))


def _sources(package: str) -> list[str]:
    return [path.read_text(encoding="utf-8") for path in sorted((ROOT / package).glob("*.py"))]


def test_the_page_of_events_is_that_of_the_code(tmp_path: Path):
    page = (DOCS / "events.md").read_text(encoding="utf-8")
    assert page == docs_events.events_page(docs_events.application_events(tmp_path)), "run `make format`"


def test_the_page_of_registers_is_that_of_the_declarations():
    assert docs_registers.PAGE.read_text(encoding="utf-8") == docs_registers.page(), "run `make format`"


def test_a_guard_without_words_stops_the_page():
    with pytest.raises(ValueError, match="has no docstring"):
        docs_policies.meaning(lambda _act: None)


def test_every_permission_is_somebodys_and_in_the_matrix():
    page = docs_policies.permissions_page()
    assert [each for each in Permission if f"`{each}`" not in page and each not in EVERYBODYS] == []


@pytest.mark.parametrize("name", ["development.ini", "production.ini"])
def test_ini_files_name_only_known_settings(name: str):
    Settings(_main_section(name))


def _main_section(name: str) -> dict[str, str]:
    ini = configparser.ConfigParser(defaults={"here": str(ROOT)}, inline_comment_prefixes=None)
    ini.read(ROOT / name, encoding="utf-8")
    return dict(ini["app:main"])


def test_production_differs_from_development_where_it_must():
    development, production = Settings(_main_section("development.ini")), Settings(_main_section("production.ini"))
    assert (development.developer, production.developer) == (True, False)
    assert (development.secure_cookies, production.secure_cookies) == (False, True)


@pytest.mark.parametrize("adr", ADRS, ids=lambda path: path.stem)
def test_a_decision_has_its_three_parts(adr: Path):
    text = adr.read_text(encoding="utf-8")
    assert text.startswith(f"# {adr.stem[:4]}. ")
    assert re.findall(r"^## (.*)$", text, re.MULTILINE) == ["Context", "Decision", "Consequences"]


def test_decisions_are_numbered_without_gap_and_listed():
    assert [int(adr.stem[:4]) for adr in ADRS] == list(range(1, len(ADRS) + 1))
    index = (DOCS / "adr" / "index.md").read_text(encoding="utf-8")
    assert [adr.name for adr in ADRS if adr.name not in index] == []


def test_one_word_means_one_thing():
    rows = re.findall(
        r"^\| ([^|]+) \| ([^|]+) \| [^|]+ \|$", (DOCS / "glossary.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    terms = [row for row in rows if row[0] != "中文" and not row[0].startswith("-")]
    assert len(terms) > 30
    for words in zip(*terms, strict=True):
        assert sorted({word for word in words if words.count(word) > 1}) == []


def test_the_readme_names_what_exists():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    files = re.findall(r"\]\(([^)]+)\)", text)
    assert [name for name in files if not (ROOT / name).exists()] == []
    targets = set(re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"`?make ([a-z-]+)", text)) <= targets
    assert {"run", "test", "static", "check", "bench", "format", "help", "clean", "test-faults"} <= targets


@pytest.mark.parametrize("page", ["README.md", "docs/index.md", "docs/operating.md", "docs/manual/zh/index.md"])
def test_a_reader_learns_that_the_site_is_for_non_classified_use(page: str):
    text = (ROOT / page).read_text(encoding="utf-8").lower()
    assert "非涉密" in text or "non-classified" in text


def manual():
    """All chapters of the manual."""
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted((DOCS / "manual" / "zh").glob("*.md")))


def test_the_manual_quotes_what_stands_on_the_screen():
    texts = messages.translated(messages.ENGLISH)
    quoted = set(re.findall("“([^”]+)”", manual()))
    assert len(quoted) > 50
    assert sorted(words for words in quoted if not any(words in text for text in texts)) == []


def test_the_manual_names_logins_that_the_samples_have():
    named = set(re.findall(r"`([a-z0-9-]+(?:\.[a-z0-9-]+)?)`[、 ]", manual())) - {PASSWORD}
    assert len(named) > 10
    assert named <= {post.login for post in posts()}
    assert f"`{PASSWORD}`" in manual()


def test_the_english_of_the_screen_is_that_of_the_glossary():
    english = {text: words.lower() for text, words in messages.translated(messages.ENGLISH).items()}
    rows = re.findall(r"^\| ([^|]+) \| ([^|]+) \|", (DOCS / "glossary.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted((term, english[term]) for term, word in rows if term in english and english[term] != word) == []


def test_a_settings_row_shows_a_default_as_one_writes_it():
    assert docs_settings.shown(default=True) == "`yes`"
    assert docs_settings.shown("") == "(empty)"
    assert f"`{PREFIX}session_minutes` | whole number | `30`" in docs_settings.page()


def test_the_lock_file_names_no_address_of_a_package():
    lock = (ROOT / "package-lock.json").read_text(encoding="utf-8")
    assert "resolved" not in lock
    assert lock.count('"integrity"') > 4
