"""Every cell of the outgoing document's table against the expectation (expected_outgoing.py; see test_matrix.py)."""

from datetime import timedelta

import pytest

from content_types.file_object import FileRole
from content_types.production import CheckOut, Opinion, PlateJob, Step
from govrepo import clock
from policies import engine
from policies.actor import system_actor
from tests.policies import expected, expected_outgoing
from tests.policies.bench import EDITABLE, SCAN
from tests.policies.outgoing import Chain
from tests.policies.test_matrix import DRAFTER, actors, compare

ON_PAPER = ("take_scan", "attach_scan")
WITHOUT_PLATE = ("cancel", *ON_PAPER)


@pytest.fixture
def document(bench):
    """One that lacks nothing, drafted by OWN; its plate was made by a third person."""
    chain = Chain(bench)
    made = chain.draft()
    made.drafter = made.case_officer = bench.person(DRAFTER)
    made.date, made.number = clock.today(), "粤府〔2013〕1号"
    made.plates = (PlateJob(clock.now(), chain.people["plate"], made.number, clock.now(), _plate(bench), 2),)
    bench.ends = (bench.box("gd-government"), bench.box("jiangmen"))
    return made


def _plate(bench):
    return bench.file(FileRole.PLATE, "清样.pdf", "pdf")


def speaking_for(bench, document):
    """Facts that speak for an act: reviewed or not, on paper or with plate and seal, flagged or not, given up or not."""
    said = Opinion(clock.now(), bench.person("office.leader"), Step.REVIEW, agreed=True, text="")
    files = tuple(bench.file(*each) for each in (SCAN, EDITABLE))

    def prepare(context, name):
        context.opinions = (said,) if name == "sign" else ()
        context.unit.has_plate = context.unit.has_seal = name not in ON_PAPER
        context.files = files if name in ON_PAPER else ()
        context.series.leader_recheck = name == "proof_ok_leader"
        context.asked_cancel = None if name == "ask_cancel" else bench.person("office.leader")
        held = CheckOut(bench.person(DRAFTER), clock.now() + timedelta(hours=1))
        context.checked_out = held if name == "check_in" else None

    return prepare


def test_every_cell_of_the_outgoing_document(bench, document):
    def allowed(row, role, place, relation):
        if row.side == "system" or role not in row.who["desk"]:
            return False
        if row.side not in ("any", relation):
            return False
        return place == "sending"

    compare(
        bench, document, expected_outgoing.OUTGOING, expected_outgoing.STATES, speaking_for(bench, document), allowed
    )
    for row in expected_outgoing.OUTGOING:
        document.state = next(iter(row.states))
        assert bool(engine.may(document, row.act, system_actor(bench.registry))) is (row.side == "system"), row.act


def test_every_permission_at_a_desk(bench, document):
    """7.2: o at the own division or unit; R-7.6, R-8.3: none for the officers of the site."""
    for role, place, _relation, actor in actors(bench, *bench.ends):
        for permission, roles in expected_outgoing.DESK_PERMISSIONS.items():
            wanted = place == "sending" and role in roles
            assert actor.allowed(permission, document) is wanted, (permission, role, place)
            assert not (wanted and role in expected.OFFICERS)
