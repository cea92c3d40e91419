import time
from datetime import UTC, datetime, timedelta

import pytest
from argon2 import PasswordHasher

from govrepo import clock
from govrepo.security import passwords
from tests.govrepo.security.site import Person

NOW = datetime(2013, 1, 4, 9, tzinfo=UTC)
DAYS = 90


@pytest.fixture(scope="module")
def stored():
    return passwords.hash_password("厅办公室的密码2013")


def test_a_password_fits_its_own_hash_alone(stored):
    assert stored.startswith("$argon2id$")
    assert passwords.verify_password(stored, "厅办公室的密码2013")
    assert not passwords.verify_password(stored, "厅办公室的密码2014")


@pytest.mark.parametrize("damaged", ["", "$argon2id$", "plain text"])
def test_without_a_proper_hash_nothing_fits(damaged):
    assert not passwords.verify_password(damaged, "")
    assert not passwords.verify_password(damaged, "nobody")


def test_composed_and_decomposed_characters_are_one_password():
    assert passwords.verify_password(passwords.hash_password("café-2013-abc"), "cafe\u0301-2013-abc")


def test_long_passwords_work_up_to_the_limit_and_never_fail_beyond():
    longest = "长" * 341
    assert passwords.verify_password(passwords.hash_password(longest), longest)
    assert not passwords.verify_password(passwords.hash_password(longest), longest + "长" * 5000)
    with pytest.raises(ValueError, match="1024"):
        passwords.hash_password("长" * 342)


def test_a_lone_surrogate_is_wrong_but_no_error(stored):
    assert not passwords.verify_password(stored, "\ud800")


def _milliseconds(stored, password):
    times = []
    for _ in range(5):
        start = time.perf_counter()
        passwords.verify_password(stored, password)
        times.append(time.perf_counter() - start)
    return sorted(times)[2] * 1000


def test_an_unknown_name_costs_what_a_known_one_costs(stored):
    passwords.verify_password("", "warm up")
    known, unknown = _milliseconds(stored, "wrong"), _milliseconds("", "wrong")
    assert 0.4 < unknown / known < 2.5


def test_a_hash_with_other_parameters_is_made_anew(stored):
    assert not passwords.needs_rehash(stored)
    assert passwords.needs_rehash(PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash("x"))


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("九个字符不够长啊！", passwords.TOO_SHORT),
        ("长" * 342, passwords.TOO_LONG),
        ("ALICE.LONG", passwords.IS_LOGIN),
        ("the present one", passwords.UNCHANGED),
        ("another long one", None),
    ],
)
def test_what_is_refused_as_a_new_password(password, code):
    account = Person("alice.long")
    passwords.set_password(account, "the present one")
    assert passwords.weakness(account, password, 10) == code


def test_a_password_is_due_when_initial_temporary_or_old():
    account = Person("alice")
    with clock.frozen(NOW):
        assert passwords.is_due(account, DAYS)
        passwords.set_password(account, "a first password", temporary=True)
        assert passwords.is_due(account, DAYS)
        passwords.set_password(account, "an own password")
        assert not passwords.is_due(account, DAYS)
    with clock.frozen(NOW + timedelta(days=90)):
        assert not passwords.is_due(account, DAYS)
    with clock.frozen(NOW + timedelta(days=90, seconds=1)):
        assert passwords.is_due(account, DAYS)
    account.password_changed = None
    assert passwords.is_due(account, DAYS)
