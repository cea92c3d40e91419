"""What a check says of an item, in words."""

from govrepo.evidence.verdict import bad, good, is_bad, unproven


def test_each_verdict_reads_as_a_line():
    lines = [str(each) for each in (good("seal", "fits"), bad("seal", "broken"), unproven("seal", "no key"))]
    assert lines == ["good       seal: fits", "BAD        seal: broken", "not proven seal: no key"]


def test_a_whole_is_bad_by_one_part_and_not_by_what_is_not_proven():
    assert is_bad([good("a", ""), bad("b", "")])
    assert not is_bad([good("a", ""), unproven("b", "")])
