"""A document's whole life: asked at any of its objects, told across all boxes, in order (R-7.1)."""

from pyramid.traversal import resource_path

from policies.document_life import dispatch_of, entries, objects


def test_it_is_the_same_from_wherever_it_is_asked(bench):
    delivery = bench.opened()
    for each in (delivery, delivery.dispatch):
        assert dispatch_of(bench.root, resource_path(each)) is delivery.dispatch
    assert {each.uid for each in objects(bench.root, delivery.dispatch)} == {delivery.uid, delivery.dispatch.uid}
    told = entries(bench.root, bench.registry.journal, delivery.dispatch)
    assert [each.seq for each in told] == sorted(each.seq for each in told)


def test_what_is_no_part_of_the_exchange(bench):
    for path in ("", "/", "/people", "/nowhere/at/all", "people", resource_path(bench.person("auditor"))):
        assert dispatch_of(bench.root, path) is None
