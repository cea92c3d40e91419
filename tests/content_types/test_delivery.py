"""The delivery: its identity, what its findings mean, and the quota it shares (domain.md 4.9; P-35, P-52, R-N4.5)."""

import pytest

from content_types.delivery import Delivery, Finding, Print, delivery_name
from content_types.dispatch import Address


@pytest.fixture
def delivery(bench):
    return bench.delivery(quota=2)


def test_its_name_is_dispatch_box_attempt(delivery):
    dispatch = delivery.dispatch
    assert delivery_name(dispatch, "gd-office") == f"{dispatch.uid}-gd-office-1"
    dispatch.attempt = 2
    assert delivery_name(dispatch, "gd-office").endswith("-2")


def test_it_shows_the_document(delivery):
    assert delivery.title == delivery.document.title == delivery.dispatch.document.title
    assert delivery.box is delivery.original_box
    assert not delivery.internal


@pytest.mark.parametrize(
    ("passed", "verdict"),
    [((), "unknown"), ((True,), "ok"), ((True, None), "unknown"), ((True, False), "bad"), ((None, False), "bad")],
)
def test_p_52_what_the_checks_say_together(delivery, passed, verdict):
    findings = [Finding(f"verify.{number}", each) for number, each in enumerate(passed)]
    delivery.findings = (*findings, Finding("format.files", passed=False))
    assert delivery.verification == verdict


def test_r_n4_5_formats_are_judged_by_themselves(delivery):
    delivery.findings = (Finding("verify.digest", passed=False), Finding("format.files", passed=True))
    assert delivery.format_ok
    delivery.findings = (Finding("format.files", passed=False, detail="缺少"),)
    assert not delivery.format_ok


def test_p_35_an_internal_one_shares_the_quota(bench, delivery):
    inner = Delivery(delivery.dispatch, bench.box("gd-office-zh1"), Address.MAIN, source=delivery)
    innermost = Delivery(delivery.dispatch, bench.box("gd-office-zh1"), Address.MAIN, source=inner)
    assert innermost.internal
    assert innermost.first is delivery
    delivery.prints = (("at", "who", "file"),)
    assert [each.copies_left for each in (delivery, inner, innermost)] == [1, 1, 1]
    delivery.prints = (*delivery.prints, Print("at", "who", "file", copies=2), Print("at", "who", "file", "download"))
    assert innermost.copies_made == 3
    assert innermost.copies_left == 0
