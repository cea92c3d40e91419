"""A call to a division knows its document and division (R-20.3)."""

from types import SimpleNamespace

from content_types.division_call import DivisionCall
from govrepo import clock


def test_r_20_3_which_division_about_what():
    delivery = SimpleNamespace(title="关于抢险的通知", box=SimpleNamespace(owner="综合二处"))
    call = DivisionCall("box", delivery, clock.now())
    assert (call.title, call.division, call.state, call.notices) == ("关于抢险的通知", "综合二处", "due", ())
