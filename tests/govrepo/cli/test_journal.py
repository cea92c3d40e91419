"""The command that makes a journal in PostgreSQL and writes one as a file."""

import subprocess

import psycopg
import pytest

from govrepo.cli.journal import main
from govrepo.journal import Journal
from govrepo.journal.verify import verify
from tests import postgres
from tests.govrepo.journal.support import act


@pytest.fixture(scope="module")
def server():
    with postgres.running() as started:
        yield started


@pytest.fixture
def database(server):
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS plain")
        connection.execute("CREATE DATABASE plain")
    return "plain"


def test_the_owner_makes_it_the_application_writes_and_the_verifier_reads_a_file(server, database, tmp_path, capsys):
    """docs/operating.md, step by step."""
    assert main(["init", server.url(database), "--role", postgres.ROLE]) == 0
    url = server.url(database, postgres.ROLE)
    journal = Journal.open(url)
    journal.append_now(act("/厅"))
    journal.close()
    assert main(["export", url, str(tmp_path / "all.sqlite")]) == 0
    assert "written: 2 entries" in capsys.readouterr().out
    assert verify(tmp_path / "all.sqlite").broken is None
    assert main(["init", server.url(database), "--role", postgres.ROLE]) == 1
    assert "holds a journal already" in capsys.readouterr().err


def test_the_script_is_printed_and_psql_runs_it(server, database, capsys):
    assert main(["init", "--role", postgres.ROLE, "--print"]) == 0
    script = capsys.readouterr().out
    psql = [postgres.program("psql"), server.url(database), "-v", "ON_ERROR_STOP=1", "-q"]
    subprocess.run(psql, input=script.encode(), check=True, stdout=subprocess.DEVNULL)
    journal = Journal.open(server.url(database, postgres.ROLE))
    assert journal.head().seq == 0
    journal.close()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["init", "journal.sqlite", "--role", "app"], "expected postgresql://"),
        (["init", "--role", "app"], "expected postgresql://"),
        (["init", "postgresql://x@/x?host=/none", "--role", "app; DROP"], "role"),
        (["init", "postgresql://x@/x?host=/none", "--role", "app"], "/none"),
        (["export", "none.sqlite", "all.sqlite"], "there is no file"),
    ],
)
def test_what_cannot_be_done_is_said(arguments, said, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 1
    assert said in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_an_sqlite_journal_is_written_with_its_sealed_periods(tmp_path, capsys):
    journal = Journal.open(tmp_path / "journal.sqlite")
    journal.append_now(act("/厅"))
    journal.close()
    assert main(["export", str(tmp_path / "journal.sqlite"), str(tmp_path / "all.sqlite")]) == 0
    assert verify(tmp_path / "all.sqlite").entries == 2
