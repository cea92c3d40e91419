"""How an ACL comes about: grants, merged with the overrides in force (R-7.4, R-8.2)."""

from datetime import timedelta

from content_types.access_proposal import Override
from govrepo import clock
from govrepo.security.acl import ACLAuthorizationPolicy, Allow, Deny
from policies.access import Grant, acl, acl_at, grants_of, put_acl, refresh
from policies.exchange_box import boxes_of
from policies.permissions import Permission as P
from tests.policies.bench import later

NOW = clock.now()
GRANTS = (Grant("clerk@a", ("see", "do")), Grant("head@a", ("see",)))


def override(principal, permission, *, allowed=True, since=NOW, until=None):
    return Override("q1", principal, permission, allowed, since, until, "依据")


def test_without_overrides_the_acl_is_the_grants():
    assert acl(GRANTS, (), NOW) == [(Allow, "clerk@a", ("see", "do")), (Allow, "head@a", ("see",))]


def test_what_is_added_joins_the_line_and_what_is_taken_leaves_it_and_is_refused_last():
    lines = acl(GRANTS, (override("head@a", "do"), override("clerk@a", "do", allowed=False)), NOW)
    assert lines == [(Allow, "clerk@a", ("see",)), (Allow, "head@a", ("see", "do")), (Deny, "clerk@a", ("do",))]


def test_the_last_executed_in_force_decides():
    early, late = override("x@a", "do"), override("x@a", "do", allowed=False, until=NOW + timedelta(days=1))
    assert (Deny, "x@a", ("do",)) in acl(GRANTS, (early, late), NOW)
    assert (Allow, "x@a", ("do",)) in acl(GRANTS, (early, late), NOW + timedelta(days=2))


def test_a_refusal_to_one_role_takes_nothing_that_another_role_of_the_same_person_has(bench):
    lines = acl(GRANTS, (override("head@a", "see", allowed=False),), NOW)

    class Here:
        __acl__ = lines
        __parent__ = None

    permits = ACLAuthorizationPolicy().permits
    assert not permits(Here(), ("head@a",), "see")
    assert permits(Here(), ("head@a", "clerk@a"), "see")


def test_a_recomputation_loses_no_override(bench):
    """R-8.2: start-up with other tables, or a new division, computes ACLs anew."""
    box = bench.box("jiangmen")
    before = list(box.__acl__)
    box.overrides = (override("duty_officer@unit:gd-office", str(P.BOX_VIEW), since=clock.now()),)
    for _time in range(2):
        refresh(box, bench.registry)
        assert box.__acl__ == [*before, (Allow, "duty_officer@unit:gd-office", (str(P.BOX_VIEW),))]
    assert box in boxes_of(bench.actor("office.duty"), bench.root)
    box.overrides = ()
    refresh(box, bench.registry)
    assert box.__acl__ == before
    assert box not in boxes_of(bench.actor("office.duty"), bench.root)


def test_a_desk_is_refreshed_with_its_box(bench):
    """Who has a part in a desk alone finds the box."""
    bench.draft("zh2.officer", "gd-office", ("jiangmen",))
    desk = bench.box("gd-office")["outbox"]["zh2"]
    desk.overrides = (override("head@division:zh2", str(P.DISPATCH_READ), since=clock.now()),)
    refresh(desk, bench.registry)
    assert bench.actor("zh2.head").allowed(P.DISPATCH_READ, desk)
    assert bench.box("gd-office") in boxes_of(bench.actor("zh2.head"), bench.root)


def test_a_container_without_grants_carries_overrides_only(bench):
    division = bench.root["units"]["gd-office"]["zh1"]
    assert grants_of(division) == ()
    division.overrides = (override("liaison@site", str(P.MANAGE_VIEW), since=clock.now()),)
    put_acl(division, bench.registry)
    assert division.__acl__ == [(Allow, "liaison@site", (str(P.MANAGE_VIEW),))]
    division.overrides = ()
    put_acl(division, bench.registry)
    assert division.__acl__ == []


def test_every_acl_a_carrier_had_is_kept_with_its_date(bench):
    box = bench.box("jiangmen")
    box.acl_history = ()
    assert acl_at(box, clock.now()) == (box.__acl__, False)
    box.overrides = (override("duty_officer@unit:gd-office", str(P.BOX_VIEW), since=clock.now()),)
    refresh(box, bench.registry)
    first = clock.now()
    later(days=1)
    box.overrides = ()
    refresh(box, bench.registry)
    assert len(acl_at(box, first)[0]) == len(acl_at(box, clock.now())[0]) + 1
    assert acl_at(box, first)[1] is True
    assert acl_at(box, first - timedelta(days=1)) == (box.acl_history[0].acl, False)
    assert acl_at(bench.root["units"], first) == (None, True)
