"""A site under attack: one folder, one server after another, and what the browsers have been told."""

import random
import threading
from http.client import HTTPException

from benchmarks._client import Client, log_in
from benchmarks._site import CITIES, build, close, make_letters
from policies.sample.load import load_organisation
from tests.faults.killing import DURABLE
from tests.faults.server import Server

SENDERS = ("jm", "zs")
RECEIVERS = ("guangzhou", "shenzhen", "zhuhai", "foshan", "huizhou")
PREFIXES = {box: prefix for prefix, box in CITIES.items()}
ACTIONS = {"send": "dispatch.send", "fan_out": "delivery.deliver", "sign_for": "delivery.sign_for"}
AT_ONCE = 4
"""Acts of each kind that the browsers begin while the server is killed at random."""
BEATS = 400


def found(var, letters):
    """A site with so many letters of each sender, ready to be sent."""
    app = build(var, worker="none")
    load_organisation(app.registry)
    for prefix in SENDERS:
        make_letters(app.registry, prefix, list(RECEIVERS), letters)
    close(app)


class Campaign:
    """Kills the servers of one site, and finds what is wrong after each restart."""

    def __init__(self, var, seed=846) -> None:
        self.var, self.draw = var, random.Random(seed)  # noqa: S311 - Moments, no secrets.
        self.acknowledged, self.denied, self.kills, self.entries = [], [], 0, {}

    def restart(self):
        """The next server, audited: the worker has done what was left, and nothing is wrong."""
        server = Server(self.var)
        problems = server.order("findings", self.acknowledged, self.denied)
        self.denied = []
        if problems:
            server.kill()
        assert not problems, problems
        return server

    def kill_at(self, act, place, nth=1):
        """Let a server kill itself at a place of an act that a browser asks for."""
        with self.restart() as server:
            path = self.ready(server, "send" if act == "fan_out" else act)
            self.entry(server.port, path)
            server.order("set trap", ACTIONS[act], place, nth)
            self.ask(server.port, path, "sign_for" if act == "sign_for" else "send")
            server.wait()
        self.kills += 1
        if act != "fan_out":
            (self.acknowledged if place in DURABLE else self.denied).append((path, act))

    def ready(self, server, act):
        """The path of something on which the act can be done; a delivery is opened first."""
        if act == "sign_for" and not server.order("letters")["sign_for"]:
            if not server.order("letters")["open"]:
                self.ask(server.port, self.ready(server, "send"), "send")
                assert not server.order("findings", self.acknowledged)
            self.ask(server.port, server.order("letters")["open"][0], "open")
        return server.order("letters")[act][0]

    def kill_under_load(self):
        """Kill a server at a random moment while browsers send and receive."""
        with self.restart() as server:
            letters = server.order("letters")
            self.log_in(server.port, letters)
            threads = [
                threading.Thread(target=self.ask, args=(server.port, path, act))
                for act, paths in letters.items()
                for path in paths[:AT_ONCE]
            ]
            for thread in threads:
                thread.start()
            threading.Event().wait(self.draw.randrange(BEATS) / 1000)
            server.kill()
            for thread in threads:
                thread.join()
        self.kills += 1

    def log_in(self, port, letters):
        """Everybody who will be at work: a login takes longer than a server lives."""
        for paths in letters.values():
            for path in paths[:AT_ONCE]:
                self.entry(port, path)

    def ask(self, port, path, act):
        """Ask for an act as its person does; what the server acknowledged is kept, and no answer is no answer."""
        try:
            answer = self.answer(port, path, act)
        except (OSError, HTTPException):
            return
        assert answer.status == 303, f"{act} {path}: {answer.status}"
        self.acknowledged.append((path, act))

    def answer(self, port, path, act):
        """The server's answer to an act; raises OSError or HTTPException when the server dies meanwhile."""
        client = Client(port, self.entry(port, path))
        try:
            return client.post(f"{path}/open") if act == "open" else client.post(f"{path}/act", act=act)
        finally:
            client.close()

    def entry(self, port, path):
        """The login of the person whose box a path lies in; it outlives the servers."""
        box = path.split("/")[2]
        if box not in self.entries:
            self.entries[box] = log_in(port, f"{PREFIXES[box]}.clerk")
        return self.entries[box]

    def write_letters(self, count):
        """So many more letters of each sender."""
        app = build(self.var, worker="none")
        for prefix in SENDERS:
            make_letters(app.registry, prefix, list(RECEIVERS), count, first=1000)
        close(app)
