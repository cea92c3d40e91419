"""Every cell of the seal's table against the expectation (expected_seal.py; see test_matrix.py)."""

from content_types.certificate import Statement
from govrepo import clock
from tests.policies import expected, expected_seal, units
from tests.policies.seals import ending
from tests.policies.test_matrix import DRAFTER, STRANGER, compare

WHERE = {"own": "sending", "office": "receiving"}


def test_every_cell_of_the_seal(bench, authority):
    """The keeper is OWN; the unit stands at the sending end, the office that runs the system at the receiving one."""
    units.grant(bench, bench.person(DRAFTER), "unit_seal_keeper", "unit:guangzhou")
    seal = ending(bench)
    seal.keeper, asked = bench.person(DRAFTER), seal.ending
    bench.ends = (bench.box("guangzhou"), bench.box("gd-office"))

    def prepare(context, name):
        """Facts that speak for an act: a loss noted; a destruction not asked for, asked for, or approved."""
        context.losses = context.auditor_notes = (Statement(bench.person("auditor"), clock.now(), ""),)
        approved = asked._replace(approved_by=bench.person("office.leader"))
        context.ending = {"ask_destroy": None, "destroy": approved}.get(name, asked)

    def allowed(row, role, place, relation):
        if row.side not in ("any", relation):
            return False
        if expected.ROLE_SCOPES[role] == "site":
            return role in row.who.get("site", ())
        return any(role in row.who.get(owner, ()) and place == where for owner, where in WHERE.items())

    compare(bench, seal, expected_seal.SEAL, expected_seal.STATES, prepare, allowed)


def test_every_permission_at_a_unit(bench):
    """Who sees and applies at a unit: its own, nobody of another one, and the leaders of the office that runs the system."""
    unit, stranger = bench.root["units"]["guangzhou"], bench.person(STRANGER)
    wanted = {
        "trust:seal:apply": expected_seal.APPLY["own"],
        "trust:seal:use": expected_seal.KEEPERS,
        "trust:seal:read": expected_seal.APPLY["own"] | {"unit_approver", "office_leader"},
        "trust:seal_uses:read": expected_seal.KEEPERS | {"unit_approver", "office_leader"},
    }
    for role, kind in expected.ROLE_SCOPES.items():
        if kind != "unit":
            continue
        for permission, roles in wanted.items():
            own = bench.as_role(stranger, f"{role}@unit:guangzhou").allowed(permission, unit)
            assert own is (role in roles), (role, permission)
            assert not bench.as_role(stranger, f"{role}@unit:shenzhen").allowed(permission, unit), (role, permission)
    leader = bench.as_role(stranger, "office_leader@unit:gd-office")
    assert leader.allowed("trust:seal:read", unit)
    assert not leader.allowed("trust:seal_uses:read", unit), "R-8.3: what others sealed is theirs"


def test_the_government_has_its_seals_kept_by_the_general_office(bench):
    government = bench.root["units"]["gd-government"]
    keeper = bench.as_role(bench.person(STRANGER), "seal_keeper@unit:gd-office")
    assert keeper.allowed("trust:seal:use", government)
