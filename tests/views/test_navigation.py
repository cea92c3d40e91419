"""The tree at the left: boxes, folders and counts of this person."""

from tests.attacks import scene


def test_each_sees_the_folders_of_the_own_boxes(desk):
    links = {login: {each["href"] for each in desk(login).get("/").html.select("nav a[href^='/exchange/']")} for login in (
        "fs.clerk", "office.registry1", "zh2.officer", "auditor")}  # fmt: skip
    assert {"/exchange/foshan/waiting", "/exchange/foshan/sent"} <= links["fs.clerk"]
    assert "/exchange/gd-government/waiting" in links["office.registry1"]
    assert "/exchange/gd-government/sent" not in links["office.registry1"]
    assert "/exchange/gd-government/sent" in links["zh2.officer"]
    assert "/exchange/gd-government/waiting" not in links["zh2.officer"]
    assert links["auditor"] == set()


def test_the_counts_follow(shared_app, desk):
    scene.make(shared_app, "pending_office")
    page = desk("office.registry1").get("/exchange/gd-government/signed")
    folder = next(each for each in page.html.select("nav a") if each["href"] == "/exchange/gd-government/waiting")
    assert "1" in folder.text


def test_the_person_and_the_roles_are_named(desk):
    page = desk("office.registry1").get("/").html.find("header").text
    assert "机要档案科收文员" in page
