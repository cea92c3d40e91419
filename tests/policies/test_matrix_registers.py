"""Every cell of register entries, numbers and series, compared with the tables written by hand (see test_matrix.py)."""

from datetime import date

import pytest

from content_types.number_series import SeriesKind
from content_types.register_entry import Reading
from govrepo import clock
from policies import engine
from policies.actor import system_actor
from policies.entry_access import renew_access
from policies.registering import enter_in_register, facts_of
from tests.policies import expected, expected_registers
from tests.policies.test_matrix import BOXES, DRAFTER, PEER, compare

REGISTERS = ("office", "division")


def an_entry(bench, kind):
    """An entry of a box's register, with a number, for reading and for handling alike; every request made by somebody else."""
    login = "office.registry1" if kind == "office" else "zh1.receiver"
    delivery = bench.signed(login, BOXES[kind])
    return enter_in_register(
        delivery.box, facts_of(delivery)._replace(handling="reading"), bench.actor(login), delivery
    )


def entry_facts(entry, name):
    """Facts that speak for an act: nothing asked yet, or asked by somebody else; a reply given; handed over just now."""
    entry.asked_by = None if name.startswith("ask_") else entry.box
    entry.replied_at = entry.handed_at = clock.now()


@pytest.mark.parametrize("kind", REGISTERS)
def test_every_cell_of_the_register_entry(bench, kind):
    """5.5 and 7.2: the register's keepers and instructors at its box, the lead at its division, the readers in person."""
    entry = an_entry(bench, kind)
    lead = bench.root["units"]["gd-office"]["zh2"]
    bench.ends = (bench.box(BOXES[kind]), bench.box("gd-office-zh2"))
    entry.lead = lead
    entry.readings = (Reading(bench.person(DRAFTER), clock.now()),)
    renew_access(entry, bench.registry)

    def allowed(row, role, place, relation):
        if row.side == "reader":
            return relation == expected.OWN
        if row.side == "lead":
            at_home = kind == "division" and row.act == "reopen" and place == "sending"
            return (place == "receiving" and role in row.who["lead"]) or (at_home and role == "head")
        if expected.ROLE_SCOPES[role] == "unit":  # A role of the whole unit has the same scope at both boxes.
            return place != "foreign" and role in row.who[kind]
        return place == "sending" and role in row.who[kind]

    rows = [row for row in expected_registers.ENTRY if not (kind == "office" and row.act == "to_office")]
    compare(bench, entry, rows, expected_registers.ENTRY_STATES, entry_facts, allowed)


@pytest.mark.parametrize("kind", REGISTERS)
def test_every_cell_of_numbers_and_their_series(bench, kind):
    entry = an_entry(bench, kind)
    number, series = entry.number, entry.number.series
    bench.ends = (bench.box(BOXES[kind]), bench.box(PEER))

    def prepare(context, name):
        """Facts that speak for an act: a number that nothing bears, in time, or for the system's act out of time."""
        context.until = date(2013, 1, 1) if name == "expire" else None

    def allowed(row, role, place, _relation):
        return place == "sending" and role in row.who[kind]

    rows = [row for row in expected_registers.NUMBER if row.act != "void"]
    compare(bench, number, rows, expected_registers.NUMBER_STATES, prepare, allowed)
    void = [row._replace(states=frozenset({"reserved"})) for row in expected_registers.NUMBER if row.act == "void"]
    compare(bench, number, void, ("reserved", "void"), prepare, allowed)

    def flag(context, name):
        """Facts that speak for R-24.3: a series of documents, flagged or not."""
        context.kind, context.leader_recheck = SeriesKind.DOCUMENT, name == "waive_leader"

    compare(bench, series, expected_registers.SERIES, ("active", "ended"), flag, allowed)
    number.state = "reserved"
    prepare(number, "expire")
    assert engine.may(number, "expire", system_actor(bench.registry))
