"""Runs the parsing of uploaded files in a child process that may fail, hang or swell without harm (design sect. 8).

Both sides of the wall are in this one file: :func:`run` starts the child and reads its answer, :func:`_child` is the
child. What may be parsed there is no business of this module. It imports nothing of govrepo and nothing heavy, because
the child executes it as a plain file.

A child script is a module of ours with a function ``main(arguments) -> JSON value``. It is executed as a file, so that
the imports of its package cost the child nothing; it must therefore not import govrepo itself.
"""

import contextlib
import ctypes
import importlib.util
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

#: Children that may run at once in this process: each may take ``Limits.memory`` bytes.
_SLOTS = threading.BoundedSemaphore(4)
_RESULT = "result.json"
_CLONE_NEWNET, _CLONE_NEWUSER = 0x40000000, 0x10000000
_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS = 1, 38


@dataclass(frozen=True)
class Limits:
    """What one child may use: bytes of memory, of a file it writes, of its answer; seconds of processor and of wall.

    ``tasks`` are the threads and processes of its user up to which it may start more; the kernel counts them by user.
    """

    memory: int = 1024**3
    cpu_seconds: int = 10
    wall_seconds: float = 30
    file_bytes: int = 64 * 1024**2
    answer_bytes: int = 32 * 1024**2
    open_files: int = 64
    tasks: int = 0


class SandboxError(Exception):
    """The child gave no answer; ``kind`` says why, in one word, ``words`` in detail.

    ``time``: out of processor or wall time. ``memory``: out of memory. ``output``: it wrote too much. ``crash``: killed
    by a signal or gone without an answer. ``failed``: the parser refused the file. ``busy``: no free slot within the
    wall time, which says nothing about the file.
    """

    def __init__(self, kind: str, words: str = "") -> None:
        super().__init__(f"{kind}: {words}" if words else kind)
        self.kind = kind
        self.words = words


def run(module: str, arguments: Mapping[str, Any], limits: Limits | None = None) -> Any:
    """Call ``main(arguments)`` of a module of ours in a child process; return its JSON answer or raise SandboxError.

    File names in the arguments must be absolute: the child works in a folder of its own, which is removed afterwards.
    """
    limits = limits or Limits()
    with _slot(limits), tempfile.TemporaryDirectory(prefix="govrepo-sandbox-") as folder:
        order = {"script": _script(module), "arguments": dict(arguments), "path": sys.path, "limits": asdict(limits)}
        returncode = _spawn(Path(folder), json.dumps(order), limits)
        return _answer(Path(folder) / _RESULT, returncode, limits)


@contextlib.contextmanager
def _slot(limits: Limits) -> Iterator[None]:
    if not _SLOTS.acquire(timeout=limits.wall_seconds):
        raise SandboxError("busy", "too many files are being read at once")
    try:
        yield
    finally:
        _SLOTS.release()


def _script(module: str) -> str:
    spec = importlib.util.find_spec(module)
    if spec is None or spec.origin is None:
        raise ImportError(f"no such child script: {module}")
    return spec.origin


def _spawn(folder: Path, order: str, limits: Limits) -> int:
    """Start the child as a process group of its own, wait for it, and leave nothing of the group behind."""
    command = [sys.executable, "-I", "-B", __file__]
    with subprocess.Popen(  # noqa: S603 - the command is our own interpreter and file.
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env={"LANG": "C.UTF-8", "TMPDIR": str(folder)},
        start_new_session=True,
        text=True,
    ) as child:
        try:
            child.communicate(order, timeout=limits.wall_seconds)
        except subprocess.TimeoutExpired as error:
            raise SandboxError("time", f"no answer within {limits.wall_seconds:g} s") from error
        finally:
            _kill_group(child.pid)
        return child.returncode


def _kill_group(group: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, signal.SIGKILL)


def _answer(result: Path, returncode: int, limits: Limits) -> Any:
    if -returncode in (signal.SIGXCPU, signal.SIGKILL):
        raise SandboxError("time", f"more than {limits.cpu_seconds} s of processor time")
    if returncode != 0 or not result.exists():
        raise SandboxError("crash", f"the child ended with {returncode}")
    if result.stat().st_size > limits.answer_bytes:
        raise SandboxError("output", f"an answer of more than {limits.answer_bytes} bytes")
    answer = json.loads(result.read_text("utf-8"))
    if "kind" in answer:
        raise SandboxError(answer["kind"], answer["words"])
    return answer["value"]


# ---- The child's side ------------------------------------------------------------------------------------------------


def _child() -> None:  # pragma: no cover - it runs where coverage does not look; every test of run() runs it.
    order = json.load(sys.stdin)
    _confine(order["limits"])
    sys.path[:] = order["path"]
    answer = _attempt(order["script"], order["arguments"])
    Path(_RESULT).write_text(json.dumps(answer), "utf-8")


def _confine(limits: Mapping[str, Any]) -> None:  # pragma: no cover - as above.
    """Give away what the child may not use, before it looks at the file."""
    with contextlib.suppress(OSError):
        _give_up_rights()
    ceilings = {
        resource.RLIMIT_AS: limits["memory"],
        resource.RLIMIT_FSIZE: limits["file_bytes"],
        resource.RLIMIT_NOFILE: limits["open_files"],
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NPROC: limits["tasks"],  # The kernel does not hold the superuser to this one.
    }
    for which, ceiling in ceilings.items():
        resource.setrlimit(which, (ceiling, ceiling))
    resource.setrlimit(resource.RLIMIT_CPU, (limits["cpu_seconds"], limits["cpu_seconds"] + 2))


def _give_up_rights() -> None:  # pragma: no cover - as above.
    """No network, no new privileges, and death with the parent, where the kernel permits them."""
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET)


def _attempt(script: str, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Run the script; say in one word and some detail why it failed, if it did."""
    try:
        return {"value": _load(script).main(arguments)}
    except MemoryError:
        return {"kind": "memory", "words": ""}
    except Exception as error:  # noqa: BLE001 - whatever a parser raises is an answer about the file.
        return {"kind": "failed", "words": f"{type(error).__name__}: {error}"[:300]}


def _load(script: str) -> Any:
    spec = importlib.util.spec_from_file_location("govrepo_child", script)
    if spec is None or spec.loader is None:
        raise ImportError(script)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    _child()
