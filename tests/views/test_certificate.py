"""A person's certificates and the page of one: applying, issuing once, what is shown and what is not."""

from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, pkcs12
from pyramid.traversal import find_resource, resource_path
from webtest import Upload

from govrepo import clock
from policies import keys
from tests.app import login, running, site
from tests.attacks import scene
from tests.desk import Desk, path_of, row_link, rows, words
from tests.pki import found_authorities

PASSWORD = "yangli-2013-p12"
ISSUE = {
    "way": "made_here", "password": PASSWORD, "password_again": PASSWORD, "undertaking": "2013-01-07",
    "receipt_signed": "yes",
}  # fmt: skip


@pytest.fixture(autouse=True, scope="module")
def _authority(shared_app):
    found_authorities(shared_app)


def state(app, path):
    with site(app) as root:
        return find_resource(root, path).state


def test_who_has_none_is_told_how_to_get_one(desk):
    assert "请先申请" in words(desk("fs.approver").get("/my_certificates"))


def test_r_28_1_a_form_that_lacks_something_comes_back_with_what_was_typed(desk):
    answer = desk("fs.clerk").post("/certificate_application", {"kind": "personal", "carrier": "K-17"}, status=422)
    assert "请填写用途" in answer.text
    assert answer.html.select_one("[name=carrier]")["value"] == "K-17"
    assert rows(desk("fs.clerk").get("/my_certificates")) == []


def test_a_key_of_ones_own_is_handed_in_and_signed(shared_app, desk):
    public = keys.new_key().public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    form = {"kind": "personal", "purpose": "登录"}
    bad = desk("fs.clerk").post("/certificate_application", form | {"request": Upload("a.pem", b"x")}, status=422)
    assert "没有读到" in bad.text
    desk("fs.clerk").post("/certificate_application", form | {"request": Upload("a.pem", public)})
    path = row_link(desk("fs.clerk").get("/my_certificates"), "登录")
    desk("tech").act(path, "approve")
    answer = desk("security").post(f"{path}/issue", ISSUE | {"way": "own_key"})
    assert path_of(answer) == f"{path}/"
    assert state(shared_app, path) == "issued"


def test_the_pkcs12_is_the_answer_itself_and_kept_nowhere(shared_app, desk):
    path = scene.make(shared_app, "approved_certificate")["approved_certificate"]
    answer = desk("security").post(f"{path}/issue", ISSUE, status=200)
    assert answer.content_type == "application/x-pkcs12"
    assert answer.headers["Content-Disposition"].startswith("attachment; ")
    assert "no-store" in answer.headers["Cache-Control"]
    key = pkcs12.load_pkcs12(answer.body, PASSWORD.encode()).key
    desk("security").post(f"{path}/issue", ISSUE, status=403)
    secret = key.private_numbers().private_value.to_bytes(32, "big")
    var = shared_app.registry.govrepo_settings.path("var")
    written = [each.read_bytes() for each in var.rglob("*") if each.is_file()]
    for never in (PASSWORD.encode(), secret, secret.hex().encode(), answer.body):
        assert not any(never in content for content in written)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"way": ""}, "请选择发放方式"),
        ({"password": "short", "password_again": "short"}, "至少"),
        ({"password_again": "another-one-altogether"}, "不一致"),
        ({"undertaking": "soon"}, "保密承诺书的签署日期"),
        ({"receipt_signed": ""}, "须由领取人签字"),
        ({"way": "outside", "file": Upload("a.cer", b"x")}, "证书"),
        ({"way": "own_key"}, "没有提交"),
    ],
)
def test_what_is_amiss_is_said_at_its_field_and_nothing_is_issued(shared_app, desk, change, said):
    path = scene.make(shared_app, "approved_certificate")["approved_certificate"]
    answer = desk("security").post(f"{path}/issue", ISSUE | change, status=422)
    assert said in " ".join(each.text for each in answer.html.select(".gr-error"))
    assert PASSWORD not in answer.text, "a password never comes back"
    assert state(shared_app, path) == "approved"


def test_the_owner_learns_the_fingerprint_from_paper_not_from_the_page(shared_app, desk):
    made = scene.make(shared_app, "issued_certificate")
    path, fingerprint = made["issued_certificate"], made["fp"]
    for name in ("/", "/form"):
        assert fingerprint not in desk("zh2.officer").get(path + name).text
        assert fingerprint in desk("security").get(path + name).text
    answer = desk("zh2.officer").act(path, "activate", status=422, fingerprint="deadbeef")
    assert "领取单" in answer.html.select_one(".gr-error").text
    desk("zh2.officer").act(path, "activate", fingerprint=fingerprint[:8])
    assert fingerprint in desk("zh2.officer").get(f"{path}/").text


def test_buttons_that_rest_say_why(shared_app, desk):
    path = scene.make(shared_app, "suspended_certificate")["suspended_certificate"]
    page = desk("security").get(f"{path}/")
    assert "审计员的意见" in " ".join(each.text for each in page.html.select(".gr-why"))


def test_the_record_shows_what_was_done_and_said(shared_app, desk):
    path = scene.make(shared_app, "noted_certificate")["noted_certificate"]
    desk("security").act(path, "contact", on="2013-01-07", subject="补领介质", reference="密管5号", result="已发")
    desk("security").act(path, "revoke", reason="lost")
    shown = words(desk("zh2.officer").get(f"{path}/"))
    for text in ("申请", "审核通过", "发放", "启用", "挂失", "审计员意见", "补领介质", "密管5号", "注销", "丢失"):
        assert text in shown


def test_a_contact_without_a_day_comes_back(shared_app, desk):
    path = scene.make(shared_app, "active_certificate")["active_certificate"]
    desk("security").act(path, "contact", status=422, on="x", subject="a", reference="b", result="c")
    desk("security").act(path, "nonsense", status=400)


def test_form_and_undertaking_can_be_printed(shared_app, desk):
    path = scene.make(shared_app, "active_certificate")["active_certificate"]
    page = desk("zh2.officer").get(f"{path}/form")
    assert {"申请内容", "保密承诺书", "领取单"} <= {each.text for each in page.html.select("h2")}
    assert page.html.select("[data-print]")
    assert (
        "领取单"
        not in desk("security").get(scene.make(shared_app, "applied_certificate")["applied_certificate"] + "/form").text
    )


def test_the_first_page_warns_thirty_days_before(shared_app, desk):
    scene.make(shared_app, "active_certificate")
    before = clock.now()
    try:
        clock.travel(before + timedelta(days=340))
        for login, said in (("zh2.officer", "我的证书：即将到期"), ("security", "证书：即将到期")):
            assert said in words(Desk(shared_app, login).get("/"))
    finally:
        clock.travel(before)
    assert "我的证书：即将到期" not in words(desk("zh2.officer").get("/"))


def test_sod_14_without_a_certificate_one_gets_to_the_first_and_nowhere_else(tmp_path):
    with running(tmp_path, certificate_required="yes") as app:
        found_authorities(app)
        fresh = Desk.__new__(Desk)
        fresh.app, fresh.browser = app, login(app, "zh2.officer")
        fresh.token = fresh.browser.get("/my_certificates").html.select_one("[name=csrf_token]")["value"]
        assert fresh.browser.get("/", status=403).html.select("a[href='/my_certificates']")
        fresh.post("/my_certificates", status=400)
        fresh.post("/certificate_application", {"kind": "device", "purpose": "x"})
        made = scene.make(app, "issued_certificate")
        path, fingerprint = made["issued_certificate"], made["fp"]
        fresh.get(f"{path}/", status=403)
        answer = fresh.post("/my_certificates", {"fingerprint": "deadbeef"}, status=422)
        assert "领取单" in answer.html.select_one(".gr-error").text
        fresh.post("/my_certificates", {"fingerprint": fingerprint[:8]})
        assert state(app, path) == "active"


def test_nobody_activates_through_the_own_list_what_is_anothers(shared_app, desk):
    made = scene.make(shared_app, "issued_certificate")
    desk("fs.approver").post("/my_certificates", {"fingerprint": made["fp"]}, status=400)
    assert state(shared_app, made["issued_certificate"]) == "issued"


def test_adr_0014_the_leader_finds_the_security_officers_certificate_among_the_tasks(tmp_path):
    with running(tmp_path) as app:
        found_authorities(app)
        Desk(app, "security").post("/certificate_application", {"kind": "device", "purpose": "更新"})
        with site(app) as root:
            (made,) = [each for year in root["admin"]["certificates"].values() for each in year.values()]
            path = resource_path(made)
        Desk(app, "tech").act(path, "approve")
        leader = Desk(app, "office.leader")
        assert "保密员的证书：待发放" in words(leader.get("/"))
        assert leader.get(f"{path}/").html.select_one("form[action$=issue]")
        Desk(app, "jm.approver").get(f"{path}/", status=404)
