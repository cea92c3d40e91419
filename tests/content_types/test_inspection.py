"""The inspection as it is kept (R-39.1)."""

from datetime import date

from policies.inspection import plan


def test_it_bears_a_number_of_its_year(bench):
    first, second = (
        plan(bench.actor("tech"), bench.person("jm.clerk"), "periodic", " 计算机 ", date(2013, 1, 8))
        for _each in (1, 2)
    )
    assert [first.title, second.title] == ["抽查〔2013〕1号", "抽查〔2013〕2号"]
    assert (first.equipment, first.finding, first.sealed, first.suspension) == ("计算机", "", "", None)
