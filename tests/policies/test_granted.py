"""A container allows only what tables and executed proposals give (SOD-12, R-7.4): what somebody writes into its ACL is found."""

from datetime import timedelta

import pytest
from substanced.util import set_acl

from content_types.access_proposal import AccessProposal, Override
from govrepo import clock
from govrepo.security.acl import Allow
from policies.access import refresh
from policies.access_proposal import keep_time
from policies.permissions import Permission as P
from tests.app import site
from tests.policies.bench import Bench, later
from tests.policies.reconciling import kinds, run, standing
from tests.policies.test_access_proposal import executed

BOX = "/exchange/jiangmen"
INTRUDER = "duty_officer@unit:gd-office"


@pytest.fixture
def app(tmp_path):
    """A site that has been looked over once."""
    with standing(tmp_path) as app:
        run(app)
        yield app


def found(app):
    run(app)
    return kinds(app)


def test_a_lawful_change_is_no_gap_while_it_lasts_and_after(app):
    with site(app) as root:
        executed(Bench(root, app.registry), until=clock.now() + timedelta(days=2))
    assert found(app) == set()
    later(days=1)
    assert found(app) == set()
    later(days=2)
    with site(app) as root:
        root["exchange"]["jiangmen"].title += ""  # Written, so that it is looked at before its time is kept.
    assert found(app) == set()
    with site(app) as root:
        assert keep_time(root, app.registry) == 1
    assert found(app) == set()


@pytest.mark.parametrize("path", [BOX, "/"])
def test_a_line_written_into_an_acl_is_found(app, path):
    with site(app) as root:
        carrier = root["exchange"]["jiangmen"] if path == BOX else root
        set_acl(carrier, [*carrier.__acl__, (Allow, INTRUDER, (str(P.BOX_VIEW),))], registry=app.registry)
    assert found(app) == {(path, "acl")}


def test_a_line_taken_out_of_an_acl_is_found(app):
    with site(app) as root:
        box = root["exchange"]["jiangmen"]
        set_acl(box, list(box.__acl__)[1:], registry=app.registry)
    assert found(app) == {(BOX, "acl")}


def forge(root, app, proposal=""):
    box = root["exchange"]["jiangmen"]
    box.overrides = (
        *box.overrides,
        Override(proposal or "q0", INTRUDER, str(P.BOX_VIEW), True, clock.now(), None, "无"),  # noqa: FBT003 - as stored.
    )
    refresh(box, app.registry)
    return box


def test_an_override_nobody_proposed_is_found(app):
    with site(app) as root:
        forge(root, app)
    assert found(app) == {(BOX, "acl")}


def test_an_override_of_a_proposal_that_was_not_executed_is_found(app):
    with site(app) as root:
        box = forge(root, app)
        made = AccessProposal(box, box.overrides[-1], "无", root.logins["admin"])
        made.state = "executed"
        root["admin"]["forged"] = made
        box.overrides = (made.override,)
    assert (BOX, "acl") in found(app)


def test_an_executed_override_widened_is_found(app):
    with site(app) as root:
        executed(Bench(root, app.registry), until=clock.now() + timedelta(days=2))
    assert found(app) == set()
    with site(app) as root:
        box = root["exchange"]["jiangmen"]
        box.overrides = (box.overrides[0]._replace(until=None),)
    assert found(app) == {(BOX, "acl")}
