"""The table of letters agrees with the other tables."""

from policies.delivery import TABLE
from policies.dispatch import TABLE as DISPATCHES
from policies.register_entry import TABLE as ENTRIES
from policies.sample.letters import ALL_BODIES, ALL_CITIES, LETTERS, NOTICE
from policies.sample.organisation import BUILDING, UNCONNECTED
from policies.sample.people import posts
from policies.vocabulary import RETURN_REASONS

LOGINS = {post.login for post in posts()}
LETTERS_AND_NOTICE = (*LETTERS, NOTICE)


def test_the_days_go_forward():
    days = [letter.days for letter in LETTERS]
    assert days == sorted(days, reverse=True)


def test_clerks_and_approvers_exist():
    assert {each for letter in LETTERS_AND_NOTICE for each in (letter.clerk, letter.approver)} <= LOGINS


def test_acts_and_reasons_exist():
    known = {row.name for row in (*TABLE.transitions, *ENTRIES.transitions)} | {"open", "close"}
    acts = [act.partition(":") for letter in LETTERS for acts in letter.happened.values() for act in acts.split()]
    assert {name for name, _colon, _detail in acts} <= known
    assert {detail for name, _colon, detail in acts if name in {"return", "late_return"}} <= set(RETURN_REASONS.terms)
    assert {step for letter in LETTERS for step in letter.steps.split()} <= {row.name for row in DISPATCHES.transitions}


def test_no_number_is_used_twice_by_a_box():
    numbers = [(letter.box, letter.code, letter.sequence) for letter in LETTERS_AND_NOTICE if letter.sequence]
    assert len(set(numbers)) == len(numbers)


def test_the_notice_goes_to_all_whom_its_address_line_names():
    assert len(ALL_CITIES) == 22
    assert NOTICE.mains == (*ALL_CITIES, *ALL_BODIES)
    assert not {BUILDING, UNCONNECTED} & set(NOTICE.mains)
