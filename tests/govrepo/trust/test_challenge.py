"""Challenges: for this site, this purpose, three minutes, and once."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from govrepo import clock
from govrepo.security.secrets import Secrets
from govrepo.trust.challenge import LIFE, LOGIN, WORDS, BadChallengeError, challenge, prune, spend
from govrepo.trust.data import TrustData

HERE = "https://exchange.example"


@pytest.fixture
def registry():
    return SimpleNamespace(secrets=Secrets(b"x" * 64))


@pytest.fixture
def root():
    return SimpleNamespace(trust=TrustData())


@pytest.fixture
def now():
    return clock.now()


def code(root, registry, text, now, origin=HERE, purpose=LOGIN):
    with pytest.raises(BadChallengeError) as error:
        spend(root, registry, text, origin, purpose, now)
    assert error.value.code in WORDS
    return error.value.code


def test_it_is_good_once(root, registry, now):
    text = challenge(registry, HERE, LOGIN, now)
    spend(root, registry, text, HERE, LOGIN, now)
    assert code(root, registry, text, now) == "spent_challenge"
    spend(root, registry, challenge(registry, HERE, LOGIN, now), HERE, LOGIN, now)


def test_it_is_good_for_three_minutes(root, registry, now):
    text = challenge(registry, HERE, LOGIN, now)
    assert timedelta(minutes=3) == LIFE
    assert code(root, registry, text, now + LIFE) == "late_challenge"
    spend(root, registry, text, HERE, LOGIN, now + LIFE - timedelta(seconds=1))


def test_it_is_good_here_and_for_this_only(root, registry, now):
    text = challenge(registry, HERE, LOGIN, now)
    assert code(root, registry, text, now, origin="https://phishing.example") == "foreign_challenge"
    assert code(root, registry, text, now, origin="http://exchange.example") == "foreign_challenge"
    assert code(root, registry, text, now, purpose="receipt") == "foreign_challenge"


@pytest.mark.parametrize(
    "change",
    [
        lambda text: "",
        lambda text: text + "\n",
        lambda text: text.replace("login", "receipt"),
        lambda text: text.replace("expires: 1", "expires: 2"),
        lambda text: text[:-2] + ("0" if text[-2] != "0" else "1") + "\n",
        lambda text: text.rpartition("seal: ")[0],
    ],
)
def test_only_the_sites_own_text_counts(root, registry, now, change):
    text = challenge(registry, HERE, LOGIN, now)
    assert code(root, registry, change(text), now) == "foreign_challenge"
    assert not root.trust.spent
    other = SimpleNamespace(secrets=Secrets(b"y" * 64))
    assert code(root, other, text, now) == "foreign_challenge"


def test_used_ones_are_forgotten_when_they_have_expired(root, registry, now):
    text = challenge(registry, HERE, LOGIN, now)
    spend(root, registry, text, HERE, LOGIN, now)
    prune(root, now + LIFE - timedelta(seconds=1))
    assert code(root, registry, text, now) == "spent_challenge"
    prune(root, now + LIFE)
    assert not root.trust.spent
    assert code(root, registry, text, now + LIFE) == "late_challenge"
