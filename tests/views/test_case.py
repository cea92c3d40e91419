"""The page of a case: its timeline in words. Its acts are tried with the nouns that use it."""

from datetime import date

from policies.inspection import TABLE, plan
from tests.policies.conftest import bench
from views.case import timeline

__all__ = ["bench"]


def test_the_timeline_is_in_words(bench):
    made = plan(bench.actor("tech"), bench.person("jm.clerk"), "random", "计算机", date(2013, 1, 7))
    bench.act("tech", made, "pass", note="无问题")
    titles = {row.name: row.title for row in TABLE.transitions}
    assert [(what, note) for _at, _who, what, note in timeline(made, {"plan": "安排"})] == [
        ("安排", "计算机"),
        (titles["pass"], "无问题"),
    ]
