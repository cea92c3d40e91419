"""What registers say in words."""

from policies.register_pages import words
from tests.policies.bench import local

MORNING = local("2013-01-07 09:00")


def said(text):
    return None if text is None else str(text.interpolate())


def test_spans_are_told_in_days_hours_and_minutes():
    assert said(words.span(MORNING, local("2013-01-07 11:05"))) == "2小时5分"
    assert said(words.span(MORNING, local("2013-01-09 10:59"))) == "2天1小时"
    assert said(words.span(local("2013-01-07 11:05"), MORNING)) == "0小时0分"
    assert words.span(None, MORNING) is None


def test_waiting_goes_on_until_now(bench):
    assert said(words.waiting(MORNING)) == "1小时0分"


def test_names_of_what_is_gone_stay_readable(bench):
    root = bench.root
    assert words.box_title(root, "jiangmen") == root["exchange"]["jiangmen"].title
    assert words.unit_title(root, "jiangmen") == root["units"]["jiangmen"].short_name
    assert words.person_name(root, bench.person("jm.clerk").principal) == bench.person("jm.clerk").name
    for name in (words.box_title, words.unit_title, words.person_name, words.return_reason):
        assert name(root, "gone") == "gone"
    assert words.return_reason(root, "format") == "格式不符"
    assert words.urgency(root, "urgent") == "加急"
    assert words.of({"a": "甲"})(root, "a") == "甲"
    assert words.of({"a": "甲"})(root, "b") == "b"
