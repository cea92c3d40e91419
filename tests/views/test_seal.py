"""Seals on the screen: from the application to the destruction over HTTP (P-70 to P-76), and what each form refuses."""

import io

import pytest
from PIL import Image
from pyramid.traversal import find_resource
from webtest import TestApp, Upload

from policies.comparison import compare
from tests.app import ADDRESS, drain, site
from tests.attacks import scene
from tests.desk import journaled, path_of, pdf, row_link, rows, words
from tests.pki import found_authorities
from tests.signer import Signer

FORM = {
    "purpose": "make", "kind": "official", "name": "广州市人民政府", "diameter_mm": "45", "letter": "穗府函〔2013〕1号",
    "physical": "穗府印〔2009〕1号启用的公章", "workstation": "印章专用机",
}  # fmt: skip
APPLY = "/units/guangzhou/apply_seal"


@pytest.fixture(autouse=True, scope="module")
def _authority(shared_app):
    found_authorities(shared_app)


@pytest.fixture
def keeper(shared_app):
    with site(shared_app) as root:
        return root.logins["gz.seal"].id


def apply(desk, keeper, **more):
    """Apply through the form, as the unit's administrator; the seal's path."""
    upload = desk("gz.admin").upload("申请.pdf", pdf("申请"))
    form = FORM | {"keeper": keeper, "scan_upload": upload} | more
    return path_of(desk("gz.admin").post(APPLY, form)).rstrip("/")


def state(app, path):
    with site(app) as root:
        return find_resource(root, path).state


def test_story_a_seal_from_its_application_to_its_destruction(shared_app, desk, keeper):
    path = apply(desk, keeper)
    brought_into_use(shared_app, desk, path)
    lost_and_found(shared_app, desk, path)
    destroyed(shared_app, desk, path)
    # What was done stands in the journal, and the object says the same (SOD-12).
    with site(shared_app) as root:
        seal = find_resource(root, path)
        assert compare(seal, list(shared_app.registry.journal.entries(subject_uid=seal.uid))) == ()
    done = journaled(shared_app, result="allowed")
    acts = [entry.action for entry in done if entry.subject_uid == path.rsplit("/", 1)[1]]
    wanted = "apply approve make activate report_loss note restore ask_destroy approve_destroy destroy"
    assert list(dict.fromkeys(each for each in acts if each)) == [f"seal.{name}" for name in wanted.split()]


def brought_into_use(shared_app, desk, path):
    leader, officer, mine, admin = desk("office.leader"), desk("security"), desk("gz.seal"), desk("gz.admin")

    # P-70: the leader finds it among the tasks, reads the application, approves.
    assert "印章申请：待批准" in words(leader.get("/"))
    assert path in leader.get("/my_tasks").text
    page = leader.get(f"{path}/")
    assert "穗府函〔2013〕1号" in words(page)
    assert leader.get(f"{path}/scan?of=application").body == pdf("申请")
    assert "待批准" in words(page)
    assert "申请印章：广州市" in words(admin.get("/"))
    assert "“批准制作印章”只能由厅领导办理" in words(admin.get(f"{path}/")), "why not, in words"
    leader.act(path, "approve")

    # The security officer makes it: image, certificate, key.
    assert "印章：待制作或者销毁" in words(officer.get("/my_tasks"))
    officer.act(path, "make")
    shown = officer.get(f"{path}/")
    assert "样章" in words(shown)
    assert shown.html.select_one("img.gr-imprint")["alt"] == "印模：广州市人民政府"
    picture = Image.open(io.BytesIO(officer.get(f"{path}/image.png").body))
    assert picture.size == (round(45 / 25.4 * 600),) * 2
    assert officer.get(f"{path}/certificate_file").content_type == "application/pkix-cert"

    # P-72: the keeper signs for putting it into use.
    assert "印章：待启用" in words(mine.get("/my_tasks"))
    signer = Signer.of(shared_app, "gz.seal")
    mine.act(path, "activate", status=403)
    signer.act(mine, path, "activate")
    assert state(shared_app, path) == "active"
    assert journaled(shared_app, "seal.activate")[-1].details["algorithm"]


def lost_and_found(shared_app, desk, path):
    officer, mine = desk("security"), desk("gz.seal")
    # P-73: lost, noted by the auditor, found again.
    mine.post(f"{path}/do", {"act": "report_loss", "note": ""}, status=422)
    mine.post(f"{path}/do", {"act": "report_loss", "note": "介质丢失"})
    assert "已挂失" in words(mine.get(f"{path}/"))
    officer.post(f"{path}/do", {"act": "restore", "note": "已找到"}, status=403)
    desk("auditor").post(f"{path}/do", {"act": "note", "note": "已核实"})
    officer.post(f"{path}/do", {"act": "restore", "note": "已找到"})
    assert state(shared_app, path) == "active"


def destroyed(shared_app, desk, path):
    leader, officer, admin = desk("office.leader"), desk("security"), desk("gz.admin")
    # P-70: destroyed after application and approval; the key goes, the image stays.
    admin.post(f"{path}/do", {"act": "ask_destroy", "note": "穗府函〔2013〕9号"}, status=422)
    scan = admin.upload("销毁申请.pdf", pdf("销毁"))
    admin.post(f"{path}/do", {"act": "ask_destroy", "note": "穗府函〔2013〕9号", "scan_upload": scan})
    assert "印章申请：待批准" in words(leader.get("/my_tasks"))
    leader.act(path, "approve_destroy")
    assert "印章：待制作或者销毁" in words(officer.get("/my_tasks"))
    with site(shared_app) as root:
        key = shared_app.registry.authorities.folder / "seals" / f"{find_resource(root, path).key_name}.key"
    assert key.exists()
    officer.act(path, "destroy")
    drain(shared_app)
    assert not key.exists()
    assert officer.get(f"{path}/image.png").content_type == "image/png"
    assert leader.get(f"{path}/scan?of=ending").body == pdf("销毁")
    assert "已销毁" in words(officer.get(f"{path}/"))


def test_the_register_leads_to_the_seal(desk, keeper):
    path = apply(desk, keeper, kind="special", name="广州市人民政府办公专用章", diameter_mm="40")
    page = desk("gz.admin").get("/registers/seals")
    assert row_link(page, "办公专用章") == path
    assert "印章" in words(desk("gz.admin").get("/units/guangzhou/"))
    assert rows(desk("gz.seal").get("/registers/seal_uses")) == []


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        ({"name": "深圳市人民政府"}, "公章的印文须是单位现在的全称"),
        ({"diameter_mm": "50"}, "45 毫米"),
        ({"physical": ""}, "请填写所依托的实物印章"),
        ({"letter": ""}, "请填写书面申请"),
        ({"keeper": "nobody"}, "请选择保管人"),
        ({"kind": "rubber"}, "请选择印章种类"),
    ],
)
def test_p_71_a_form_that_lacks_something_comes_back_with_what_was_typed(desk, keeper, fault, message):
    admin = desk("gz.admin")
    upload = admin.upload("申请.pdf", pdf("申请"))
    form = FORM | {"name": "广州市人民政府", "keeper": keeper, "scan_upload": upload} | fault
    answer = admin.post(APPLY, form, status=422)
    assert message in words(answer)
    kept = answer.html.select_one("input[name=physical]")["value"]
    assert kept == form["physical"]
    assert answer.html.select_one("input[name=scan_upload]")["value"] == upload, "the upload is not lost"


def test_p_71_without_a_scan_or_with_another_kind_of_file(desk, keeper):
    admin = desk("gz.admin")
    form = FORM | {"kind": "special", "name": "广州市人民政府收文专用章", "diameter_mm": "40", "keeper": keeper}
    assert "请上传书面申请的扫描件" in words(admin.post(APPLY, form, status=422))
    text = admin.upload("a.txt", b"words")
    assert "PDF 或者图片文件" in words(admin.post(APPLY, form | {"scan_upload": text}, status=422))


def test_p_71_a_plain_file_of_a_browser_without_scripts_serves_too(shared_app, desk, keeper):
    fields = FORM | {"kind": "special", "name": "广州市人民政府发文专用章", "diameter_mm": "40", "keeper": keeper}
    answer = desk("gz.admin").post(APPLY, fields | {"scan": Upload("申请.pdf", pdf("申请"))})
    assert state(shared_app, path_of(answer).rstrip("/")) == "applied"


def test_p_73_a_renewal_names_the_seal_it_replaces(shared_app, desk):
    with site(shared_app) as root:
        office = root.logins["office.seal"].id
    old = scene.make(shared_app, "seal_active")["seal_active"]
    admin = desk("jm.admin")
    form = admin.get(f"/units/jiangmen/apply_seal?replaces={old.rsplit('/', 1)[1]}")
    assert form.html.select_one("input[name=replaces]")["value"] == old.rsplit("/", 1)[1]
    name = form.html.select_one("input[name=name]")["value"]
    scan = admin.upload("换领申请.pdf", pdf("换领"))
    fields = {"purpose": "renew", "kind": "special", "name": name, "diameter_mm": "40", "letter": "x", "physical": "x"}
    fields |= {"replaces": old.rsplit("/", 1)[1], "keeper": office, "scan_upload": scan}
    new = path_of(admin.post("/units/jiangmen/apply_seal", fields)).rstrip("/")
    desk("office.leader").act(new, "approve")
    desk("security").act(new, "make")
    desk("office.seal").act(new, "activate")
    assert (state(shared_app, old), state(shared_app, new)) == ("replaced", "active")
    assert new in admin.get(f"{old}/").text
    admin.get("/units/jiangmen/apply_seal?replaces=mNone", status=404)


def test_p_72_a_change_of_keeper_offers_the_units_keepers_only(shared_app, desk):
    path = scene.make(shared_app, "seal_active")["seal_active"]
    page = desk("jm.admin").get(f"{path}/do?act=change_keeper")
    offered = [each.text for each in page.html.select("select[name=keeper] option")]
    assert len(offered) == 2
    assert "office.seal" in offered[1]
    answer = desk("jm.admin").post(f"{path}/do", {"act": "change_keeper", "keeper": "", "note": "x"}, status=422)
    assert "请选择保管人" in words(answer)


def test_p_12_a_seal_with_an_old_name_says_so(shared_app, desk):
    path = scene.make(shared_app, "seal_active")["seal_active"]
    with site(shared_app) as root:
        root["units"]["jiangmen"].name = "五邑市人民政府"
    page = words(desk("jm.admin").get(f"{path}/"))
    with site(shared_app) as root:
        root["units"]["jiangmen"].name = "江门市人民政府"
    assert "须重新制作" in page


def test_what_is_not_there_is_not_found(shared_app, desk):
    path = scene.make(shared_app, "seal_applied")["seal_applied"]
    for name in ("image.png", "certificate_file", "scan?of=ending", "scan"):
        desk("jm.admin").get(f"{path}/{name}", status=404)
    desk("jm.admin").get(f"{path}/do?act=make", status=400)
    desk("jm.admin").act(path, "report_loss", status=400)
    desk("jm.admin").act(path, "nothing", status=400)
    assert "现在的状态不能办理" in words(desk("jm.admin").get(f"{path}/do?act=report_loss"))


def test_nobody_reads_seals_without_a_login(shared_app, keeper, desk):
    path = scene.make(shared_app, "seal_active")["seal_active"]
    browser = TestApp(shared_app, extra_environ={"REMOTE_ADDR": ADDRESS})
    assert "/login" in browser.get(f"{path}/image.png", status=303).location


def test_a_keeper_is_warned_before_the_certificate_ends(shared_app, desk, monkeypatch):
    monkeypatch.setitem(shared_app.registry.govrepo_settings._values, "seal_days", 10)
    scene.make(shared_app, "seal_active")
    assert "即将到期或者已到期" in words(desk("office.seal").get("/my_tasks"))
