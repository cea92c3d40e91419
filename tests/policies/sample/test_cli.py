"""``govrepo-sample``: fills an empty site, then only tells."""

import pytest

from policies.sample.cli import table
from policies.sample.people import PASSWORD, posts
from tests.app import running, site
from tests.policies.sample.conftest import INI, run

pytestmark = pytest.mark.timeout(600)


def test_it_loads_and_says_who_can_log_in(loaded):
    assert "正在装入" in loaded.printed
    assert PASSWORD in loaded.printed
    assert "office.registry1" in loaded.printed


def test_a_second_run_only_tells(loaded):
    code, printed = run(loaded.ini)
    assert code == 0
    assert printed == loaded.printed.split("\n", 3)[3], "the loading and the founding act are told of once"
    assert "已按初始化程序任命" in loaded.printed
    assert (loaded.folder / "var" / "trust" / "users.cer").exists()


def test_all_sample_persons_can_be_listed(loaded):
    code, printed = run(loaded.ini, "--all")
    assert code == 0
    assert len(printed.splitlines()) == len(list(posts())) + 3


def test_it_leaves_a_running_site_alone(tmp_path):
    (tmp_path / "site.ini").write_text(INI, encoding="utf-8")
    with running(tmp_path):
        code, printed = run(str(tmp_path / "site.ini"))
    assert code == 1
    assert "正在运行" in printed


def test_a_site_with_other_units_gets_no_samples(tmp_path):
    (tmp_path / "site.ini").write_text(INI, encoding="utf-8")
    with running(tmp_path) as app, site(app) as root:
        root.logins.clear()
    code, printed = run(str(tmp_path / "site.ini"))
    assert code == 0
    assert printed == "本站点已有单位，没有装入样例。\n"


def test_columns_stand_under_each_other_with_wide_characters():
    assert table([("用户名", "姓名"), ("gz", "甲子安")]) == ["用户名  姓名", "gz      甲子安"]
