"""What domain.md allows about printing, answering and verifying a delivery, by hand as in expected.py."""

from tests.policies.expected_row import Row, states

KEPT = states("signed assigned registered closed")


def printing(receivers, releasers, readers, issuers):
    """The rows, for those who receive, those who answer for the box, those who read, and those who speak for the issuer."""
    # S-10 "the issuer's consent": who releases what is sent.
    answers = ("grant_circulation", "refuse_circulation")
    return (
        Row("print", KEPT, receivers, "P-35; P-52; P-53"),
        Row("print_plain", KEPT, receivers, "P-35; P-52"),
        Row("download", KEPT, receivers, "P-59; P-52"),
        # P-58 "consent of the head": who answers for the box, as with a late return (7.2).
        Row("ask_print", KEPT, receivers, "P-58"),
        Row("grant_print", KEPT, releasers, "P-58"),
        Row("refuse_print", KEPT, releasers, "P-58"),
        *(Row(each, KEPT, issuers, "S-10; 7.2 release", "sending") for each in answers),
        Row("reply", KEPT, receivers, "P-60: whoever holds it answers"),
        Row("verify_again", KEPT | {"pending"}, readers, "P-51; P-52"),
    )
