"""Every cell of the incident's table against the expectation (expected_incident.py; see test_matrix.py)."""

from policies.incident import report
from tests.policies import expected, expected_incident
from tests.policies.test_matrix import compare


def test_every_cell_of_the_incident(bench):
    """The box in trouble stands at the sending end, the office's at the receiving one."""
    incident = report(bench.box("gd-office-zh1"), "打不开", bench.actor("zh1.receiver"))
    incident.soon = False
    bench.ends = (bench.box("gd-office-zh1"), bench.box("gd-office"))

    def allowed(row, role, place, _relation):
        kind = expected.ROLE_SCOPES[role]
        if kind == "site":
            return role in row.who.get("site", ())
        own = kind == "division" and place in ("sending", "receiving") and role in row.who.get("own", ())
        return own or (kind == "unit" and place != "foreign" and role in row.who.get("office", ()))

    compare(bench, incident, expected_incident.INCIDENT, expected_incident.STATES, lambda *_given: None, allowed)


def test_every_cell_of_the_incident_of_a_units_box(bench):
    incident = report(bench.box("guangzhou"), "打不开", bench.actor("gz.clerk"))
    incident.soon = False
    bench.ends = (bench.box("guangzhou"), bench.box("gd-office"))
    where = {"own": "sending", "office": "receiving"}

    def allowed(row, role, place, _relation):
        if expected.ROLE_SCOPES[role] == "site":
            return role in row.who.get("site", ())
        at = [owner for owner, end in where.items() if end == place and role in row.who.get(owner, ())]
        return bool(at) and expected.ROLE_SCOPES[role] == "unit"

    compare(bench, incident, expected_incident.INCIDENT, expected_incident.STATES, lambda *_given: None, allowed)
