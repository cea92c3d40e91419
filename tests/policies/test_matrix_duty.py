"""Every cell of the duty desk, compared with the table written by hand in expected_duty.py."""

import pytest

from govrepo import clock
from policies import engine
from policies.division_call import tasks_about
from policies.duty_shift import desk_box
from tests.policies import expected, expected_duty
from tests.policies.bench import local
from tests.policies.duty import DUTY, REGISTRY, announced, distributed, shift
from tests.policies.test_matrix import BOXES

PLACES = {"site": "site", "unit": "unit:gd-office", "division": "division:zh1"}
FOREIGN = {"site": "site", "unit": "unit:foshan", "division": "division:cz-budget"}


def actors(bench, person):
    """Every role as this person's one appointment, at the office and elsewhere."""
    for role, kind in expected.ROLE_SCOPES.items():
        yield role, True, bench.as_role(person, f"{role}@{PLACES[kind]}")
        if kind != "site":
            yield role, False, bench.as_role(person, f"{role}@{FOREIGN[kind]}")


def compare(bench, context, noun, people, facts=lambda _name: None):
    """Ask for every cell with the right person, and that the wrong one is always refused where a row asks for one."""
    states, rows = expected_duty.DUTY_TABLES[noun]
    wrong = []
    for row in rows:
        facts(row.act)
        for state in states:
            context.state = state
            for role, here, actor in actors(bench, people.get(row.side, people[""])):
                wanted = state in row.states and here and role in set().union(*row.who.values())
                if bool(engine.may(context, row.act, actor)) != wanted:
                    wrong.append((row.act, state, role, here, row.source))
    assert not wrong, "\n".join(map(str, wrong))


def test_every_cell_of_the_phone_notice(bench):
    compare(bench, announced(bench), "phone_notice", {"": bench.person(DUTY)})


def test_every_cell_of_the_division_call(bench):
    delivery = distributed(bench)
    (task,) = tasks_about(delivery)
    delivery.state = "signed"
    compare(bench, task, "division_call", {"": bench.person(DUTY)})


def test_every_cell_of_the_duty_shift(bench):
    night = shift(bench, "2013-01-07 17:30", "2013-01-08 08:30")
    shift(bench, "2013-01-08 08:30", "2013-01-08 17:30", officer=REGISTRY)

    def facts(name):
        clock.travel(local("2013-01-07 10:00" if name == "cancel" else "2013-01-08 08:20"))

    people = {"": bench.person(DUTY), "own": bench.person(DUTY), "next": bench.person(REGISTRY)}
    compare(bench, night, "duty_shift", people, facts)


@pytest.mark.parametrize("kind", expected.KINDS)
def test_every_permission_of_the_desk_at_a_box(bench, kind):
    """What the site's operators hold, they hold everywhere; the section and whoever is on duty at the office's boxes only."""
    box = bench.box(BOXES[kind])
    for role, here, actor in actors(bench, bench.person("rsc.officer")):
        for permission, roles in expected_duty.BOX.items():
            at_box = here and kind in ("office", "government") and role in roles
            wanted = at_box or role in expected_duty.SITE.get(permission, ())
            assert actor.allowed(permission, box) is wanted, (permission, role, here)


def test_7_2_the_desk_is_where_the_documents_are(bench):
    assert desk_box(bench.root) is bench.box(BOXES["office"])
