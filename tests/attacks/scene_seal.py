"""Seals of a city in every state, for attacks; somebody of the office keeps them by an appointment in the city."""

from govrepo import clock
from govrepo.identifiers import new_uid
from tests.policies import units
from tests.policies.seals import applied, scanned

UNIT, APPLICANT, KEEPER = "jiangmen", "jm.admin", "office.seal"
WHO = {"approve": "office.leader", "make": "security", "activate": KEEPER, "report_loss": KEEPER, "note": "auditor"}
WHO |= {"ask_destroy": APPLICANT, "approve_destroy": "office.leader"}
WORDS = {"report_loss": {"note": "x"}, "note": {"note": "x"}}


def seal(*acts):
    """The maker of a seal on which these acts were done."""

    def made(bench):
        keeper, unit = bench.person(KEEPER), bench.root["units"][UNIT]
        if f"unit_seal_keeper@{unit.scope}" not in keeper.principals(clock.now()):
            units.grant(bench, keeper, "unit_seal_keeper", unit.scope)
        name = f"{unit.name}{new_uid('')}"
        found = applied(bench, APPLICANT, UNIT, kind="special", name=name, keeper=keeper)
        for act in acts:
            more = {"note": "x", "upload": scanned(bench, APPLICANT)} if act == "ask_destroy" else WORDS.get(act, {})
            bench.act(WHO[act], found, act, **more)
        return found

    return made


IN_USE = ("approve", "make", "activate")
SEALS = {
    "seal": seal(*IN_USE),
    "seal_applied": seal(),
    "seal_approved": seal("approve"),
    "seal_made": seal("approve", "make"),
    "seal_active": seal(*IN_USE),
    "seal_lost": seal(*IN_USE, "report_loss"),
    "seal_noted": seal(*IN_USE, "report_loss", "note"),
    "seal_ending": seal(*IN_USE, "ask_destroy"),
    "seal_ended": seal(*IN_USE, "ask_destroy", "approve_destroy"),
}
