"""Who acts: rights from ACLs and principals only (design.md sect. 4)."""

from policies.actor import actor_for, system_actor
from policies.permissions import Permission


def test_rights_come_from_the_lineage(bench):
    clerk = bench.actor("gz.clerk")
    assert clerk.allowed(Permission.BOX_VIEW, bench.box("guangzhou"))
    assert clerk.allowed(Permission.BOX_VIEW, bench.box("guangzhou")["inbox"])
    assert not clerk.allowed(Permission.BOX_VIEW, bench.box("shenzhen"))


def test_roles_held_in_any_scope(bench):
    clerk = bench.actor("gz.clerk")
    assert clerk.holds("unit_clerk")
    assert not clerk.holds("unit")
    assert not clerk.is_system


def test_the_system_is_nobody_in_particular(bench):
    system = system_actor(bench.registry)
    assert system.is_system
    assert not system.allowed(Permission.BOX_VIEW, bench.box("guangzhou"))


def test_a_person_acts_outside_a_request_with_the_rights_of_now(bench):
    clerk = bench.person("gz.clerk")
    assert actor_for(clerk, bench.registry).principals == bench.actor("gz.clerk").principals
    clerk.state = "suspended"
    assert not actor_for(clerk, bench.registry).allowed(Permission.BOX_VIEW, bench.box("guangzhou"))
    assert not actor_for(clerk, bench.registry).allowed(Permission.SITE_VIEW, bench.root)
