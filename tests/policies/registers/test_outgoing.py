"""What is indexed of outgoing documents (domain.md 5.1, part 6)."""

import pytest

from policies.registers.keys import moment
from policies.registers.outgoing import OUTGOING, number_of, since
from tests.policies.outgoing import Chain


@pytest.fixture
def chain(bench):
    return Chain(bench)


def test_all_keys_are_plain(chain):
    document = chain.plating()
    for index in OUTGOING.indexes:
        values = index.getter(document)
        assert {type(each) for each in (values if index.kind == "keyword" else [values])} <= {int, str}, index.name


def test_it_says_number_desk_and_since_when_it_lies_there(chain):
    document = chain.draft()
    said = OUTGOING.values(document)
    assert (said["desk_state"], said["series"], said["sequence"]) == ("desk-gd-government-zh1:draft", "", 0)
    document = chain.plating()
    said = OUTGOING.values(document)
    assert (said["desk_state"], said["series"], said["year"], said["sequence"]) == (
        "desk-gd-government-zh1:plating",
        "粤府",
        2013,
        1,
    )
    assert since(document) == moment(document.history[-1].at)
    assert str(number_of(document)) == "粤府〔2013〕1号"


def test_what_has_no_history_counts_from_its_making(chain):
    document = chain.draft()
    document.history = ()
    assert since(document) == moment(document.created)
