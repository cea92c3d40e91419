"""The arrival alert's server side (R-N3.2, R-N3.3): what waits in the boxes of a session, answered from memory.

The postmaster rings one bell object per box. A thread reads the bells and the open sessions through a connection of its own every
second, so that ``GET /pulse`` needs neither transaction nor database: it stands as a tween outside pyramid_tm, never prolongs a
session and is at most a second stale. The first pulse of a session, and every one after the session has ended, goes the long way.
"""

import hashlib
import json
import logging
import threading
from dataclasses import dataclass, field
from typing import Any

from pyramid.httpexceptions import HTTPBadRequest, HTTPUnauthorized
from pyramid.response import Response
from pyramid.threadlocal import manager as threadlocals
from pyramid.view import view_config

from content_types.exchange_box import ExchangeBox
from govrepo import clock
from govrepo.catalog import Eq, register
from govrepo.database import ROOT, database
from govrepo.security import accounts, certificates, proxy
from policies.actor import Actor
from policies.engine import act
from policies.exchange_box import boxes_of
from policies.permissions import Permission as P

from .exchange_box import find_delivery

PATH = "/pulse"
NEWEST = 20
"""Arrivals named per box: enough for the client to know which it has not alerted yet."""
EVERY = 1.0
IDLE_ROUNDS = 120
"""Rounds without a pulse after which a session is no longer watched."""

log = logging.getLogger(__name__)


@dataclass
class Watch:
    """One open session that polls: whose it is, its answer, for how many rounds nobody asked, and the certificate nginx handed on."""

    account_id: str
    body: bytes
    etag: str
    idle: int = 0
    shown: bytes = b""


@dataclass
class Board:
    """What is answered from memory: a watch per session serial, and a summary per box at its bell's serial."""

    registry: Any
    watches: dict[str, Watch] = field(default_factory=dict)
    boxes: dict[str, tuple[int, dict[str, Any]]] = field(default_factory=dict)
    stopped: threading.Event = field(default_factory=threading.Event)
    thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin to read the bells."""
        self.thread = threading.Thread(target=self._run, name="pulse", daemon=True)
        self.thread.start()

    def stop(self) -> None:
        """End the thread after the round in hand."""
        self.stopped.set()
        if self.thread is not None:
            self.thread.join()
            self.thread = None

    def _run(self) -> None:
        threadlocals.push({"registry": self.registry, "request": None})
        connection = database(self.registry).open()
        try:
            while not self.stopped.wait(EVERY):
                self._round(connection)
        finally:
            connection.close()
            threadlocals.pop()

    def _round(self, connection: Any) -> None:
        """One reading; what fails is read again a second later, and the answers stay as they were."""
        try:
            connection.sync()
            self.refresh(connection.root()[ROOT])
        except Exception:
            log.exception("the bells could not be read")

    def refresh(self, root: Any) -> None:
        """Bring every watch up to date; drop those whose session has ended or that nobody asks for."""
        for serial, watch in list(self.watches.items()):
            watch.idle += 1
            account = self.registry.accounts.by_id(root, watch.account_id)
            if watch.idle > IDLE_ROUNDS or not _is_open(self.registry, root, account, serial):
                del self.watches[serial]
            else:
                watch.body, watch.etag = self.answer(root, account)

    def answer(self, root: Any, account: Any) -> tuple[bytes, str]:
        """The pulse of an account: JSON and its ETag."""
        principals = (accounts.person(account), *self.registry.accounts.principals(account, clock.now()))
        actor = Actor(accounts.person(account), account.name, principals, self.registry, account)
        boxes = [box for box in boxes_of(actor, root) if actor.allowed(P.BOX_CHECK_IN, box)]
        return _encode({box.__name__: self.summary(box) for box in boxes})

    def summary(self, box: ExchangeBox) -> dict[str, Any]:
        """What waits in a box; computed anew when its bell has rung."""
        known = self.boxes.get(box.__name__)
        if known is None or known[0] != box.bell.serial:
            known = self.boxes[box.__name__] = (box.bell.serial, summarise(box))
        return known[1]


def _is_open(registry: Any, root: Any, account: Any, serial: str) -> bool:
    if account is None or account.status != accounts.ACTIVE:
        return False
    return certificates.stands(registry, root, account, serial) and certificates.is_enough(registry, account, serial)


def summarise(box: ExchangeBox) -> dict[str, Any]:
    """How many wait, how many of them urgent, the newest by uid, and the highest urgency; never a title."""
    found = register(box, "deliveries")
    waiting = Eq("box", box.__name__) & Eq("state", "pending")
    most, urgent = (found.count(waiting & Eq("urgency", value)) for value in ("most_urgent", "urgent"))
    newest = found.query(waiting, sort="available", reverse=True, limit=NEWEST).objects
    return {
        "waiting": found.count(waiting),
        "urgent": most + urgent,
        "newest": [delivery.uid for delivery in newest],
        "urgency": "most_urgent" if most else "urgent" if urgent else "plain",
    }


def _encode(boxes: dict[str, dict[str, Any]]) -> tuple[bytes, str]:
    rank = ("plain", "urgent", "most_urgent")
    highest = max((rank.index(box["urgency"]) for box in boxes.values()), default=0)
    answer = {"boxes": boxes, "total": sum(box["waiting"] for box in boxes.values()), "urgency": rank[highest]}
    digest = hashlib.sha256(json.dumps(answer, sort_keys=True).encode()).hexdigest()[:16]
    return json.dumps({**answer, "serial": digest}).encode(), digest


def pulse_tween(handler: Any, registry: Any) -> Any:
    """Tween factory: answer a watched session's pulse at once; everything else goes on."""

    def tween(request: Any) -> Any:
        if request.path_info != PATH or request.method != "GET":
            return handler(request)
        ticket = request.ticket
        watch = registry.pulse.watches.get(ticket.serial) if ticket and registry.pulse.thread else None
        if watch is None or watch.shown != proxy.presented(request):
            return handler(request)
        return _respond(request, watch)

    return tween


def _respond(request: Any, watch: Watch) -> Response:
    watch.idle = 0
    if watch.etag in request.if_none_match:
        return Response(status=304, etag=watch.etag)
    return Response(
        watch.body, content_type="application/json", charset="utf-8", etag=watch.etag, cache_control="no-cache"
    )


@view_config(route_name="pulse", permission=P.SITE_VIEW, request_method="GET")
def pulse(request: Any) -> Response:
    """The long way: look into the database once, and watch the session from now on."""
    body, etag = request.registry.pulse.answer(request.root, request.account)
    watch = Watch(request.account.id, body, etag, shown=proxy.presented(request))
    if request.registry.pulse.thread:
        request.registry.pulse.watches[request.ticket.serial] = watch
    return _respond(request, watch)


@view_config(route_name="pulse", anonymous=True, request_method="GET")
def ended(_request: Any) -> Response:
    """The session has ended: the page says so, and asks to log in again."""
    return HTTPUnauthorized()


@view_config(route_name="alerted", permission=P.SITE_VIEW, request_method="POST", renderer="json")
def alerted(request: Any) -> dict[str, int]:
    """The client says which arrivals it has alerted: the proof of R-N3.3, written once per delivery."""
    try:
        uids = {str(uid) for uid in request.json_body["deliveries"]}
    except (ValueError, KeyError, TypeError) as error:
        raise HTTPBadRequest from error
    boxes = [box for box in boxes_of(request.actor, request.root) if request.has_permission(P.BOX_CHECK_IN, box)]
    found = [find_delivery(box, uid) for uid in list(uids)[:100] for box in boxes]
    fresh = [delivery for delivery in found if delivery and delivery.state == "pending" and delivery.alerted_at is None]
    for delivery in fresh:
        act(delivery, "hear", request.actor)
    return {"noted": len(fresh)}


def includeme(config: Any) -> None:
    """Put the board into the registry; its thread runs wherever the worker's may."""
    config.add_route("pulse", PATH)
    config.add_route("alerted", "/alerted")
    config.add_quiet_path(PATH)
    board = config.registry.pulse = Board(config.registry)
    config.add_tween(
        "views.pulse.pulse_tween",
        under="govrepo.security.networks.networks_tween",
        over="pyramid_tm.tm_tween_factory",
    )
    if config.registry.govrepo_settings.worker != "none":
        config.add_subscriber(lambda _event: board.start(), "pyramid.events.ApplicationCreated")
