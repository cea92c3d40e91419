"""Where the comparison stands: at the very beginning on a new site, with a sweep before it."""

from content_types.reconciliation import START, Reconciliation


def test_a_new_one_has_everything_before_it(bench):
    point = Reconciliation()
    assert (point.seq, point.tid, point.sweep, point.swept_at) == (-1, START, 0, None)
    assert list(point.suspects) == []
    assert isinstance(bench.root.reconciliation, Reconciliation)
