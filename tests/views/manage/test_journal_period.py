"""The auditor's page of sealed periods: ask, see it done, see what was moved elsewhere (R-7.2)."""

from tests.app import drain
from tests.desk import Desk, lines, words

PAGE = "/@@journal_periods"


def test_a_period_is_sealed_listed_and_still_searched(app):
    auditor = Desk(app, "auditor")
    assert "还没有封存过" in auditor.get(PAGE).text
    answer = auditor.post(PAGE, {"note": "2013年第一季度"}).follow()
    assert "等待封存" in answer.text
    assert "封存至现在" not in answer.text, "asked already"
    drain(app)
    page = auditor.get(PAGE)
    (line,) = [each for each in lines(page) if "2013年第一季度" in each]
    assert "journal-000000000000-" in line
    assert "等待封存" not in page.text
    found = words(auditor.get("/@@journal?action=journal.seal"))
    assert "2013年第一季度" in found, "what is sealed is found as before"
    assert "封存期间" in words(auditor.get("/@@journal?action=journal.sealed"))
    seq = app.registry.journal.segments()[0].last
    assert auditor.get(f"/@@journal_entry?seq={seq - 1}").status_int == 200


def test_a_period_has_a_name(app):
    answer = Desk(app, "auditor").post(PAGE, {"note": " "}, status=422)
    assert "请写明依据" in answer.text
    assert app.registry.journal.segments() == []


def test_a_file_moved_elsewhere_is_named(app, tmp_path):
    auditor = Desk(app, "auditor")
    auditor.post(PAGE, {"note": "2013年第一季度"})
    drain(app)
    (name,) = [each.path(app.registry.govrepo_settings.path("journal")) for each in app.registry.journal.segments()]
    name.rename(tmp_path / "tape")
    page = auditor.get(PAGE)
    assert "有 1 个期间的文件已移往别处" in words(page)
    assert "不在本机" in next(each for each in lines(page) if name.name in each)
    assert name.name in words(auditor.get("/@@journal"))
