"""The tree explains itself: each module has its mirror among the tests, each noun its places in the layers."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("govrepo", "content_types", "policies", "views")

# Modules that need no test file of their own, and why.
WITHOUT_MIRROR: dict[str, str] = {}

# Modules of policies/ that are no noun of content_types/: what every noun's policy is made with.
COMMON_POLICIES = {
    "actor",  # Who acts.
    "engine",  # may and act.
    "permissions",  # The one list of permissions.
    "roles",  # Roles as data.
    "separation_of_duties",  # Rules across nouns.
    "working_time",  # Half-days and limits.
    "formats",  # What a file may be (R-N4.2).
}

# Nouns whose life has no states and therefore no policy of their own, and why.
WITHOUT_POLICY = {
    "content": "the common base of all nouns",
    "site": "the root object; it is made once",
    "file_object": "lives and is frozen with its document",
    "division": "a part of its unit, which has the policy",
}


def modules(package: str) -> list[Path]:
    """The modules of a package, relative to the root; a package's ``__init__`` is its doorway and holds no logic."""
    found = (path.relative_to(ROOT) for path in sorted((ROOT / package).rglob("*.py")))
    return [path for path in found if path.name != "__init__.py"]


def mirror(module: Path) -> Path:
    """Where a module's test stands."""
    return Path("tests") / module.parent / f"test_{module.name}"


@pytest.mark.parametrize("package", PACKAGES)
def test_each_module_has_its_mirror(package: str):
    lacking = [path.as_posix() for path in modules(package) if not (ROOT / mirror(path)).exists()]
    assert [path for path in lacking if path not in WITHOUT_MIRROR] == [], "write tests/<same path>/test_<module>.py"


@pytest.mark.parametrize("package", PACKAGES)
def test_each_mirror_has_its_module(package: str):
    tests = (path.relative_to(ROOT / "tests") for path in (ROOT / "tests" / package).rglob("test_*.py"))
    orphans = [path.as_posix() for path in tests if not _has_module(path)]
    assert orphans == [], "the module moved or went: move its test with it"


def _has_module(test: Path) -> bool:
    """Whether a test mirrors a module or, by the name of ``test_init``, a package's doorway."""
    name = "__init__" if test.stem == "test_init" else test.stem.removeprefix("test_")
    return (ROOT / test.with_name(f"{name}.py")).exists() or (ROOT / test.with_name(name) / "__init__.py").exists()


def test_exceptions_are_still_needed():
    stale = [path for path in WITHOUT_MIRROR if not (ROOT / path).exists() or (ROOT / mirror(Path(path))).exists()]
    assert stale == []
    assert [noun for noun in WITHOUT_POLICY if not (ROOT / "content_types" / f"{noun}.py").exists()] == []


def test_each_noun_has_a_policy_and_each_policy_a_noun():
    nouns = {path.stem for path in modules("content_types") if path.parent.name == "content_types"}
    policies = {path.stem for path in modules("policies") if path.parent.name == "policies"}
    assert sorted(policies - nouns - COMMON_POLICIES) == [], "a policy is named after its noun in content_types/"
    assert sorted(nouns - policies - set(WITHOUT_POLICY)) == [], "write policies/<noun>.py, or say why it needs none"


def test_each_template_folder_belongs_to_a_view():
    folders = [path for path in (ROOT / "views" / "templates").glob("*") if path.is_dir()]
    views = {path.stem for path in modules("views")} | {
        path.name for path in (ROOT / "views").iterdir() if path.is_dir()
    }
    lacking = {path.name for path in folders} - views - {"shared", "forms"}
    assert sorted(lacking) == [], "templates/<noun>/ belongs to views/<noun>.py"


def test_a_mirror_is_found_where_it_should_be():
    assert mirror(Path("govrepo/work/queue.py")) == Path("tests/govrepo/work/test_queue.py")
    assert _has_module(Path("govrepo/test_clock.py"))
    assert not _has_module(Path("govrepo/test_no_such_module.py"))
