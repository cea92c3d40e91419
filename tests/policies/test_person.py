"""The directory of accounts (P-17)."""

import pytest
import transaction

from content_types.appointment import Appointment
from content_types.person import Person
from govrepo import clock
from govrepo.catalog import Eq, register
from govrepo.security import accounts, passwords
from policies import rules
from policies.engine import Refused
from policies.permissions import Permission
from policies.person import (
    Directory,
    LoginTakenError,
    NewAccount,
    add_person,
    adjust,
    create,
    end_all_sessions,
    end_session,
    found_by,
    is_officer,
    note_periods,
    people_of,
    reset_password,
)
from policies.roles import Role
from tests.policies.bench import local


@pytest.fixture
def unit(bench):
    return bench.root["units"]["guangzhou"]


def test_p_17_one_account_per_login_whatever_its_case(bench, unit):
    for login in ("GZ.Clerk", " gz.clerk "):
        with pytest.raises(LoginTakenError, match=r"(?i)gz\.clerk"):
            add_person(bench.root, Person("p9999", login, "甲", unit=unit), bench.registry)
    assert "p9999" not in bench.root["people"]


def test_the_directory_finds_by_login_and_id(bench, unit):
    person = add_person(bench.root, Person("p9999", "New.One", "甲", unit=unit), bench.registry)
    directory = Directory()
    assert directory.by_login(bench.root, " NEW.one ") is directory.by_id(bench.root, "p9999") is person
    assert directory.by_login(bench.root, "nobody") is None
    assert directory.by_id(bench.root, "p0") is None
    assert directory.principals(person, clock.now()) == ()
    assert directory.principals(bench.person("gz.clerk"), clock.now()) == ("unit_clerk@unit:guangzhou",)


def test_the_own_list_is_the_persons_own(bench):
    person = bench.person("gz.clerk")
    assert bench.actor("gz.clerk").allowed(Permission.ASSIGNMENT_READ, person)
    assert not bench.actor("gz.approver").allowed(Permission.ASSIGNMENT_READ, person)


def test_the_active_people_of_a_unit(bench, unit):
    assert {person.login for person in people_of(unit)} == {"gz.clerk", "gz.approver", "gz.admin", "gz.seal"}
    bench.person("gz.clerk").state = "closed"
    assert {person.login for person in people_of(unit)} == {"gz.approver", "gz.admin", "gz.seal"}


def test_a_person_is_found_by_login_id_or_full_name(bench):
    person, other = bench.person("gz.clerk"), bench.person("gz.approver")
    assert found_by(bench.root, " GZ.clerk") == found_by(bench.root, person.id) == [person]
    other.name = person.name
    assert set(found_by(bench.root, person.name)) == {person, other}
    assert found_by(bench.root, "") == []


def wanted(bench, **other):
    return NewAccount(**{"login": "gz.new", "name": "新来者", "unit": bench.root["units"]["guangzhou"]} | other)


def make(bench, by="admin", **other):
    return create(bench.root, wanted(bench, **other), bench.actor(by))


def fields(bench, by="admin", **wrong):
    with pytest.raises(Refused) as caught:
        make(bench, by, **wrong)
    assert bench.journaled("person.create") == []
    return list(caught.value.fields)


def test_p_17_a_new_account_must_change_its_password_and_may_do_nothing(bench):
    person, password = make(bench, post=" 收发员 ")
    assert passwords.verify_password(person.password_hash, password)
    assert passwords.is_due(person, 90)
    assert len(password) >= 12
    assert (person.post, person.unit.code, person.principals(clock.now())) == ("收发员", "guangzhou", ())
    (entry,) = bench.journaled("person.create")
    assert password not in str(entry)
    assert entry.details == {"login": "gz.new", "unit": "guangzhou"}


def test_p_17_a_temporary_password_is_as_long_as_the_rule_asks(bench):
    rules.change(bench.root, "password_min_length", "20", "2013-01-07", "依据", bench.actor("admin"))
    assert len(make(bench)[1]) == 20


@pytest.mark.parametrize(
    "login", ["", "ab", "1abc", "a b c", "张三", "a..b", "abc-", "x" * 41, "GZ.Clerk", " gz.clerk"]
)
def test_p_17_a_login_name_has_a_form_and_is_unique(bench, login):
    assert fields(bench, login=login) == ["login"]


def test_what_is_typed_must_fit(bench):
    zh2 = bench.root["units"]["gd-office"]["zh2"]
    assert fields(bench, name=" ") == ["name"]
    assert fields(bench, unit=None) == ["unit"]
    assert fields(bench, division=zh2) == ["division"]
    bench.root["units"]["guangzhou"].state = "merged"
    assert fields(bench) == ["unit"]


def test_p_17_one_person_one_account_unless_it_is_another_of_the_name(bench):
    name = bench.person("gz.clerk").name
    assert fields(bench, name=name) == ["namesake"]
    assert make(bench, name=name, namesake=True)[0].name == name


@pytest.mark.parametrize("login", ["auditor", "security", "tech", "liaison", "gz.clerk", "gz.approver"])
def test_r_8_1_nobody_but_the_administrator_makes_accounts_or_resets_passwords(bench, login):
    assert fields(bench, login) == []
    with pytest.raises(Refused):
        reset_password(bench.person("fs.clerk"), bench.actor(login), "书面申请")


def test_a_reset_password_is_temporary_and_ends_the_sessions(bench):
    person = bench.person("gz.clerk")
    accounts.open_session(person, "10.0.0.7")
    password = reset_password(person, bench.actor("admin"), "书面申请")
    assert passwords.verify_password(person.password_hash, password)
    assert passwords.is_due(person, 90)
    assert not person.sessions
    (entry,) = bench.journaled("person.reset_password")
    assert password not in str(entry)


@pytest.mark.parametrize(("login", "article"), [("admin", "SOD-4"), ("auditor", "SOD-11"), ("security", "SOD-11")])
def test_sod_11_nobody_resets_an_officers_password(bench, login, article):
    before = bench.person(login).password_hash
    with pytest.raises(Refused) as caught:
        reset_password(bench.person(login), bench.actor("admin"), "书面申请")
    assert [reason.article for reason in caught.value.reasons] == [article]
    assert bench.person(login).password_hash == before


def test_sod_11_an_officer_to_come_counts_and_one_of_the_past_does_not(bench):
    person = bench.person("fs.clerk")
    person.appoint(
        Appointment(Role.AUDITOR, "site", local("2012-02-01 00:00"), until=local("2012-03-01 00:00"), basis="-")
    )
    assert not is_officer(person)
    person.appoint(Appointment(Role.AUDITOR, "site", local("2013-02-01 00:00"), basis="-"))
    assert is_officer(person)


@pytest.mark.parametrize("state", ["handover", "closed"])
def test_who_has_left_gets_no_password(bench, state):
    bench.person("gz.clerk").state = state
    with pytest.raises(Refused):
        reset_password(bench.person("gz.clerk"), bench.actor("admin"), "书面申请")


def test_p_17_a_forgotten_password_is_reset_on_written_application(bench):
    with pytest.raises(Refused) as caught:
        reset_password(bench.person("gz.clerk"), bench.actor("admin"), " ")
    assert [(each.article, each.field) for each in caught.value.reasons] == [("P-17", "basis")]
    reset_password(bench.person("gz.clerk"), bench.actor("admin"), "穗府办函〔2013〕5号")
    assert bench.journaled("person.reset_password")[-1].reason == "穗府办函〔2013〕5号"


def test_p_19_a_change_of_post_by_the_own_units_administrator(bench):
    person, unit = bench.person("caizheng.clerk"), bench.root["units"]["caizheng"]
    assert adjust(person, unit["cz-budget"], "副处长", bench.actor("caizheng.admin"))
    assert (person.division, person.post) == (unit["cz-budget"], "副处长")
    transaction.savepoint()
    found = register(bench.root, "people").query(Eq("division", "cz-budget"), sort="order").objects
    assert person in found
    assert not adjust(person, unit["cz-budget"], " 副处长 ", bench.actor("caizheng.admin"))
    assert len(bench.journaled("person.adjust")) == 1
    for division, post in ((bench.root["units"]["gd-office"]["zh1"], ""), (None, "长" * 41)):
        with pytest.raises(Refused):
            adjust(person, division, post, bench.actor("admin"))
    for login in ("jm.admin", "caizheng.approver", "auditor", "liaison"):
        with pytest.raises(Refused):
            adjust(person, None, "", bench.actor(login))
    person.state = "closed"
    with pytest.raises(Refused):
        adjust(person, None, "", bench.actor("admin"))


def test_p_19_a_new_head_of_another_division_gets_no_power_with_the_desk(bench):
    """The division says whose business a person is (7.2); roles are given by reviewed requests only (R-7.4)."""
    person, unit = bench.person("caizheng.clerk"), bench.root["units"]["caizheng"]
    before = person.principals(clock.now())
    adjust(person, unit["cz-budget"], "", bench.actor("admin"))
    assert person.principals(clock.now()) == before


def test_r_39_2_a_session_is_ended_once(bench):
    person = bench.person("gz.clerk")
    serial = accounts.open_session(person, "10.0.0.7")
    other = accounts.open_session(person, "10.0.0.8")
    assert end_session(person, serial, bench.actor("tech"))
    assert not end_session(person, serial, bench.actor("tech"))
    assert list(person.sessions) == [other]
    assert [entry.details for entry in bench.journaled("session.end")] == [{"ended": serial}]


def test_r_39_2_all_sessions_of_a_person(bench):
    person = bench.person("gz.clerk")
    serials = sorted(accounts.open_session(person, "10.0.0.7") for _number in range(3))
    assert end_all_sessions(person, bench.actor("admin")) == 3
    assert end_all_sessions(person, bench.actor("admin")) == 0
    assert [entry.details for entry in bench.journaled("session.end_all")] == [{"ended": serials}]


@pytest.mark.parametrize("login", ["auditor", "security", "liaison", "gz.approver"])
def test_r_39_2_only_administrator_and_technicians_end_sessions(bench, login):
    person = bench.person("gz.clerk")
    serial = accounts.open_session(person, "10.0.0.7")
    for act in (lambda actor: end_session(person, serial, actor), lambda actor: end_all_sessions(person, actor)):
        with pytest.raises(Refused):
            act(bench.actor(login))
    assert serial in person.sessions


def found(bench, query):
    return {person.login for person in register(bench.root, "people").query(query, sort="order", limit=500).objects}


def test_people_are_found_by_part_of_the_name_and_beginnings_of_the_login(bench):
    make(bench, name="欧阳明远")
    for word in ("欧阳", "阳明", "远", "gz.n", "new"):
        assert "gz.new" in found(bench, Eq("words", word)), word
    assert "gz.new" not in found(bench, Eq("words", "ew"))


def test_the_register_follows_appointments(bench):
    person, _password = make(bench)
    query = Eq("role", "unit_clerk") & Eq("unit", "guangzhou")
    assert found(bench, query) == {"gz.clerk"}
    held = person.appoint(Appointment(Role.UNIT_CLERK, "unit:guangzhou", clock.now(), basis="-"))
    assert found(bench, query) == {"gz.clerk", "gz.new"}
    del person[held.__name__]
    assert found(bench, query) == {"gz.clerk"}


def test_the_register_follows_periods_within_a_minute(bench):
    person, _password = make(bench)
    period = {"since": local("2013-02-01 00:00"), "until": local("2013-03-01 00:00")}
    person.appoint(Appointment(Role.UNIT_CLERK, "unit:guangzhou", basis="-", **period))
    seen = []
    for day in ("2013-01-31 12:00", "2013-02-01 00:01", "2013-03-01 00:01"):
        clock.travel(local(day))
        note_periods(bench.job())
        seen.append("gz.new" in found(bench, Eq("role", "unit_clerk")))
    assert seen == [False, True, False]


def test_r_4_1_who_runs_the_system_stays_where_it_is_run(bench):
    person, office = bench.person("tech"), bench.root["units"]["gd-office"]
    with pytest.raises(Refused) as caught:
        adjust(person, office["zh1"], person.post, bench.actor("office.admin"))
    assert [(each.article, each.field) for each in caught.value.reasons] == [("R-4.1", "division")]
    assert adjust(person, person.division, "工程师", bench.actor("office.admin"))
