"""What the site as a whole allows: the home page to whoever has logged in, and nothing to anybody else."""

from govrepo.security.acl import Authenticated, Everyone
from policies.actor import Actor
from policies.permissions import Permission


def test_who_has_not_logged_in_may_nothing(bench):
    nobody = Actor("anonymous", "", (Everyone,), bench.registry)
    somebody = Actor("person:p1", "甲", (Everyone, Authenticated, "person:p1"), bench.registry)
    places = [bench.root, *bench.root["exchange"].values(), *bench.root["people"].values()]
    assert not [each for place in places for each in Permission if nobody.allowed(each, place)]
    found = {each for place in places for each in Permission if somebody.allowed(each, place)}
    assert found == {Permission.SITE_VIEW}
