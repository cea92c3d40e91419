from datetime import date

from content_types.handover import Handover


def test_a_handover_begins_unconfirmed():
    made = Handover(None, None, "auditor", "日志、钥匙", date(2013, 1, 7))
    assert (made.state, made.given_at, made.taken_at) == ("open", None, None)
