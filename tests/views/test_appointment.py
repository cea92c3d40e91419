"""The appointments in force (授权现状, domain.md part 6)."""

from tests.desk import rows, words


def test_they_are_listed_by_role_and_person_with_their_basis(desk):
    page = desk("auditor").get("/appointments?role=auditor")
    (line,) = rows(page)
    assert "审计员" in line
    assert "初始任命" in line
    (line,) = rows(desk("admin").get("/appointments?person=jm.clerk"))
    assert "江门市" in line
    assert "权变〔2012〕" in line


def test_an_unknown_name_is_said(desk):
    page = desk("admin").get("/appointments?person=nobody")
    assert "没有这个用户名" in words(page)
    assert rows(page) == []
    assert len(rows(desk("admin").get("/appointments"))) > 100
