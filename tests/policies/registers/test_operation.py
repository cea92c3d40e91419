"""What is indexed of running the system, and that a site of an older release gets it."""

from datetime import date

import pytest

from govrepo.catalog import register
from policies import incident, inspection
from policies.evolution import step_5_operation
from policies.handover import record_handover
from policies.registers.operation import DECLARATIONS
from policies.training import record_training

ENTITIES = tuple(each for each in DECLARATIONS if each.name != "register_exports")  # That one came later.
NAMES = [each.name for each in ENTITIES]


@pytest.fixture
def made(bench):
    return {
        "incidents": incident.report(bench.box("jiangmen"), "不能发送", bench.actor("jm.clerk")),
        "trainings": record_training(bench.actor("liaison"), bench.person("jm.clerk"), "skills", date(2012, 12, 1)),
        "inspections": inspection.plan(bench.actor("tech"), bench.person("jm.clerk"), "random", "x", date(2013, 1, 8)),
        "handovers": record_handover(
            bench.actor("admin"), bench.person("security"), bench.person("tech"), "security_officer", items="x", day=date(2013, 1, 7)
        ),
    }  # fmt: skip


@pytest.mark.parametrize("declaration", ENTITIES, ids=NAMES)
def test_all_keys_are_plain(made, declaration):
    for index in declaration.indexes:
        values = index.getter(made[declaration.name])
        assert {type(each) for each in (values if index.kind == "keyword" else [values])} <= {int, str}, index.name


@pytest.mark.parametrize("name", NAMES)
def test_what_is_made_is_entered_and_an_older_site_gets_all_of_it(bench, made, name):
    sort = next(
        index.name for index in dict(zip(NAMES, ENTITIES, strict=True))[name].indexes if index.name in ("at", "day")
    )
    found = register(bench.root, name)
    before = set(found.query(sort=sort, limit=5_000).objects)
    assert made[name] in before
    for each in before:
        found.removed(each)
    assert found.count() == 0
    step_5_operation(bench.root, bench.registry)
    assert set(found.query(sort=sort, limit=5_000).objects) == before
