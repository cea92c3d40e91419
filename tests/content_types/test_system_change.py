"""The change request as it is kept (R-13.1)."""

from policies.system_change import apply


def test_it_bears_a_number_of_its_year(bench):
    first, second = (apply(bench.actor("jm.approver"), bench.root, " 接入 ", "理由") for _each in (1, 2))
    assert [first.title, second.title] == ["变更〔2013〕1号", "变更〔2013〕2号"]
    assert (first.subject, first.requester, first.consent) == ("接入", bench.person("jm.approver"), None)
