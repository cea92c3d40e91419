"""The report on the separation of duties (SOD-15)."""

from content_types.appointment import Appointment
from govrepo import clock
from tests.app import drain, site
from tests.desk import journaled, rows, words


def test_the_auditor_reads_what_the_night_found(shared_app, desk):
    assert "SOD-15" in words(desk("auditor").get("/separation"))
    with site(shared_app) as root:
        root.logins["auditor"].appoint(Appointment("administrator", "site", clock.now(), basis="test"))
        name = root.logins["auditor"].name
        root.work.marks.pop("separation.check", None)
    drain(shared_app)
    page = desk("auditor").get("/separation")
    assert any("SOD-1" in line and name in line for line in rows(page))
    assert "个职责分离问题" in words(desk("auditor").get("/@@manage"))
    assert journaled(shared_app, "separation.checked")
    desk("admin").get("/separation", status=403)
