"""Who is shown as able to log in."""

import re

from webtest import TestApp

from policies.sample.logins import FEATURED, every_login, sample_logins
from policies.sample.people import PASSWORD, posts
from tests.app import running, site


def test_the_featured_are_all_there_with_role_and_boxes(app):
    with site(app) as root:
        rows = {row.login: row for row in sample_logins(root, app.registry)}
    assert tuple(rows) == FEATURED
    assert (rows["zh2.receiver"].post, rows["zh2.receiver"].roles) == ("省府办公厅综合二处", "收文员")
    assert rows["zh2.receiver"].boxes == "综合二处"
    assert rows["office.registry1"].boxes == "省政府、省府办公厅"
    assert rows["auditor"].boxes == ""


def test_every_login_is_a_post():
    assert len(every_login()) == len(list(posts()))


def test_somebody_elses_account_is_no_sample(app):
    with site(app) as root:
        root.logins["tech"].name = "某同志"
        assert [row.login for row in sample_logins(root, app.registry, ("tech", "admin", "unknown"))] == ["admin"]


def shown(app):
    page = TestApp(app, extra_environ={"REMOTE_ADDR": "10.0.0.7"}).get("/login")
    return PASSWORD in page.text, len(re.findall("gz.clerk", page.text))


def test_the_login_page_shows_them_to_a_developer_only(tmp_path):
    with running(tmp_path / "a", developer="yes") as app:
        password, found = shown(app)
        assert password
        assert found
    with running(tmp_path / "b") as app:
        assert shown(app) == (False, 0)
