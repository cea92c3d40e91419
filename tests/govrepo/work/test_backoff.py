from datetime import timedelta

import pytest

from govrepo.work.backoff import DELAYS, LAST_ATTEMPT, conflict_wait, delay


@pytest.mark.parametrize(
    ("failures", "seconds"), [(1, 5), (2, 30), (3, 120), (4, 600), (5, 3600), (6, 21600), (9, 21600)]
)
def test_waits_grow_and_vary_by_a_fifth(failures, seconds):
    waits = [delay(failures).total_seconds() for _ in range(50)]
    assert seconds <= min(waits) < max(waits) <= seconds * 1.2


def test_every_delay_is_used_before_the_last_attempt():
    assert len(DELAYS) == LAST_ATTEMPT - 1
    assert sorted(DELAYS) == list(DELAYS)
    assert DELAYS[-1] == timedelta(hours=6)


def test_conflicts_are_waited_out_briefly():
    assert all(0 <= conflict_wait(tries) <= 0.2 for tries in range(40))
    assert conflict_wait(0) <= 0.002
