"""The audit finds what it is there to find: each kind of damage, done on purpose, is named."""

import sqlite3
from contextlib import closing

import pytest
from pyramid.traversal import resource_path

from benchmarks._site import actor, build, close, site
from govrepo import work
from govrepo.catalog import settle
from policies import postmaster
from policies.actor import system_actor
from policies.engine import act
from tests.faults import audit


@pytest.fixture
def app(campaign):
    """A site in which one letter has been sent and delivered."""
    made = build(campaign.var, worker="none")
    with site(made.registry) as root:
        act(_letter(root), "send", actor(root, made.registry, "jm.clerk"))
    work.drain(made.registry)
    assert audit.findings(made.registry) == []
    yield made
    close(made)


def _letter(root, state="released"):
    outbox = root["exchange"]["jiangmen"]["outbox"]
    return next(each for month in outbox.values() for each in month.values() if each.state == state)


def _delivery(root, box="shenzhen"):
    return _letter(root, "sent").tracking.deliveries[box]


def lose_a_delivery(root, _registry):
    delivery = _delivery(root)
    del delivery.__parent__[delivery.__name__]


def deliver_twice(root, registry):
    dispatch = _letter(root, "sent")
    dispatch.attempt = 2
    postmaster.deliver(dispatch, dispatch.recipients[0], (), system_actor(registry))


def deliver_what_was_not_sent(root, registry):
    dispatch = _letter(root)
    postmaster.deliver(dispatch, dispatch.recipients[0], (), system_actor(registry))


def act_without_the_journal(root, _registry):
    delivery = _delivery(root)
    delivery.remember(delivery.history[0]._replace(transition="hear"))


def sign_without_a_receipt(root, registry):
    delivery = _delivery(root)
    act(delivery, "open", actor(root, registry, "sz.clerk"))
    act(delivery, "sign_for", actor(root, registry, "sz.clerk"))
    delivery.receipts = delivery.receipts[:1]


def forget_the_register(root, registry):
    settle(root, registry)
    _delivery(root).state = "recalled"


def leave_work_that_fails(root, _registry):
    work.enqueue(root, "no.such.handler")


@pytest.mark.parametrize(
    ("damage", "finding"),
    [
        (lose_a_delivery, "came to shenzhen 0 times"),
        (deliver_twice, "came to guangzhou 2 times"),
        (deliver_what_was_not_sent, "is released and came to guangzhou 1 times"),
        (act_without_the_journal, "1 more in the histories than in the journal"),
        (sign_without_a_receipt, "and receipts {'delivered': 1}"),
        (forget_the_register, "index state holds for"),
        (leave_work_that_fails, "work is stuck: 0 waiting, 1 retrying, 0 dead"),
    ],
)
def test_damage_is_found(app, damage, finding, monkeypatch):
    monkeypatch.setattr(audit, "DRAINED", 0.05)
    with site(app.registry) as root:
        damage(root, app.registry)
    work.drain(app.registry)
    assert finding in "\n".join(audit.findings(app.registry))


def test_lost_and_early_acts_are_found(app):
    with site(app.registry) as root:
        sent, unsent = resource_path(_letter(root, "sent")), resource_path(_letter(root))
    assert audit.findings(app.registry, [(sent, "send")], [(unsent, "send")]) == []
    lost, early = audit.findings(app.registry, [(unsent, "send")], [(sent, "send")])
    assert lost.endswith("send was acknowledged and is lost")
    assert early.endswith("send happened before it was committed")


def test_an_entry_without_its_act_and_a_changed_entry_are_found(app):
    path = app.registry.govrepo_settings.path("journal")
    with closing(sqlite3.connect(path)) as journal, journal:
        journal.execute("DROP TRIGGER entries_unchanged")
        journal.execute("UPDATE entries SET body = replace(body, 'dispatch.send', 'dispatch.lend')")
    found = "\n".join(audit.findings(app.registry))
    assert "was changed: its text does not have its hash" in found
    assert "'dispatch.lend'): 1 more in the journal than in the histories" in found
