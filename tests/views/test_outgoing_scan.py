"""Path B over HTTP (R-N4.2, R-N4.3, S-20, S-23): a unit without plate and seal scans what it stamped on paper."""

import pytest
from pyramid.traversal import find_resource, resource_path

from content_types.file_object import FileRole
from policies.drafting_desk import begin
from policies.engine import act
from policies.outgoing_guards import points
from tests.app import drain, running, site
from tests.desk import Desk, pdf, words
from tests.making import equip
from tests.policies.bench import Bench

NUMBER = "江府〔2013〕9号"


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    with running(tmp_path_factory.mktemp("scan")) as app:
        yield app


@pytest.fixture(scope="module")
def clerk(app):
    return Desk(app, "jm.clerk")


@pytest.fixture
def path(app):
    """A document of Jiangmen's clerk, signed by its approver and rechecked by whoever the unit has appointed for it."""
    with site(app) as root:
        bench = Bench(root, app.registry)
        document = begin(bench.box("jiangmen"), bench.actor("jm.clerk"))
        elements = {
            "title": "关于春运工作的报告",
            "kind": "报告",
            "body": "春运工作已部署。",
            "mains": (bench.box("gd-office"),),
        }
        for name, value in elements.items():
            setattr(document, name, value)
        document.unit.principal_leader = bench.person("jm.approver")
        bench.act("jm.clerk", document, "submit")
        bench.act("jm.approver", document, "agree", note="同意。")
        bench.act("jm.approver", document, "sign")
        rechecker = bench.as_role(bench.person("jm.admin"), "recheck_clerk@unit:jiangmen")
        act(document, "recheck_ok", rechecker, checklist=points(document))
        return resource_path(document)


def keep(clerk, path, status=303, **more):
    files = {"scan": ("扫描.pdf", pdf("扫描")), "editable": ("正文.txt", "正文".encode())}
    uploads = {f"{name}_upload": clerk.upload(*file) for name, file in files.items()}
    return clerk.post(
        f"{path}/scan", uploads | {"number": NUMBER, "date": "2013-01-07", "then": "save"} | more, status=status
    )


def test_r_n4_2_the_scan_makes_it_final(app, clerk, path):
    page = clerk.get(f"{path}/")
    assert "挂接扫描件" in words(page)
    assert page.html.find("a", href=f"{path}/scan")
    assert clerk.get("/my_tasks").html.find("a", href=f"{path}/scan")
    keep(clerk, path)
    assert "正在检查" in words(clerk.get(f"{path}/scan"))
    clerk.post(f"{path}/scan", {"then": "attach"}, status=422)
    drain(app)
    clerk.post(f"{path}/scan", {"then": "attach"})
    assert "下一步：发文，由经办人" in words(clerk.get(f"{path}/"))
    with site(app) as root:
        document = find_resource(root, path)
        assert (document.state, document.number) == ("sealed", NUMBER)
        assert [file.role for file in document.files] == [FileRole.SCAN, FileRole.EDITABLE]
    assert clerk.get(f"{path}/scan", status=303).location.endswith(f"{path}/")
    assert keep(clerk, path, status=403)


def test_what_is_wrong_stands_at_its_field(app, clerk, path):
    page = clerk.post(f"{path}/scan", {"then": "attach"}, status=422)
    assert "缺少" in page.html.select_one("#e-files").text
    wrong = {"number": "江府2013第9号", "date": ""}
    clerk.post(f"{path}/scan", wrong | {"then": "save"})
    page = clerk.post(f"{path}/scan", {"then": "attach"}, status=422)
    assert page.html.select_one("#e-number")
    page = clerk.post(f"{path}/scan", {"then": "save", "scan_upload": clerk.upload("正文.txt", b"x")}, status=422)
    assert page.html.select_one("#e-scan")
    page = clerk.post(f"{path}/scan", {"then": "save", "scan_upload": "no-such"}, status=422)
    assert page.html.select_one("#e-scan")


def test_a_file_is_taken_away_again(app, clerk, path):
    keep(clerk, path)
    uid = clerk.get(f"{path}/scan").html.select_one("input[name=remove]")["value"]
    clerk.post(f"{path}/scan", {"number": NUMBER, "date": "2013-01-07", "then": "save", "remove": uid})
    with site(app) as root:
        assert [file.role for file in find_resource(root, path).files] == [FileRole.EDITABLE]


def test_r_n4_3_who_has_plate_and_seal_sends_no_scans(app, clerk, path):
    equip(app)
    with site(app) as root:
        unit = root["units"]["jiangmen"]
        unit.has_plate = unit.has_seal = True
    try:
        assert not clerk.get(f"{path}/").html.find("a", href=f"{path}/scan")
        answer = keep(clerk, path, status=403)
        assert "R-N4.3" in answer.text
    finally:
        with site(app) as root:
            unit = root["units"]["jiangmen"]
            unit.has_plate = unit.has_seal = False


def test_r_24_5_nobody_else_attaches(app, path):
    Desk(app, "jm.approver").get(f"{path}/scan", status=403)
    Desk(app, "gz.clerk").get(f"{path}/scan", status=404)
