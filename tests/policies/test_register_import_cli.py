"""govrepo-import on a host: lines in, once, in the name of a keeper (R-N4.4)."""

import pytest

from govrepo.catalog import Eq, register
from policies.register_import_cli import main
from tests.app import close_app, make_app, reopen, site
from tests.policies.test_register_import import HEAD, SHORT


@pytest.fixture
def host(tmp_path):
    """A site that is closed: its ini file and its folder."""
    close_app(make_app(tmp_path))
    path = tmp_path / "site.ini"
    path.write_text(
        "[app:main]\nuse = egg:govrepo\ntm.annotate_user = no\n"
        "zodbconn.uri = file://%(here)s/var/Data.fs?blobstorage_dir=%(here)s/var/blobs\ngovrepo.var = %(here)s/var\n"
    )
    return path


@pytest.fixture
def old(tmp_path):
    path = tmp_path / "old.csv"
    path.write_text("\n".join((HEAD, SHORT, SHORT.replace("防汛", "抗旱"))), encoding="utf-8")
    return path


def test_lines_are_registered_once(host, old, capsys):
    order = [str(host), str(old), "--box", "gd-office", "--as", "office.registry1"]
    assert main([*order, "--check"]) == 0
    assert "没有发现错误" in capsys.readouterr().out
    assert main(order) == 0
    assert "新登记 2 行" in capsys.readouterr().out
    assert main(order) == 0
    assert "新登记 0 行，以前已登记 2 行" in capsys.readouterr().out
    app = reopen(host.parent)
    with site(app) as root:
        assert register(root, "register_entries", app.registry).count(Eq("box", "gd-office")) == 2
    close_app(app)


def test_what_is_wrong_is_said(host, old, tmp_path, capsys):
    def run(file, box="gd-office", login="office.registry1"):
        code = main([str(host), str(file), "--box", box, "--as", login])
        return code, capsys.readouterr().err

    assert run(tmp_path / "none.csv")[0] == 2
    assert run(old, box="nowhere") == (2, "没有这个交换箱。\n")
    assert run(old, login="nobody") == (2, "没有这个用户。\n")
    code, words = run(old, login="jm.clerk")
    assert (code, words) == (1, "您没有办理此事的权限。\n")
    old.write_text(f"{HEAD}\n,,,,,,,,,,,x", encoding="utf-8")
    code, words = run(old)
    assert code == 1
    assert "第2行：请填写标题" in words
    assert "没有登记任何一行" in words


def test_an_open_site_is_left_alone(host, old, capsys):
    app = reopen(host.parent)
    assert main([str(host), str(old), "--box", "gd-office", "--as", "office.registry1"]) == 1
    assert "站点正在运行" in capsys.readouterr().err
    close_app(app)
