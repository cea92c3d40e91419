"""govrepo-setup on a new host: who is appointed can log in, the authority is there, and there is no second time."""

import re
import stat
from datetime import date
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import pkcs12

from govrepo import clock
from govrepo.trust.authorities import serial_of
from policies.founding_cli import example, main, read
from tests.app import login, running, site

DOCS = Path(__file__).resolve().parents[2] / "docs"


@pytest.fixture
def ini(tmp_path):
    path = tmp_path / "site.ini"
    path.write_text(
        "[app:main]\nuse = egg:govrepo\ntm.annotate_user = no\n"
        "zodbconn.uri = file://%(here)s/var/Data.fs?blobstorage_dir=%(here)s/var/blobs\ngovrepo.var = %(here)s/var\n"
    )
    (tmp_path / "var").mkdir()
    return str(path)


@pytest.fixture
def plan(tmp_path):
    path = tmp_path / "founding.toml"
    path.write_text(example(date(2012, 12, 1)), encoding="utf-8")
    return path


def test_the_founding_act_appoints_four_people_who_can_log_in(ini, plan, tmp_path, capsys):
    assert main([ini, str(plan)]) == 0
    said = capsys.readouterr().out
    passwords = dict(re.findall(r"用户名 (\w+)　初始密码 (\S+)", said))
    assert set(passwords) == {"leader", "auditor", "administrator", "security_officer"}
    assert (tmp_path / "var" / "trust" / "root.key").exists()
    sealed = sorted((tmp_path / "var" / "handout").glob("*.p12"))
    assert [stat.S_IMODE(each.stat().st_mode) for each in sealed] == [0o600] * 4
    with running(tmp_path, organisation=False) as app:
        with site(app) as root:
            held = {
                person.login: [each.role for each in person.appointments(clock.now())]
                for person in root["people"].values()
            }
        assert held == {"leader": ["office_leader"], "auditor": ["auditor"], "administrator": ["administrator"],
                        "security_officer": ["security_officer"]}  # fmt: skip
        browser = login(app, "auditor", password=passwords["auditor"])
        assert browser.get("/", status=303).location.endswith("/password"), (
            "an initial password is changed first (P-17)"
        )
        assert len(list(app.registry.journal.entries(action="site.founded"))) == 4
        with site(app) as root:
            for path, password in zip(sealed, passwords.values(), strict=True):
                certificate = pkcs12.load_pkcs12(path.read_bytes(), password.encode()).cert.certificate
                assert root.trust.bindings[serial_of(certificate)] == path.stem


def test_there_is_no_second_founding(ini, plan, capsys):
    assert main([ini, str(plan)]) == 0
    plan.write_text(plan.read_text().replace('login = "', 'login = "second-'), encoding="utf-8")
    assert main([ini, str(plan)]) == 1
    assert "系统已有或曾有审计员" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("change", "code", "words"),
    [
        (("established = true", "established = false"), 1, "R-6.1"),
        (("skills = 2012-12-01", "skills = 2999-12-01"), 1, "R-6.2"),
        (("skills = 2012-12-01", ""), 2, "[auditor] skills"),
        (('login = "leader"', ""), 2, "[leader] login"),
        (('login = "leader"', 'login = "auditor"'), 1, "auditor"),
        (("[office]", "[office"), 2, "founding.toml"),
    ],
)
def test_what_may_not_be_is_named_and_nothing_is_done(ini, plan, capsys, change, code, words):
    plan.write_text(plan.read_text().replace(*change), encoding="utf-8")
    assert main([ini, str(plan)]) == code
    assert words in capsys.readouterr().err
    if code == 1:
        with running(plan.parent, organisation=False) as app, site(app) as root:
            assert list(root["people"]) == []


def test_a_site_that_runs_is_left_alone(ini, plan, tmp_path, capsys):
    with running(tmp_path, organisation=False):
        assert main([ini, str(plan)]) == 1
    assert "站点正在运行" in capsys.readouterr().err


def test_a_file_that_is_not_there(ini, tmp_path, capsys):
    assert main([ini, str(tmp_path / "none.toml")]) == 2
    assert "none.toml" in capsys.readouterr().err


def test_the_example_is_complete_and_stands_in_the_docs(plan):
    assert read(plan)["operator"]["name"] == "秘书处"
    assert example(date(2012, 12, 1)) in (DOCS / "operating.md").read_text(encoding="utf-8")
