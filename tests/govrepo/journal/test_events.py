"""The closed list of events: what is not in it cannot be journaled, and every action in the code is in it (R-7.1, 4.16)."""

import ast
import re
from pathlib import Path

import pytest

from govrepo.journal import ALLOWED, FAILED, REFUSED, Entry, Event
from govrepo.journal.events import Events, UndeclaredError
from tests.app import running, site

ROOT = Path(__file__).resolve().parents[3]
ACTION = re.compile(r"([a-z_]+)\.[a-z_]+")
CHANGED = re.compile(r"\b(?:DELETE FROM|UPDATE|TRUNCATE(?: TABLE)?|DROP TABLE|REPLACE INTO)\s+(?:\w+\.)?([a-z_]+)")
FILES = {"page.pt", "request.pt", "journal.sqlite"}


@pytest.fixture
def events():
    made = Events()
    made.declare(
        "box", "交换箱", (Event("check_in", "查收", {"half_day": "半天"}), Event("enter", "进入", {}, (REFUSED,)))
    )
    return made


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    with running(tmp_path_factory.mktemp("events"), organisation=False) as app:
        yield app


def test_what_is_declared_passes(events):
    events.check(Entry("box.check_in", "p1", details={"half_day": "morning"}))
    events.check(Entry("box.check_in", "p1", REFUSED, details={"method": "POST", "half_day": "morning"}))
    events.check(Entry("box.enter", "p1", REFUSED))


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        (Entry("box.burn", "p1"), r"box\.burn: declare it"),
        (Entry("box.check_in", "p1", FAILED), "no result 'failed'"),
        (Entry("box.enter", "p1"), "no result 'allowed'"),
        (Entry("box.check_in", "p1", details={"title": "x", "half_day": "x"}), r"\['title'\] are not declared"),
        (Entry("box.check_in", "p1", details={"method": "POST"}), r"\['method'\]"),
    ],
)
def test_what_is_not_declared_is_refused(events, entry, why):
    with pytest.raises(UndeclaredError, match=why):
        events.check(entry)


def test_an_event_is_declared_once_and_a_noun_has_one_label(events):
    with pytest.raises(ValueError, match=r"'box\.enter' is declared twice"):
        events.declare("box", "交换箱", (Event("enter", "进入"),))
    with pytest.raises(ValueError, match="交换箱 or 箱子"):
        events.declare("box", "箱子", ())


def test_words(events):
    assert (events.title("box.enter"), events.title("box.burn")) == ("进入", "box.burn")
    assert events.meaning("box.check_in", "half_day") == "半天"
    assert str(events.meaning("box.enter", "method")) == "请求的方法"
    assert events.meaning("box.burn", "ashes") == "ashes"
    assert events.modules == {"box": "交换箱"}
    assert [each.action for each in events] == ["box.check_in", "box.enter"]
    assert "box.enter" in events


def test_the_applications_journal_refuses_what_is_not_in_the_list(app):
    journal = app.registry.journal
    before = journal.head().seq
    with pytest.raises(ValueError, match="declare it"):
        journal.append_now(Entry("box.burn", "p1"))
    with site(app) as root, pytest.raises(ValueError, match="details"):
        journal.append(Entry("site.founded", "p1", details={"password": "x"}), root)
    assert journal.head().seq == before


def test_every_noun_and_event_has_chinese_words(app):
    for action, module, event in app.registry.journal_events:
        for words in (module, event.title, *event.details.values()):
            assert re.search("[\u4e00-\u9fff]", str(words)), action
        assert event.results
        assert set(event.results) <= {ALLOWED, REFUSED, FAILED}


def test_every_action_in_the_code_is_declared(app):
    """Any text that reads as an action of a declared noun is one, unless it names a work item or a timed job."""
    listed, work = app.registry.journal_events, {*app.registry.work_handlers, *app.registry.timed_jobs}
    said = {text for package in ("govrepo", "content_types", "policies", "views") for text in _texts(ROOT / package)}
    actions = {text for text in said if ACTION.fullmatch(text) and text.partition(".")[0] in listed.modules} - FILES
    assert len(actions) > 30
    assert sorted(text for text in actions if text not in listed and text not in work) == []


def test_every_first_word_of_an_entry_is_declared(app):
    """Where an entry or a refusal is made with a literal action, the list has it."""
    listed = app.registry.journal_events
    found = {text for package in ("govrepo", "policies", "views") for text in _actions(ROOT / package)}
    assert len(found) > 10
    assert sorted(text for text in found if text not in listed) == []


def _trees(package):
    for path in sorted(package.rglob("*.py")):
        yield ast.parse(path.read_text(encoding="utf-8"))


def _texts(package):
    for tree in _trees(package):
        yield from (
            each.value for each in ast.walk(tree) if isinstance(each, ast.Constant) and isinstance(each.value, str)
        )


def _actions(package):
    """The literal actions given to Entry, flag, journal, or kept in a refusal."""
    for tree in _trees(package):
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("Entry", "journal") and node.args:
                yield from _literal(node.args[0])
            for name, value in _named(node):
                if name == "action":
                    yield from _literal(value)


def _named(node):
    if isinstance(node, ast.keyword):
        yield node.arg, node.value
    if isinstance(node, ast.Dict):
        yield from ((getattr(key, "value", None), value) for key, value in zip(node.keys, node.values, strict=True))


def _literal(node):
    if isinstance(node, ast.Constant) and ACTION.fullmatch(str(node.value)):
        yield node.value


def test_r_7_2_nothing_in_the_code_deletes_or_changes_what_is_in_the_journal():
    """Entries are kept for ever, so longer than any record; only what tells open transactions and the pulse ever changes."""
    said = {text for package in ("govrepo", "content_types", "policies", "views") for text in _texts(ROOT / package)}
    changed = {table for text in said for table in CHANGED.findall(text)}
    assert changed <= {"open_transactions", "pulse"}
    assert changed, "the search finds what there is"
