"""The code on a cover: digits only, the same for the same parcel, with a check digit that shows slips (R-N2.1)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies import paper_code

NAMES = st.text(min_size=1, max_size=40)


@given(NAMES, NAMES)
def test_a_code_is_sixteen_digits_and_reads_back(one, other):
    code = paper_code.make(one, other)
    assert len(code) == 16
    assert code.isdecimal()
    assert code == paper_code.make(one, other)
    assert paper_code.read(paper_code.shown(code)) == code
    assert paper_code.read(f" {code[:8]}-{code[8:]}\n") == code


@given(NAMES, st.integers(0, 15), st.integers(1, 9))
def test_any_one_wrong_digit_is_seen(name, place, by):
    code = paper_code.make(name)
    wrong = code[:place] + str((int(code[place]) + by) % 10) + code[place + 1 :]
    with pytest.raises(ValueError, match=wrong):
        paper_code.read(wrong)


@pytest.mark.parametrize(
    "text", ["", "1", "123456789012345", "1234 5678 9012 345x", "１２３４５６７８９０１２３４５６"]
)
def test_what_is_no_code_is_not_read(text):
    with pytest.raises(ValueError, match=text or "^$"):
        paper_code.read(text)


def test_the_check_digit_is_luhns():
    assert paper_code.check_digit("7992739871") == "3"


def test_a_code_is_found_wherever_the_parcel_goes_its_own_box_first(bench):
    dispatch = bench.delivered(mains=("gd-office", "guangzhou"))
    item = bench.paper(dispatch, "gd-office")
    assert paper_code.find(bench.box("gd-office"), item.code) is item
    assert paper_code.find(bench.box("guangzhou"), item.code) is item
    assert paper_code.find(bench.box("gd-office"), paper_code.make("nothing")) is None
