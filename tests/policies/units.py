"""Units in every state, made by the people whose business it is; for the tests of units, divisions and leavers."""

from dataclasses import replace

import transaction

from content_types.unit import Contact
from govrepo import clock
from policies.engine import act
from policies.permission_change import request_change
from policies.person import NewAccount, create
from policies.unit_application import Application, apply

WANTED = Application(
    form="organ",
    code="hengqin",
    name="横琴新区管理委员会",
    short_name="横琴新区",
    kind="other",
    letter="横新函〔2013〕1号",
    document_codes=("珠横新",),
    contact=Contact("甲子安", "0756-0000000", "13000000000"),
)


def applied(bench, **more):
    unit = apply(bench.root, replace(WANTED, **more), bench.actor("liaison"))
    transaction.savepoint()
    return unit


def approved(bench, **more):
    unit = applied(bench, **more)
    bench.act("office.leader", unit, "approve")
    return unit


def employ(bench, unit, login, role, name):
    """A person of the unit with a reviewed appointment."""
    person, _password = create(bench.root, NewAccount(login, name, unit), bench.actor("admin"))
    grant(bench, person, role, unit.scope)
    return person


def grant(bench, person, role, scope):
    change = request_change(bench.actor("admin"), person, "grant", role=role, scope=scope, reason="试验")
    act(change, "approve", bench.actor("auditor"))
    act(change, "execute", bench.actor("admin"))
    transaction.savepoint()


def staffed(bench, **more):
    unit = approved(bench, **more)
    employ(bench, unit, "hq.admin", "unit_administrator", "乙丑安")
    employ(bench, unit, "hq.clerk", "unit_clerk", "丙寅安")
    return unit


def active(bench, **more):
    unit = staffed(bench, **more)
    bench.act("admin", unit, "activate")
    return unit


def asked(bench, unit, kind, **more):
    """A change of the unit that the leader has approved."""
    bench.act("liaison", unit, f"request_{kind}", letter="函〔2013〕2号", **more)
    bench.act("office.leader", unit, "approve_change")


def leave(bench, person, by="admin"):
    """A person gone, with every role revoked by reviewed requests."""
    bench.act(by, person, "begin_handover", note="调离")
    for appointment in person.appointments(clock.now()):
        change = request_change(bench.actor("admin"), person, "revoke", appointment=appointment, reason="调离")
        act(change, "approve", bench.actor("auditor"))
        act(change, "execute", bench.actor("admin"))
    bench.act(by, person, "close")


def why(verdict):
    """The articles that speak against an act."""
    return {reason.article for reason in verdict.reasons}
