"""Distribution: to divisions as internal deliveries, to persons as assignments (R-11.2, R-35.1; domain.md 4.9, 5.3)."""

import pytest

from content_types.appointment import Appointment
from content_types.assignment import Assignment, Part
from content_types.delivery import Delivery
from govrepo import clock
from policies.distribution import targets_of
from policies.sample.people import SINCE

CLERK = "office.registry1"


@pytest.fixture
def delivery(bench):
    return bench.signed()


@pytest.fixture
def zh2(bench):
    return bench.root["units"]["gd-office"]["zh2"]


def test_a_division_gets_an_internal_delivery_and_its_receiver_signs(bench, delivery, zh2):
    """R-35.1: in a division's box only that division's receiver."""
    rings = bench.box("gd-office-zh2").bell.serial
    bench.act(CLERK, delivery, "distribute", targets=((zh2, Part.LEAD),), note="请阅处")
    internal = delivery.assignments[0]
    assert isinstance(internal, Delivery)
    assert (delivery.state, internal.state, internal.internal) == ("assigned", "pending", True)
    assert (internal.source, internal.first, internal.part) == (delivery, delivery, Part.LEAD)
    assert internal.box is bench.box("gd-office-zh2")
    assert internal.available_at == clock.now() or internal.available_at < clock.now()
    assert internal.history[0].note == "请阅处"
    assert bench.box("gd-office-zh2").bell.serial == rings + 1
    assert bench.refusal(CLERK, internal, "open")
    bench.act("zh2.receiver", internal, "open")
    bench.act("zh2.receiver", internal, "sign_for")
    assert internal.signed_by is bench.person("zh2.receiver")


def test_the_sender_never_counts_it(bench, delivery, zh2):
    bench.act(CLERK, delivery, "distribute", targets=((zh2, Part.LEAD),))
    assert list(delivery.dispatch.tracking.deliveries.values()) == [delivery]
    internal = delivery.assignments[0]
    for name in ("recall", "acknowledge", "ask_recall"):
        assert bench.refusal("jm.clerk", internal, name, note="错发")


def test_several_targets_at_once_and_more_later(bench, delivery, zh2):
    officer, head = bench.person("zh1.officer"), bench.person("zh1.head")
    bench.act(CLERK, delivery, "distribute", targets=((zh2, Part.LEAD), (officer, Part.ASSIST)))
    bench.act(CLERK, delivery, "distribute", targets=((head, Part.READ),))
    assert [type(each) for each in delivery.assignments] == [Delivery, Assignment, Assignment]
    assert [each.part for each in delivery.assignments] == [Part.LEAD, Part.ASSIST, Part.READ]
    assert len(bench.journaled("assignment.assign")) == 2


@pytest.mark.parametrize("targets", [(), None])
def test_at_least_one_target(bench, delivery, targets):
    assert bench.refusal(CLERK, delivery, "distribute", targets=targets or ()) == ["R-11.2"]


def test_none_twice_neither_at_once_nor_later(bench, delivery, zh2):
    assert bench.refusal(CLERK, delivery, "distribute", targets=((zh2, Part.LEAD), (zh2, Part.READ))) == ["R-11.2"]
    bench.act(CLERK, delivery, "distribute", targets=((zh2, Part.LEAD),))
    assert bench.refusal(CLERK, delivery, "distribute", targets=((zh2, Part.READ),)) == ["R-11.2"]


def test_each_target_has_a_part(bench, delivery, zh2):
    assert bench.refusal(CLERK, delivery, "distribute", targets=((zh2, "boss"),)) == ["R-11.2"]


def test_only_inside_the_unit(bench, delivery):
    """R-35.1, P-32."""
    budget, stranger = bench.root["units"]["caizheng"]["cz-budget"], bench.person("gz.clerk")
    for target in (budget, stranger):
        assert bench.refusal(CLERK, delivery, "distribute", targets=((target, Part.READ),)) == ["R-35.1"]


@pytest.mark.parametrize("login", ["auditor", "admin", "security"])
def test_sod_3_nothing_is_put_before_the_three_officers(bench, delivery, login):
    """SOD-3, R-7.6, R-8.3: they read no content."""
    assert bench.refusal(CLERK, delivery, "distribute", targets=((bench.person(login), Part.READ),)) == ["R-35.1"]


def test_a_person_who_has_become_an_officer_is_no_target_any_more(bench):
    head = bench.person("zh1.head")
    assert head in targets_of(bench.box("gd-office"))[1]
    head.appoint(Appointment("auditor", "site", SINCE, basis="test"))
    assert head not in targets_of(bench.box("gd-office"))[1]


def test_suspended_persons_and_closed_boxes_are_no_targets(bench, zh2):
    bench.person("zh1.head").state = "suspended"
    bench.box("gd-office-zh2").state = "closed"
    divisions, people = targets_of(bench.box("gd-office"))
    assert zh2 not in divisions
    assert bench.person("zh1.head") not in people


def test_divisions_stand_in_their_order(bench):
    divisions, _people = targets_of(bench.box("gd-office"))
    assert [each.rank for each in divisions] == sorted(each.rank for each in divisions)


def test_r_11_2_a_divisions_receiver_distributes_to_its_persons_only(bench, zh2):
    delivery = bench.signed("zh1.receiver", "gd-office-zh1")
    divisions, people = targets_of(delivery.box)
    assert divisions == []
    assert {each.login for each in people} == {"zh1.receiver", "zh1.head", "zh1.officer"}
    assert bench.refusal("zh1.receiver", delivery, "distribute", targets=((zh2, Part.LEAD),)) == ["R-35.1"]
    bench.act("zh1.receiver", delivery, "distribute", targets=((bench.person("zh1.officer"), Part.LEAD),))
    assert delivery.state == "assigned"


def test_what_a_division_returns_comes_back_and_may_be_distributed_again(bench, delivery, zh2):
    bench.act(CLERK, delivery, "distribute", targets=((zh2, Part.LEAD),))
    internal = delivery.assignments[0]
    assert bench.refusal(CLERK, internal, "take_back")
    bench.act("zh2.receiver", internal, "open")
    bench.act("zh2.receiver", internal, "return", reason="misdirected")
    assert bench.refusal("zh2.receiver", internal, "take_back")
    bench.act(CLERK, internal, "take_back")
    assert internal.state == "return_closed"
    bench.act(CLERK, delivery, "distribute", targets=((zh2, Part.LEAD),))
    assert len(delivery.assignments) == 2


def test_p_35_one_quota_for_the_unit_and_its_divisions(bench):
    """Distributing must not multiply the formal copies the sender allowed."""
    delivery = bench.signed(quota=2)
    zh1, zh2 = (bench.root["units"]["gd-office"][code] for code in ("zh1", "zh2"))
    bench.act(CLERK, delivery, "distribute", targets=((zh1, Part.LEAD), (zh2, Part.ASSIST)))
    scan = delivery.document.files[0].uid
    for internal, login in zip(delivery.assignments, ("zh1.receiver", "zh2.receiver"), strict=True):
        bench.act(login, internal, "open")
        bench.act(login, internal, "sign_for")
        bench.act(login, internal, "print", file=scan)
        assert internal.first_printed_at is not None
    assert (delivery.copies_left, delivery.assignments[0].copies_left) == (0, 0)
    assert bench.refusal(CLERK, delivery, "print", file=scan) == ["P-35"]
    assert bench.refusal("zh1.receiver", delivery.assignments[0], "print", file=scan) == ["P-35"]
