"""What is indexed of the exchange (domain.md part 6)."""

import pytest

from content_types.delivery import Circulation, Consent, PrintKind
from content_types.official_document import Urgency
from govrepo import clock
from govrepo.catalog import Eq, register
from policies.registers.exchange import ASSIGNMENTS, DELIVERIES, DISPATCHES, asks
from tests.policies.bench import later


@pytest.mark.parametrize("declaration", [DELIVERIES, DISPATCHES, ASSIGNMENTS], ids=lambda each: each.name)
def test_all_keys_are_plain(bench, declaration):
    delivery = bench.signed()
    bench.act("office.registry1", delivery, "distribute", targets=((bench.person("zh1.officer"), "read"),))
    thing = {"deliveries": delivery, "dispatches": delivery.dispatch, "assignments": delivery.assignments[0]}
    for index in declaration.indexes:
        value = index.getter(thing[declaration.name])
        values = [value] if index.kind == "field" else value
        assert {type(each) for each in values} <= {int, str}, index.name


def test_a_box_list_is_read_from_its_end(bench):
    plain = bench.delivery(number="江府〔2013〕11号")
    urgent = bench.delivery(number="江府〔2013〕12号", urgency=Urgency.MOST_URGENT)
    later(minutes=5)
    newer = bench.delivery(number="江府〔2013〕13号")
    found = register(bench.root, "deliveries").query(Eq("box", "gd-office"), sort="order", reverse=True)
    assert found.objects == (urgent, newer, plain)


def test_p_58_s_10_whose_answer_a_delivery_waits_for(bench):
    """The box's head about printing, the sender about passing it on; nobody once it went back."""
    delivery = bench.signed()
    now = clock.now()
    assert asks(delivery) == []
    delivery.consents = (Consent(PrintKind.FORMAL, 1, "", now, "", ""),)
    delivery.circulations = (Circulation(("shenzhen",), "", now, ""),)
    assert asks(delivery) == ["print gd-office", "circulate jiangmen"]
    delivery.consents = (delivery.consents[0]._replace(granted=True),)
    delivery.circulations = (delivery.circulations[0]._replace(granted=False),)
    assert asks(delivery) == []
    delivery.consents = (delivery.consents[0]._replace(granted=None),)
    delivery.state = "returned"
    assert asks(delivery) == []
