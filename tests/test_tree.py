"""The tree explains itself: each module has its mirror among the tests, each noun its places in the layers."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("govrepo", "content_types", "policies", "views")

# Modules that need no test file of their own, and why.
WITHOUT_MIRROR: dict[str, str] = {}

# Tests of a package as a whole, beside the mirrors of its modules.
WHOLE_PACKAGE = {
    "test_init",
    "test_consistency",
    "test_faults",
    "test_labelled",
    "test_preflight",
    "test_matrix",
    "test_matrix_paper",
    "test_matrix_duty",
    "test_matrix_outgoing",
    "test_matrix_incidents",
    "test_matrix_registers",
    "test_matrix_seals",
    "test_matrix_whole",
    "test_search_story",
    "test_unfolded",
}

# Modules of policies/ that are no noun of content_types/, and why.
COMMON_POLICIES = {
    "outgoing_guards": "what the outgoing document's rows ask",
    "outgoing_effects": "what they do",
    "plating": "what the worker does for a plate",
    "plate": "what stands on one",
    "sealing": "what the worker does for a seal",
    "seal_hand": "with what a seal is set",
    "legal_force": "rows of two tables",
    "rerouting": "deliveries at a neighbour's",
    "kept": "octets the site made, kept as files",
    "access": "how the ACL of any carrier comes about",
    "actor": "who acts",
    "catalog": "checking and rebuilding registers",
    "administration": "acts that run no workflow: refusal and journal",
    "appointed": "whether an appointment was given by an act",
    "circulation": "how far a document may go, across nouns",
    "comparison": "what an object and the journal's entries about it do not both say",
    "checkpoint_copy": "the second home of the journal's checkpoints",
    "change_request": "what speaks against a permission change",
    "deadlines": "limits for handling incoming documents",
    "entry_access": "who reads and handles a register entry",
    "register_import": "an old register brought in",
    "register_import_cli": "the script of that",
    "registering": "how a document comes into a register",
    "distribution": "an act on deliveries that makes assignments",
    "document_life": "what the journal says of a document across all boxes",
    "evidence_members": "what goes into an evidence package",
    "evolution": "steps that bring an older site up to date",
    "engine": "may and act, for every noun",
    "extraction": "the text of files",
    "explain": "who may do what and why, asked of the functions that decide",
    "faults": "what is wrong with units and divisions",
    "granted": "whether a container allows only what tables and proposals give",
    "founding": "the act that makes the first four appointments",
    "founding_cli": "the script of the founding act",
    "formats": "what files a dispatch must carry",
    "leaving": "handing over open work, and the end of an account",
    "outside_authority": "whom the site trusts to issue certificates",
    "permission_effect": "what a permission change would do",
    "issuing": "how a certificate is handed out",
    "item_facts": "what lists say of an item",
    "item_text": "the words an item is found by",
    "journal_period": "an act of the auditor that the worker carries out",
    "journal_watch": "what the journal shows that the auditor must know of",
    "keys": "keys on their way in and out",
    "phone_matching": "acts on phone notices that join them to deliveries",
    "permissions": "the one list of permissions",
    "printing": "acts on deliveries that make prints",
    "places": "where a person may read what is searched",
    "principal_leader": "who signs upward and important documents of a unit",
    "postmaster": "an act on dispatches that makes deliveries",
    "question": "a search question in two languages",
    "reading": "whoever is shown content leaves an entry",
    "receipts": "statements about deliveries",
    "roles": "roles as data",
    "rules": "settings with effective dates",
    "scopes": "what a scope names",
    "seal_application": "how a seal is applied for",
    "seal_making": "how a seal is made and unmade",
    "search": "the search over what a person may read",
    "search_asked": "a search as its address says it",
    "search_words": "a search with words",
    "sending": "an act on documents that makes dispatches",
    "sending_on": "an act on register entries that makes dispatches",
    "separation_of_duties": "rules across nouns",
    "signing": "acts that carry a certificate signature",
    "statistics": "figures of units and months, told by the registers",
    "substitute": "an act on divisions that makes appointments",
    "text_feed": "the text index follows the registers",
    "tasks": "what each person must do next, across nouns",
    "unit_application": "how a unit joins",
    "draft_import": "how a text gets into a draft",
    "draft_preview": "what a draft would look like",
    "drafting": "what is saved of an outgoing document, and the rules while it is typed",
    "text_versions": "what differs between versions of a draft",
    "dual_track": "to whom paper goes as well, by each unit's date",
    "paper_code": "what stands on the cover of paper",
    "paper_making": "an act on dispatches that makes paper items",
    "unit_ending": "what merging and cancelling a unit need and do",
    "upkeep": "packing the database",
    "vocabulary": "coded lists",
    "work_queue": "what the journal says of background work",
    "working_time": "half-days and limits",
}

# Nouns whose life has no states and therefore no policy of their own, and why.
WITHOUT_POLICY = {
    "content": "the common base of all nouns",
    "production": "records of the outgoing document, whose table makes them",
    "separation_report": "made every night by separation_of_duties",
}


def modules(package: str) -> list[Path]:
    """The modules of a package, relative to the root; a package's ``__init__`` is its doorway and holds no logic."""
    found = (path.relative_to(ROOT) for path in sorted((ROOT / package).rglob("*.py")))
    return [path for path in found if path.name != "__init__.py"]


def mirror(module: Path) -> Path:
    """Where a module's test stands."""
    return Path("tests") / module.parent / f"test_{module.name}"


def nothing(found: set[str], advice: str) -> None:
    assert not found, f"{advice}:\n" + "\n".join(sorted(found))


@pytest.mark.parametrize("package", PACKAGES)
def test_each_module_has_its_mirror(package: str):
    lacking = {path.as_posix() for path in modules(package) if not (ROOT / mirror(path)).exists()}
    nothing(lacking - set(WITHOUT_MIRROR), "write tests/<same path>/test_<module>.py for")


@pytest.mark.parametrize("package", PACKAGES)
def test_each_mirror_has_its_module(package: str):
    tests = (path.relative_to(ROOT / "tests") for path in (ROOT / "tests" / package).rglob("test_*.py"))
    orphans = {path.as_posix() for path in tests if not _has_module(path)}
    nothing(orphans, "the module moved or went; move its test with it")


def _has_module(test: Path) -> bool:
    """Whether a test mirrors a module, or a package from beside it or from within."""
    if test.stem in WHOLE_PACKAGE:
        return (ROOT / test.parent).is_dir()
    name = test.stem.removeprefix("test_")
    return (ROOT / test.with_name(f"{name}.py")).exists() or (ROOT / test.with_name(name)).is_dir()


def test_exceptions_are_still_needed():
    stale = {path for path in WITHOUT_MIRROR if not (ROOT / path).exists() or (ROOT / mirror(Path(path))).exists()}
    nothing(stale, "strike from WITHOUT_MIRROR")
    gone = {noun for noun in WITHOUT_POLICY if not (ROOT / "content_types" / f"{noun}.py").exists()}
    nothing(gone | (set(WITHOUT_POLICY) & policies()), "strike from WITHOUT_POLICY")


def policies() -> set[str]:
    return {path.stem for path in modules("policies") if path.parent.name == "policies"}


def test_each_noun_has_a_policy_and_each_policy_a_noun():
    nouns = {path.stem for path in modules("content_types") if path.parent.name == "content_types"}
    nothing(policies() - nouns - set(COMMON_POLICIES), "a policy is named after its noun in content_types/; rename")
    nothing(nouns - policies() - set(WITHOUT_POLICY), "write policies/<noun>.py, or say why none is needed, for")


def test_each_template_folder_belongs_to_a_view():
    folders = [path for path in (ROOT / "views" / "templates").glob("*") if path.is_dir()]
    views = {path.stem for path in modules("views")} | {
        path.name for path in (ROOT / "views").iterdir() if path.is_dir()
    }
    lacking = {path.name for path in folders} - views - {"shared", "forms"}
    nothing(lacking, "templates/<noun>/ belongs to views/<noun>.py; rename")


def test_a_mirror_is_found_where_it_should_be():
    assert mirror(Path("govrepo/work/queue.py")) == Path("tests/govrepo/work/test_queue.py")
    assert _has_module(Path("govrepo/test_clock.py"))
    assert not _has_module(Path("govrepo/test_no_such_module.py"))
