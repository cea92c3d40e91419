"""Starts, stops and steps in the journal; changed settings by name, never by value (R-7.1)."""

import json
import os
import signal
import subprocess
import sys
from importlib.metadata import version

import transaction

from govrepo import process
from tests.app import close_app, make_app, reopen, running

SCRIPT = """
import sys, time
from pathlib import Path
from tests.app import reopen
app = reopen(Path(sys.argv[1]))
print("up", flush=True)
time.sleep(60)
"""


def entries(app, action):
    return [each.entry for each in app.registry.journal.entries(action=action)]


def test_a_start_names_program_release_and_changed_settings(tmp_path):
    app = make_app(tmp_path, organisation=False)
    (first,) = entries(app, process.START)
    assert first.details["version"] == version("govrepo")
    assert first.details["changed"] == []
    assert first.details["program"] == process.program()
    close_app(app)
    app = reopen(tmp_path, session_minutes=17, password_days=30)
    second = entries(app, process.START)[-1]
    assert second.details["changed"] == ["password_days", "session_minutes"]
    close_app(app)


def test_no_value_of_a_setting_is_journaled(tmp_path):
    with running(tmp_path, organisation=False, networks="10.98.0.0/16") as app:
        (entry,) = entries(app, process.START)
        assert "10.98" not in json.dumps(dict(entry.details))
        values = entry.details["settings"].values()
        assert all(len(each) == process.DIGEST for each in values)
        assert process.digests(app.registry)["networks"] == entry.details["settings"]["networks"]


def test_an_end_is_journaled_once(tmp_path):
    with running(tmp_path, organisation=False) as app:
        (started,) = entries(app, process.START)
        process.stop(app.registry)
        process.stop(app.registry)
        assert [each.details["run"] for each in entries(app, process.STOP)] == [started.details["run"]]


def test_a_journal_that_is_gone_holds_up_no_end(tmp_path, caplog):
    caplog.set_level("INFO")
    with running(tmp_path, organisation=False) as app:
        app.registry.journal.close()
        process.stop(app.registry)
        assert "could not be journaled" in caplog.text


def test_equal_values_of_two_settings_have_two_digests(tmp_path):
    with running(tmp_path, organisation=False, pulse_seconds=15, checkpoint_minutes=15) as app:
        found = process.digests(app.registry)
        assert found["pulse_seconds"] != found["checkpoint_minutes"]


def test_a_process_told_to_end_says_so_and_a_killed_one_does_not(tmp_path):
    close_app(make_app(tmp_path, organisation=False))
    for number in (signal.SIGKILL, signal.SIGTERM):
        command = [sys.executable, "-c", SCRIPT, str(tmp_path)]
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, text=True, env=os.environ | {"PYTHONPATH": "."}
        ) as child:
            assert child.stdout.readline() == "up\n"
            child.send_signal(number)
            child.wait(30)
    app = reopen(tmp_path)
    starts, stops = entries(app, process.START), entries(app, process.STOP)
    assert [each.details["run"] for each in stops] == [starts[2].details["run"]]
    close_app(app)


def test_each_step_that_brings_the_site_up_to_date_is_journaled(tmp_path):
    from govrepo.database import FINISHED_KEY, evolution_steps  # noqa: PLC0415 - Substance D's key, for this test.
    from tests.app import site  # noqa: PLC0415

    app = make_app(tmp_path, organisation=False)
    with site(app) as root:
        names = [name for name, _done in evolution_steps(root, app.registry)]
        finished = root._p_jar.root()[FINISHED_KEY]
        last = names[-1]
        del finished[last]
    transaction.abort()
    close_app(app)
    app = reopen(tmp_path)
    assert [each.details["step"] for each in entries(app, "site.evolve")] == [last]
    close_app(app)
