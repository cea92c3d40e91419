"""The child's limits hold, and whatever it does the parent gets an answer or a SandboxError."""

import os
import socket
import sys
import threading
import time
from pathlib import Path

import pytest

from govrepo import sandbox
from govrepo.sandbox import Limits, SandboxError, run

QUICK = Limits(memory=300 * 1024**2, cpu_seconds=1, wall_seconds=5, file_bytes=1024**2, answer_bytes=1000)


@pytest.fixture
def script(tmp_path, monkeypatch):
    """Write the body of a child's ``main`` and return the name of its module."""
    monkeypatch.syspath_prepend(tmp_path)

    def write(body: str) -> str:
        name = f"child_script_{tmp_path.name.replace('-', '_')}"
        (tmp_path / f"{name}.py").write_text(f"def main(arguments):\n    {body}\n", "utf-8")
        return name

    return write


def kind_of(module: str, limits: Limits = QUICK) -> str:
    with pytest.raises(SandboxError) as caught:
        run(module, {}, limits)
    return caught.value.kind


def test_the_answer_comes_back(script):
    assert run(script("return {'doubled': arguments['number'] * 2}"), {"number": 21}) == {"doubled": 42}


def test_the_child_finds_what_its_parent_finds_but_not_the_working_folder(script):
    path = run(script("import sys; return sys.path"), {})
    assert [place for place in path if place] == [place for place in sys.path if place]
    assert run(script("import pypdf, os; return os.listdir()"), {}) == []


def test_the_child_knows_nothing_of_the_environment(script, monkeypatch):
    monkeypatch.setenv("GOVREPO_SECRET", "x")
    assert set(run(script("import os; return dict(os.environ)"), {})) <= {"LANG", "TMPDIR", "LC_CTYPE"}


def test_the_folder_of_the_child_is_removed(script):
    folder = Path(run(script("import os; open('left', 'w').close(); return os.getcwd()"), {}))
    assert not folder.exists()


def test_processor_time_is_bounded(script):
    started = time.monotonic()
    assert kind_of(script("\n    while True: pass")) == "time"
    assert time.monotonic() - started < 4


def test_wall_time_is_bounded(script):
    started = time.monotonic()
    assert kind_of(script("import time; time.sleep(60)"), Limits(wall_seconds=0.7)) == "time"
    assert time.monotonic() - started < 4


def test_memory_is_bounded(script):
    assert kind_of(script("return len(bytearray(10**9))")) == "memory"


def test_written_files_are_bounded(script):
    assert kind_of(script("open('big', 'wb').write(bytes(2 * 1024**2))")) == "failed"


def test_threads_and_processes_are_bounded(script):
    body = "import resource; return resource.getrlimit(resource.RLIMIT_NPROC)"
    assert run(script(body), {}) == [0, 0]
    assert run(script(body), {}, Limits(tasks=7)) == [7, 7]


def test_open_files_are_bounded(script):
    assert kind_of(script("return [open('/dev/null') for _ in range(100)]")) == "failed"


def test_the_answer_is_bounded(script):
    assert kind_of(script("return 'x' * 2000")) == "output"


def test_a_crash_is_an_error(script):
    assert kind_of(script("import os; os.abort()")) == "crash"
    assert kind_of(script("import os; os._exit(0)")) == "crash"


def test_an_answer_that_is_no_json_is_a_crash(script):
    assert kind_of(script("return object()")) == "crash"


def test_an_exception_is_told_in_short(script):
    with pytest.raises(SandboxError, match=r"failed: ValueError: x{50}") as caught:
        run(script("raise ValueError('x' * 5000)"), {})
    assert len(caught.value.words) <= 300


def test_a_deep_recursion_is_an_error(script):
    assert kind_of(script("return main(arguments)")) == "failed"


def test_what_the_child_prints_is_lost(script, capfd):
    run(script("import sys; print('out'); print('err', file=sys.stderr)"), {})
    assert capfd.readouterr() == ("", "")


def test_no_process_of_the_child_outlives_it(script, tmp_path):
    ready = tmp_path / "ready"
    body = (
        "import os, time, pathlib\n"
        "    if os.fork() == 0:\n"
        f"        pathlib.Path({str(ready)!r}).write_text(str(os.getpid()))\n"
        "    time.sleep(60)"
    )
    try:
        kind = kind_of(script(body), Limits(wall_seconds=1.5))
    finally:
        left = int(ready.read_text()) if ready.exists() else None
    if kind == "failed":
        pytest.skip("the kernel lets this user start no process at all")
    assert kind == "time"
    assert left is not None
    assert _gone(left)


def _gone(pid: int) -> bool:
    for _ in range(50):
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except (FileNotFoundError, ProcessLookupError):
            return True
        if state == "Z":
            return True
        time.sleep(0.05)
    return False


def test_the_child_has_no_network_where_the_kernel_permits(script):
    with socket.create_server(("127.0.0.1", 0)) as server:
        body = f"import socket; socket.create_connection(('127.0.0.1', {server.getsockname()[1]}), 2)"
        if os.system("unshare -Urn true 2>/dev/null") != 0:  # noqa: S605 - a fixed command.
            pytest.skip("this kernel gives ordinary users no network namespace")
        assert kind_of(script(body)) == "failed"


def test_too_many_at_once_wait_and_then_give_up(script, monkeypatch):
    monkeypatch.setattr(sandbox, "_SLOTS", threading.BoundedSemaphore(1))
    name = script("import time; time.sleep(1.5)")
    thread = threading.Thread(target=run, args=(name, {}))
    thread.start()
    time.sleep(0.3)
    assert kind_of(name, Limits(wall_seconds=0.2)) == "busy"
    thread.join()
    assert run(name, {}) is None


def test_an_unknown_script_is_our_own_mistake():
    with pytest.raises(ImportError):
        run("govrepo.no_such_child", {})


def test_the_error_reads_well():
    assert str(SandboxError("time")) == "time"
    assert str(SandboxError("time", "too long")) == "time: too long"


def test_the_child_side_loads_a_script_by_its_file(tmp_path):
    script = tmp_path / "child.py"
    script.write_text("def main(arguments):\n    return arguments['x'] / arguments['y']\n")
    assert sandbox._attempt(str(script), {"x": 1, "y": 2}) == {"value": 0.5}
    assert sandbox._attempt(str(script), {"x": 1, "y": 0}) == {
        "kind": "failed",
        "words": "ZeroDivisionError: division by zero",
    }
    assert sandbox._attempt(str(tmp_path / "child.txt"), {})["kind"] == "failed"
