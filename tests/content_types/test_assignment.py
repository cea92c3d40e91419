"""The assignment (domain.md 4.9, assigned_to)."""

import pytest

from content_types.assignment import Assignment, Part
from govrepo import clock


def test_it_shows_the_deliverys_document(bench):
    delivery = bench.delivery()
    assignment = Assignment(
        delivery, bench.person("zh1.officer"), "lead", "请办", bench.person("office.registry1"), clock.now()
    )
    assert assignment.part is Part.LEAD
    assert (assignment.document, assignment.title) == (delivery.document, delivery.title)
    assert (assignment.first_opened_at, assignment.closed_at, assignment.result) == (None, None, "")
    assert assignment.state == "open"


def test_a_part_is_lead_assist_or_read(bench):
    with pytest.raises(ValueError, match="boss"):
        Assignment(bench.delivery(), None, "boss", "", None, clock.now())
