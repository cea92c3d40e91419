"""Alarms from the journal: guessed passwords, a certificate in two places, a clock that jumped, a journal about to stop."""

from datetime import timedelta

import pytest

from govrepo import clock
from govrepo.journal import REFUSED, Entry
from policies import journal_watch
from policies.alarm import KINDS
from policies.journal_watch import ClockWatch
from tests.app import drain, site


@pytest.fixture
def journal(bench):
    return bench.registry.journal


@pytest.fixture
def alarms(bench):
    """The alarms raised since the last look: their kinds and words."""

    def found():
        return [entry.reason for entry in bench.journaled("alarm.raise")]

    return found


def fail(journal, times, login="gz.clerk", address="10.0.0.9"):
    for _ in range(times):
        journal.append_now(Entry("session.login", "anonymous", REFUSED, address=address, details={"login": login}))


def test_repeated_failed_logins_of_an_account_and_from_an_address(bench, journal, alarms):
    for number in range(9):
        fail(journal, 1, "GZ.clerk" if number % 2 else "gz.clerk", f"10.0.0.{number}")
    journal_watch.watch_logins(bench.job())
    assert alarms() == []
    fail(journal, 1, "gz.clerk", "10.0.0.99")
    journal_watch.watch_logins(bench.job())
    journal_watch.watch_logins(bench.job())
    assert alarms() == ["账号 gz.clerk 在 10 分钟内登录失败 10 次。"]
    for number in range(10):
        fail(journal, 1, f"nobody{number}", "10.7.7.7")
    journal_watch.watch_logins(bench.job())
    assert alarms()[1:] == ["地址 10.7.7.7 在 10 分钟内登录失败 10 次。"]


def test_old_failures_are_forgotten(bench, journal, alarms):
    with clock.frozen(clock.now() + timedelta(days=30)):
        fail(journal, 5, "slow.clerk")
    with clock.frozen(clock.now() + timedelta(days=30, minutes=11)):
        fail(journal, 6, "slow.clerk")
        journal_watch.watch_logins(bench.job())
    assert not [words for words in alarms() if "slow.clerk" in words]


def test_r_27_1_a_certificate_at_a_second_address_once(bench, journal, alarms):
    where = {"here": "10.0.0.7", "elsewhere": ["10.0.0.8"], "refused": False}
    journal.append_now(Entry("certificate.alarm", "person:p1", certificate="AB12", details=where))
    journal_watch.watch_certificates(bench.job())
    journal_watch.watch_certificates(bench.job())
    (words,) = alarms()
    assert words == "证书 AB12 正在 10.0.0.8 使用，又在 10.0.0.7 登录。"
    (alarm,) = bench.root["admin"]["alarms"]["2013"].values()
    assert alarm.entries == (journal.head().seq,)
    assert str(KINDS[alarm.kind]) == "证书在两处使用"


def test_a_journal_about_to_stop_is_an_alarm_once_a_day(bench, alarms, monkeypatch):
    monkeypatch.setitem(bench.registry.govrepo_settings.__dict__["_values"], "journal_free_mb", 10**9)
    journal_watch.watch_storage(bench.job())
    journal_watch.watch_storage(bench.job())
    assert len([words for words in alarms() if "磁盘只剩" in words]) == 1
    with clock.frozen(clock.now() + timedelta(days=1)):
        journal_watch.watch_storage(bench.job())
    assert len([words for words in alarms() if "磁盘只剩" in words]) == 2


@pytest.mark.parametrize(
    ("minutes", "words"), [(-7, "系统时钟向后拨了 420 秒。"), (7, "系统时钟向前拨了 420 秒。"), (4, None), (-4, None)]
)
def test_a_clock_that_jumps_is_journaled_and_an_alarm(bench, alarms, monkeypatch, minutes, words):
    drifts = iter([timedelta(seconds=3), timedelta(seconds=3, minutes=minutes), timedelta(seconds=3, minutes=minutes)])
    monkeypatch.setattr(bench.registry, "clock_watch", ClockWatch(lambda: next(drifts)))
    for _ in range(3):
        journal_watch.watch_clock(bench.job())
    assert alarms() == ([words] if words else [])
    assert [entry.details for entry in bench.journaled("clock.step")] == ([{"seconds": 60 * minutes}] if words else [])


def test_a_clock_set_back_while_nothing_ran_is_noticed_at_the_first_look(app):
    journal = app.registry.journal
    with clock.frozen(clock.now() + timedelta(hours=1)):
        journal.append_now(Entry("site.founded", "system"))
    watch = ClockWatch()
    assert timedelta(minutes=-61) < watch.step(journal) < timedelta(minutes=-59)
    assert abs(watch.step(journal)) < timedelta(seconds=5)


def test_a_clock_that_somebody_sets_on_purpose_is_no_step(app):
    with clock.frozen(clock.now() - timedelta(days=300)):
        assert ClockWatch().step(app.registry.journal) == timedelta(0)


def test_the_worker_looks_at_all_of_it_each_minute(app):
    journal = app.registry.journal
    fail(journal, 10, address="")
    where = {"here": "10.0.0.7", "elsewhere": ["10.0.0.8"], "refused": False}
    journal.append_now(Entry("certificate.alarm", "person:p1", certificate="AB12", details=where))
    drain(app)
    assert app.registry.timed_jobs["journal.watch"].every == timedelta(minutes=1)
    with site(app) as root:
        (year,) = root["admin"]["alarms"].values()
        assert sorted(each.kind for each in year.values()) == ["certificate", "login"]
