"""The outgoing document (domain.md 4.5, 4.11; S-3, S-7)."""

from datetime import date
from types import SimpleNamespace

from content_types.official_document import FINAL
from content_types.outgoing_document import OutgoingDocument
from content_types.production import LegalChange, LegalState, PlateJob


def unit(level):
    return SimpleNamespace(level=level, name="某机关")


def test_s_3_a_document_to_a_superior_is_upward():
    document = OutgoingDocument(SimpleNamespace(unit=unit(1)), None)
    assert not document.upward
    document.mains = (SimpleNamespace(unit=unit(1)), SimpleNamespace(unit=unit(2)))
    assert not document.upward
    document.mains = (SimpleNamespace(unit=unit(0)),)
    assert document.upward


def test_s_7_the_lead_comes_first_among_the_issuers():
    lead, other = unit(1), unit(1)
    document = OutgoingDocument(SimpleNamespace(unit=lead), None)
    document.issuers = (other,)
    assert document.signatories == (lead, other)


def test_the_newest_plate_counts():
    document = OutgoingDocument(SimpleNamespace(unit=unit(1)), None)
    assert document.plate is None
    document.plates = (PlateJob(None, None, "1"), PlateJob(None, None, "2"))
    assert document.plate.number == "2"


def test_p_74_it_is_frozen_from_the_seal_on_and_not_before():
    document = OutgoingDocument(SimpleNamespace(unit=unit(1)), None)
    for state in ("draft", "review", "signed", "rechecked", "plating", "proofing", "leader_recheck", "sealing", "void"):
        document.state = state
        assert not document.frozen
    for state in FINAL:
        document.state = state
        assert document.frozen


def test_s_9_it_is_in_force_until_it_is_said_otherwise():
    document = OutgoingDocument(SimpleNamespace(unit=unit(1)), None)
    assert (document.legal_state, document.legal_date) == (LegalState.VALID, None)
    document.legal_changes = (
        LegalChange(None, None, LegalState.REPEALED, date(2014, 2, 1), "不再适用", "粤府〔2014〕3号"),
    )
    assert document.legal_date == date(2014, 2, 1)
