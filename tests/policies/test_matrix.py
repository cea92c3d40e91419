"""Every cell of roles, scopes, boxes, states and acts, compared with the table written by hand in expected.py.

The objects are real and stored; for each act the facts are such that only role, scope, box, relation and state can refuse.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import transaction

from content_types.appointment import Appointment
from content_types.assignment import Part
from content_types.certificate import Statement
from content_types.delivery import Circulation, Consent, PrintKind
from content_types.journal_gap import Discrepancy
from content_types.permission_change import Step
from content_types.reply import ReplyKind
from content_types.training import TrainingKind
from content_types.unit import Connection
from govrepo import clock
from govrepo.database import site
from govrepo.journal.checkpoint import sign
from govrepo.rules import RuleValue
from govrepo.trust.system_key import SystemKey
from policies import engine
from policies.access_proposal import propose
from policies.actor import system_actor
from policies.alarm import raise_alarm
from policies.countersignature import put_forward
from policies.handover import record_handover
from policies.inspection import plan
from policies.journal_gap import open_gap
from policies.permission_change import request_change
from policies.permissions import Permission
from policies.roles import BOX_GRANTS, Role
from policies.scopes import divisions_of
from policies.suspension import suspend
from policies.system_change import apply
from policies.training import enter
from tests.policies import expected, expected_auditor
from tests.policies.bench import later
from tests.policies.certificates import active
from tests.policies.test_access_proposal import proposed

BOXES = {"unit": "caizheng", "office": "gd-office", "government": "gd-government", "division": "gd-office-zh1"}
PEER = "jiangmen"
FOREIGN = {"site": "site", "unit": "unit:foshan", "division": "division:cz-budget"}
DRAFTER, STRANGER = "zh1.officer", "rsc.officer"


def scope_at(box, wanted: str) -> str:
    """The scope of that kind which is nearest to a box: its owner, the owner's unit, or a division of the owner."""
    if wanted == "site":
        return "site"
    if wanted == "unit":
        return getattr(box.owner, "unit", box.owner).scope
    divisions = [each for each in divisions_of(box.owner) if each.code in ("zh1", "cz-office")]
    return box.owner.scope if not divisions else divisions[0].scope


def places(sender, receiver) -> Iterator[tuple[str, str, str]]:
    """Each role with a scope at the sending box, at the receiving box, and somewhere else."""
    for role, kind in expected.ROLE_SCOPES.items():
        yield role, "sending", f"{role}@{scope_at(sender, kind)}"
        yield role, "receiving", f"{role}@{scope_at(receiver, kind)}"
        yield role, "foreign", f"{role}@{FOREIGN[kind]}"


def actors(bench, sender, receiver):
    """Every role, place and relation as an actor with this one appointment."""
    people = {expected.OWN: bench.person(DRAFTER), expected.OTHER: bench.person(STRANGER)}
    for role, place, principal in places(sender, receiver):
        for relation, person in people.items():
            yield role, place, relation, bench.as_role(person, principal)


def a_dispatch(bench, box, mains):
    """A dispatch that lacks nothing, drafted by the case officer."""
    informal = box == BOXES["division"]
    dispatch = bench.draft(DRAFTER, box, mains, informal=informal)
    dispatch.submitted_by = bench.person(DRAFTER)
    dispatch.released_by = bench.person("office.leader")
    return dispatch


def compare(bench, context, rows, states, prepare, allowed):
    """Ask for every cell; list those that differ."""
    wrong = []
    for row in rows:
        prepare(context, row.act)
        for state in states:
            context.state = state
            for who in actors(bench, *bench.ends):
                verdict = bool(engine.may(context, row.act, who[3]))
                if verdict != (state in row.states and allowed(row, *who[:3])):
                    wrong.append((row.act, state, *who[:3], "allowed" if verdict else "refused", row.source))
    assert not wrong, f"{len(wrong)} cells differ:\n" + "\n".join(map(str, wrong[:40]))


def sender_may(row, kind, relation):
    """The relation a row of the sender's side asks for."""
    if row.who is expected.RELEASERS:
        return relation == expected.OTHER
    return any(
        row.who is each for each in (expected.ENTERERS, expected.REVOKERS)
    ) or relation in expected.sender_relation(kind)


def dispatch_facts(dispatch, name):
    """Facts that speak for an act: an unconnected unit's paper for an off-line entry, a day gone by for the check."""
    offline = name == "enter_offline"
    dispatch.document.unit.connection = Connection.NONE if offline else Connection.CONNECTED
    dispatch.channel = "paper" if offline else ""
    dispatch.sent_at = clock.now()


@pytest.mark.parametrize("kind", expected.KINDS)
def test_every_cell_of_the_dispatch(bench, kind):
    box = bench.box(BOXES[kind])
    dispatch = a_dispatch(bench, BOXES[kind], [PEER])
    dispatch_facts(dispatch, "")
    later(days=2)
    bench.ends = (box, bench.box(PEER))
    source = bench.delivered("sz.clerk", "shenzhen", ("gd-office",), by="sz.approver").tracking.deliveries["gd-office"]

    def prepare(context, name):
        context.document.passes_on = source if name == "ask_circulation" else None
        sent_at = context.sent_at
        dispatch_facts(context, name)
        context.sent_at = sent_at

    def allowed(row, role, place, relation):
        return place == "sending" and role in row.who[kind] and sender_may(row, kind, relation)

    compare(bench, dispatch, expected.DISPATCH, expected.DISPATCH_STATES, prepare, allowed)


def delivery_facts(delivery, name):
    """Facts that speak for an act: unopened for a recall, opened otherwise, a request to answer, copies left, P-58 where it is about that."""
    now = clock.now()
    rule = RuleValue(int(name == "ask_print"), now, now, "", "", "")
    site(delivery).rules.add("print_needs_consent", rule)
    asked = Consent(PrintKind.FORMAL, 1, "", now, "person:somebody", "")
    passed = Circulation(("shenzhen",), "", now, "somebody")
    delivery.circulations = (passed,) if name in ("grant_circulation", "refuse_circulation") else ()
    delivery.consents = (asked,) if name in ("grant_print", "refuse_print") else ()
    delivery.first_opened_at = None if name == "recall" else clock.now()
    delivery.dispatch.reply_kind = ReplyKind.WRITTEN if name == "reply" else ReplyKind.NONE
    away = site(delivery)["exchange"]["foshan"]
    delivery.box = away if name == "hand_back" else delivery.original_box
    delivery.recall_asked_at = clock.now() if name in ("accept_recall", "refuse_recall") else None


PAIRS = [("unit", kind) for kind in expected.KINDS] + [(kind, "unit") for kind in expected.KINDS[1:]]


@pytest.mark.parametrize(("sending", "receiving"), PAIRS)
def test_every_cell_of_the_delivery(bench, sending, receiving):
    target = PEER if receiving == "unit" else BOXES[receiving]
    dispatch = a_dispatch(bench, BOXES[sending], [target])
    dispatch.state = "sent"
    bench.fan_out(dispatch)
    bench.ends = (bench.box(BOXES[sending]), bench.box(target))
    kinds = {"sending": sending, "receiving": receiving}

    def allowed(row, role, place, relation):
        fits = place == row.side and role in row.who[kinds[row.side]]
        return fits and (row.side == "receiving" or sender_may(row, sending, relation))

    delivery = dispatch.tracking.deliveries[target]
    compare(bench, delivery, expected.DELIVERY, expected.DELIVERY_STATES, delivery_facts, allowed)


def test_every_cell_of_an_internal_delivery(bench):
    """What a box distributes to a division is that division's to receive, and no sender's to recall or acknowledge."""
    source = bench.signed()
    division = bench.root["units"]["gd-office"]["zh2"]
    bench.act("office.registry1", source, "distribute", targets=((division, Part.LEAD),))
    bench.ends = (bench.box("gd-office"), bench.box("gd-office-zh2"))

    def allowed(row, role, place, _relation):
        if row.side == "distributing":  # A role of the whole unit has the same scope at both boxes.
            return place != "foreign" and role in row.who["office"]
        if row.act == "forward":  # only what came directly from another unit.
            return False
        return row.side == place == "receiving" and role in row.who["division"]

    compare(bench, source.assignments[0], expected.DELIVERY, expected.DELIVERY_STATES, delivery_facts, allowed)


def test_every_cell_of_the_assignment(bench):
    delivery = bench.signed()
    bench.act("office.registry1", delivery, "distribute", targets=((bench.person(DRAFTER), Part.READ),))
    bench.ends = (bench.box("jiangmen"), bench.box("gd-office"))

    def prepare(context, _name):
        context.first_opened_at = clock.now()

    def allowed(_row, _role, _place, relation):
        return relation == expected.OWN

    rows, states = expected.ASSIGNMENT, expected.ASSIGNMENT_STATES
    compare(bench, delivery.assignments[0], rows, states, prepare, allowed)


def test_every_cell_of_the_access_proposal(bench):
    """OWN is the proposer."""
    drafter = bench.as_role(bench.person(DRAFTER), "administrator@site")
    proposal = propose(bench.box(PEER), drafter, proposed())
    bench.ends = (bench.box(PEER), bench.box(PEER))

    def allowed(row, role, _place, relation):
        wanted = {"withdraw": {expected.OWN}, "execute": expected.ANY}.get(row.act, {expected.OTHER})
        return role in row.who["unit"] and relation in wanted

    compare(bench, proposal, expected.ACCESS, expected.ACCESS_STATES, lambda *_facts: None, allowed)


CHANGES = {
    "a unit's": (expected.CHANGE, "jm.clerk", "unit_archivist", "unit:jiangmen"),
    "the auditor's": (expected.CHANGE_OF_THE_AUDITOR, "tech", "auditor", "site"),
}


@pytest.mark.parametrize("what", CHANGES)
def test_every_cell_of_the_permission_change(bench, what):
    rows, login, role, scope = CHANGES[what]
    subject = bench.person(login)
    if role == "auditor":
        for kind in TrainingKind:
            enter(subject, kind, date(2012, 12, 1), passed=True, subject="", by=subject)
        subject.appoint(Appointment("liaison", "site", clock.now(), basis="test"))
    change = request_change(bench.actor("admin"), subject, "grant", role=role, scope=scope, reason="试验")
    bench.ends = (bench.box("gd-office"), bench.box("jiangmen"))
    owner = "receiving" if scope.startswith("unit") else "sending"
    approved = Step(bench.person("auditor"), clock.now())

    def prepare(context, name):
        """Facts that speak for an act: decided just now or long ago, or executed and in force."""
        context.decided = approved._replace(at=clock.now() - timedelta(days=40)) if name == "lapse" else approved
        context.executed = Step(bench.person("admin"), clock.now())
        if name == "verify" and context.result is None:
            context.result = subject.appoint(Appointment(role, scope, clock.now(), basis="test"))

    def allowed(row, role, place, _relation):
        wanted = row.who["site"] if expected.ROLE_SCOPES[role] == "site" else row.who["unit"]
        return role in wanted and (expected.ROLE_SCOPES[role] == "site" or place == owner)

    compare(bench, change, rows, expected.CHANGE_STATES, prepare, allowed)
    change.state = "submitted"
    assert engine.may(change, "withdraw", bench.actor("admin"))
    assert not engine.may(change, "withdraw", bench.actor(login))
    change.state = "approved"
    prepare(change, "lapse")
    assert engine.may(change, "lapse", system_actor(bench.registry))


def test_every_cell_of_the_handover(bench):
    """Each confirms in person, in turn; nobody else may, whatever the role (R-6.3)."""
    handover = record_handover(
        bench.actor("admin"),
        bench.person("admin"),
        bench.person("tech"),
        "administrator",
        items="x",
        day=date(2013, 1, 7),
    )
    bench.ends = (bench.box("gd-office"), bench.box("jiangmen"))
    compare(bench, handover, expected.HANDOVER, expected.HANDOVER_STATES, lambda *_facts: None, lambda *_cell: False)
    for row in expected.HANDOVER:
        for state in expected.HANDOVER_STATES:
            handover.state = state
            for side, login in (("giver", "admin"), ("taker", "tech"), ("", "auditor")):
                wanted = state in row.states and side == row.side
                assert bool(engine.may(handover, row.act, bench.actor(login))) is wanted, (row.act, state, login)


def test_every_cell_of_the_suspension(bench):
    """7.2: only the operating office's leader decides; only the auditor reviews (R-39.3, R-39.4)."""
    suspension = suspend(bench.actor("tech"), bench.person("jm.clerk"), reason="试验")
    bench.ends = (bench.box("gd-office"), bench.box("jiangmen"))

    def prepare(context, _name):
        context.person.state, context.person.suspension = "suspended", context

    def allowed(row, role, place, _relation):
        return role in row.who["site"] or (role in row.who["unit"] and place == "sending")

    compare(bench, suspension, expected.SUSPENSION, expected.SUSPENSION_STATES, prepare, allowed)


def test_every_cell_of_the_inspection(bench):
    """R-39.1, R-39.2: the operators record; only who may suspend finds a violation, and a suspension waits for the leader."""
    inspection = plan(bench.actor("tech"), bench.person("jm.clerk"), "random", "计算机", date(2013, 1, 7))
    bench.ends = (bench.box("gd-office"), bench.box("jiangmen"))
    compare(
        bench, inspection, expected.INSPECTION, expected.INSPECTION_STATES, lambda *_facts: None,
        lambda row, role, *_where: role in row.who["site"],
    )  # fmt: skip


def test_every_cell_of_the_countersignature_the_gap_and_the_alarm(bench):
    """SOD-12, R-7.1, R-7.5: the auditor alone."""
    key = SystemKey.load(bench.registry.govrepo_settings.path("system_key"))
    checkpoint = put_forward(bench.root, sign("ab" * 32, 9, b"\1" * 32, key), system_actor(bench.registry))
    gap = open_gap(bench.root, system_actor(bench.registry), "/x", "x", "x", (Discrepancy("state"),))
    alarm = raise_alarm(bench.root, system_actor(bench.registry), "clock", "时钟回拨")
    bench.ends = (bench.box("gd-office"), bench.box("jiangmen"))
    for number, login in enumerate((DRAFTER, STRANGER)):
        bench.root.trust.bind(f"AA0{number}", bench.person(login).id)
    for made, rows, states in (
        (checkpoint, expected_auditor.COUNTERSIGNATURE, ("waiting", "signed")),
        (gap, expected_auditor.JOURNAL_GAP, ("open", "explained")),
        (alarm, expected_auditor.ALARM, ("open", "acknowledged")),
    ):
        compare(bench, made, rows, states, lambda *_facts: None, lambda row, role, *_: role in row.who["site"])


def test_every_cell_of_the_system_change(bench):
    """R-13.1: the leader of the operating office consents, the requester submits, the operators do the rest."""
    change = apply(bench.actor("jm.approver"), bench.root, "接入考勤系统", "统一登录")
    bench.ends = (bench.box("gd-office"), bench.box("jiangmen"))
    change.consent = Step(bench.person("office.leader"), clock.now())

    def allowed(row, role, place, _relation):
        return role in row.who["site"] or (role in row.who["unit"] and place == "sending")

    compare(bench, change, expected.SYSTEM_CHANGE, expected.SYSTEM_CHANGE_STATES, lambda *_facts: None, allowed)
    change.state = "consented"
    assert engine.may(change, "submit", bench.actor("jm.approver"))
    assert not engine.may(change, "submit", bench.actor("jm.clerk"))


@pytest.mark.parametrize("kind", expected.KINDS)
def test_every_permission_at_a_box(bench, kind):
    box = bench.box(BOXES[kind])
    for role, place, _relation, actor in actors(bench, box, bench.box(PEER)):
        for permission, who in expected.BOX_PERMISSIONS.items():
            wanted = place == "sending" and role in who[kind]
            assert actor.allowed(permission, box) is wanted, (permission, role, place)


def test_every_permission_at_the_site(bench):
    box = bench.box(PEER)
    for role, _place, _relation, actor in actors(bench, box, box):
        for permission, roles in expected.SITE_PERMISSIONS.items():
            assert actor.allowed(permission, bench.root) is (role in roles), (permission, role)
        assert all(actor.allowed(permission, bench.root) for permission in expected.EVERYBODY)
        assert not any(actor.allowed(permission, bench.root) for permission in expected.PERSONAL)


def test_every_cell_of_the_certificate(bench, authority):
    """The person's own acts, the officers' acts, and never an officer's on the own certificate (R-28.2, SOD-4)."""
    certificate = active(bench, DRAFTER)
    bench.ends = (bench.box("gd-office"), bench.box("jiangmen"))
    now = clock.now()

    def prepare(context, name):
        context.losses = (Statement(context.person, now, ""),)
        context.auditor_notes = (Statement(bench.person("auditor"), now, ""),)

    def allowed(row, role, _place, relation):
        if relation == expected.OWN and row.act == "report_loss":
            return True
        by_role = role in row.who and row.relation in ("", relation)
        return by_role or row.relation == relation == expected.OWN

    compare(bench, certificate, expected.CERTIFICATE, expected.CERTIFICATE_STATES, prepare, allowed)
    certificate.state = "active"
    assert engine.may(certificate, "expire", system_actor(bench.registry))


def test_sod_3_the_three_officers_hold_no_permission_in_any_box(bench):
    """SOD-3, R-7.6, R-8.3: neither by a grant nor through any ACL of the site."""
    assert not {role for role, _kinds, _grants in BOX_GRANTS} & {Role(each) for each in expected.OFFICERS}
    running = re.compile("exchange:(incident|duty)")  # 7.2 "incidents, duty roster": theirs to read or keep.
    business = [each for each in Permission if each.startswith(("exchange:", "records:")) and not running.match(each)]
    for officer in expected.OFFICERS:
        actor = bench.as_role(bench.person("admin"), f"{officer}@site")
        for box in bench.root["exchange"].values():
            assert not [each for each in business if actor.allowed(each, box)], (officer, box.title)


def test_nothing_of_this_was_kept(bench):
    """The tests of this module work in transactions that are thrown away."""
    assert len(bench.box("jiangmen")["outbox"]) == 0
    transaction.abort()
