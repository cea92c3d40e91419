"""Views of evidence that are tried elsewhere, and where (see cells.py)."""

EVIDENCE = {
    ("Site", "content_ask", "GET"): "tests/views/test_content_release.py",
    ("Site", "content_ask", "POST"): "tests/views/test_content_release.py",
    ("ContentRelease", "", "GET"): "tests/views/test_content_release.py; cells in tests/policies/test_matrix.py",
    ("ContentRelease", "act", "POST"): "tests/views/test_content_release.py; cells in tests/policies/test_matrix.py",
    ("ContentRelease", "content", "GET"): "tests/views/test_content_release.py",
    ("ContentRelease", "page", "GET"): "tests/views/test_content_release.py",
    ("Site", "evidence_new", "POST"): "tests/views/test_evidence_package.py",
    ("EvidencePackage", "", "GET"): "tests/views/test_evidence_package.py; cells in tests/policies/test_matrix.py",
    ("EvidencePackage", "act", "POST"): "tests/views/test_evidence_package.py; cells in tests/policies/test_matrix.py",
    ("EvidencePackage", "download", "POST"): "tests/views/test_evidence_package.py",
    ("EvidencePackage", "prepare", "POST"): "tests/views/test_evidence_package.py",
    ("EvidencePackage", "sign", "POST"): "tests/views/test_evidence_package.py",
    ("Site", "finding_new", "POST"): "tests/views/test_finding.py",
    ("Finding", "", "GET"): "tests/views/test_finding.py; every cell in tests/policies/test_matrix.py",
    ("Finding", "act", "POST"): "tests/views/test_finding.py; every cell in tests/policies/test_matrix.py",
    ("Finding", "prepare", "POST"): "tests/views/test_finding.py",
    ("Finding", "sign", "POST"): "tests/views/test_finding.py",
}
