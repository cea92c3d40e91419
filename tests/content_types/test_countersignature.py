"""The countersignature as it is kept: the checkpoint's very text, and what the text to sign says of it."""

from datetime import date

from content_types.countersignature import Countersignature
from govrepo import clock
from govrepo.journal.checkpoint import sign
from tests.policies.bench import local


def test_it_keeps_the_checkpoint_as_it_was_signed(bench):
    with clock.frozen(local("2013-01-08 00:30")):
        checkpoint = sign("ab" * 32, 12, b"\1" * 32, bench.registry.system_key)
    kept = Countersignature(checkpoint)
    assert (kept.checkpoint, kept.size, kept.day) == (checkpoint, 12, date(2013, 1, 8))
    assert kept.title == "2013-01-08 检查点（12 条）"
    assert kept.signed_as == f"审计日志检查点 12 条，根散列 {'01' * 32}，2013-01-08T00:30:00+08:00"
    assert len(kept.digest) == 64
