"""What is searched: who may read an item, by which day it stands, what it is narrowed by (domain.md part 6, 7.2)."""

from datetime import date

import pytest

from policies.registers.items import ITEMS, day, document_readers


def values(item):
    return ITEMS.values(item)


def test_a_document_is_read_where_it_was_sent_from_and_where_it_was_opened(bench):
    delivery = bench.delivery()
    assert document_readers(delivery.document) == {"carrier:jiangmen"}
    bench.act("office.registry1", delivery, "open")
    assert document_readers(delivery.document) == {"carrier:jiangmen", "box:gd-office"}


def test_r_11_2_whoever_it_was_distributed_to_reads_it_once_opened(bench):
    delivery = bench.signed()
    person, division = bench.person("zh2.officer"), bench.person("zh2.receiver").division
    bench.act("office.registry1", delivery, "distribute", targets=[(person, "lead"), (division, "read")])
    assigned, internal = sorted(delivery.assignments, key=lambda each: type(each).__name__)
    before = document_readers(delivery.document)
    bench.act("zh2.officer", assigned, "open")
    bench.act("zh2.receiver", internal, "open")
    assert document_readers(delivery.document) - before == {person.principal, f"box:{internal.box.__name__}"}


def test_a_desk_is_a_carrier_of_its_own(bench):
    dispatch = bench.sent(
        "zh2.officer", "gd-office", mains=("jiangmen",), by="office.leader", number="粤府办〔2013〕77号"
    )
    (carrier,) = document_readers(dispatch.document)
    assert carrier.startswith("carrier:gd-office/")


def test_what_a_document_is_narrowed_and_ordered_by(bench):
    document = bench.sent(urgency="urgent").document
    found = values(document)
    assert {name: found[name] for name in ("register", "unit", "kind", "year", "urgency", "state")} == {
        "register": "", "unit": "jiangmen", "kind": "通知", "year": "2013", "urgency": "urgent", "state": "dispatched",
    }  # fmt: skip
    assert found["order"] == date(2013, 1, 5).toordinal()
    document.date = None
    assert day(document) == date(2013, 1, 7)


def test_nothing_else_is_searched():
    with pytest.raises(TypeError):
        day("a text")
