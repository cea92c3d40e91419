"""The phone notice keeps who called whom (domain.md 4.16)."""

from content_types.phone_notice import Call, Direction, PhoneNotice, Result
from govrepo import clock


def test_4_16_time_from_to_direction_and_result():
    notice = PhoneNotice(None, "in", Call(clock.now(), "江门 甲", "值班室 乙"), None)
    assert (notice.direction, notice.caller, notice.called, notice.result) == (
        Direction.IN, "江门 甲", "值班室 乙", Result.TOLD,
    )  # fmt: skip
    assert notice.told
    assert notice.document is None
    assert not PhoneNotice(None, "out", Call(clock.now(), "甲", "乙", Result.UNANSWERED), None).told
