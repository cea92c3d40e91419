"""The finding as it is kept: its number, and the digest that is signed."""

from content_types.evidence_package import EvidencePackage
from content_types.finding import Finding


def test_its_digest_tells_findings_apart(bench):
    auditor, clerk = bench.person("auditor"), bench.person("jm.clerk")
    package = EvidencePackage(auditor, "一案", {})
    made = [
        Finding(auditor, "甲", (package,), (clerk,)),
        Finding(auditor, "乙", (package,), (clerk,)),
        Finding(auditor, "甲", (), (clerk,)),
        Finding(auditor, "甲", (package,), (auditor,)),
        Finding(auditor, "甲", (package,), (clerk,)),
        Finding(auditor, "甲", (package,), (clerk,)),
    ]
    made[4].incident, made[5].suspension = package, package
    assert len({each.digest() for each in made}) == len(made)
    made[0].year, made[0].number = 2013, 3
    assert (made[0].title, made[0].state) == ("认定〔2013〕3号", "draft")
