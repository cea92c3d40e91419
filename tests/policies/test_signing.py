"""Who signs what (R-25.1, R-9.3): the setting, the certificate, the capacity, and what the journal keeps."""

import json

import pytest

from content_types.appointment import Capacity
from govrepo import clock
from govrepo.trust import data
from policies import dispatch, engine, signing
from policies.actor import system_actor
from policies.delivery import TABLE

CLERK = "office.registry1"
SIGN = TABLE.transition("sign_for")


@pytest.fixture
def required(bench, monkeypatch):
    monkeypatch.setitem(bench.registry.govrepo_settings._values, "signatures", "required")


def bind(bench, login, serial="0A"):
    bench.root.trust.bind(serial, bench.person(login).id)
    return serial


def test_sign_for_consent_to_print_and_release_are_signed():
    signed = [
        f"{table.noun}.{row.name}" for table in (TABLE, dispatch.TABLE) for row in table.transitions if row.signed
    ]
    assert signed == ["delivery.sign_for", "delivery.grant_print", "dispatch.release"]


def test_who_has_no_certificate_acts_and_the_system_attests(bench):
    delivery = bench.signed()
    assert delivery.history[-1].attestation is None
    assert delivery.receipts[-1].attestation is None
    assert json.loads(delivery.receipts[-1].text)["attested"] == ""
    assert bench.journaled("delivery.sign_for")[-1].details["attested"] == "system"
    assert "attested" not in bench.journaled("delivery.open")[-1].details


def test_r_25_1_who_has_one_signs(bench):
    delivery = bench.opened()
    bind(bench, CLERK)
    assert signing.asked(SIGN, bench.actor(CLERK))
    assert bench.refusal(CLERK, delivery, "sign_for") == ["R-25.1"]
    assert engine.may(delivery, "sign_for", bench.actor(CLERK)), "the button is there: the act may be done, signed"


def test_where_signatures_are_required_nobody_acts_without_a_certificate(bench, required):
    actor = bench.actor(CLERK)
    assert signing.asked(SIGN, actor)
    assert "没有有效的证书" in signing.hindrance(SIGN, actor)
    bind(bench, CLERK)
    assert signing.hindrance(SIGN, actor) is None


def test_r_9_3_who_has_lost_it_waits(bench):
    delivery, serial = bench.opened(), bind(bench, CLERK)
    data.hold(bench.root, serial, clock.now())
    assert bench.refusal(CLERK, delivery, "sign_for") == ["R-25.1"]
    assert "挂失" in engine.may(delivery, "sign_for", bench.actor(CLERK)).reasons[0].text
    assert engine.may(delivery, "return", bench.actor(CLERK)), "what needs no signature goes on"
    other = bind(bench, CLERK, "0B")
    assert signing.hindrance(SIGN, bench.actor(CLERK)) is None, "a new certificate takes the lost one's place"
    data.revoke(bench.root, other, "superseded", clock.now())
    data.revoke(bench.root, serial, "keyCompromise", clock.now())
    assert not signing.asked(SIGN, bench.actor(CLERK)), "revoked for good: as without one"


def test_the_system_is_never_asked(bench, required):
    system = system_actor(bench.registry)
    assert not signing.asked(SIGN, system)
    assert signing.hindrance(SIGN, system) is None


def test_the_capacity_names_the_appointments_that_allow_it(bench):
    delivery = bench.opened()
    act = engine.Act(delivery, bench.actor(CLERK), clock.now())
    assert signing.capacity(SIGN, act) == "机要档案科收文员"
    for appointment in bench.person(CLERK).appointments(clock.now()):
        appointment.capacity = Capacity.DESIGNATED
    assert signing.capacity(SIGN, act) == "机要档案科收文员（指定）"


def test_nobody_prepares_what_is_never_signed_or_not_theirs(bench):
    delivery = bench.opened()
    with pytest.raises(KeyError):
        engine.prepare(delivery, "return", bench.actor(CLERK))
    with pytest.raises(engine.Refused):
        engine.prepare(delivery, "sign_for", bench.actor("jm.clerk"))
    prepared = engine.prepare(delivery, "sign_for", bench.actor(CLERK))
    assert (prepared.act, prepared.uid) == ("delivery.sign_for", delivery.uid)
    assert list(bench.person(CLERK).to_sign) == [prepared.nonce]
