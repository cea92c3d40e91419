from content_types.separation_report import Finding, SeparationReport
from govrepo import clock


def test_a_report_keeps_what_was_found_and_over_how_much():
    finding = Finding("SOD-1", "p0001", "甲子安", "auditor", "site")
    assert SeparationReport(clock.now(), 190, (finding,)).findings == (finding,)
