"""A plate is plain values."""

from govrepo.typeset import Format
from tests.govrepo.typeset.plates import plate


def test_plates_of_the_same_values_are_the_same():
    assert plate() == plate()
    assert hash(plate()) == hash(plate())
    assert plate(format=Format.LETTER) != plate()
