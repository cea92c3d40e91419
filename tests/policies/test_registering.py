"""Registering (R-19.1 to R-19.5, R-N4.4): office and division registration, paper, duplicates."""

from datetime import timedelta

import pytest

from content_types.register_entry import Channel, Facts, RegisterKind
from govrepo import clock
from policies.engine import may
from policies.number import reserve
from policies.registering import duplicates, enter_in_register, facts_of, office_box, register_kind
from tests.policies.bench import EDITABLE, SCAN
from tests.policies.test_inspection import refused
from tests.policies.test_number import LAST

CLERK, RECEIVER = "office.registry1", "zh2.receiver"
PAPER = Facts("江门市政府", "关于春运工作的报告", clock.from_micros(0), Channel.PAPER, from_no="江府[2013]9号")


def registered(bench, login=CLERK, box="gd-office", **more):
    delivery = bench.signed(login, box, **more)
    return enter_in_register(delivery.box, facts_of(delivery), bench.actor(login), delivery)


def test_which_box_keeps_which_register(bench):
    kinds = [register_kind(bench.box(name)) for name in ("gd-office", "gd-government", "gd-office-zh2", "jiangmen")]
    assert kinds == [RegisterKind.OFFICE, RegisterKind.OFFICE, RegisterKind.DIVISION, None]
    assert office_box(bench.root) is bench.box("gd-office")


def test_r_19_4_an_entry_gets_its_number_and_the_delivery_its_entry(bench):
    entry = registered(bench)
    assert (entry.number.title, entry.number.holder, entry.state) == ("厅收〔2013〕1号", entry, "registered")
    assert (entry.delivery.state, entry.delivery.entry) == ("registered", entry)
    assert (entry.facts.from_unit, entry.facts.from_no) == (entry.delivery.document.unit.short_name, "江府〔2013〕2号")
    division = registered(bench, RECEIVER, "gd-office-zh2", number="江府〔2013〕3号")
    assert division.number.title == f"{division.box.owner.name}收〔2013〕1号"


def test_7_2_who_registers(bench):
    delivery = bench.signed()
    for login in ("jm.clerk", RECEIVER, "office.leader", "office.duty", "auditor"):
        assert refused(
            lambda login=login: enter_in_register(delivery.box, facts_of(delivery), bench.actor(login), delivery)
        ) == {("R-19.1", "")}


def test_the_government_box_is_registered_in_the_offices_register(bench):
    delivery = bench.signed(box="gd-government")
    entry = enter_in_register(delivery.box, facts_of(delivery), bench.actor(CLERK), delivery)
    assert (entry.box, entry.number.title) == (bench.box("gd-office"), "厅收〔2013〕1号")


def test_r_19_5_one_active_number(bench):
    entry = registered(bench)
    delivery = entry.delivery
    again = refused(lambda: enter_in_register(delivery.box, facts_of(delivery), bench.actor(CLERK), delivery))
    assert again >= {("R-19.1", "")}


def test_r_n4_4_paper_is_keyed_in_and_each_mistake_is_named(bench):
    actor, box = bench.actor(CLERK), bench.box("gd-office")
    wrong = PAPER._replace(
        from_unit="", title="", received=clock.now() + timedelta(days=1), from_no="x" * 61, urgency="now", copies=0,
        handling="some",
    )  # fmt: skip
    fields = {field for _article, field in refused(lambda: enter_in_register(box, wrong, actor))}
    assert fields == {"from_unit", "title", "received", "from_no", "urgency", "copies", "handling"}
    entry = enter_in_register(box, PAPER, actor)
    assert (entry.paper, entry.delivery, entry.number.sequence) == (True, None, 1)


def test_s_27_a_reserved_number_is_used_for_an_entry_of_its_own_register_only(bench):
    first = registered(bench)
    number = reserve(first.number.series, LAST, "会议", bench.actor(CLERK))
    entry = enter_in_register(bench.box("gd-office"), PAPER, bench.actor(CLERK), reserved=number)
    assert (entry.number, number.state) == (number, "taken")
    assert refused(lambda: enter_in_register(bench.box("gd-office"), PAPER, bench.actor(CLERK), reserved=number)) == {
        ("S-27", "number")
    }
    bench.act(CLERK, number.series, "end")
    assert refused(lambda: enter_in_register(bench.box("gd-office"), PAPER, bench.actor(CLERK))) == {("S-24", "number")}


def test_a_duplicate_is_found_by_sender_and_number_in_any_brackets_or_by_a_file(bench):
    entry = registered(bench)
    box, sender = bench.box("gd-office"), entry.facts.from_unit
    assert duplicates(box, PAPER._replace(from_unit=sender, from_no="江府【2013】2号")) == [entry]
    assert duplicates(box, PAPER._replace(from_unit="另一单位", from_no="江府〔2013〕2号")) == []
    assert duplicates(box, PAPER._replace(from_no="")) == []
    twin = bench.signed(number="江府〔2013〕7号")
    assert duplicates(box, facts_of(twin), twin) == [entry]
    assert duplicates(bench.box("gd-office-zh2"), facts_of(twin), twin) == []


def test_r_19_2_a_division_forwards_to_the_office_and_keeps_the_link(bench):
    delivery = bench.signed(RECEIVER, "gd-office-zh2")
    bench.act(RECEIVER, delivery, "forward")
    made = delivery.forwarded
    assert (made.box, made.source, made.state) == (bench.box("gd-office"), delivery, "pending")
    assert refused(lambda: enter_in_register(delivery.box, facts_of(delivery), bench.actor(RECEIVER), delivery)) == {
        ("R-19.2", "")
    }
    assert refused(lambda: bench.act(RECEIVER, delivery, "forward")) == {("R-19.2", "")}
    bench.act(CLERK, made, "open")
    bench.act(CLERK, made, "sign_for")
    entry = enter_in_register(made.box, facts_of(made), bench.actor(CLERK), made)
    assert entry.number.title == "厅收〔2013〕1号"
    bench.act(CLERK, entry, "preview_return", reason="misdirected", note="x")
    bench.act(RECEIVER, made, "take_back")
    assert (
        enter_in_register(delivery.box, facts_of(delivery), bench.actor(RECEIVER), delivery).register
        is RegisterKind.DIVISION
    )


@pytest.mark.parametrize(("files", "missing"), [((SCAN,), "可编辑文档"), ((EDITABLE,), "PDF扫描文件")])
def test_r_19_3_the_missing_file_is_named(bench, files, missing):
    delivery = bench.signed(RECEIVER, "gd-office-zh2")
    delivery.document.files = tuple(bench.file(*each) for each in files)
    assert refused(lambda: bench.act(RECEIVER, delivery, "forward")) == {("R-19.3", "")}
    (reason,) = may(delivery, "forward", bench.actor(RECEIVER)).reasons
    assert missing in str(reason.text)


def test_r_19_2_what_the_office_registered_and_distributed_gets_no_second_number(bench):
    entry = registered(bench)
    bench.act(CLERK, entry, "propose", note="请综合二处办")
    bench.act(CLERK, entry, "hand_to", lead=bench.box("gd-office-zh2").owner, assists=(), due=None)
    (copy,) = entry.delivery.assignments
    bench.act(RECEIVER, copy, "open")
    bench.act(RECEIVER, copy, "sign_for")
    assert refused(lambda: enter_in_register(copy.box, facts_of(copy), bench.actor(RECEIVER), copy)) == {("R-19.2", "")}
    assert refused(lambda: bench.act(RECEIVER, copy, "forward")) == {("R-19.1", "")}


def test_nothing_is_kept_when_registering_is_refused(bench):
    delivery = bench.signed()
    refused(
        lambda: enter_in_register(delivery.box, facts_of(delivery)._replace(title=""), bench.actor(CLERK), delivery)
    )
    assert (delivery.state, bench.box("gd-office").get("register")) == ("signed", None)
