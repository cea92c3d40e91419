"""Who sees which rows (domain.md 7.2; R-8.3, R-35.1)."""

from govrepo.catalog import EVERYTHING, Eq
from govrepo.catalog import Any as AnyOf
from policies.permissions import Permission as P
from policies.register_pages.visible import in_boxes, on_site, sent_by_us, sent_from


def test_who_holds_a_permission_at_the_site_sees_all_rows(bench):
    seen = on_site(P.CERTIFICATE_READ)
    assert seen.query(bench.actor("security"), bench.root) is EVERYTHING
    assert seen.query(bench.actor("jm.clerk"), bench.root) is None


def test_r_35_1_a_keeper_sees_the_rows_of_the_own_boxes(bench):
    seen = in_boxes(P.BOX_VIEW)
    assert seen.query(bench.actor("jm.clerk"), bench.root) == AnyOf("box", ("jiangmen",))
    assert seen.query(bench.actor("zh2.officer"), bench.root) is None
    for officer in ("auditor", "admin", "security"):
        assert seen.query(bench.actor(officer), bench.root) is None, officer
    registry = bench.actor("office.registry1")
    assert set(seen.query(registry, bench.root).values) == {"gd-government", "gd-office"}
    one = in_boxes(P.BOX_VIEW, kept=lambda box: box.__name__ == "gd-office")
    assert one.query(registry, bench.root) == AnyOf("box", ("gd-office",))


def test_7_2_a_case_officer_sees_what_the_own_division_sent(bench):
    bench.sent("zh2.officer", "gd-government", ("jiangmen",), by="office.leader")
    seen = sent_from("carrier").query(bench.actor("zh2.officer"), bench.root)
    assert set(seen.values) == {"gd-government/zh2", "gd-office-zh2"}
    other = sent_from("carrier").query(bench.actor("zh1.officer"), bench.root)
    assert not set(seen.values) & set(other.values)


def test_the_sender_does_not_count_copies_made_inside_a_unit(bench):
    query = sent_by_us("from_carrier").query(bench.actor("jm.clerk"), bench.root)
    assert query == AnyOf("from_carrier", ("jiangmen",)) & Eq("internal", 0)
    assert sent_by_us("from_carrier").query(bench.actor("security"), bench.root) is None
