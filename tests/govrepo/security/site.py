"""A small site with the security includes: accounts, a protected page, a form, and pages that fail in every way."""

import base64
import json
from datetime import timedelta
from typing import Any

import transaction
from persistent import Persistent
from persistent.mapping import PersistentMapping
from pyramid.config import Configurator
from pyramid.csrf import get_csrf_token
from pyramid.httpexceptions import HTTPForbidden, HTTPNotFound
from pyramid.response import Response
from pyramid.threadlocal import manager
from substanced.folder import Folder
from substanced.objectmap import ObjectMap
from webob import Request
from webtest import TestApp
from ZODB.POSException import ConflictError

from govrepo import clock
from govrepo.database import database
from govrepo.journal import Event
from govrepo.rules import RuleHistory
from govrepo.security import accounts, passwords
from govrepo.security.acl import DENY_ALL, Allow, Authenticated, Everyone
from govrepo.security.refusals import flag

PASSWORD = "office-2012-正确"
HASH = passwords.hash_password(PASSWORD)


class Person(Persistent):
    """An account as content types provide them."""

    def __init__(self, id, status="active"):  # noqa: A002
        self.id, self.login, self.name, self.status = id, id, f"{id}的姓名", status
        self.password_hash, self.password_changed, self.must_change_password = "", None, True
        self.sessions = PersistentMapping()


class Site(Folder):
    """The root of the small site."""

    __acl__ = (
        (Allow, "reader@office", "view"),
        (Allow, "reader@office", "write"),
        (Allow, Authenticated, "greet"),
        (Allow, Everyone, "look"),
    )

    def __init__(self):
        super().__init__()
        self.people, self.notes = PersistentMapping(), PersistentMapping()
        self.rules = RuleHistory()

    def furnish(self, _made, registry):
        self.__objectmap__ = ObjectMap(self)
        self.__objectmap__.add(self, ("",))
        locked = self["locked"] = Folder()
        locked.__acl__ = [(Allow, "reader@locked", "view"), DENY_ALL]
        self.settle()

    def settle(self):
        """Three accounts as on the first day, and no notes."""
        self.people.clear()
        self.notes.clear()
        for id, status in (("alice", "active"), ("bob", "active"), ("mallory", "suspended")):  # noqa: A001
            self.people[id] = Person(id, status)
            person = self.people[id]
            person.password_hash, person.password_changed, person.must_change_password = HASH, clock.now(), False


class Directory:
    """Finds the site's accounts; Alice reads in the office, Bob holds nothing."""

    def by_login(self, root, login):
        return root.people.get(login.strip())

    def by_id(self, root, id):  # noqa: A002
        return root.people.get(id)

    def principals(self, account, now):
        return ("reader@office",) if account.id == "alice" else ()


class RefusedError(HTTPForbidden):
    """A refused act as the policy engine raises it."""

    refusal = {"action": "delivery.sign_for", "subject": "/box/1", "reason": "not the receiver"}  # noqa: RUF012


class SilentRefusalError(Exception):
    """A refusal that no exception view knows."""

    refusal = {"action": "delivery.recall", "subject": "/box/2", "reason": "too late"}  # noqa: RUF012


def show(context, request):
    return Response(f"{request.account.name}看{context.__name__}", charset="utf-8")


def greet(request):
    return Response(f"<p>{request.account.id}</p>")


def token(request):
    return Response(get_csrf_token(request))


def write(context, request):
    context.notes["note"] = request.POST["note"]
    return Response("written")


def boom(request):
    raise ZeroDivisionError("the cause stays inside")


def hide(request):
    flag(request, action="delivery.read", subject="/box/9", reason="another box")
    raise HTTPNotFound


def refuse(request):
    raise RefusedError


def refuse_silently(request):
    raise SilentRefusalError


def refuse_plainly(request):
    return Response("no", status=403)


def conflict_then_refuse(request):
    """Flagged and conflicting at first, refused in the end: one entry, not two."""
    if request.environ["retry.attempt"] < 2:
        flag(request, action="stale.mark")
        raise ConflictError
    raise HTTPForbidden("in the end")


def conflict_then_answer(request):
    if request.environ["retry.attempt"] < 2:
        flag(request, action="stale.mark")
        raise ConflictError
    return Response("at last")


def always_conflict(request):
    raise ConflictError


def own_headers(request):
    return Response("x", headers={"Content-Security-Policy": "sandbox", "Cache-Control": "private, no-cache"})


def pulse(request):
    return Response(json_body={"serial": request.ticket.serial if request.ticket else None})


PAGES = {
    "": (show, "view"),
    "greet": (greet, "greet"),
    "token": (token, "look"),
    "boom": (boom, "look"),
    "hide": (hide, "look"),
    "refuse": (refuse, "look"),
    "refuse_silently": (refuse_silently, "look"),
    "refuse_plainly": (refuse_plainly, "look"),
    "conflict_then_refuse": (conflict_then_refuse, "look"),
    "conflict_then_answer": (conflict_then_answer, "look"),
    "always_conflict": (always_conflict, "look"),
    "own_headers": (own_headers, "look"),
}


def configurator(folder, **settings):
    """The application's configuration with only what security needs."""
    named = {f"govrepo.{name}": value for name, value in settings.items()}
    config = Configurator(settings={"govrepo.var": str(folder), "zodbconn.uri": "memory://", **named})
    config.include("govrepo.settings")
    config.include("govrepo.security.substance")
    config.include("pyramid_tm")
    config.include("pyramid_retry")
    config.include("govrepo.database")
    config.include("govrepo.journal")
    config.include("govrepo.security")
    config.include("views.i18n")
    config.include("views.login")
    for noun, *verbs in (("delivery", "sign_for", "recall", "read"), ("stale", "mark")):
        config.add_journal_events(noun, noun, *(Event(verb, verb) for verb in verbs))
    config.set_account_directory(Directory())
    config.add_quiet_path("/pulse")
    config.add_content_type("Root", Site, after_create="furnish")
    for name, (view, permission) in PAGES.items():
        config.add_view(view, name=name, permission=permission)
    config.add_view(write, name="write", context=Site, permission="write", request_method=("POST", "PUT"))
    config.add_route("pulse", "/pulse")
    config.add_view(pulse, route_name="pulse")
    config.add_static_view("static", "views:static")
    return config


class Web:
    """The site, its database and journal, and browsers of it."""

    def __init__(self, folder, **settings):
        self.app = configurator(folder, **settings).make_wsgi_app()
        self.registry = self.app.registry
        self.seen = 0

    def reset(self):
        """As new: the accounts, the counts of the throttle, and no entries to see."""
        self.change(Site.settle)
        self.registry.throttle._counts.clear()
        self.seen = max((record.seq for record in self.registry.journal.entries()), default=0)

    def close(self):
        self.registry.journal.close()
        database(self.registry).close()

    def browser(self, **environ: Any) -> "Browser":
        return Browser(self, {"REMOTE_ADDR": "10.0.0.7", **environ})

    def change(self, act):
        """Run ``act(site)`` in a transaction of its own and return its result."""
        connection = database(self.registry).open()
        manager.push({"registry": self.registry, "request": None})
        try:
            with transaction.manager:
                return act(connection.root()["app_root"])
        finally:
            manager.pop()
            connection.close()

    def sessions(self, id):  # noqa: A002
        return self.change(lambda site: sorted(site.people[id].sessions))

    def entries(self):
        return [record.entry for record in self.registry.journal.entries(after=self.seen)]

    def actions(self):
        return [(entry.action, entry.actor, entry.result) for entry in self.entries()]

    def break_journal(self):
        self.registry.journal.close()
        self.registry.journal._proven_until = 0.0

    def suspend(self, id):  # noqa: A002
        self.change(lambda site: setattr(site.people[id], "status", "suspended"))

    def revoke(self, id):  # noqa: A002
        self.change(lambda site: accounts.revoke_all(site.people[id]))


class Browser(TestApp):
    """A browser: keeps cookies, fills forms, never raises for a status."""

    def __init__(self, web, environ):
        super().__init__(web.app, extra_environ=environ)
        self.web = web

    def do_request(self, req, status=None, expect_errors=None):
        return super().do_request(req, status=status, expect_errors=True)

    def log_in(self, login="alice", password=PASSWORD, **fields):
        """Fill in the login form and send it."""
        form = self.get("/login", params=fields).forms[0]
        form["login"], form["password"] = login, password
        return form.submit()

    def get_raw(self, path_info, method="GET"):
        """Ask for octets that no client library would send."""
        request = Request.blank("/")
        request.environ.update(PATH_INFO=path_info, REQUEST_METHOD=method)
        return request.get_response(self.web.app)

    def token(self):
        return self.get("/token").text

    def cookie(self, name):
        return {cookie.name: cookie for cookie in self.cookiejar}.get(name)

    def session_content(self):
        """What the session cookie holds, read without its key."""
        value = self.cookie("govrepo_session").value.strip('"')
        padded = base64.urlsafe_b64decode(value + "=" * (-len(value) % 4))
        return json.loads(padded[64:])


def minutes_later(minutes):
    """Let the clock stand some minutes from now (use as a context manager)."""
    return clock.frozen(clock.now() + timedelta(minutes=minutes))
