"""An old register is brought in from a table: whole or not at all, line by line as if keyed in (R-N4.4, R-19.4, S-24)."""

from datetime import date

import openpyxl
import pytest

from content_types.register_entry import Channel, Handling
from govrepo import clock
from policies.engine import Refused
from policies.register_import import COLUMNS, TableError, bring_in, done_before, read

HEAD = "来文单位,来文字号,标题,文种,成文日期,收到日期,来文方式,紧急程度,份数,页数,阅办,原编号"
LINE = "江门市政府,江府〔2012〕9号,关于春运工作的报告,报告,2012-12-30,2013/1/4,传真,加急,2,3,阅件,厅收〔2012〕55号"
SHORT = "佛山市政府,,关于防汛的函,,,2013-01-05,,,,,,"


@pytest.fixture
def table(tmp_path):
    def of(*lines, head=HEAD, name="old.csv", encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes("\n".join((head, *lines)).encode(encoding))
        return read(path)

    return of


def bring(bench, table, login="office.registry1", box="gd-office"):
    said = []
    return bring_in(bench.box(box), table, bench.actor(login), said.append), said


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_line_becomes_an_entry_with_the_next_number(bench, table, encoding):
    found = table(LINE, "", SHORT, encoding=encoding)
    assert found.problems == []
    assert bring(bench, found) == (2, [2])
    numbers = bench.box("gd-office")["numbers"]
    (series,) = numbers.values()
    first, second = (series["2013"][each].holder for each in ("1", "2"))
    facts = first.facts
    assert (facts.from_unit, facts.from_no, facts.title, facts.kind) == (
        "江门市政府",
        "江府〔2012〕9号",
        "关于春运工作的报告",
        "报告",
    )
    assert (facts.dated, clock.local(facts.received).date()) == (date(2012, 12, 30), date(2013, 1, 4))
    assert (facts.channel, facts.urgency, facts.copies, facts.pages, facts.handling) == (
        Channel.FAX,
        "urgent",
        2,
        3,
        Handling.READING,
    )
    assert first.history[0].note == "批量补登，原编号厅收〔2012〕55号"
    assert (second.facts.channel, second.facts.copies, second.history[0].note) == (Channel.PAPER, 1, "批量补登")
    assert len(bench.journaled("register_entry.register")) == 2
    (entry,) = bench.journaled("register.import")
    assert entry.details == {"file": found.digest, "lines": 2}


def test_a_spreadsheet_with_days_as_days(bench, tmp_path):
    book = openpyxl.Workbook()
    book.active.append(list(COLUMNS))
    book.active.append(
        [
            "江门市政府",
            None,
            "关于春运工作的报告",
            None,
            date(2012, 12, 30),
            date(2013, 1, 4),
            None,
            None,
            2,
            None,
            None,
            None,
        ]
    )
    book.save(tmp_path / "old.xlsx")
    found = read(tmp_path / "old.xlsx")
    assert found.problems == []
    (line,) = found.lines
    assert (line.facts.dated, line.facts.copies) == (date(2012, 12, 30), 2)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("江门市政府", "", "请填写来文单位"),
        ("关于春运工作的报告", "", "请填写标题"),
        ("2013/1/4", "", "请填写收到日期"),
        ("2013/1/4", "2013-02-30", "“收到日期”不能是“2013-02-30”"),
        ("2013/1/4", "2013-01-08", "收到日期不能晚于今天"),
        ("报告,2012", "文书,2012", "“文种”不能是“文书”"),
        ("加急", "火急", "“紧急程度”不能是“火急”"),
        ("传真", "信鸽", "“来文方式”不能是“信鸽”"),
        (",2,3,", ",两,3,", "“份数”不能是“两”"),
        (",2,3,", ",0,3,", "请填写份数和页数"),
        ("阅件", "阅", "“阅办”不能是“阅”"),
    ],
)
def test_what_is_wrong_is_named_by_line_and_nothing_is_taken(bench, table, old, new, told):
    found = table(SHORT, LINE.replace(old, new))
    assert any(each.startswith("第3行：") and told in each for each in found.problems), found.problems
    assert not any(each.startswith("第2行") for each in found.problems)
    with pytest.raises(ValueError, match="第3行"):
        bring(bench, found)
    assert bench.journaled() == []


@pytest.mark.parametrize(
    ("head", "told"), [("来文单位,标题", "缺少列：收到日期"), ("x", "缺少列：来文单位、标题、收到日期")]
)
def test_a_table_without_its_columns_is_refused(table, head, told):
    with pytest.raises(TableError, match=told):
        table("a,b", head=head)


def test_what_is_no_table_is_refused(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"")
    with pytest.raises(TableError, match="空"):
        read(tmp_path / "a.csv")
    (tmp_path / "a.xlsx").write_bytes(b"PK no")
    with pytest.raises(TableError, match="xlsx"):
        read(tmp_path / "a.xlsx")


def test_an_interrupted_import_goes_on_where_it_stopped(bench, table, monkeypatch):
    monkeypatch.setattr("policies.register_import.BATCH", 2)
    found = table(*(SHORT.replace("防汛", f"第{number}项") for number in range(5)))

    def stop(lines):
        if lines == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bring_in(bench.box("gd-office"), found, bench.actor("office.registry1"), stop)
    assert done_before(bench.box("gd-office"), found) == 4
    assert bring(bench, found) == (1, [5])
    assert bring(bench, found) == (0, [])


def test_r_19_1_only_a_keeper_of_the_register_brings_in(bench, table):
    for login in ("jm.clerk", "auditor", "office.leader", "zh2.receiver"):
        with pytest.raises(Refused):
            bring(bench, table(SHORT), login)
    assert bring(bench, table(SHORT), "zh2.receiver", "gd-office-zh2") == (1, [1])
