"""Find Chinese texts that people would see and nobody could translate: in templates without i18n, in code without ``_()``.

``python tools/unmarked.py`` prints them; ``tests/views/test_i18n.py`` fails while there are any. :data:`MEANT` lists what is
Chinese on purpose: data, and the few texts that stand in both languages already.
"""

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("govrepo", "content_types", "policies", "views")
HAN = re.compile(r"[\u4e00-\u9fff]")
MARKED = re.compile(r"""_\(\s*(?:"[^"]*"|'[^']*')""")
EXPRESSION = re.compile(r"\$\{(.*?)\}", re.DOTALL)
VOID = frozenset({"meta", "link", "input", "br", "img", "hr", "use"})

MEANT = {
    "views/paper_lines.py": "how copies are typed",
    "content_types/official_document.py": "the kinds as they are stored; views/reading.py has their words",
    "policies/outgoing_guards.py": "kinds as they are stored",
    "policies/plating.py": "a reason that is stored with a number",
    "policies/plate.py": "words that are printed on documents",
    "policies/sealing.py": "the document as plain text",
    "views/outgoing_records.py": "the document as plain text",
    "govrepo/settings.py": "names of fonts, in a page in English",
    "govrepo/typeset/body.py": "the grammar of headings",
    "govrepo/typeset/title.py": "where titles may break",
    "govrepo/typeset/wording.py": "words that are printed on documents",
    "content_types/countersignature.py": "what stands in a text that is signed, the same in every language",
    "content_types/alarm.py": "a number is written in one way",
    "content_types/content_release.py": "a number is written in one way",
    "content_types/evidence_package.py": "a number is written in one way, and a text that is signed",
    "content_types/finding.py": "a number is written in one way",
    "govrepo/evidence/package.py": "labels of a text that is signed, the same in every language",
    "content_types/journal_gap.py": "a number is written in one way",
    "content_types/inspection.py": "a number is written in one way",
    "content_types/system_change.py": "a number is written in one way",
    "content_types/permission_change.py": "a number is written in one way",
    "govrepo/files/uploads.py": "the name of a file that came without one",
    "govrepo/trust/authorities.py": "names that stand in certificates",
    "govrepo/sealing/image.py": "a word that is drawn on seals",
    "policies/text_comparison.py": "what an imprint says, in documents that are Chinese in any language",
    "govrepo/numbering.py": "the grammar of numbers",
    "govrepo/fulltext/query.py": "the operators as they are typed; its sentences are marked",
    "govrepo/security/headers.py": "stands in both languages",
    "govrepo/security/networks.py": "stands in both languages",
    "govrepo/security/refusals.py": "stands in both languages",
    "govrepo/security/urlspace.py": "stands in both languages",
    "govrepo/journal/testimony.py": "labels of a text that is signed, the same in every language",
    "govrepo/trust/attestation.py": "labels of a text that is signed, the same in every language",
    "policies/register_pages/filters.py": "the sign that people type after a number; its sentences are marked",
    "policies/founding_cli.py": "a console script of whoever founds a site",
    "policies/register_import.py": "headings and codes of a table, the words kept in history, and of a console script",
    "policies/register_import_cli.py": "a console script of whoever runs a site",
    "policies/issuing.py": "the purpose that is stored with the founding act's certificates",
    "policies/journal_gap.py": "what a gap is about, as it is stored",
    "policies/reconciliation.py": "what a gap is about, as it is stored",
    "policies/actor.py": "the system's name in history and receipts; views/delivery.py has its word",
    "policies/number.py": "kept with a void number for the register's readers",
    "policies/registering.py": "codes that stand in numbers",
    "policies/official_document.py": "compared with a stored kind",
    "policies/postmaster.py": "kept with a failed delivery for the journal's readers",
    "policies/sample/": "sample data, and a console script of developers",
    "views/i18n.py": "a language's own name",
    "views/templates/layout.pt": "the mark of the site, hidden from screen readers",
}
"""Files with Chinese on purpose, and why. A new text there must be looked at by hand."""


class Found(NamedTuple):
    """One text without a mark."""

    path: str
    line: int
    text: str


def in_code(source: str, path: str) -> Iterator[Found]:
    """Chinese strings of a module outside ``_()`` and docstrings; ``views/reading.py`` names kinds as keys."""
    tree = ast.parse(source)
    seen = {id(part) for node in ast.walk(tree) for whole in _exempt(node) for part in ast.walk(whole)}
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and HAN.search(node.value)
            and id(node) not in seen
        ):
            yield Found(path, node.lineno, node.value)


def _exempt(node: ast.AST) -> list[ast.AST]:
    """The parts of a node whose texts are marked or not for people: arguments of ``_()``, docstrings, keys of a table."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_":
        return list(node.args)
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return [node.value]
    if isinstance(node, ast.Dict):
        return [key for key in node.keys if key is not None]
    return []


class Template(HTMLParser):
    """Reads a page template and collects its Chinese texts and attributes without i18n."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self.path = path
        self.found: list[Found] = []
        self.open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at the attributes; those named in ``i18n:attributes`` are marked."""
        given = dict(attrs)
        marked = {part.split()[0] for part in (given.get("i18n:attributes") or "").split(";") if part.strip()}
        for name, value in attrs:
            if name not in marked:
                self._look(value or "")
        if tag not in VOID:
            self.open.append((tag, "i18n:translate" in given))

    def handle_endtag(self, tag: str) -> None:
        """Close the element, and whatever was left open in it."""
        while tag not in VOID and self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        """Look at a text; what is calculated in it must be marked even inside a marked element."""
        for expression in EXPRESSION.findall(data):
            self._look(expression)
        if not any(marked for _tag, marked in self.open):
            self._look(EXPRESSION.sub("", data))

    def _look(self, text: str) -> None:
        if HAN.search(MARKED.sub("", text)):
            self.found.append(Found(self.path, self.getpos()[0], " ".join(text.split())))


def in_template(source: str, path: str) -> Iterator[Found]:
    """Chinese texts of a page template without a mark."""
    reader = Template(path)
    reader.feed(source)
    yield from reader.found


def unmarked(root: Path = ROOT) -> list[Found]:
    """Every text without a mark, outside of what is Chinese on purpose."""
    found: list[Found] = []
    for package in PACKAGES:
        for file in sorted((root / package).rglob("*.p[yt]")):
            path = file.relative_to(root).as_posix()
            if not path.startswith(tuple(MEANT)):
                look = in_template if file.suffix == ".pt" else in_code
                found += look(file.read_text(encoding="utf-8"), path)
    return found


if __name__ == "__main__":
    for each in unmarked():
        print(f"{each.path}:{each.line}: {each.text}")
