"""Receipts on the screen and on paper: how far each is proven, the code, the page that checks it."""

import re

import pytest
from pyramid.traversal import find_resource

from govrepo import clock, work
from tests.app import site
from tests.attacks import scene
from tests.desk import words
from tests.pki import found_authorities
from tests.policies.bench import later, local


@pytest.fixture(scope="module")
def signed(shared_app):
    found_authorities(shared_app)
    return scene.make(shared_app, "signed_jm")["signed_jm"]


def test_a_receipt_waits_for_its_proof_and_then_says_where_it_is(desk, signed):
    clerk = desk("jm.clerk")
    assert "尚无检查点" in words(clerk.get(f"{signed}/receipt"))
    assert clerk.get(f"{signed}/receipt.json").json["receipts"][-1]["journal"] is None
    later(minutes=16)
    work.drain(clerk.app.registry)
    page = words(clerk.get(f"{signed}/receipt"))
    assert re.search(r"已有证明 日志第\d+条，检查点 2013-01-07 10:16:\d\d 已加盖时间戳", page)
    assert clerk.get(f"{signed}/receipt.json").json["receipts"][-1]["journal"]["checkpoint"]["stamp"]
    clock.travel(local("2013-01-07 10:20"))


def address(clerk, signed):
    picture = clerk.get(f"{signed}/receipt").html.select("img[src*=svg]")[-1]
    answer = clerk.get(picture["src"])
    assert answer.content_type == "image/svg+xml"
    assert b"<path" in answer.body
    return picture["alt"].partition("http://localhost")[2]


def test_the_paper_says_what_the_check_asks_for_and_the_page_leads_there(desk, signed):
    page = desk("jm.clerk").get(f"{signed}/receipt")
    with site(desk("jm.clerk").app) as root:
        delivery = find_resource(root, signed)
        uid, digest = delivery.uid, delivery.receipts[-1].digest
    assert f"收件编号{uid}" in words(page)
    form = desk("jm.clerk").get(page.html.find("a", string="核验回执")["href"]).html.select_one("main form")
    assert {each["name"] for each in form.select("input")} == {"r", "d"}
    assert "本系统出具过" in words(desk("gz.clerk").get(f"{form['action']}?r={uid}&d={digest.upper()}"))


def test_the_code_leads_to_the_check(desk, signed):
    clerk = desk("jm.clerk")
    checked = words(clerk.get(address(clerk, signed)))
    assert "本系统出具过这份回执：已签收" in checked
    assert "发文机关" in checked


def test_a_stranger_learns_that_it_is_ours_and_no_more(desk, signed):
    path = address(desk("jm.clerk"), signed)
    checked = words(desk("gz.clerk").get(path))
    assert "本系统出具过这份回执" in checked
    assert "发文机关" not in checked
    assert "没有出具过" in words(desk("gz.clerk").get(path[:-1] + ("0" if path[-1] != "0" else "1")))
    assert "没有出具过" in words(desk("gz.clerk").get("/check_receipt?r=nothing&d=x"))
    assert "没有出具过" not in words(desk("gz.clerk").get("/check_receipt"))


@pytest.mark.parametrize("number", ["", "9", "-1", "1000", "x", "²"])
def test_there_is_no_code_of_no_receipt(desk, signed, number):
    desk("jm.clerk").browser.get(f"{signed}/receipt.svg", params={"n": number}, status=404)


def test_the_sender_sees_the_same(app_sender):
    clerk, dispatch = app_sender
    page = clerk.get(f"{dispatch}/receipt?box=gd-government")
    assert "已签收" in words(page)
    source = page.html.select("img[src*=svg]")[-1]["src"]
    assert "box=gd-government" in source
    assert clerk.get(source).content_type == "image/svg+xml"
    clerk.get(f"{dispatch}/receipt.svg?box=nowhere&n=0", status=404)
    clerk.get(f"{dispatch}/receipt?box=nowhere", status=404)


@pytest.fixture
def app_sender(desk):
    clerk = desk("jm.clerk")
    made = scene.make(clerk.app, "sent_signed")
    return clerk, made["sent_signed"]
