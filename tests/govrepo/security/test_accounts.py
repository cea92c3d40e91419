from datetime import UTC, datetime, timedelta

from govrepo import clock
from govrepo.security import accounts
from tests.govrepo.security.site import Person

NOW = datetime(2013, 1, 4, 9, tzinfo=UTC)


def test_a_session_is_held_until_closed():
    account = Person("alice")
    with clock.frozen(NOW):
        first, second = (accounts.open_session(account, "10.0.0.7") for _ in range(2))
        assert first != second
        assert account.sessions[first] == {"opened": clock.micros(NOW), "address": "10.0.0.7"}
        accounts.close_session(account, first)
        accounts.close_session(account, first)
        assert not accounts.holds_session(account, first, 12)
        assert accounts.holds_session(account, second, 12)
        accounts.revoke_all(account)
        assert not accounts.holds_session(account, second, 12)


def test_a_session_ends_after_its_hours():
    account = Person("alice")
    with clock.frozen(NOW):
        serial = accounts.open_session(account, "")
    with clock.frozen(NOW + timedelta(hours=12, seconds=-1)):
        assert accounts.holds_session(account, serial, 12)
    with clock.frozen(NOW + timedelta(hours=12)):
        assert not accounts.holds_session(account, serial, 12)


def test_an_account_keeps_its_newest_sessions():
    account, serials = Person("alice"), []
    for minute in range(accounts.MAX_SESSIONS + 3):
        with clock.frozen(NOW + timedelta(minutes=minute)):
            serials.append(accounts.open_session(account, ""))
    assert set(account.sessions) == set(serials[3:])


def test_the_principal_of_a_person():
    assert accounts.person(Person("p0012")) == "person:p0012"
