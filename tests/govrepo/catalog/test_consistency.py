"""Whatever happens in whatever order, the catalog equals the objects and answers as plain Python would.

Letters are added, edited, moved, given other permission tokens, removed and restored, several in a transaction that commits, aborts or
dies with the database; the worker folds, conflicts, checks and rebuilds in steps between them. After each of these every question is
answered as by a walk over the objects, pending changes included, and once all is folded the answers are the same.
"""

import itertools
import shutil
import tempfile
from collections import Counter
from contextlib import contextmanager
from pathlib import Path

import transaction
import ZODB
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from persistent.mapping import PersistentMapping
from ZODB.FileStorage import FileStorage
from ZODB.POSException import ConflictError

from govrepo.catalog import EVERYTHING, All, And, Any, Eq, Not, Or, Range, bitmaps, pending, planner, sets
from govrepo.catalog import run as runs
from govrepo.catalog.check import in_tree
from govrepo.catalog.problems import SENTENCES, Kind
from tests.govrepo.catalog.samples import FACETED, Letter, letters_of, make_site, uids

BOXES, STATES, TOKENS = ("b0", "b1", "b2"), ("s0", "s1"), ("t0", "t1", "t2")
NAMES = ("box", "state", "day", "tags")
NARROW = (
    (bitmaps, "CHUNK_BITS", 2),
    (pending, "LANES", 3),
    (pending, "CHANGES_PER_LANE", 2),
    (planner, "PATIENCE", 4),
    (runs, "LIMITS", (3, 2, 4, 2)),
    (runs, "OBJECTS", 3),
)
"""Everything that is cut into pieces is cut into small ones, so that few letters are many pieces."""

boxes, states = st.sampled_from(BOXES), st.sampled_from(STATES)
days = st.one_of(st.none(), st.integers(0, 4))
tokens = st.lists(st.sampled_from(TOKENS), unique=True, max_size=3)
which = st.integers(0, 1000)
added = st.tuples(st.just("add"), boxes, states, days, tokens)
changes = st.lists(
    st.one_of(
        added,
        st.tuples(st.just("edit"), which, states, days),
        st.tuples(st.just("move"), which, boxes),
        st.tuples(st.just("allow"), which, tokens),
        st.tuples(st.just("remove"), which),
        st.tuples(st.just("restore"), which),
    ),
    min_size=1,
    max_size=5,
)
ends = st.sampled_from(("commit", "commit", "commit", "abort", "crash"))
terms = st.one_of(
    st.builds(Eq, st.just("box"), boxes),
    st.builds(Eq, st.just("state"), states),
    st.builds(Eq, st.just("day"), days),
    st.builds(Any, st.just("tags"), tokens),
    st.builds(All, st.just("tags"), tokens),
    st.builds(Range, st.just("day"), days, days),
    st.builds(Range, st.just("order"), which, st.none()),
)
queries = st.recursive(
    terms,
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.builds(And, st.lists(inner, max_size=3).map(tuple)),
        st.builds(Or, st.lists(inner, max_size=3).map(tuple)),
    ),
    max_leaves=5,
)
ALWAYS = (
    EVERYTHING,
    Eq("box", "b1"),
    Any("tags", ["t0", "t1"]) & ~Eq("state", "s1"),
    Range("day", 1, 3) | Eq("day", None),
)


def committed(manager):
    """Commit, if nobody else was faster."""
    try:
        manager.commit()
    except ConflictError:
        return False
    return True


class Catalog(RuleBasedStateMachine):
    """A site with letters in three boxes, and what should be in it: uid to values."""

    def __init__(self):
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="govrepo-consistency-"))
        self.kept = [(module, name, getattr(module, name)) for module, name, _narrow in (*NARROW, (sets, "SMALL", 0))]
        for module, name, narrow in NARROW:
            setattr(module, name, narrow)
        pending._next_lane = itertools.count()
        self.model, self.gone, self.numbers = {}, {}, itertools.count()
        self.open()
        site = make_site(FACETED)
        site.update({box: PersistentMapping() for box in BOXES})
        self.root.update(app_root=site, gone=PersistentMapping())
        transaction.commit()

    @initialize(small=st.sampled_from((0, 2, 2000)), first=st.lists(added, min_size=6, max_size=12))
    def begin_with_some_letters(self, small, first):
        """Small sets are never, sometimes or always tested row by row."""
        sets.SMALL = small
        self.change(first, "commit")

    def open(self):
        self.database = ZODB.DB(FileStorage(str(self.folder / "Data.fs")))
        self.connection = self.database.open()
        self.root = self.connection.root()

    def close(self):
        transaction.abort()
        self.connection.close()
        self.database.close()

    @property
    def site(self):
        return self.root["app_root"]

    @property
    def register(self):
        return letters_of(self.site, FACETED)

    def end(self, how):
        """Commit, abort, or abort by losing the database; whether the changes stay."""
        if how == "commit":
            transaction.commit()
            return True
        transaction.abort()
        if how == "crash":
            self.close()
            self.open()
        return False

    # What requests do.

    @rule(changes=changes, how=ends)
    def change(self, changes, how):
        model, gone = dict(self.model), dict(self.gone)
        for name, *values in changes:
            getattr(self, f"_{name}")(model, gone, *values)
        if self.end(how):
            self.model, self.gone = model, gone

    def _add(self, model, _gone, box, state, day, tags):
        number = next(self.numbers)
        letter = Letter(f"l{number}", box=box, state=state, order=number, day=day, tags=tags)
        self.site[box][letter.uid] = letter
        self._changed(model, letter)

    def _edit(self, model, _gone, which, state, day):
        for letter in self._chosen(model, which):
            letter.state, letter.day = state, day
            self._changed(model, letter)

    def _move(self, model, _gone, which, box):
        for letter in self._chosen(model, which):
            self.site[box][letter.uid] = self.site[letter.box].pop(letter.uid)
            letter.box = box
            self._changed(model, letter)

    def _allow(self, model, _gone, which, tags):
        for letter in self._chosen(model, which):
            letter.tags = tags
            self._changed(model, letter)

    def _remove(self, model, gone, which):
        for letter in self._chosen(model, which):
            self.root["gone"][letter.uid] = self.site[letter.box].pop(letter.uid)
            gone[letter.uid] = model.pop(letter.uid)
            self.register.removed(letter)

    def _restore(self, model, gone, which):
        for uid in sorted(gone)[which % max(len(gone), 1) :][:1]:
            letter = self.root["gone"].pop(uid)
            self.site[letter.box][uid] = letter
            del gone[uid]
            self._changed(model, letter)

    def _chosen(self, model, which):
        """One of the letters, if there is any."""
        return [self.site[model[uid]["box"]][uid] for uid in sorted(model)[which % max(len(model), 1) :][:1]]

    def _changed(self, model, letter):
        self.register.changed(letter)
        model[letter.uid] = FACETED.values(letter)

    # What the worker does, with or without success.

    @rule(limit=st.integers(1, 5), how=ends)
    def fold(self, limit, how):
        self.register.fold(limit)
        self.end(how)

    @rule()
    def fold_all(self):
        self.register.drain()
        transaction.commit()

    @rule(how=ends)
    def close_generation(self, how):
        self.register.data.pending.close()
        self.end(how)

    @rule(limit=st.integers(1, 5), changes=changes, rebuild=st.booleans())
    def fold_while_others_commit(self, limit, changes, rebuild):
        """Another connection folds what it sees; before it commits, letters have been changed here, or all indexes rebuilt."""
        self.close_generation("commit")
        with self.other() as (register, manager):
            register.fold(limit)
            self.change(changes, "commit")
            if rebuild and runs.running(self.register) is None:
                self.begin(runs.REBUILD)
                self.step(30, "commit")
            committed(manager)

    @rule(which=which, state=states, limit=st.integers(1, 5), late=st.booleans())
    def commit_into_a_closed_generation(self, which, state, limit, late):
        """A letter is changed in another connection; its lane is closed here meanwhile, and folded before or after it commits."""
        model = dict(self.model)
        with self.other() as (register, manager):
            register.data.pending._v_number = self.register.data.pending._v_number
            site = register.data._p_jar.root()["app_root"]
            for uid in sorted(model)[which % max(len(model), 1) :][:1]:
                letter = site[model[uid]["box"]][uid]
                letter.state = state
                register.changed(letter)
                model[uid] = FACETED.values(letter)
            self.close_generation("commit")
            self.register.fold(limit)
            ends = (transaction, manager) if late else (manager, transaction)
            ended = {each: committed(each) for each in ends}
            transaction.abort()
            if ended[manager]:
                self.model = model

    @contextmanager
    def other(self):
        """The register in another connection, and its transactions."""
        manager = transaction.TransactionManager()
        connection = self.database.open(manager)
        try:
            yield letters_of(connection.root()["app_root"], FACETED), manager
        finally:
            manager.abort()
            connection.close()
            self.connection.sync()

    @rule()
    def rebuild_at_once(self):
        self.register.rebuild(in_tree(self.site, (Letter,)))
        transaction.commit()

    @precondition(lambda self: runs.running(self.register) is None)
    @rule(act=st.sampled_from(runs.ACTS))
    def begin(self, act):
        runs.begin(self.register, act, "p1", "管理员")
        transaction.commit()

    @precondition(lambda self: runs.running(self.register) is not None)
    @rule(times=st.integers(1, 12), how=ends)
    def step(self, times, how):
        for _ in range(times):
            runs.step(self.register, self.site)
            self.end(how)

    @precondition(lambda self: runs.running(self.register) is not None)
    @rule()
    def break_off(self):
        runs.break_off(self.register)
        transaction.commit()

    # What must hold at any time.

    @rule(query=queries)
    def ask(self, query):
        self.compare(query)

    @invariant()
    def answers_are_those_of_the_objects(self):
        for query in ALWAYS:
            self.compare(query)

    @invariant()
    def the_catalog_equals_the_objects(self):
        resting = {SENTENCES[Kind.BROKEN_OFF]} if self.register.data.coming is not None else set()
        assert set(self.register.check(in_tree(self.site, (Letter,)))) == resting
        assert all(run.problems == () for run in self.register.data.runs)

    def compare(self, query):
        columns = FACETED.columns(self.model.__getitem__)
        found = sorted(filter(query.tester(columns), self.model), key=lambda uid: self.model[uid]["order"])
        register = self.register
        assert register.count(query) == len(found)
        assert self.pages(query, sort="order", reverse=False) == found
        assert self.pages(query, sort="order", reverse=True) == found[::-1]
        by_day = self.pages(query, sort="day", reverse=False)
        assert sorted(by_day) == sorted(found)
        ranks = [(day is not None, day) for day in (self.model[uid]["day"] for uid in by_day)]
        assert ranks == sorted(ranks)
        total = register.total(query, 3)
        assert total.count == len(found) if total.exact else total.count < len(found)
        values = [self.model[uid] for uid in found]
        assert register.facets(query, NAMES) == {
            "tags": Counter(tag for each in values for tag in each["tags"]),
            **{name: Counter(each[name] for each in values) for name in ("box", "state", "day")},
        }

    def pages(self, query, **order):
        """All pages of four entries, by key."""
        page = self.register.query(query, limit=4, **order)
        found = uids(page)
        while page.next_key is not None:
            page = self.register.query(query, limit=4, after=page.next_key, **order)
            found += uids(page)
        return found

    def teardown(self):
        try:
            runs.break_off(self.register)
            self.register.drain()
            assert self.register.pending_count() == 0
            self.answers_are_those_of_the_objects()
            self.the_catalog_equals_the_objects()
        finally:
            self.close()
            for module, name, value in self.kept:
                setattr(module, name, value)
            shutil.rmtree(self.folder)


TestConsistency = Catalog.TestCase
TestConsistency.settings = settings(
    max_examples=40,
    stateful_step_count=30,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
