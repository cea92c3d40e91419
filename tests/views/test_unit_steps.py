"""What comes next for a unit: its steps, the acts that belong to them, the daily check (5.8, P-10, P-12 to P-14, P-21)."""

import pytest
import transaction

from govrepo.database import opened
from policies.engine import possible
from tests.policies import units
from tests.policies.bench import Bench
from views.acts import Button
from views.unit_steps import belongs, daily, in_words, steps


@pytest.fixture
def bench(shared_app):
    """The site in a transaction that is thrown away."""
    with opened(shared_app.registry) as root:
        transaction.begin()
        yield Bench(root, shared_app.registry)
        transaction.abort()


def states(unit):
    return [state for _words, state, _note in steps(unit)]


def test_p_10_the_steps_of_an_application(bench):
    unit = units.applied(bench)
    assert states(unit) == ["done", "now", "todo", "todo", "todo"]
    bench.act("office.leader", unit, "approve")
    assert states(unit) == ["done", "done", "now", "todo", "todo"]
    units.employ(bench, unit, "hq.clerk", "unit_clerk", "丙寅安")
    assert states(unit) == ["done", "done", "now", "done", "todo"]
    units.employ(bench, unit, "hq.admin", "unit_administrator", "乙丑安")
    assert states(unit) == ["done", "done", "done", "done", "now"]
    assert steps(unit)[2][2] == "乙丑安"
    bench.act("admin", unit, "activate")
    assert steps(unit) == []


def test_a_rejected_application_says_where_it_stopped(bench):
    unit = units.applied(bench)
    bench.act("office.leader", unit, "reject", note="x")
    assert states(unit) == ["done", "bad"]


def test_p_14_one_change_at_a_time_and_each_step_in_its_turn(bench):
    unit, heir = bench.root["units"]["caizheng"], bench.root["units"]["fagai"]
    offered = {verdict.transition.name for verdict in possible(unit, bench.actor("admin"))}

    def shown():
        return {name for name in offered if belongs(unit, name)} - {
            "set_contacts",
            "equip",
            "end_dual_track",
            "check",
            "name_principal",
        }

    requests = {"request_rename", "request_merge", "request_cancel"}
    assert shown() == requests | {"suspend"}
    bench.act("liaison", unit, "request_merge", letter="x", successor=heir)
    assert states(unit) == ["done", "now", "todo"]
    assert shown() == {"approve_change", "reject_change", "withdraw_change", "suspend"}
    bench.act("office.leader", unit, "approve_change")
    assert states(unit) == ["done", "done", "now"]
    assert shown() == {"merge_into", "withdraw_change", "suspend"}


def test_the_buttons_say_which_change_they_are_about(bench):
    unit = bench.root["units"]["caizheng"]
    button = Button("approve_change", "批准更名、合并或者注销", allowed=True, reasons=())
    assert in_words(unit, button) is button
    bench.act("liaison", unit, "request_cancel", letter="x")
    assert str(in_words(unit, button).title.interpolate()) == "批准注销"


def test_p_21_the_daily_check_names_what_is_missing(bench):
    unit = bench.root["units"]["jiangmen"]
    stands = {str(what): kind for what, _words, kind in daily(unit)}
    assert stands["单位收发员"] == stands["核准人"] == stands["联通状态"] == "done"
    assert stands["联系人"] == "bad"
    bench.act("jm.admin", bench.person("jm.clerk"), "begin_handover", note="x")
    stands = {str(what): (str(words), kind) for what, words, kind in daily(unit)}
    assert stands["单位收发员"][1] == "bad"
    assert stands["停用或者交接中的账号"] == (bench.person("jm.clerk").name, "bad")
