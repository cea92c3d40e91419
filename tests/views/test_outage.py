"""The page of availability, and the probe (R-N3.1)."""

from datetime import timedelta

import transaction
from pyramid.traversal import resource_path
from webtest import TestApp

from govrepo import clock
from policies import outage as policy
from tests.app import ADDRESS, site
from tests.desk import words
from tests.policies.bench import local


def test_r_n3_1_an_outage_is_listed_and_explained(shared_app, desk):
    with site(shared_app) as root, transaction.manager:
        root.upkeep.served_since = clock.from_micros(clock.micros(local("2013-01-01 00:00")))
        made = policy.notice(root, local("2013-01-07 08:00"), local("2013-01-07 09:30"), shared_app.registry)
        path = resource_path(made)
    page = words(desk("tech").get("/availability"))
    assert all(each in page for each in ("1小时30分", "待查明原因", "2013-01"))
    assert "请写明原因" in words(desk("tech").post(f"{path}/act", {"act": "explain", "note": ""}, status=422))
    desk("tech").post(f"{path}/act", {"act": "other"}, status=400)
    desk("auditor").post(f"{path}/act", {"act": "explain", "note": "x"}, status=403)
    desk("tech").post(f"{path}/act", {"act": "explain", "note": "机房停电"})
    assert "机房停电" in words(desk("auditor").get("/availability"))


def test_r_n3_1_a_probe_needs_no_login(shared_app):
    probe = TestApp(shared_app, extra_environ={"REMOTE_ADDR": ADDRESS})
    with site(shared_app) as root, transaction.manager:
        root.upkeep.served_since = root.upkeep.served_at = clock.now()
    assert probe.get("/health").json == {"database": True, "journal": True, "worker": True}
    with site(shared_app) as root, transaction.manager:
        root.upkeep.served_at = clock.now() - timedelta(hours=1)
    assert probe.get("/health", status=503).json["worker"] is False
