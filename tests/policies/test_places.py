"""Where a person may read: tokens for the search and the exact answer ask the same ACLs (domain.md 7.2)."""

from policies.places import items_of, leading, named, places_of, tokens_of


def test_tokens_come_from_the_appointments_in_force(bench):
    clerk, person = tokens_of(bench.actor("jm.clerk"), bench.root), bench.person("jm.clerk")
    assert {"box:jiangmen", "carrier:jiangmen", person.principal} <= set(clerk)
    registry = tokens_of(bench.actor("office.registry1"), bench.root)
    assert {"box:gd-office", "register:gd-office"} <= set(registry)
    for officer in ("auditor", "admin", "security", "tech"):
        assert [
            each
            for each in tokens_of(bench.actor(officer), bench.root)
            if each.startswith(("box:", "carrier:", "register:"))
        ] == []


def test_the_exact_answer_names_the_objects(bench):
    delivery = bench.opened()
    document = delivery.document
    assert places_of([document], bench.actor("office.registry1"), bench.root) == {document.uid: [delivery]}
    assert places_of([document], bench.actor("jm.clerk"), bench.root) == {document.uid: [delivery.dispatch]}
    assert places_of([document], bench.actor("gz.clerk"), bench.root) == {}
    assert places_of([], bench.actor("jm.clerk"), bench.root) == {}


def test_an_object_leads_to_its_items(bench):
    delivery = bench.opened()
    assert items_of(delivery) == (delivery.document,)
    assert items_of(delivery.dispatch) == (delivery.document,)


def test_tokens_by_kind():
    tokens = ("box:a", "carrier:a/x", "person:p1")
    assert named(tokens, "box") == ("box:a",)
    assert dict(leading(tokens))["dispatches"].values == ("a/x",)
