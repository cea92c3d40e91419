"""What domain.md allows with paper beside the exchange, written by hand from R-N2.1 to R-N2.3 and 7.2 (see expected.py)."""

from tests.policies.expected import RECEIVERS, SENDERS
from tests.policies.expected_row import Row
from tests.policies.expected_row import states as _states

# R-N2.2 "until a clerk marks": whoever receives in the box; what is lost the sender sends again.
STATES = ("expected", "received", "waived", "lost", "unmatched", "matched", "kept")
PAPER = (
    Row("receive", _states("expected lost"), RECEIVERS, "R-N2.2"),
    Row("waive", _states("expected lost"), RECEIVERS, "R-N2.2"),
    Row("report_lost", _states("expected"), RECEIVERS, "R-N2.2"),
    Row("reopen", _states("received waived"), RECEIVERS, "R-N2.2: a mark set by mistake"),
    Row("send_again", _states("lost"), SENDERS, "R-N2.1; 7.2 send", "sending"),
    Row("match", _states("unmatched"), RECEIVERS, "part 6: expected and received agree"),
    Row("unmatch", _states("matched"), RECEIVERS, "part 6"),
    Row("keep", _states("unmatched"), RECEIVERS, "part 6"),
)

TABLES = {"paper_item": (STATES, PAPER)}
