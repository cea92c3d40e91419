"""What is indexed of seals and their use (domain.md part 6)."""

from policies.registers.sealing import SEAL_USES, SEALS, asked
from tests.policies.seals import LEADER, OFFICER, active, applied, ending
from tests.policies.test_seal_use import used


def test_all_keys_are_plain(bench, authority):
    seal = active(bench)
    for declaration, thing in ((SEALS, seal), (SEAL_USES, used(bench, seal))):
        for index in declaration.indexes:
            values = [index.getter(thing)] if index.kind == "field" else index.getter(thing)
            assert {type(value) for value in values} <= {int, str}, index.name


def test_a_destruction_is_asked_for_approved_and_over(bench, authority):
    assert asked(applied(bench, kind="special", name="广州市人民政府办公专用章")) == ""
    seal = ending(bench)
    assert asked(seal) == "asked"
    bench.act(LEADER, seal, "approve_destroy")
    assert asked(seal) == "approved"
    bench.act(OFFICER, seal, "destroy")
    assert asked(seal) == ""
