"""Whatever people do and wherever the worker stands: a search finds what each may open, as plain comparison does, before and after (R-20)."""

import itertools
import shutil
import tempfile
from collections import Counter
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path

import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from content_types.assignment import Part
from content_types.register_entry import RegisterEntry
from govrepo import clock
from govrepo.catalog import fold_all
from govrepo.database import opened
from policies.engine import Refused
from policies.places import PERMISSIONS, items_of
from policies.registering import enter_in_register, facts_of
from policies.registers.items import day
from policies.text_feed import TextIndex, feed
from tests.policies.bench import Bench, later, local
from tests.policies.finding import Search

SUBJECTS = ("防汛物资", "春运安排", "防汛会议")
SENDERS = {"jiangmen": "jm", "guangzhou": "gz"}
RECEIVERS = {
    "gd-office": "office.registry1",
    "gd-office-zh1": "zh1.receiver",
    "gd-office-zh2": "zh2.receiver",
    "guangzhou": "gz.clerk",
}
PEOPLE = (
    "jm.clerk",
    "gz.clerk",
    "office.registry1",
    "office.leader",
    "zh1.receiver",
    "zh1.officer",
    "zh2.receiver",
    "auditor",
)
HELD = ("outgoing", "incoming", "assigned")
ASKED = {
    "防汛": lambda text: "防汛" in text,
    "防汛 -会议": lambda text: "防汛" in text and "会议" not in text,
    "春运 OR 会议": lambda text: "春运" in text or "会议" in text,
    "防": lambda text: "防" in text,
    "拟请研究": lambda text: "拟请研究" in text,
    "": lambda _text: True,
}
"""What is typed, and plain comparison of the same."""

BEGINNING = (
    ("send", "jiangmen", SUBJECTS[0], {"gd-office"}),
    ("send", "guangzhou", SUBJECTS[1], {"gd-office"}),
    ("send", "jiangmen", SUBJECTS[2], {"gd-office", "guangzhou"}),
    *(("open", which) for which in range(4)),
    ("sign_for", 0),
    ("sign_for", 0),
    ("register", 0),
    ("propose", 0),
    ("distribute", 0, False),
)
"""An ordinary morning: what any further step can go on from."""

WHICH = st.integers(0, 5)
STEPS = st.one_of(
    st.tuples(
        st.just("send"),
        st.sampled_from(sorted(SENDERS)),
        st.sampled_from(SUBJECTS),
        st.sets(st.sampled_from(["gd-office", "guangzhou", "gd-government"]), min_size=1),
    ),
    st.tuples(st.just("draft"), st.sampled_from(sorted(SENDERS)), st.sampled_from(SUBJECTS)),
    *(st.tuples(st.just(name), WHICH) for name in ("open", "open", "sign_for", "return_it", "recall", "register")),
    *(st.tuples(st.just(name), WHICH) for name in ("read", "hand_over", "propose", "retitle")),
    st.tuples(st.just("distribute"), WHICH, st.booleans()),
    *(st.tuples(st.just(name)) for name in ("fold", "feed")),
)


class Story(Search):
    """People at work, remembered in plain lists."""

    def __init__(self, bench):
        super().__init__(bench)
        self.numbers = itertools.count(1)
        self.dispatches, self.deliveries, self.assignments, self.entries = [], [], [], []

    def do(self, name, *arguments):
        """One step; what is refused, or has nothing to be done to, is no step."""
        later(minutes=1)
        with suppress(Refused, LookupError):
            getattr(self, f"do_{name}")(*arguments)
            transaction.savepoint()

    def do_draft(self, sender, subject):
        number = next(self.numbers)
        fields = {
            "title": f"关于{subject}的报告",
            "number": f"江府〔2013〕{number}号",
            "date": date(2013, 1, 1 + number % 5),
        }
        dispatch = self.bench.draft(f"{SENDERS[sender]}.clerk", sender, self.mains, kind="报告", **fields)
        self.dispatches.append(dispatch)
        return dispatch

    mains = ("gd-office",)

    def do_send(self, sender, subject, mains):
        self.mains = tuple(sorted(mains - {sender})) or ("gd-office",)
        dispatch, prefix = self.do_draft(sender, subject), SENDERS[sender]
        dispatch.document.number = (
            dispatch.document.number.replace("江府", "穗府") if prefix == "gz" else dispatch.document.number
        )
        self.bench.act(f"{prefix}.clerk", dispatch, "submit")
        self.bench.act(f"{prefix}.approver", dispatch, "release")
        self.bench.act(f"{prefix}.clerk", dispatch, "send")
        self.bench.fan_out(dispatch)
        self.deliveries += dispatch.tracking.deliveries.values()

    def do_retitle(self, which):
        dispatch = chosen([each for each in self.dispatches if each.state == "drafting"], which)
        dispatch.document.title = "关于春运安排的请示"
        self.bench.act(f"{SENDERS[dispatch.carrier]}.clerk", dispatch, "submit")

    def receiver(self, delivery):
        return RECEIVERS.get(delivery.box.__name__, "office.registry1")

    def do_open(self, which):
        delivery = chosen([each for each in self.deliveries if not each.first_opened_at], which)
        self.bench.act(self.receiver(delivery), delivery, "open")

    def do_sign_for(self, which):
        delivery = chosen([each for each in self.deliveries if is_open(each)], which)
        self.bench.act(self.receiver(delivery), delivery, "sign_for")

    def do_return_it(self, which):
        delivery = chosen([each for each in self.deliveries if is_open(each)], which)
        self.bench.act(self.receiver(delivery), delivery, "return", reason="misdirected", note="非我单位职责")

    def do_recall(self, which):
        delivery = chosen([each for each in self.deliveries if each.state == "pending"], which)
        self.bench.act(f"{SENDERS[delivery.dispatch.carrier]}.clerk", delivery, "recall", note="错发")

    def do_register(self, which):
        delivery = chosen([each for each in self.deliveries if each.state == "signed"], which)
        actor = self.bench.actor(self.receiver(delivery))
        self.entries.append(enter_in_register(delivery.box, facts_of(delivery), actor, delivery))

    def do_propose(self, which):
        entry = chosen(self.entries, which)
        self.bench.act(RECEIVERS[entry.box.__name__], entry, "propose", note="拟请研究")

    def do_distribute(self, which, division):
        delivery = chosen([each for each in self.deliveries if each.state in ("signed", "assigned")], which)
        target = self.bench.root["units"]["gd-office"]["zh2"] if division else self.bench.person("zh1.officer")
        self.bench.act("office.registry1", delivery, "distribute", targets=((target, Part.READ),))
        (self.deliveries if division else self.assignments).append(delivery.assignments[-1])

    def do_read(self, which):
        self.bench.act("zh1.officer", chosen(self.assignments, which), "open")

    def do_hand_over(self, which):
        entry = chosen([each for each in self.entries if each.state == "proposed"], which)
        zh1 = self.bench.root["units"]["gd-office"]["zh1"]
        self.bench.act("office.registry1", entry, "hand_to", lead=zh1, due=date(2013, 3, 1))

    def do_fold(self):
        fold_all(self.bench.job())

    def do_feed(self):
        feed(self.bench.job())

    # What each may find, by plain comparison.

    def openable(self, login):
        """What a person may open, by its uid, told from all objects there are."""
        actor, found = self.bench.actor(login), {}
        for place in (*self.dispatches, *self.deliveries, *self.assignments, *self.entries):
            if getattr(place, "readable", True) and actor.allowed(PERMISSIONS[type(place)], place):
                found |= {item.uid: item for item in items_of(place)}
        return found

    def right(self, login, holds):
        return {item for item in self.openable(login).values() if holds(words_of(item))}

    def look(self):
        """Ask everything as everybody, and compare; what a page need not repeat exactly the same is not returned."""
        told = {}
        for login, (typed, holds) in itertools.product(PEOPLE, ASKED.items()):
            asked, right = (login, typed), self.right(login, holds)
            found = self.found(login, typed)
            assert {hit.item for hit in found.hits} == right, asked
            days = [day(hit.item) for hit in found.hits]
            assert days == sorted(days, reverse=True), asked
            assert found.total.count == len(right), asked
            assert found.facets["kind"] == Counter(kind_of(item) for item in right), asked
            self.look_at_pages(login, typed, right)
            told[asked] = (right, found.facets)
        return told

    def look_at_pages(self, login, typed, right):
        for order in ("newest", "best") if typed else ("newest",):
            seen, after = [], None
            while True:
                page = self.found(login, typed, order=order, limit=2, after=after)
                seen += [hit.item for hit in page.hits]
                if page.next is None:
                    break
                after = page.next
            assert len(seen) == len(right), (login, typed, order)
            assert set(seen) == right, (login, typed, order)


def chosen(objects, which):
    """One of several; LookupError if there is none."""
    if not objects:
        raise LookupError
    return objects[which % len(objects)]


def is_open(delivery):
    return delivery.state == "pending" and delivery.first_opened_at is not None


def kind_of(item):
    return item.facts.kind if isinstance(item, RegisterEntry) else item.kind


def words_of(item):
    if isinstance(item, RegisterEntry):
        return " ".join([item.facts.title, *(each.words for each in item.proposals)])
    return item.title


@contextmanager
def begun(registry):
    """A story on a site of its own, with a text index of its own; nothing of it stays."""
    folder = tempfile.mkdtemp()
    shared, registry.text_index = registry.text_index, TextIndex(Path(folder) / "fulltext")
    clock.travel(local("2013-01-07 09:00"))
    try:
        with opened(registry) as root:
            transaction.begin()
            yield Story(Bench(root, registry))
            transaction.abort()
    finally:
        clock.reset()
        registry.text_index.close()
        registry.text_index = shared
        shutil.rmtree(folder)


@settings(
    max_examples=8,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(STEPS, min_size=3, max_size=16))
def test_what_is_pending_is_found_as_what_is_folded_and_fed(shared_app, steps):
    with begun(shared_app.registry) as story:
        for step in (*BEGINNING, *steps):
            story.do(*step)
        before = story.look()
        story.feed()
        assert story.look() == before
