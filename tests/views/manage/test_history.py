"""History: transitions without words; the journal's entries for the auditor alone."""

from tests.attacks import scene
from tests.desk import words


def test_the_auditor_also_reads_the_journal(shared_app, desk):
    path = scene.make(shared_app, "asked_office")["asked_office"]
    audited, administered = (words(desk(login).get(f"{path}/@@history")) for login in ("auditor", "admin"))
    for page in (audited, administered):
        assert "ask_recall" in page or "请求撤回" in page
        assert "发错" not in page, "the words given are content"
    assert "delivery.ask_recall" in audited
    assert "delivery.ask_recall" not in administered


def test_what_has_no_history_says_so(desk):
    assert desk("admin").get("/units/@@history").status_int == 200
