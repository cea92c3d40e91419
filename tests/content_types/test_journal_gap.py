"""The gap as it is kept: its number, the entries it names, and the digest that its explanation is signed over."""

from content_types.journal_gap import Discrepancy, JournalGap

FOUND = (Discrepancy("state", 9, "signed", "pending"), Discrepancy("facts", 9), Discrepancy("missing_entry", 4))


def test_it_names_its_entries_once_in_order(bench):
    gap = JournalGap("/x", "r1", "某件", FOUND)
    gap.year, gap.number = 2013, 2
    assert (gap.title, gap.seqs, gap.state) == ("日志缺口〔2013〕2号", (4, 9), "open")


def test_its_digest_tells_findings_apart(bench):
    gaps = [
        JournalGap("/x", "r1", "某件", FOUND),
        JournalGap("/y", "r1", "某件", FOUND),
        JournalGap("/x", "r2", "某件", FOUND),
        JournalGap("/x", "r1", "某件", FOUND[:1]),
        JournalGap("/x", "r1", "某件", (Discrepancy("state", 9, "signed", "closed"),)),
    ]
    assert len({each.digest() for each in gaps}) == len(gaps)
    assert JournalGap("/x", "r1", "另称", FOUND).digest() == gaps[0].digest()
