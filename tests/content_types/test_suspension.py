"""The suspension: what it keeps (R-39.2)."""

from policies.suspension import suspend


def test_it_knows_person_time_and_number(bench):
    made = suspend(bench.actor("tech"), bench.person("jm.clerk"), reason="违规", equipment=" 一台电脑 ")
    assert (made.person, made.equipment, made.state) == (bench.person("jm.clerk"), "一台电脑", "reported")
    assert made.title == f"{made.person.name} {made.change.title}"
    assert made.ordered_at == made.change.executed.at
    assert (made.decided, made.lifted_by) == (None, None)
