"""What is indexed: plain keys, urgency before time (domain.md part 6)."""

import pytest

from content_types.official_document import Urgency
from govrepo.catalog import Eq, register
from policies.registers import ASSIGNMENTS, CERTIFICATES, DELIVERIES, DISPATCHES, moment, order
from tests.policies.bench import later, local
from tests.policies.certificates import active, applied

NOON = local("2013-01-07 12:00")


def test_the_urgent_stand_above_the_newer():
    keys = [order(urgency, instant) for urgency in Urgency for instant in (None, NOON, local("2099-01-01 00:00"))]
    assert keys == sorted(keys)
    assert len(set(keys)) == len(keys)
    assert moment(None) == 0


@pytest.mark.parametrize("declaration", [DELIVERIES, DISPATCHES, ASSIGNMENTS], ids=lambda each: each.name)
def test_all_keys_are_plain(bench, declaration):
    delivery = bench.signed()
    bench.act("office.registry1", delivery, "distribute", targets=((bench.person("zh1.officer"), "read"),))
    thing = {"deliveries": delivery, "dispatches": delivery.dispatch, "assignments": delivery.assignments[0]}
    for index in declaration.indexes:
        assert type(index.getter(thing[declaration.name])) in (int, str), index.name


def test_a_box_list_is_read_from_its_end(bench):
    plain = bench.delivery(number="江府〔2013〕11号")
    urgent = bench.delivery(number="江府〔2013〕12号", urgency=Urgency.MOST_URGENT)
    later(minutes=5)
    newer = bench.delivery(number="江府〔2013〕13号")
    found = register(bench.root, "deliveries").query(Eq("box", "gd-office"), sort="order", reverse=True)
    assert found.objects == (urgent, newer, plain)


def test_a_certificates_keys_are_plain_before_and_after_it_is_issued(bench, authority):
    for certificate in (applied(bench, "sz.clerk"), active(bench)):
        for index in CERTIFICATES.indexes:
            assert type(index.getter(certificate)) in (int, str), index.name
