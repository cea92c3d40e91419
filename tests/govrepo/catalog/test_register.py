"""A register against a plain dict, and what its users may rely on."""

import pytest
import transaction
import ZODB
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from persistent import Persistent

from govrepo.catalog import EVERYTHING, All, And, Any, Eq, Index, Not, Or, Range, RegisterDeclaration, UnknownIndexError
from govrepo.catalog.walk import rank
from tests.govrepo.catalog.samples import LETTERS, Letter, Note, enter, letters_of, make_site, uids

UIDS = st.sampled_from([f"l{n}" for n in range(8)])
BOXES = st.sampled_from(["b1", "b2"])
DAYS = st.one_of(st.none(), st.integers(1, 4))
TAGS = st.lists(st.sampled_from(["t1", "t2", "t3"]), max_size=3)
ACTS = st.one_of(
    st.tuples(st.just("changed"), UIDS, BOXES, DAYS, TAGS),
    st.tuples(st.just("changed"), UIDS, BOXES, DAYS, TAGS),
    st.tuples(st.just("removed"), UIDS),
    st.tuples(st.just("fold"), st.integers(1, 5)),
    st.tuples(st.just("commit")),
    st.tuples(st.just("abort")),
    st.tuples(st.just("rebuild")),
)
LEAVES = st.one_of(
    st.builds(Eq, st.just("box"), BOXES),
    st.builds(Eq, st.just("day"), DAYS),
    st.builds(Any, st.just("day"), st.lists(DAYS, max_size=3)),
    st.builds(Any, st.just("tags"), TAGS),
    st.builds(All, st.just("tags"), TAGS),
    st.builds(Range, st.just("day"), DAYS, DAYS),
    st.just(EVERYTHING),
)
QUERIES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.builds(lambda a, b: a & b, inner, inner),
        st.builds(lambda a, b: a | b, inner, inner),
    ),
    max_leaves=4,
)


def satisfies(query, fields):
    """The model's own understanding of a query."""
    match query:
        case Not(inner):
            return not satisfies(inner, fields)
        case And(terms):
            return all(satisfies(term, fields) for term in terms)
        case Or(terms):
            return any(satisfies(term, fields) for term in terms)
    return leaf_holds(query, fields)


def leaf_holds(query, fields):
    match query:
        case Eq(name, value):
            return fields[name] == value
        case Any(name, values):
            held = fields[name] if name == "tags" else [fields[name]]
            return any(value in held for value in values)
        case All(name, values):
            return set(values) <= set(fields[name])
        case Range(name, low, high):
            day = fields[name]
            return day is not None and (low is None or low <= day) and (high is None or day <= high)


class Story:
    """A register in a database beside a dict that is changed in the same way."""

    def __init__(self):
        self.manager = transaction.TransactionManager()
        self.database = ZODB.DB(None)
        self.root = self.database.open(self.manager).root()
        self.root["app_root"] = make_site()
        self.root["letters"] = {}
        self.register = letters_of(self.root["app_root"])
        self.manager.commit()
        self.model, self.committed = {}, {}

    def act(self, name, *arguments):
        getattr(self, name)(*arguments)

    def changed(self, uid, box, day, tags):
        letters = self.root["letters"]
        letter = letters.setdefault(uid, Letter(uid))
        letter.box, letter.day, letter.tags = box, day, tags
        self.root["letters"] = dict(letters)
        self.register.changed(letter)
        self.model[uid] = {"box": box, "day": day, "tags": tags}

    def removed(self, uid):
        if uid in self.root["letters"]:
            self.register.removed(self.root["letters"][uid])
            self.model.pop(uid, None)

    def fold(self, limit):
        self.register.fold(limit)

    def commit(self):
        self.manager.commit()
        self.committed = dict(self.model)

    def abort(self):
        self.manager.abort()
        self.model = dict(self.committed)

    def rebuild(self):
        self.register.rebuild()

    def pages(self, query, *, reverse, limit):
        """All pages of a query, by following their keys."""
        found, after = [], None
        while True:
            page = self.register.query(query, sort="day", reverse=reverse, limit=limit, after=after)
            found.append(page)
            after = page.next_key
            if after is None:
                return found

    def verify(self, query, *, reverse, limit):
        expected = {uid for uid, fields in self.model.items() if satisfies(query, fields)}
        pages = self.pages(query, reverse=reverse, limit=limit)
        shown = [letter for page in pages for letter in page.objects]
        days = [self.model[letter.uid]["day"] for letter in shown]
        assert sorted(letter.uid for letter in shown) == sorted(expected)
        assert days == sorted(days, key=lambda day: rank((day, 0)), reverse=reverse)
        assert all(len(page.objects) == limit for page in pages[:-1])
        assert all(page.total in (None, len(expected)) for page in pages)
        assert self.register.count(query) == len(expected)
        self.verify_facets(query, expected)
        self.verify_counts()

    def verify_counts(self):
        boxes = [fields["box"] for fields in self.model.values()]
        assert self.register.counts("box", ["b1", "b2", "b3"]) == {box: boxes.count(box) for box in ("b1", "b2", "b3")}

    def verify_facets(self, query, expected):
        facets = self.register.facets(query, ["box", "tags"])
        assert sum(facets["box"].values()) == len(expected)
        for tag in ("t1", "t2", "t3"):
            assert facets["tags"][tag] == sum(tag in self.model[uid]["tags"] for uid in expected)

    def close(self):
        self.manager.abort()
        self.database.close()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(acts=st.lists(st.tuples(ACTS, QUERIES), min_size=1, max_size=20), reverse=st.booleans(), limit=st.integers(1, 4))
def test_at_any_point_of_folding_every_query_equals_the_model(acts, reverse, limit):
    story = Story()
    try:
        for act, query in acts:
            story.act(*act)
            story.verify(query, reverse=reverse, limit=limit)
        story.register.drain()
        assert story.register.check() == []
        assert story.register.pending_count() == 0
        story.verify(EVERYTHING, reverse=reverse, limit=limit)
    finally:
        story.close()


def test_you_read_your_own_uncommitted_writes(register):
    letters = enter(register, 3)
    letters[1].box = "b9"
    register.changed(letters[1])
    register.removed(letters[2])
    register.changed(Letter("new", box="b9", order=7))
    assert uids(register.query(Eq("box", "b9"), sort="order")) == ["l1", "new"]
    assert uids(register.query(sort="order", reverse=True)) == ["new", "l1", "l0"]
    assert register.count() == 3
    assert register.facets(EVERYTHING, ["box"]) == {"box": {"b9": 2, "b1": 1}}


def test_a_page_over_a_fold_keeps_its_place(register):
    enter(register, 3, day=lambda _n: 1)
    for number in range(3, 9):
        register.changed(Letter(f"l{number}", order=number, day=1))
    first = register.query(sort="day", limit=5)
    register.drain()
    second = register.query(sort="day", limit=5, after=first.next_key)
    assert sorted(uids(first) + uids(second)) == [f"l{number}" for number in range(9)]


def test_the_total_is_told_where_it_is_known(register, monkeypatch):
    enter(register, 30, box=lambda n: f"b{n % 2}")
    assert register.query(Eq("box", "b1"), sort="order", limit=5).total == 15
    assert register.query(sort="order", limit=5).total is None
    assert register.query(sort="order", limit=30).total == 30
    register.changed(Letter("new", box="b1"))
    assert register.query(Eq("box", "b1"), sort="order", limit=5).total == 16


@pytest.mark.parametrize(
    "after",
    [(1, 0), (1, 2**31), (1, "2"), (1, True), ("text", 1), (True, 1), (1.5, 1), (None, -1)],
)
def test_a_page_key_that_is_none_is_refused(register, after):
    enter(register, 3)
    with pytest.raises(ValueError, match="no key of a page"):
        register.query(sort="order", after=after)


@pytest.mark.parametrize("limit", [0, -1, 5001])
def test_a_page_of_no_or_too_many_entries_is_refused(register, limit):
    with pytest.raises(ValueError, match="a page holds"):
        register.query(sort="order", limit=limit)


def test_an_index_that_is_none_is_named(register):
    with pytest.raises(UnknownIndexError, match="no index colour"):
        register.query(sort="colour")
    with pytest.raises(UnknownIndexError, match="has no order"):
        register.query(sort="tags")
    with pytest.raises(UnknownIndexError, match="no index colour"):
        register.query(Eq("colour", "red"), sort="order")


def test_values_that_would_stop_the_folding_are_refused_in_the_request(register):
    enter(register, 1, tags=lambda _n: ["a"])
    with pytest.raises(TypeError, match="order holds int, got 'three'"):
        register.changed(Letter("x", order="three"))
    with pytest.raises(TypeError, match="tags holds str, got 3"):
        register.changed(Letter("x", tags=[3]))
    with pytest.raises(TypeError, match="holds no Note"):
        register.changed(Note())
    assert register.pending_count() == 0


def test_folding_reads_the_object_again(register):
    letter = Letter("l", order=1)
    register.changed(letter)
    letter.order = 2
    register.drain()
    assert register.data.main.reverse("order")[1] == 2


def test_an_unreadable_object_does_not_stop_the_others(register, caplog):
    broken, well = Letter("broken", order=1), Letter("well", order=2)
    register.changed(broken)
    register.changed(well)
    del broken.order
    register.drain()
    assert uids(register.query(sort="order")) == ["broken", "well"]
    assert "the noted values stand" in caplog.text


def test_folding_takes_whole_lanes_up_to_the_limit(register):
    for number in range(250):
        register.changed(Letter(f"l{number}", order=number))
    assert register.fold(10) == 0  # Closes the generation.
    assert [register.fold(10), register.fold(150), register.fold(150)] == [100, 150, 0]
    assert register.fold(10) == 0
    assert register.check() == []


def test_folding_nothing_writes_nothing(database):
    connection = database.open()
    register = letters_of(connection.root()["app_root"])
    assert register.fold(10) == 0
    register.query(sort="order")
    assert not connection._registered_objects
    connection.close()


def test_a_register_is_made_once_and_takes_a_new_declaration_while_empty(register):
    site = make_site()
    stored = site.registers.by_name["letters"]
    assert site.registers.ensure([LETTERS]) == ()
    assert site.registers.by_name["letters"] is stored
    changed = RegisterDeclaration("letters", (Letter,), LETTERS.indexes, version=2)
    assert site.registers.ensure([changed]) == ()
    assert site.registers.by_name["letters"].fingerprint == changed.fingerprint
    letters_of(site, changed).changed(Letter("l"))
    assert site.registers.ensure([LETTERS]) == ("letters",)
    assert site.registers.by_name["letters"].fingerprint == changed.fingerprint


class Parcel(Persistent):
    """An object whose declaration grows."""

    uid, weight, colour = "p", 5, "red"


def weight_of(parcel):
    return parcel.weight


def colour_of(parcel):
    return parcel.colour


def test_an_index_that_is_declared_later_is_used_after_a_rebuild():
    old = RegisterDeclaration("parcels", (Parcel,), (Index("weight", "field", weight_of),))
    new = RegisterDeclaration("parcels", (Parcel,), (*old.indexes, Index("colour", "field", colour_of)))
    site = make_site(old)
    before = letters_of(site, old)
    before.changed(Parcel())
    before.drain()
    register = letters_of(site, new)
    register.changed(site.registers.by_name["parcels"].main.objects[1])
    register.drain()
    with pytest.raises(UnknownIndexError, match="rebuilt"):
        register.query(Eq("colour", "red"), sort="weight")
    register.rebuild()
    assert register.count(Eq("colour", "red")) == 1
    assert register.check() == []


def test_where_an_object_stands_before_and_after_folding_and_when_it_has_gone():
    register, letter = letters_of(make_site()), Letter("l1", box="b2", tags=("t1",))
    register.changed(letter)
    waiting = register.standing(letter)
    assert (waiting.row, waiting.values, waiting.waiting, waiting.coming["box"]) == (None, {}, True, "b2")
    register.drain()
    folded = register.standing(letter)
    assert (folded.row, folded.waiting, folded.coming) == (1, False, {})
    assert (folded.values["box"], list(folded.values["tags"])) == ("b2", ["t1"])
    register.removed(letter)
    assert (register.standing(letter).waiting, register.standing(letter).coming) == (True, {})
