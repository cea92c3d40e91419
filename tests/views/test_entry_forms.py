"""The forms of an entry's acts: each act that needs something typed has its fields, and no other has any."""

from policies.register_entry import TABLE
from views.entry_forms import FIELDS
from views.register_entry import ELSEWHERE


def test_each_form_belongs_to_an_act_whose_input_is_asked_for():
    acts = {row.name: row for row in TABLE.transitions}
    assert set(FIELDS) <= set(acts)
    assert {name for name, row in acts.items() if row.inputs} - set(ELSEWHERE) <= set(FIELDS)
