"""The dual track ends for each unit on its own day; what was sent before keeps its paper (R-N2.1, R-N2.3, R-N2.4)."""

from datetime import date

from content_types.assignment import Part
from policies.dual_track import comes_on_paper, paper_goes_to
from tests.policies.bench import later


def test_r_n2_4_paper_goes_to_the_units_that_still_get_it(bench):
    unit = bench.root["units"]["foshan"]
    bench.act("admin", unit, "end_dual_track", day=date(2013, 1, 9), basis="粤办函〔2013〕1号")
    before = bench.delivered(mains=("foshan", "zhuhai"))
    assert [box.__name__ for box in paper_goes_to(before)] == ["foshan", "zhuhai"]
    later(days=2)
    assert [box.__name__ for box in paper_goes_to(before)] == ["foshan", "zhuhai"]  # R-N2.3: what was sent before.
    draft = bench.draft(mains=("foshan", "zhuhai"), number="江府〔2013〕9号")
    assert [box.__name__ for box in paper_goes_to(draft)] == ["zhuhai"]
    assert comes_on_paper(before.tracking.deliveries["foshan"])
    after = bench.delivered(mains=("foshan", "zhuhai"), number="江府〔2013〕10号")
    assert [comes_on_paper(after.tracking.deliveries[name]) for name in ("foshan", "zhuhai")] == [False, True]


def test_what_is_distributed_inside_a_unit_has_no_paper_of_its_own(bench):
    delivery = bench.signed()
    bench.act(
        "office.registry1", delivery, "distribute", targets=((bench.root["units"]["gd-office"]["zh2"], Part.LEAD),)
    )
    assert comes_on_paper(delivery)
    assert not comes_on_paper(delivery.assignments[0])
