"""The package as it is kept: its number, and what the signed text says of it."""

from content_types.evidence_package import EvidencePackage


def test_it_says_what_it_is(bench):
    made = EvidencePackage(bench.person("auditor"), "一案", {"module": "delivery"})
    made.year, made.number, made.seqs = 2013, 2, (4, 7)
    assert (made.title, made.state) == ("证据〔2013〕2号", "ordered")
    assert made.signed_as == "证据包 证据〔2013〕2号，日志 2 条"
