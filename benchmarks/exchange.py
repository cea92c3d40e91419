"""The exchange over HTTP: sending to 200 boxes, eight senders at once, signing for, a box's page, the pulse.

The real application on a FileStorage of its own, served by waitress with four threads as ``development.ini`` does, worker
and pulse as threads of the same process. The peer of every commit is the bare ZODB in the same folder: one small object
changed per transaction, measured before and after. Prints one JSON line a figure (see ``run.py``).
"""

import json
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import transaction
import ZODB
from _client import Client, log_in
from _load import flood, median_ms, timed, together
from _site import CITIES, actor, add_boxes, build, close, make_letters, site
from persistent.mapping import PersistentMapping
from pyramid.traversal import find_resource, resource_path
from ZODB.FileStorage import FileStorage

from govrepo import work
from policies.engine import act
from policies.sample.load import load_organisation

RECIPIENTS, CIRCULARS, LETTERS, ROWS, BARE = 200, 10, 25, 60, 300
SENDERS = tuple(CITIES)
WATCHER = "sz"
"""Whose box is the last that a circular reaches."""
LETTER_BOXES, LOOK_AGAIN, FOLDED = 5, 0.02, 3.0
PAGE_SECONDS, PULSE_SECONDS, CONNECTIONS = 4.0, 3.0, 4


class Bench:
    """A site full of letters, and where each kind of them lies."""

    def __init__(self, var: Path) -> None:
        self.var = var
        self.app = build(var, worker="none")
        load_organisation(self.app.registry)
        extra = add_boxes(self.app.registry, RECIPIENTS)
        watched = CITIES[WATCHER]
        circle = [*extra[: RECIPIENTS - 1], watched]
        self.circulars = self.letters("jm", circle, 2 * CIRCULARS)
        self.sends = {prefix: self.letters(prefix, extra[:LETTER_BOXES], LETTERS, 2000) for prefix in SENDERS}
        self.received = self.letters("caizheng", list(CITIES.values()), LETTERS * 2)
        self.deliver(self.received)
        self.deliver(self.letters("caizheng", [watched], ROWS, 1000))

    def letters(self, prefix: str, boxes: list[str], count: int, first: int = 1) -> list[str]:
        """So many released letters to the boxes; their paths."""
        return make_letters(self.app.registry, prefix, boxes, count, first)

    def act(self, path: str, name: str, login: str) -> None:
        """One act in a transaction of its own."""
        with site(self.app.registry) as root:
            act(find_resource(root, path), name, actor(root, self.app.registry, login))

    def deliver(self, paths: list[str]) -> None:
        """Send letters and let the postmaster do his work, and the registers be folded."""
        for path in paths:
            self.act(path, "send", "caizheng.clerk")
        work.drain(self.app.registry)

    def waiting(self, prefix: str) -> list[str]:
        """The deliveries of the received letters in a city's box, each opened."""
        with site(self.app.registry) as root:
            found = [find_resource(root, path).tracking.deliveries[CITIES[prefix]] for path in self.received]
            for delivery in found:
                act(delivery, "open", actor(root, self.app.registry, f"{prefix}.clerk"))
            return [resource_path(delivery) for delivery in found]


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder) / "var")
        deliveries = {prefix: bench.waiting(prefix) for prefix in SENDERS}
        in_process(bench, deliveries)
        close(bench.app)
        bare = [bare_commits(Path(folder))]
        with served(bench.var) as port:
            people = {prefix: log_in(port, f"{prefix}.clerk") for prefix in SENDERS}
            circulars(port, people, bench.circulars[CIRCULARS:])
            sent = together_send(port, people, bench.sends)
            until_quiet(port, people, bench.sends)
            bare.append(bare_commits(Path(folder)))
            signed = sign_for(port, people, deliveries)
            bare.append(bare_commits(Path(folder)))
            time.sleep(FOLDED)
            pages(port, people[WATCHER])
        report_rates(statistics.median(bare), sent, signed)


def in_process(bench: Bench, deliveries: dict[str, list[str]]) -> None:
    """The acts alone: check, effects, history, register, journal, both commits."""
    sends = [timed(lambda path=path: bench.act(path, "send", "jm.clerk")) for path in bench.circulars[:CIRCULARS]]
    report("send to 200 boxes, the act and its commit, p50", median_ms(sends), "ms")
    report("fan-out of 200 deliveries, mean", fan_out(bench), "ms")
    chosen = [deliveries[WATCHER].pop() for _ in range(CIRCULARS)]
    signs = [timed(lambda path=path: bench.act(path, "sign_for", f"{WATCHER}.clerk")) for path in chosen]
    report("sign-for with receipt, the act and its commit, p50", median_ms(signs), "ms")


def fan_out(bench: Bench) -> float:
    """Milliseconds that the postmaster needs for one circular."""
    return timed(lambda: work.drain(bench.app.registry)) * 1000 / CIRCULARS


def bare_commits(folder: Path) -> float:
    """Transactions a second of ZODB alone: one small object changed in each."""
    database = ZODB.DB(FileStorage(str(folder / "bare.fs")))
    with database.transaction() as connection:
        connection.root()["small"] = PersistentMapping()
    connection = database.open()
    small = connection.root()["small"]
    begun = time.perf_counter()
    for number in range(BARE):
        small["number"] = number
        transaction.commit()
    rate = BARE / (time.perf_counter() - begun)
    connection.close()
    database.close()
    return rate


@contextmanager
def served(var: Path):
    """The server in a process of its own; its port."""
    command = [sys.executable, str(Path(__file__).parent / "_server.py"), str(var)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield int(process.stdout.readline())
        finally:
            process.kill()


def circulars(port: int, people, paths: list[str]) -> None:
    """A circular to 200 boxes: until it is accepted, and until it lies in the last of them."""
    sender, watcher = Client(port, people["jm"]), Client(port, people[WATCHER])
    box = f"/exchange/{CITIES[WATCHER]}/waiting"
    watcher.get(box)
    accepted, visible = [], []
    for path in paths:
        begun = time.perf_counter()
        send(sender, path)
        accepted.append(time.perf_counter() - begun)
        while path.rpartition("/")[2] not in watcher.get(box).body.decode():
            time.sleep(LOOK_AGAIN)
        visible.append(time.perf_counter() - begun)
        assert sender.get(f"{path}/status").body.count(b"/receipt?box=") == RECIPIENTS
    report("send to 200 boxes, accepted over HTTP, p50", median_ms(accepted), "ms", budget=50)
    report("send to 200 boxes, visible in all, p50", statistics.median(visible), "s", budget=1)
    report("send to 200 boxes, visible in all, slowest", max(visible), "s", budget=1)


def send(client: Client, path: str) -> None:
    answer = client.post(f"{path}/act", act="send")
    assert answer.status == 303, f"{path}: {answer.status}"


def together_send(port: int, people, sends: dict[str, list[str]]) -> float:
    """Eight senders at once; sends a second. A send that fails raises."""

    def work_through(prefix: str) -> None:
        client = Client(port, people[prefix])
        for path in sends[prefix]:
            send(client, path)

    seconds = together([lambda prefix=prefix: work_through(prefix) for prefix in sends])
    report("8 concurrent senders, failed sends", 0, "", budget=0)
    return sum(map(len, sends.values())) / seconds


def until_quiet(port: int, people, sends: dict[str, list[str]]) -> None:
    """Wait until the postmaster has delivered what was sent, and the registers are folded."""
    for prefix, paths in sends.items():
        client = Client(port, people[prefix])
        for path in paths[-2:]:
            while client.get(f"{path}/status").body.count(b"/receipt?box=") < LETTER_BOXES:
                time.sleep(LOOK_AGAIN)
    time.sleep(FOLDED)


def sign_for(port: int, people, deliveries: dict[str, list[str]]) -> float:
    """One clerk alone, for the time it takes; then all at once, for the rate."""

    def sign(client: Client, path: str) -> None:
        answer = client.post(f"{path}/act", act="sign_for")
        assert answer.status == 303, f"{path}: {answer.status}"

    def work_through(prefix: str) -> None:
        client = Client(port, people[prefix])
        for path in deliveries[prefix]:
            sign(client, path)

    first = deliveries.pop(SENDERS[0])
    client = Client(port, people[SENDERS[0]])
    report(
        "sign-for over HTTP, p50", median_ms(timed(lambda path=path: sign(client, path)) for path in first), "ms", 25
    )
    seconds = together([lambda prefix=prefix: work_through(prefix) for prefix in deliveries])
    return sum(map(len, deliveries.values())) / seconds


def pages(port: int, person) -> None:
    """A box's page of 50 rows, and the pulse of a watched session, new and unchanged."""
    client, cookie = Client(port, person), {"Cookie": person.header}
    box = f"/exchange/{CITIES[WATCHER]}/waiting"
    assert client.get(box).body.count(b"data-open") == 50
    rate, status = flood(port, box, cookie, CONNECTIONS, PAGE_SECONDS)
    report("page of a box with 50 rows", rate, "pages/s", budget=150)
    etag = client.get("/pulse").headers["etag"]
    for name, headers, expected in (
        ("pulse", cookie, 200),
        ("pulse, unchanged", cookie | {"If-None-Match": etag}, 304),
    ):
        rate, status = flood(port, "/pulse", headers, CONNECTIONS, PULSE_SECONDS)
        assert status == expected, f"{name}: {status}"
        report(name, rate, "answers/s", budget=1000)


def report_rates(bare: float, sends: float, signs: float) -> None:
    """What is measured against the disk at hand."""
    report("bare ZODB, small commits", bare, "commits/s")
    report("8 concurrent senders over HTTP", sends, "sends/s", budget=min(25, 0.2 * bare), peer=bare)
    report("7 concurrent clerks signing over HTTP", signs, "acts/s", budget=min(100, 0.4 * bare), peer=bare)


def report(name: str, value: float, unit: str, budget: float | None = None, peer: float | None = None) -> None:
    found = {"name": f"exchange: {name}", "value": round(value, 3), "unit": unit, "budget": budget, "peer": peer}
    print(
        json.dumps({key: value for key, value in found.items() if value is not None} | _ratio(value, peer)), flush=True
    )


def _ratio(value: float, peer: float | None) -> dict[str, float]:
    return {} if peer is None else {"ratio": round(value / peer, 3)}


if __name__ == "__main__":
    main()
