"""The auditor's desk over HTTP: search by every field, one entry with its proof, exports on record (R-7.1, R-7.2)."""

import csv
import io
import json
from datetime import UTC, datetime

import pytest

from govrepo import clock
from govrepo.journal import Entry
from tests.app import site
from tests.desk import journaled, rows, words
from tests.policies.bench import local


@pytest.fixture(scope="module")
def auditor(shared_app, desk):
    """The auditor, after some days of work that lie after everything the samples brought along."""
    journal, found = shared_app.registry.journal, desk("auditor")
    for day in (1, 2, 3):
        with clock.frozen(datetime(2035, 1, day, 3, tzinfo=UTC)):
            journal.append_now(
                Entry("delivery.sign_for", "system", subject=f"/exchange/x/{day}", subject_uid=f"d{day}", reason="=1+1")
            )
            journal.append_now(Entry("session.login", "anonymous", result="refused", address="10.9.9.9"))
    clock.travel(local("2013-01-07 10:00"))
    return found


def found(page):
    return [line.split()[0] for line in rows(page)]


def test_newest_first_with_names_and_words(auditor):
    page = auditor.get("/@@journal")
    said = words(page).replace(" ", "")
    assert "系统签收允许/exchange/x/3" in said
    assert "未登录者登录拒绝" in said
    assert [int(number) for number in found(page)] == sorted(map(int, found(page)), reverse=True)
    assert "条，最新一条的散列" in words(page)


def test_r_7_1_filters(auditor, shared_app):
    with site(shared_app) as root:
        person = root.logins["auditor"]
    assert all("签收" in line for line in rows(auditor.get("/@@journal?module=delivery")))
    assert len(rows(auditor.get("/@@journal?result=refused&address=10.9.9.9"))) == 3
    assert len(rows(auditor.get("/@@journal?subject_uid=d2"))) == 1
    assert len(rows(auditor.get("/@@journal?subject=/exchange/x/2"))) == 1
    assert len(rows(auditor.get("/@@journal?since=2035-01-02&until=2035-01-02"))) == 2
    assert rows(auditor.get("/@@journal?person=AUDITOR")) == rows(auditor.get(f"/@@journal?person={person.id}"))
    assert rows(auditor.get("/@@journal?person=person:nobody")) == []
    assert "没有符合条件的记录" in words(auditor.get("/@@journal?person=nobody"))
    assert rows(auditor.get("/@@journal?certificate=0A")) == []


@pytest.mark.parametrize("day", ["2013-13-01", "yesterday", "9999-12-31", "0001-01-01", "%3Cb%3E"])
def test_a_date_that_is_none_is_told_at_its_field(auditor, day):
    page = auditor.get(f"/@@journal?until={day}", status=422)
    assert "的样子填写日期" in words(page)
    assert rows(page) == []


def test_pages_go_on_where_the_last_ended(auditor, monkeypatch):
    monkeypatch.setattr("views.manage.journal.PAGE", 2)
    first = auditor.get("/@@journal?module=delivery")
    second = auditor.get("/@@journal" + first.html.select_one("a[rel=next]")["href"])
    assert len(found(first) + found(second)) == len(set(found(first) + found(second))) == 3
    assert second.html.select_one("a[rel=next]") is None
    back = auditor.get("/@@journal" + second.html.select_one("a[rel=prev]")["href"])
    assert found(back) == found(first)
    assert rows(auditor.get("/@@journal?below=99999999999999999999&module=delivery"))
    until = auditor.get("/@@journal?module=delivery&until=2035-01-01")
    assert found(until) == found(auditor.get("/@@journal?module=delivery&until=2035-01-01&below=99999"))


def test_one_entry_with_its_chain_and_proof(auditor, shared_app, tmp_path):
    number = found(auditor.get("/@@journal?subject_uid=d2"))[0]
    page = auditor.get(f"/@@journal_entry?seq={number}")
    record = next(iter(shared_app.registry.journal.entries(after=int(number) - 1, limit=1)))
    assert record.hash in page.text
    assert record.prev in page.text
    shared_app.registry.journal.checkpoint(shared_app.registry.system_key, tmp_path / "out")
    proven = auditor.get(f"/@@journal_entry?seq={number}")
    checkpoint, proof = shared_app.registry.journal.inclusion(int(number))
    assert checkpoint.signature in proven.text
    assert all(each.hex() in proven.text for each in proof)


def test_an_entry_without_a_checkpoint_says_so(auditor, shared_app):
    shared_app.registry.journal.append_now(Entry("work.die", "system", "failed", details={"letter": "v"}))
    newest = shared_app.registry.journal.head().seq
    page = auditor.get(f"/@@journal_entry?seq={newest}")
    assert "还没有检查点包含这一条" in words(page)


@pytest.mark.parametrize("seq", ["", "x", "-1", "999999999999999", "9" * 30])
def test_an_entry_that_is_not_there(auditor, seq):
    auditor.get(f"/@@journal_entry?seq={seq}", status=404)


def test_an_export_is_the_whole_entry_and_is_journaled(auditor, shared_app):
    answer = auditor.post("/@@journal_export", {"module": "delivery", "format": "jsonl"}, status=200)
    said = [json.loads(line) for line in answer.text.splitlines()]
    assert [each["subject_uid"] for each in said] == ["d1", "d2", "d3"]
    assert said[0]["hash"] == said[0]["hash"].lower()
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="journal-2013')
    entry = journaled(shared_app, "journal.export", "allowed")[-1]
    assert entry.details == {"filters": {"module": "delivery"}, "entries": 3, "format": "jsonl"}


def test_no_cell_of_a_table_is_a_formula(auditor):
    answer = auditor.post("/@@journal_export", {"module": "delivery", "format": "csv"}, status=200)
    table = list(csv.DictReader(io.StringIO(answer.body.decode("utf-8-sig"))))
    assert {line["reason"] for line in table} == {"'=1+1"}
    assert json.loads(table[0]["details"]) == {}


@pytest.mark.parametrize("fields", [{"format": "exe"}, {}, {"format": "csv", "since": "x"}])
def test_an_export_of_nothing_sensible_is_refused(auditor, shared_app, fields):
    before = len(journaled(shared_app, "journal.export"))
    auditor.post("/@@journal_export", fields, status=404)
    assert len(journaled(shared_app, "journal.export")) == before


def test_each_action_and_detail_has_its_words(auditor, shared_app):
    listed = shared_app.registry.journal_events
    assert str(listed.title("delivery.deliver")) == "送达"
    assert listed.title("delivery.unheard_of") == "delivery.unheard_of", "an entry of another release keeps its code"
    auditor.post("/@@journal_export", {"format": "csv"}, status=200)
    newest = shared_app.registry.journal.head().seq
    assert "查询条件" in words(auditor.get(f"/@@journal_entry?seq={newest}"))
