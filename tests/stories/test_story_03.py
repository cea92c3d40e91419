"""Story 3: a 粤办函 has no leader's re-check; after proofreading it goes straight to the seal, but nobody skips the proofreading."""

import pytest
from pyramid.traversal import find_resource

from govrepo.sealing import trust_of, verify
from policies.outgoing_document import TABLE
from tests.app import drain, site
from tests.desk import journaled, path_of, words
from tests.making import LOGINS, Chain, drafted, equip, sealed_with


@pytest.fixture
def chain(app, at):
    at("2013-01-07 09:00")
    equip(app)
    sealed_with(app, "gd-office")
    return Chain(app)


def test_straight_to_the_seal(app, chain):
    path = drafted(app, "gd-office")
    chain.rechecked(path)
    chain.act("plate", path, "plate")
    drain(app)
    _nobody_skips(app, chain, path)
    chain.act("plate", path, "plate_done")
    chain.act("keeper", path, "seal", status=403)
    chain.act("proof", path, "proof_ok_leader", status=403)
    chain.act("proof", path, "proof_ok")
    assert "领导复核" not in [each.text for each in chain.page("officer", path).html.select(".gr-steps b")]
    page = chain.page("keeper", path)
    seal = page.html.select_one("select[name=seal] option[selected]")["value"]
    chain.act("keeper", path, "seal", seal=seal)
    drain(app)
    _sealed_well(app, path)
    dispatch = path_of(chain.act("officer", path, "dispatch")).rstrip("/")
    chain.desk("officer").act(dispatch, "submit")
    chain.desk("leader").act(dispatch, "release")
    chain.desk("officer").act(dispatch, "send")
    drain(app)
    assert "已发出" in words(chain.page("officer", path))
    assert "共 3 个单位，已送达 3" in words(chain.desk("officer").get(dispatch))


def _nobody_skips(app, chain, path):
    """The typist, or anybody else, tries every later step before the proofreading: all refused, on record, and nothing has moved."""
    later = ("proof_ok", "proof_ok_leader", "leader_ok", "seal", "dispatch", "conclude")
    for who in LOGINS:
        for name in later:
            chain.act(who, path, name, status=403)
    refused = [entry.action for entry in journaled(app, result="refused")]
    assert {f"outgoing_document.{name}" for name in later} <= set(refused)
    with site(app) as root:
        assert find_resource(root, path).state == "plating"


def _sealed_well(app, path):
    with site(app) as root:
        document = find_resource(root, path)
        assert document.state == "sealed"
        with document.files[0].stored.as_path() as sealed:
            found = verify(sealed, trust_of(root, app.registry), document.seals_asked[-1].done_at)
        assert found.verdict == "good"


def test_r_24_4_every_button_in_every_state(app, chain):
    """Whoever tries: in each state only the acts of that state are done; every other is refused, and leaves the state alone."""
    path = drafted(app, "gd-office")
    way = (
        ("officer", "submit", {}), ("head", "agree", {"note": "x"}), ("leader", "sign", {}),
        ("recheck", "recheck_ok", {"checklist": ("approval", "content", "kind", "format")}),
        ("plate", "plate", {}), ("plate", "plate_done", {}), ("proof", "proof_ok", {}),
    )  # fmt: skip
    buttons = {"officer": ("submit", "dispatch", "conclude"), "head": ("agree", "return"), "leader": ("sign", "refuse", "leader_ok", "leader_back"),
               "recheck": ("recheck_ok", "recheck_substance"), "plate": ("plate", "plate_done", "replate"), "proof": ("proof_ok", "proof_back"),
               "keeper": ("seal",)}  # fmt: skip
    rows = {row.name: row for row in TABLE.transitions}
    for step in (*way, None):
        state = _state(app, path)
        for who, names in buttons.items():
            for name in (each for each in names if state not in rows[each].sources):
                assert chain.act(who, path, name, status="*").status_int == 403, (state, name)
        assert _state(app, path) == state
        if step:
            who, name, data = step
            chain.act(who, path, name, **data)
            drain(app)
    assert _state(app, path) == "sealing"


def _state(app, path):
    with site(app) as root:
        return find_resource(root, path).state
