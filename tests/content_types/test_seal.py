"""The seal as it is stored (domain.md 4.12)."""

from datetime import UTC, date, datetime

import pytest

from content_types.seal import Application, Emblem, Face, Purpose, Seal, SealKind, bears_name
from content_types.unit import FormerName, Unit, UnitKind

AT = datetime(2013, 1, 7, tzinfo=UTC)


def seal(unit, kind=SealKind.OFFICIAL, name="某某市人民政府"):
    form = Application(Purpose.MAKE, None, AT, "某府〔2013〕1号", "申请.pdf", None)
    return Seal(unit, kind, Face(name, 45, Emblem.EMBLEM), form, None)


def test_a_seal_begins_as_an_application():
    made = seal(None)
    assert (made.state, made.title, made.name) == ("applied", "某某市人民政府", "某某市人民政府")
    assert (made.image, made.image_sha256, made.key_name, made.serial) == (None, "", "", "")
    assert made.uid.startswith("m")


@pytest.mark.parametrize(
    ("kind", "name", "fits"),
    [
        (SealKind.OFFICIAL, "某某市人民政府", True),
        (SealKind.OFFICIAL, "某某市人民政府办公室", False),
        (SealKind.SPECIAL, "某某市人民政府收文专用章", True),
        (SealKind.SPECIAL, "某某市人民政府", False),
        (SealKind.SPECIAL, "别处收文专用章", False),
        (SealKind.SIGNATURE, "甲子安", True),
    ],
)
def test_p_12_the_ring_bears_the_units_name(kind, name, fits):
    assert bears_name(Unit("x", "某某市人民政府", UnitKind.CITY), kind, name, date(2013, 1, 7)) is fits


def test_p_12_the_name_of_the_day_counts():
    unit = Unit("x", "新新市人民政府", UnitKind.CITY)
    unit.names = (FormerName("某某市人民政府", "", date(2013, 1, 6)),)
    assert seal(unit).bears_name_on(date(2013, 1, 6))
    assert not seal(unit).bears_name_on(date(2013, 1, 7))
