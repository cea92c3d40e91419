"""What the site as a whole allows: the home page to whoever has logged in, and nothing to anybody else."""

from types import SimpleNamespace

from govrepo.security.acl import Authenticated, Everyone
from policies import site
from policies.actor import Actor
from policies.drafting_desk import desk_of
from policies.permissions import Permission


def test_who_has_not_logged_in_may_nothing(bench):
    nobody = Actor("anonymous", "", (Everyone,), bench.registry)
    somebody = Actor("person:p1", "甲", (Everyone, Authenticated, "person:p1"), bench.registry)
    places = [bench.root, *bench.root["exchange"].values(), *bench.root["people"].values()]
    assert not [each for place in places for each in Permission if nobody.allowed(each, place)]
    found = {each for place in places for each in Permission if somebody.allowed(each, place)}
    assert found == {Permission.SITE_VIEW}


def test_acls_follow_the_tables_of_grants_at_the_next_start(bench):
    """Design sect. 4: an ACL is the policy table, computed; a site that an older table made is brought up to date."""
    officer, box = bench.actor("zh1.officer"), bench.box("gd-office")
    dispatch = bench.draft("zh1.officer", "gd-office", mains=("jiangmen",), number="粤办函〔2013〕5号")
    desk = desk_of(box, officer.person.division, bench.registry)
    for carrier in (bench.root, box, desk, dispatch.__parent__.__parent__):
        carrier.__acl__ = []
    event = SimpleNamespace(site=bench.root, registry=bench.registry)
    site.renew_acls(event)
    assert not officer.allowed(Permission.OUTBOX_VIEW, box), "the tables are those the site was made from"
    bench.root.grants_fingerprint = "that of an older release"
    site.renew_acls(event)
    assert officer.allowed(Permission.OUTBOX_VIEW, box)
    assert officer.allowed(Permission.DISPATCH_READ, dispatch)
    assert officer.allowed(Permission.DOCUMENT_DRAFT, desk)
    assert bench.root.grants_fingerprint == site.grants_fingerprint()


def test_a_site_of_an_older_release_gets_its_missing_parts_at_start(bench):
    del bench.root["admin"]
    site.complete(SimpleNamespace(site=bench.root, registry=bench.registry))
    assert list(bench.root["admin"]) == []
