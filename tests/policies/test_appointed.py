"""Nobody holds a role that the journal does not know of (SOD-12, R-7.4): forged, widened and prolonged appointments are found."""

from datetime import UTC, datetime, timedelta

import pytest
from pyramid.traversal import resource_path

from content_types.appointment import Appointment
from content_types.permission_change import ChangeKind, PermissionChange
from govrepo import clock
from policies.appointment import end, give
from policies.permission_change import request_change
from policies.substitute import designate
from tests.app import close_app, make_app, site
from tests.policies.bench import Bench, local
from tests.policies.reconciling import kinds, run

WHO, ROLE, SCOPE = "zh1.officer", "receiver", "division:zh1"


@pytest.fixture
def app(tmp_path):
    """A site that has been looked over once."""
    app = make_app(tmp_path)
    clock.travel(local("2013-01-07 10:00"))
    run(app)
    yield app
    clock.reset()
    close_app(app)


def forged(root, role="auditor", scope="site"):
    made = Appointment(role, scope, clock.now(), basis="权变〔2012〕9号")
    return give(root.logins[WHO], made)


def granted(app, **more):
    """An appointment as the law has it: asked, approved, executed."""
    with site(app) as root:
        bench = Bench(root, app.registry)
        wanted = {"role": ROLE, "scope": SCOPE, "reason": "新来同志"} | more
        change = request_change(bench.actor("zh1.head"), bench.person(WHO), ChangeKind.GRANT, **wanted)
        bench.act("auditor", change, "approve")
        bench.act("admin", change, "execute")
        return resource_path(change.result)


def found(app):
    run(app)
    return {(path.rpartition("/")[0], kind) for path, kind in kinds(app)}


def path_of(app):
    with site(app) as root:
        return resource_path(root.logins[WHO])


def test_what_was_given_by_an_act_is_no_gap(app):
    path = granted(app)
    assert found(app) == set()
    with site(app) as root:
        person = root.logins[WHO]
        end(person[path.rpartition("/")[2]], clock.now() + timedelta(days=9))
        assert root.reconciliation.began
    assert found(app) == set(), "an end that comes nearer takes no proof"


def test_a_designation_is_no_gap(app):
    with site(app) as root:
        bench = Bench(root, app.registry)
        receiver = bench.person("zh1.officer")
        designate(bench.actor("zh1.head"), receiver.division, receiver, clock.today() + timedelta(days=3), "出差")
    assert found(app) == set()


def test_a_forged_appointment_is_found(app):
    with site(app) as root:
        forged(root)
    assert found(app) == {(path_of(app), "appointment")}


def test_a_change_that_never_was_is_no_proof(app):
    with site(app) as root:
        made = forged(root)
        change = PermissionChange(root.logins[WHO], ChangeKind.GRANT, root.logins["admin"])
        change.role, change.scope, change.state, change.result = made.role, made.scope, "executed", made
        made.change = change
    assert (path_of(app), "appointment") in found(app)


def test_another_change_is_no_proof(app):
    """A lawful change turned to another appointment, with another role."""
    path = granted(app)
    assert found(app) == set()
    with site(app) as root:
        real = root.logins[WHO][path.rpartition("/")[2]]
        made = forged(root)
        made.change = real.change
        real.change.result = made
    assert (path_of(app), "appointment") in found(app)


@pytest.mark.parametrize(
    "change",
    [
        {"role": "head"},
        {"scope": "division:zh2"},
        {"since": datetime(2012, 1, 1, tzinfo=UTC)},
        {"until": None},
        {"until": datetime(2019, 1, 1, tzinfo=UTC)},
        {"capacity": "acting"},
    ],
)
def test_a_widened_appointment_is_found(app, change):
    path = granted(app, until=datetime(2013, 6, 1, tzinfo=UTC))
    run(app)
    with site(app) as root:
        appointment = root.logins[WHO][path.rpartition("/")[2]]
        for name, value in change.items():
            setattr(appointment, name, value)
    assert found(app) == {(path_of(app), "appointment")}


def test_what_stood_there_before_counts_as_it_was(app):
    with site(app) as root:
        known = dict(root.reconciliation.appointments)
        held = [each for each in root.logins["auditor"].values() if isinstance(each, Appointment)]
        assert {each.uid for each in held} <= known.keys()
        held[0].role = "administrator"
    run(app)
    assert {kind for _path, kind in kinds(app)} == {"appointment"}
