"""Load on a server of this host: the same request over kept connections, and many people at once."""

import socket
import statistics
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any

PIECE = 2**18


def median_ms(seconds: Iterable[float]) -> float:
    """The median in milliseconds."""
    return statistics.median(seconds) * 1000


def timed(act: Callable[[], Any]) -> float:
    """How long an act takes, in seconds."""
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def together(jobs: list[Callable[[], Any]]) -> float:
    """Do jobs at once, a thread each; seconds until the last is done. What one raises is raised here."""
    failures: list[BaseException] = []

    def run(job: Callable[[], Any]) -> None:
        try:
            job()
        except BaseException as error:  # noqa: BLE001 - Raised again below, in the thread that measures.
            failures.append(error)

    threads = [threading.Thread(target=run, args=(job,)) for job in jobs]
    seconds = timed(lambda: [*(thread.start() for thread in threads), *(thread.join() for thread in threads)])
    if failures:
        raise failures[0]
    return seconds


def flood(port: int, path: str, headers: dict[str, str], connections: int, seconds: float) -> tuple[float, int]:
    """Ask for a path over several kept connections for so long; answers a second, and the one status they had."""
    lines = [f"GET {path} HTTP/1.1", "Host: 127.0.0.1", *(f"{name}: {value}" for name, value in headers.items())]
    request = "\r\n".join([*lines, "", ""]).encode()
    counts: list[int] = []
    statuses: set[int] = set()
    begun = time.perf_counter()
    together([lambda: counts.append(_loop(port, request, begun + seconds, statuses))] * connections)
    elapsed = time.perf_counter() - begun
    (status,) = statuses
    return sum(counts) / elapsed, status


def _loop(port: int, request: bytes, until: float, statuses: set[int]) -> int:
    """One client's requests, one after the other; how many were answered in full.

    waitress ends the connection after an answer without a body (304): the next request pays for a new one.
    """
    count, connection = 0, socket.create_connection(("127.0.0.1", port))
    while time.perf_counter() < until:
        connection.sendall(request)
        head = _answer(connection)
        statuses.add(int(head[9:12]))
        count += 1
        if b"\r\nConnection: close" in head:
            connection.close()
            connection = socket.create_connection(("127.0.0.1", port))
    connection.close()
    return count


def _answer(connection: socket.socket) -> bytes:
    """Read one answer; its head. Raises OSError if the server goes away."""
    data = b""
    while b"\r\n\r\n" not in data:
        data += _some(connection)
    head, _, body = data.partition(b"\r\n\r\n")
    left = _length(head) - len(body)
    while left > 0:
        left -= len(_some(connection))
    return head


def _some(connection: socket.socket) -> bytes:
    data = connection.recv(PIECE)
    if not data:
        raise ConnectionError("the server closed the connection")
    return data


def _length(head: bytes) -> int:
    """What Content-Length says; 0 for an answer without a body."""
    _, _, rest = head.lower().partition(b"\r\ncontent-length: ")
    return int(rest.partition(b"\r\n")[0]) if rest else 0
