"""A workbench for policies: the real site in one transaction that is never committed, and short words for common acts.

Everything happens on real objects of the real application with the sample organisation; each test starts anew.
"""

import functools
import hashlib
import os
import tempfile
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
import transaction
from pyramid.traversal import resource_path

from content_types.dispatch import Address, Recipient
from content_types.file_object import FileObject, FileRole
from govrepo import clock
from govrepo.catalog import Eq, register
from govrepo.files import store
from govrepo.security.acl import Authenticated, Everyone
from govrepo.work import Job
from policies import sending
from policies.actor import Actor
from policies.engine import Refused, act
from policies.reply import lay_down

SCAN = (FileRole.SCAN, "扫描.pdf", "pdf")
EDITABLE = (FileRole.EDITABLE, "正文.doc", "doc")
ORIGINAL = (FileRole.ORIGINAL, "正本.pdf", "pdf")


def local(text):
    """An instant as people write it: local("2013-01-07 10:05")."""
    return datetime.fromisoformat(text).replace(tzinfo=clock.LOCAL)


def papers(root, dispatch):
    """The paper items of a sending, as the register knows them."""
    return register(root, "paper_items").query(Eq("dispatch", dispatch.uid), sort="order").objects


@functools.cache
def _content(words):
    path = Path(tempfile.gettempdir()) / f"govrepo-bench-{os.getpid()}-{hashlib.sha256(words).hexdigest()}"
    path.write_bytes(words)
    return path


class Bench:
    """The site, seen by a test. Acts are done by login name."""

    def __init__(self, root, registry):
        self.root = root
        self.registry = registry

    def person(self, login):
        return self.root.logins[login]

    def box(self, name):
        return self.root["exchange"][name]

    def actor(self, login):
        person = self.person(login)
        principals = (Everyone, Authenticated, person.principal, *person.principals(clock.now()))
        return Actor(person.principal, person.name, principals, self.registry, person, "s-1", "10.0.0.7")

    def as_role(self, person, *principals):
        """A person with exactly these role principals, whatever the appointments say."""
        own = (Everyone, Authenticated, person.principal, *principals)
        return Actor(person.principal, person.name, own, self.registry, person)

    def act(self, login, context, name, **data):
        act(context, name, self.actor(login), **data)
        transaction.savepoint()

    def draft(
        self, login="jm.clerk", box="jiangmen", mains=("gd-office",), copies=(), *, quota=1, files=None, **fields
    ):
        """A draft that lacks nothing; ``fields`` change the document's elements, ``reply`` asks for one in three days."""
        informal, reply = fields.pop("informal", False), fields.pop("reply", None)
        dispatch = sending.new_draft(self.box(box), self.actor(login), informal=informal)
        if reply:
            lay_down(dispatch, reply, clock.now() + timedelta(days=3))
        document = dispatch.document
        elements = {
            "title": "关于春运工作的通知",
            "kind": "通知",
            "number": "江府〔2013〕2号",
            "date": date(2013, 1, 5),
        }
        if informal:
            elements |= {"kind": "便函", "number": ""}
        for name, value in (elements | {"signer": "江上舟"} | fields).items():
            setattr(document, name, value)
        dispatch.recipients = (
            *(Recipient(self.box(name), Address.MAIN, quota) for name in mains),
            *(Recipient(self.box(name), Address.COPY, quota) for name in copies),
        )
        document.files = tuple(self.file(*each) for each in (files or (SCAN, EDITABLE)))
        transaction.savepoint()
        return dispatch

    def file(self, role, filename, type_code, words=b"content"):
        """A file as the inspection leaves it."""
        path = _content(words)
        files = store(self.root)
        stored = files.keep(path, hashlib.sha256(words).hexdigest(), len(words), "application/octet-stream")
        files.acquire(stored)
        file = FileObject(role, filename, stored, type_code)
        file.state = "inspected"
        return file

    def released(self, login="jm.clerk", box="jiangmen", mains=("gd-office",), copies=(), *, by="jm.approver", **more):
        dispatch = self.draft(login, box, mains, copies, **more)
        self.act(login, dispatch, "submit")
        self.act(by, dispatch, "release")
        return dispatch

    def sent(self, login="jm.clerk", box="jiangmen", mains=("gd-office",), copies=(), *, by="jm.approver", **more):
        dispatch = self.released(login, box, mains, copies, by=by, **more)
        self.act(login, dispatch, "send")
        return dispatch

    def job(self, **payload):
        return Job(self.root, self.registry, payload, 1)

    def fan_out(self, dispatch):
        """Let the postmaster work once on a dispatch."""
        self.registry.work_handlers["exchange.fan_out"](self.job(path=resource_path(dispatch)))
        transaction.savepoint()

    def paper(self, dispatch, box="", kind="twin"):
        """Let the worker make the paper items of a sending; the one of a box and kind."""
        self.registry.work_handlers["paper_item.make"](self.job(path=resource_path(dispatch)))
        transaction.savepoint()
        found = {(str(each.box.__name__), str(each.kind)): each for each in papers(self.root, dispatch)}
        return found.get((box, kind)) if box else found

    def delivered(self, *args, **more):
        """A dispatch whose deliveries have been made."""
        dispatch = self.sent(*args, **more)
        self.fan_out(dispatch)
        return dispatch

    def delivery(self, box="gd-office", **more):
        """A fresh delivery in a box."""
        return self.delivered(mains=(box,), **more).tracking.deliveries[box]

    def opened(self, login="office.registry1", box="gd-office", **more):
        delivery = self.delivery(box, **more)
        self.act(login, delivery, "open")
        return delivery

    def signed(self, login="office.registry1", box="gd-office", **more):
        delivery = self.opened(login, box, **more)
        self.act(login, delivery, "sign_for")
        return delivery

    def returned(self, login="office.registry1", box="gd-office", **more):
        delivery = self.opened(login, box, **more)
        self.act(login, delivery, "return", reason="misdirected", note="非我单位职责")
        return delivery

    def work(self):
        """The names of the work items waiting."""
        queue = self.root.work
        return sorted(item.name for lane in queue.lanes for item in lane.items.values())

    def journaled(self, action=None):
        """The journal entries this transaction would write."""
        participant = self.registry.journal._participant(transaction.get())
        entries = participant.entries if participant else []
        return [entry for entry in entries if action in (None, entry.action)]

    def refusal(self, login, context, name, **data):
        """The articles of a refused act; it must be refused in words, and leave the object and the journal alone."""
        before = (dict(vars(context)), len(self.journaled()), self.work())
        with pytest.raises(Refused) as caught:
            act(context, name, self.actor(login), **data)
        assert (dict(vars(context)), len(self.journaled()), self.work()) == before
        assert caught.value.refusal["subject_uid"] == context.uid
        assert all(str(reason.text) for reason in caught.value.reasons)
        return [reason.article for reason in caught.value.reasons]


def later(**span):
    """Let time go on."""
    clock.travel(clock.now() + timedelta(**span))
