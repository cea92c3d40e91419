"""Every cell of the paper item's table, compared with the one written by hand (see test_matrix.py)."""

import pytest

from tests.policies import expected_paper
from tests.policies.test_matrix import BOXES, PAIRS, PEER, a_dispatch, compare, sender_may


@pytest.mark.parametrize(("sending", "receiving"), PAIRS)
def test_every_cell_of_the_paper_item(bench, sending, receiving):
    """R-N2.2 and 7.2: the clerk of the receiving box marks; what is lost, whoever sends sends again."""
    target = PEER if receiving == "unit" else BOXES[receiving]
    dispatch = a_dispatch(bench, BOXES[sending], [target])
    dispatch.state = "sent"
    bench.fan_out(dispatch)
    bench.ends = (bench.box(BOXES[sending]), bench.box(target))
    kinds = {"sending": sending, "receiving": receiving}

    def allowed(row, role, place, relation):
        fits = place == row.side and role in row.who[kinds[row.side]]
        return fits and (row.side == "receiving" or sender_may(row, sending, relation))

    item = bench.paper(dispatch, target)
    compare(bench, item, expected_paper.PAPER, expected_paper.STATES, lambda *_facts: None, allowed)
