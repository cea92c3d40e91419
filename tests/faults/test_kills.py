"""``kill -9`` of the real server at each step of send, fan-out and sign-for, and at random moments under load.

After each restart (:mod:`tests.faults.audit`): what was acknowledged is there, nothing is there twice, journal and
database agree, the worker finishes what was left, the registers are in order. Two hundred and more kills in all.
"""

import itertools

import pytest

from tests.faults.campaign import ACTIONS
from tests.faults.killing import PLACES

TIMES = {"send": (1,), "fan_out": (1, 2), "sign_for": (1,)}
STEPS = [(act, place, nth) for act, place in itertools.product(ACTIONS, PLACES) for nth in TIMES[act]]
SHORT = [
    ("send", "before the vote", 1),
    ("send", "after the vote", 1),
    ("send", "inside the storage's finish", 1),
    ("send", "after the commit", 1),
    ("fan_out", "before journaling", 2),
    ("fan_out", "after the vote", 2),
    ("fan_out", "before the storage forgets", 1),
    ("sign_for", "inside the journal's write", 1),
    ("sign_for", "inside the storage's finish", 1),
    ("sign_for", "after the commit", 1),
]
ROUNDS, RANDOM_KILLS, LETTERS = 5, 80, 200


def ended(campaign, kills):
    """The last word: after the last kill, too, nothing is wrong; and the campaign was one."""
    campaign.restart().kill()
    assert campaign.kills == kills
    assert campaign.acknowledged


@pytest.mark.faults
def test_a_few_kills_at_chosen_steps(campaign):
    for act, place, nth in SHORT:
        campaign.kill_at(act, place, nth)
    campaign.kill_under_load()
    ended(campaign, len(SHORT) + 1)


@pytest.mark.faults_all
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("act", ACTIONS)
def test_kills_at_each_step(campaign, act):
    campaign.write_letters(LETTERS)
    steps = [step for step in STEPS if step[0] == act] * ROUNDS
    for step in steps:
        campaign.kill_at(*step)
    ended(campaign, len(steps))


@pytest.mark.faults_all
@pytest.mark.timeout(1200)
def test_random_kills_under_load(campaign):
    campaign.write_letters(LETTERS)
    for _ in range(RANDOM_KILLS):
        campaign.kill_under_load()
    ended(campaign, RANDOM_KILLS)


def test_the_whole_campaign_has_two_hundred_kills():
    assert len(STEPS) * ROUNDS + RANDOM_KILLS >= 200
