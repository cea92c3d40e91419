"""The rules of the house, read from the source. Each says what to do instead; each is shown to bite on a snippet."""

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("govrepo", "content_types", "policies", "views")
FOLDERS = (*PACKAGES, "tests", "tools", "benchmarks")
CLOCK_READERS = {
    "datetime": {"now", "utcnow", "today"},
    "date": {"today"},
    "time": {"time", "time_ns", "localtime", "gmtime"},
}
# Start-up has no request, a script and the worker are their own masters.
COMMITTERS = (
    "govrepo/database.py",
    "govrepo/cli/",
    "govrepo/work/",
    "policies/sample/",
    "policies/founding_cli.py",
    "policies/register_import_cli.py",
)
MANAGERS = {"transaction", "manager", "tm", "transaction_manager"}
PERMISSION = re.compile(r"[a-z_]+:[a-z_]+:[a-z_]+")
PERMISSIONS_FILE = ROOT / "policies" / "permissions.py"
# Addresses that name a markup language; nothing is ever fetched from them.
NAMESPACES = re.compile(r"https?://(www\.w3\.org|xml\.zope\.org)/")
ADDRESS = re.compile(r"""(?:https?:)?//[a-z0-9-]+\.[a-z0-9.-]+""", re.IGNORECASE)
REMINDER = re.compile(r"\b(TO[D]O|FIX[M]E)\b")  # Written so that it does not find itself.


@dataclass(frozen=True)
class Source:
    """A file of ours, as text and, if it is Python, as a tree."""

    path: str
    text: str
    permissions: frozenset[str] = field(default=frozenset())

    @property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, self.path)


Rule = Callable[[Source], Iterator[tuple[int, str]]]


def dotted(node: ast.AST) -> str:
    """``a.b.c`` of a name or attribute chain; calls and other parts count as ``?``."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else "?"


def no_commit_of_ones_own(source: Source) -> Iterator[tuple[int, str]]:
    if source.path.startswith(COMMITTERS):
        return
    message = "only start-up, console scripts and the worker commit; a view returns, a function raises to abort"
    for node in ast.walk(source.tree):
        if (
            isinstance(node, ast.Attribute)
            and node.attr == "commit"
            and dotted(node.value).rpartition(".")[2] in MANAGERS
        ):
            yield node.lineno, message
        if isinstance(node, ast.withitem) and dotted(node.context_expr).rpartition(".")[2] in MANAGERS:
            yield node.context_expr.lineno, message


def time_from_the_clock_only(source: Source) -> Iterator[tuple[int, str]]:
    if source.path == "govrepo/clock.py":
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute) and node.attr in CLOCK_READERS.get(
            dotted(node.value).rpartition(".")[2], ()
        ):
            yield node.lineno, f"{dotted(node)} reads the system's time; ask govrepo.clock"
        if isinstance(node, ast.ImportFrom) and node.module == "time":
            names = sorted(CLOCK_READERS["time"] & {alias.name for alias in node.names})
            yield from ((node.lineno, f"time.{name} reads the system's time; ask govrepo.clock") for name in names)


def catalog_library_stays_behind_its_door(source: Source) -> Iterator[tuple[int, str]]:
    if source.path.startswith("govrepo/catalog/"):
        return
    for node in ast.walk(source.tree):
        modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        modules += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        if any(module.startswith("repoze.catalog") for module in modules):
            yield node.lineno, "only govrepo/catalog imports repoze.catalog; use govrepo.catalog.register"


def files_stay_small(source: Source) -> Iterator[tuple[int, str]]:
    lines = source.text.count("\n")
    if lines > 400:
        yield lines, f"{lines} lines; over 400 a file is two files"


def functions_stay_short(source: Source) -> Iterator[tuple[int, str]]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > 60:
                yield node.lineno, f"{node.name} has {lines} lines; over 60 a function is two functions"


def permissions_are_named_once(source: Source) -> Iterator[tuple[int, str]]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in source.permissions:
            yield node.lineno, f"{node.value!r} is a permission; write its member of policies.permissions"


def nothing_is_left_for_later(source: Source) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(source.text.splitlines(), 1):
        if REMINDER.search(line):
            yield number, "finish it, or open an issue and leave the code whole"


def no_outside_host(source: Source) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(source.text.splitlines(), 1):
        for found in ADDRESS.finditer(NAMESPACES.sub("", line)):
            yield number, f"{found[0]} is an outside host; pages load from this site only"


class _Markup(HTMLParser):
    """Collects what the content security policy would stop."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[int, str]] = []
        self._in_script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = {name for name, _value in attrs} | _names_set_by_tal(dict(attrs).get("tal:attributes") or "")
        self._in_script = tag == "script"
        if tag == "script" and "src" not in names:
            self._report("an inline <script> is blocked; put the code into views/static")
        if tag == "style" or "style" in names:
            self._report("inline style is blocked; give the element a class")
        for name in sorted(name for name in names if re.fullmatch(r"on[a-z]+", name)):
            self._report(f"{name}= is blocked; listen for the event in views/static")
        if any((value or "").strip().lower().startswith("javascript:") for _name, value in attrs):
            self._report("a javascript: address is blocked; listen for the event in views/static")

    def handle_data(self, data: str) -> None:
        if self._in_script and data.strip():
            self._report("an inline <script> is blocked; put the code into views/static")

    def handle_endtag(self, tag: str) -> None:
        self._in_script = False

    def _report(self, message: str) -> None:
        self.found.append((self.getpos()[0], message))


def _names_set_by_tal(statement: str) -> set[str]:
    return {part.split()[0] for part in statement.replace(";;", "").split(";") if part.strip()}


def templates_keep_the_security_policy(source: Source) -> Iterator[tuple[int, str]]:
    markup = _Markup()
    markup.feed(source.text)
    yield from markup.found


def permissions() -> frozenset[str]:
    """The literals of the one list of permissions; empty as long as there is none."""
    if not PERMISSIONS_FILE.exists():
        return frozenset()
    constants = (
        node
        for node in ast.walk(ast.parse(PERMISSIONS_FILE.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant)
    )
    return frozenset(
        node.value for node in constants if isinstance(node.value, str) and PERMISSION.fullmatch(node.value)
    )


def ours(folders: tuple[str, ...], *suffixes: str) -> list[Path]:
    """Our files of some kinds, without the fetched ones."""
    files = (path for folder in folders for path in sorted((ROOT / folder).rglob("*")))
    return [path for path in files if path.suffix in suffixes and "vendor" not in path.relative_to(ROOT).parts]


def keeps(rule: Rule, paths: list[Path], known: frozenset[str] = frozenset()) -> None:
    """Fail with every place where a rule is broken."""
    findings = []
    for path in paths:
        name = path.relative_to(ROOT).as_posix()
        source = Source(name, path.read_text(encoding="utf-8"), known)
        findings += [f"{name}:{line}: {message}" for line, message in rule(source)]
    assert not findings, "\n" + "\n".join(findings)


@pytest.mark.parametrize(
    "rule",
    [no_commit_of_ones_own, time_from_the_clock_only, catalog_library_stays_behind_its_door],
    ids=lambda rule: rule.__name__,
)
def test_the_packages_keep(rule: Rule):
    keeps(rule, ours(PACKAGES, ".py"))


@pytest.mark.parametrize(
    "rule", [files_stay_small, functions_stay_short, nothing_is_left_for_later], ids=lambda rule: rule.__name__
)
def test_all_code_keeps(rule: Rule):
    keeps(rule, ours(FOLDERS, ".py"))


def test_permissions_are_named_once():
    known = permissions()
    if not known:
        pytest.skip("policies/permissions.py lists no permission yet")
    elsewhere = [path for path in ours(PACKAGES, ".py") if path != PERMISSIONS_FILE]
    keeps(permissions_are_named_once, elsewhere, known)


@pytest.mark.parametrize(
    "rule",
    [templates_keep_the_security_policy, no_outside_host, nothing_is_left_for_later],
    ids=lambda rule: rule.__name__,
)
def test_templates_keep(rule: Rule):
    keeps(rule, ours(("views",), ".pt"))


@pytest.mark.parametrize("rule", [no_outside_host, nothing_is_left_for_later], ids=lambda rule: rule.__name__)
def test_scripts_and_styles_keep(rule: Rule):
    keeps(rule, ours(("views",), ".js", ".css", ".svg"))


LONG_FUNCTION = "def f():\n" + "    x = 1\n" * 60
BAD = [
    (no_commit_of_ones_own, "import transaction\ntransaction.commit()"),
    (no_commit_of_ones_own, "request.tm.commit()"),
    (no_commit_of_ones_own, "with transaction.manager:\n    pass"),
    (time_from_the_clock_only, "x = datetime.now(UTC)"),
    (time_from_the_clock_only, "x = datetime.datetime.utcnow()"),
    (time_from_the_clock_only, "x = date.today()"),
    (time_from_the_clock_only, "import time\nx = time.time()"),
    (time_from_the_clock_only, "from time import time"),
    (time_from_the_clock_only, "field(default_factory=datetime.now)"),
    (catalog_library_stays_behind_its_door, "from repoze.catalog.query import Eq"),
    (catalog_library_stays_behind_its_door, "import repoze.catalog.catalog"),
    (files_stay_small, "x = 1\n" * 401),
    (functions_stay_short, LONG_FUNCTION),
    (permissions_are_named_once, "allowed = has_permission('exchange:item:sign')"),
    (nothing_is_left_for_later, "x = 1  # TO\x44O: later"),
    (no_outside_host, '<img src="https://cdn.example.org/x.png">'),
    (no_outside_host, '<script src="//cdn.example.org/x.js"></script>'),
    (no_outside_host, "fetch('http://example.org/')"),
    (templates_keep_the_security_policy, "<p>\n<script>alert(1)</script>"),
    (templates_keep_the_security_policy, '<script src="a.js">alert(1)</script>'),
    (templates_keep_the_security_policy, "<style>p { color: red }</style>"),
    (templates_keep_the_security_policy, '<p style="color: red">'),
    (templates_keep_the_security_policy, '<p tal:attributes="class x; style y">'),
    (templates_keep_the_security_policy, '<button onclick="go()">'),
    (templates_keep_the_security_policy, '<button tal:attributes="onclick go">'),
    (templates_keep_the_security_policy, '<a href="javascript:go()">'),
]
GOOD = [
    (no_commit_of_ones_own, "connection.commit()"),
    (time_from_the_clock_only, "from time import monotonic\nx = clock.now() + clock.today()"),
    (catalog_library_stays_behind_its_door, "from govrepo.catalog import register"),
    (files_stay_small, "x = 1\n" * 400),
    (functions_stay_short, LONG_FUNCTION.replace("    x = 1\n", "", 1)),
    (permissions_are_named_once, "urn = 'urn:govrepo:principal'"),
    (no_outside_host, '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:tal="http://xml.zope.org/namespaces/tal">'),
    (no_outside_host, "x = 1  // one"),
    (
        templates_keep_the_security_policy,
        '<script src="${x}"></script><p class="style" hx-on="" tal:attributes="class x">',
    ),
]


def first_finding(rule: Rule, snippet: str) -> tuple[int, str] | None:
    return next(rule(Source("views/snippet.py", snippet, frozenset({"exchange:item:sign"}))), None)


@pytest.mark.parametrize(("rule", "snippet"), BAD)
def test_each_rule_bites(rule: Rule, snippet: str):
    assert first_finding(rule, snippet) is not None


@pytest.mark.parametrize(("rule", "snippet"), GOOD)
def test_no_rule_bites_too_much(rule: Rule, snippet: str):
    assert first_finding(rule, snippet) is None


def test_the_doors_of_the_rules_stand_where_they_should():
    inside = Source("govrepo/work/worker.py", "transaction.commit()")
    assert next(no_commit_of_ones_own(inside), None) is None
    assert next(time_from_the_clock_only(Source("govrepo/clock.py", "datetime.now(UTC)")), None) is None
    assert (
        next(catalog_library_stays_behind_its_door(Source("govrepo/catalog/main.py", "import repoze.catalog")), None)
        is None
    )
