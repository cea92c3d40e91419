"""How what was typed in a unit's forms is read."""

from content_types.unit import Contact
from policies.unit import TRANSITIONS
from views.unit_forms import FIELDS, contacts


def test_every_form_belongs_to_an_act():
    assert set(FIELDS) <= {row.name for row in TRANSITIONS}
    assert {row.name for row in TRANSITIONS if row.inputs} == set(FIELDS)


def test_contacts_stand_one_a_line():
    assert contacts("甲 1-1\n\n乙  2-2 3 多余\n丙") == [
        Contact("甲", "1-1"),
        Contact("乙", "2-2", "3 多余"),  # Told at the field, not dropped.
        Contact("丙", ""),
    ]
