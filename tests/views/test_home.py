"""The first page: what waits, as counted links."""

from tests.attacks import scene
from tests.desk import words


def test_what_waits_is_counted(shared_app, desk):
    for name in ("pending_office", "pending_office", "signed_office"):
        scene.make(shared_app, name)
    page = desk("office.registry1").get("/")
    assert [each["href"] for each in page.html.find("main").select("a[href*='gd-government/waiting']")]
    text = words(page)
    assert "待签收" in text
    assert "已签收，待分办" in text
    assert "特急" not in text, "nought is not shown"


def test_the_sender_and_the_releaser_see_theirs(shared_app, desk):
    for name in ("submitted", "released", "sent_returned"):
        scene.make(shared_app, name)
    assert "待核准" in words(desk("jm.approver").get("/"))
    clerk = words(desk("jm.clerk").get("/"))
    assert "已核准，待发送" in clerk
    assert "退件待签收" in clerk
    assert "待核准" not in clerk


def test_what_was_put_before_me(shared_app, desk):
    scene.make(shared_app, "task")
    assert desk("zh2.officer").get("/").html.find("main").select("a[href='/assigned']")


def test_a_person_without_a_box_has_a_first_page_too(desk):
    assert "待办" in words(desk("auditor").get("/"))
