"""The forms of an outgoing document's acts: which belongs where, and how corrections are read (4.11, 5.1)."""

import pytest
from webob.multidict import MultiDict

from policies.outgoing_document import TABLE
from tests.making import corrections
from views.outgoing_forms import ALL, MOST_ROWS, form_of, typed_rows

ELSEWHERE = {"edit", "check_out", "check_in", "take_scan", "attach_scan", "hand_over"}
"""Acts of the editor, of the page for scans, and of whoever lets a leaver go."""
BY_ITSELF = {"plated", "seal_failed", "seal_set", "finish", "sent"}
"""The worker's, and the sending's."""


class Asked:
    """A request, as far as a form reads it."""

    def __init__(self, fields):
        self.POST = MultiDict(fields)


def test_every_act_has_its_form_in_the_states_where_it_starts():
    """R-24.4: no act is offered where it cannot start, and none is forgotten."""
    rows = {row.name: row for row in TABLE.transitions}
    offered = {name for form in ALL.values() for name in form.acts}
    assert offered == set(rows) - ELSEWHERE - BY_ITSELF
    for form in ALL.values():
        for name in form.acts:
            assert set(form.states) <= set(rows[name].sources), name


def test_a_form_is_found_by_its_act():
    assert form_of("refuse") == "review"
    with pytest.raises(StopIteration):
        form_of("plated")


def test_lines_of_corrections_are_read_as_typed():
    found = typed_rows(Asked(corrections((1, "甲", "乙"), ("", "", ""))))
    assert [(row["page"], row["old"], row["new"], row["used"]) for row in found] == [
        ("1", "甲", "乙", True),
        ("", "", "", True),
    ]


def test_only_ticked_lines_are_used_where_there_are_ticks():
    typed = corrections((1, "甲", "乙"), (2, "丙", "丁"), ticks=True)
    del typed["use-0"]
    assert [row["used"] for row in typed_rows(Asked(typed))] == [False, True]


@pytest.mark.parametrize("count", ["", "x", "-1", "99999999", "１"])
def test_a_number_of_lines_that_is_none(count):
    assert typed_rows(Asked({"rows": count})) == []


def test_no_form_has_more_lines_than_a_document_has_errors():
    assert len(typed_rows(Asked({"rows": "999"}))) == MOST_ROWS
