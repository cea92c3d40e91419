"""Re-routing to a neighbouring box and back (R-12.3, R-12.4, 5.3)."""

import pytest
from pyramid.traversal import resource_path

from policies.engine import Refused, may
from policies.incident import report
from policies.rerouting import stand_in, waiting_in

ZH1, ZH2 = "gd-office-zh1", "gd-office-zh2"


@pytest.fixture
def waiting(bench):
    """Four deliveries that lie unsigned in 综合一处's box."""
    return [bench.delivery(ZH1, number=f"江府〔2013〕{each}号") for each in (11, 12, 13, 14)]


@pytest.fixture
def incident(bench, waiting):
    """综合二处 stands in for 综合一处."""
    bench.box(ZH1).neighbours = (bench.box(ZH2),)
    found = report(bench.box(ZH1), "打不开", bench.actor("zh1.receiver"))
    bench.act("tech", found, "confirm", note="硬盘损坏", soon=False)
    bench.act("office.registry1", found, "fall_back", fallback="neighbour", neighbour=bench.box(ZH2))
    return found


def refused(bench, login, context, name, **data):
    with pytest.raises(Refused) as caught:
        bench.act(login, context, name, **data)
    return [reason.article for reason in caught.value.reasons]


def test_r_12_3_what_lay_unsigned_lies_at_the_neighbours(bench, waiting, incident):
    assert stand_in(bench.box(ZH1)) is incident
    assert waiting_in(bench.box(ZH1)) == []
    assert set(waiting_in(bench.box(ZH2))) >= set(waiting)
    for each in waiting:
        assert (each.box, each.original_box, each.rerouted) == (bench.box(ZH2), bench.box(ZH1), True)
        assert resource_path(each).startswith(f"/exchange/{ZH2}/inbox/")
        assert each.dispatch.tracking.deliveries[ZH1] is each
    assert [each.delivery for each in incident.rerouted] == waiting


def test_r_12_3_and_so_does_what_comes_meanwhile(bench, incident):
    delivery = bench.delivery(ZH1, number="江府〔2013〕15号")
    assert (delivery.box, delivery.original_box, delivery.state) == (bench.box(ZH2), bench.box(ZH1), "pending")
    assert delivery in incident.still_away


def test_r_12_3_the_neighbour_signs_on_behalf_and_does_no_more(bench, waiting, incident):
    delivery = waiting[0]
    assert not may(delivery, "open", bench.actor("zh1.receiver"))
    bench.act("zh2.receiver", delivery, "open")
    bench.act("zh2.receiver", delivery, "sign_for")
    assert (delivery.state, delivery.capacity) == ("signed", "on_behalf")
    for name in ("distribute", "register", "note", "print", "download"):
        assert "R-12.3" in [reason.article for reason in may(delivery, name, bench.actor("zh2.receiver")).reasons]


def test_r_12_4_what_comes_back_is_taken_back_by_the_addressee(bench, waiting, incident):
    bench.act("zh2.receiver", waiting[0], "open")
    bench.act("zh2.receiver", waiting[0], "sign_for")
    assert refused(bench, "zh1.receiver", waiting[0], "hand_back") == ["R-12.4"]
    bench.act("tech", incident, "restore", note="更换硬盘")
    assert stand_in(bench.box(ZH1)) is None
    assert refused(bench, "tech", incident, "close") == ["R-12.4"]
    assert refused(bench, "zh2.receiver", waiting[0], "hand_back") == ["R-12.4"]
    for each in waiting:
        bench.act("zh1.receiver", each, "hand_back")
    assert incident.still_away == ()
    assert [each.state for each in waiting] == ["signed", "pending", "pending", "pending"]
    assert all(resource_path(each).startswith(f"/exchange/{ZH1}/inbox/") for each in waiting)
    assert refused(bench, "zh1.receiver", waiting[0], "hand_back") == ["R-12.4"]
    bench.act("tech", incident, "close")
    assert incident.state == "closed"
    assert may(waiting[0], "distribute", bench.actor("zh1.receiver"))
